"""When an article is from, and on what basis."""
