"""Published and measured results, measured again with the notebooks' own solutions."""
