"""What was handed in, read so that nothing in it can do harm."""
