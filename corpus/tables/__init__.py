"""The index's tables: what they hold, filling them from batches, keeping them on disk, laying corrections over them."""
