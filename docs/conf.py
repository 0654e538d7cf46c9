"""Sphinx: `make docs` builds this folder into build/docs, offline."""

project = "neural-course"
author = "The neural-course authors"
extensions = ["myst_parser"]
html_theme = "furo"
html_title = "Neural networks, one notebook at a time"
html_copy_source = False
html_show_copyright = False
exclude_patterns = ["images"]
myst_heading_anchors = 3
