"""What is graded: for each problem set its hidden tests, a file for each exercise."""
