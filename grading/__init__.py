"""The instructors' side: hidden tests, and everything that turns a hand-in into a grade; students never get it."""
