"""Instant checks of the first problem set. Students have this file: it tests properties and holds no answer."""

import numpy as np

from helpers.checks.catching import catches
from helpers.checks.checker import checker
from helpers.handin import handing_in


def relu(report, answer):
    y = report.shape(report.call(answer, np.array([-2.0, 0.5, 3.0])), (3,))
    report.holds("nothing is negative", bool(np.all(y >= 0)), "look at what happens to negative inputs")
    report.holds("what is positive stays as it is", bool(np.allclose(y[1:], [0.5, 3.0])), "compare with z itself")


def neuron(report, answer):
    x, w = np.array([1.0, 2.0, 0.5]), np.array([0.5, 1.0, 2.0])
    low, high = (float(report.shape(report.call(answer, x, w, b), ())) for b in (0.0, 1.0))
    report.holds("one more in the bias is one more in the output", abs(high - low - 1) < 1e-9, "where does b come in?")
    off = float(report.shape(report.call(answer, x, w, -100.0), ()))
    report.holds("with a very negative bias the neuron is silent", off == 0, "what does relu do to a negative sum?")


def catches_wrong_relu(report, answer):
    relu = report.partner(answer, "relu")
    catches(report, answer, right={"your relu": relu, "yours with other last digits": lambda z: relu(z) * (1 + 1e-14)},
            wrong={"your relu, turned": lambda z: -relu(z), "one that changes nothing": lambda z: z})


check = checker({"relu": relu, "neuron": neuron, "catches_wrong_relu": catches_wrong_relu})
progress, submit_check = handing_in("ps1_first_neuron")
