"""nbgrader's exchange: what comes in through it, and what goes home."""
