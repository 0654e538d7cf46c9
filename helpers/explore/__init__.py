"""Explorers: figures with sliders. They draw what the student's own functions compute and hold no answer."""

import os

from IPython.core.getipython import get_ipython


def widgets_work() -> bool:
    """Whether a live kernel stands behind this cell; elsewhere an explorer draws one static figure instead.

    So it does while nbgrader validates: nobody moves a slider there, and a widget's answer may cost half a minute.
    """
    return hasattr(get_ipython(), "kernel") and not os.environ.get("NBGRADER_VALIDATING")
