"""Gradescope: an autograder that runs in its container, one student at a time."""
