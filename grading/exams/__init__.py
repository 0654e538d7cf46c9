"""Printed sheets with slips to be found: a question drawn for each student, and the key to all."""
