"""Article in, places out: readers, dates, recognition, resolution, roles. Knows nothing of storage or display."""
