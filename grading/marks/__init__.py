"""Points from nbgrader's gradebook to the final score: its one writer, lateness, exports."""
