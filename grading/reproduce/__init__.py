"""Published results, measured again with the notebooks' own solutions."""
