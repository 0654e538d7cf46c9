"""What people read about what was graded: feedback for students, reports for those who teach."""
