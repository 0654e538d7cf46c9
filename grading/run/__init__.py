"""One submission, from its bytes to a graded notebook."""
