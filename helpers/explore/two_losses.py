"""Cross-entropy against squared error, for one sigmoid that is sure and wrong."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np

from helpers.plotting import BLUE, VERMILLION, once_written

START, RATE, STEPS = -6.0, 1.0, 60  # a sum at which the probability of the right class is 0.0025


def draw_two_losses(sigmoid: Callable[..., Any]) -> None:
    """Label 1. Left: the size of the error at z by the probability; right: two races from the same wrong start."""
    z = np.linspace(-8, 8, 321)
    with once_written():
        p = np.asarray(sigmoid(z))
        entropy, squared = race(sigmoid, squared=False), race(sigmoid, squared=True)
        _, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5))
        left.plot(p, np.abs(p - 1), color=BLUE, label="cross-entropy: |p − y|")
        left.plot(p, np.abs(p - 1) * p * (1 - p), "--", color=VERMILLION, label="squared error: |p − y| p (1 − p)")
        left.set(title="how hard the weights are pushed", xlabel="probability p of the right class",
                 ylabel="size of the error")
        left.legend(fontsize=9)
        right.plot(entropy, color=BLUE, label="cross-entropy")
        right.plot(squared, "--", color=VERMILLION, label="squared error")
        right.set(title=f"sure and wrong, then {STEPS} steps", xlabel="step", ylabel="probability p of the right class",
                  ylim=(-0.03, 1.03))
        right.legend(fontsize=9)
        plt.show()


def race(sigmoid: Callable[..., Any], squared: bool) -> list[float]:
    """The probability of label 1 before and after each step of gradient descent on the sum z itself."""
    z, probabilities = START, []
    for _ in range(STEPS + 1):
        p = float(sigmoid(np.array([z]))[0])
        probabilities.append(p)
        z -= RATE * (p - 1) * (p * (1 - p) if squared else 1.0)
    return probabilities
