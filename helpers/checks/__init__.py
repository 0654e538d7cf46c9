"""Instant checks under each exercise: they test properties, never answers, and say what a property means.

Each problem set has a module here with a `check` of its own:

    from helpers.checks.ps2_softmax_jacobian import check
    check("softmax_jacobian", softmax_jacobian)

prints one line per property. A check does not raise, so a notebook always runs to its end; only while nbgrader
validates a notebook, where an exception is what counts, does one that does not hold.
"""

from helpers.own_course import own_folders

__path__ = [*own_folders("checks"), *__path__]
