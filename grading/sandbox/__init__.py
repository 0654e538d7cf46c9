"""Where student code runs: a fork server and the walls around its children."""
