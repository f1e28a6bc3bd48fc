"""Corrections: decisions of people, kept as lines of a file and laid over what the machine found."""
