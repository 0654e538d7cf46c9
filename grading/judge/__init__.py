"""What values are worth: pure functions from shipped values to a verdict."""
