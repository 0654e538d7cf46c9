"""Figures of ps1 and the box builder. They draw what the student's own functions compute and hold no answer."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from helpers.explore import widgets_work
from helpers.plotting import BLUE, GREEN, INK, ORANGE, VERMILLION, once_written
from helpers.targets import TARGETS, lipschitz_constant

Function = Callable[..., Any]
B = 3.0  # targets are drawn on [−B, B]
