"""The Review page: queues, meanings of a name, decisions."""
