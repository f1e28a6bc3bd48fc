"""The Articles page: list, reader, copies of a story, edits."""
