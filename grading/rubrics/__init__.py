"""What people found in written answers: the questions with their mark schemes, rubric items, and who read what."""
