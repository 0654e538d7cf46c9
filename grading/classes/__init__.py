"""A whole class: who grades it, in how many processes, and how nothing is lost on the way."""
