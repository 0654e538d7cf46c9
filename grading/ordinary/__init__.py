"""Ordinary nbgrader assignments, whose tests are asserts in the notebook: run in the sandbox, scored by nbgrader."""
