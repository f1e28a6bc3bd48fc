"""The Add articles page."""
