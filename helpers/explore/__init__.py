"""Explorers: figures with sliders. They draw what the student's own functions compute and hold no answer."""

from IPython.core.getipython import get_ipython


def widgets_work() -> bool:
    """Whether a live kernel stands behind this cell; elsewhere an explorer draws one static figure instead."""
    return hasattr(get_ipython(), "kernel")
