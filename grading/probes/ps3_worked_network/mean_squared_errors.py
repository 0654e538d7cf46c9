"""The error of the small network with each of four activations."""

from grading.probes.boxes import number_box
from grading.probes.model import Mistake, Probe

from .small_network import THETA, squared_error


def _activation(name: str) -> Probe:
    exact = float(squared_error(name, THETA))
    other = float(squared_error(name, THETA, transposed=True))
    variable = f"mse_{name}"
    return number_box(f"ps3_{variable}", variable, exact, 0.5, [
        Mistake({variable: other}, "You multiplied by the transposed W₁: each row of W₁ belongs to one hidden unit.",
                "transposed"),
        Mistake({variable: 5 * exact}, "That is the sum over the five samples; their mean is asked for.", "summed"),
        Mistake({variable: exact / 2}, "You put a ½ before the mean squared error. This formula has none.", "halved"),
        Mistake({variable: exact**0.5}, "That is the root of the mean squared error.", "root")])


PROBES = tuple(_activation(name) for name in ("relu", "tanh", "sigmoid", "linear"))
