"""Making the extractor's word lists from their inputs. Needs requirements-dev.txt; nothing at run time imports it."""
