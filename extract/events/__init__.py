"""What sentences say happens at places."""
