"""The Battles page and the filter to a battle."""
