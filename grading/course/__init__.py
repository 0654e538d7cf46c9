"""What a course is: its folder, its settings, and its problem sets."""
