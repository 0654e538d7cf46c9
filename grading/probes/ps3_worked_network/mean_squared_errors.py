"""The error of the small network with each of four activations."""

from grading.probes.boxes import number_box
from grading.probes.model import Mistake, Probe

from .small_network import THETA, WEIGHTS, squared_error


def _activation(name: str) -> Probe:
    exact = float(squared_error(name, THETA))
    other = float(squared_error(name, THETA, transposed=True))
    no_biases = float(squared_error(name, THETA * WEIGHTS))
    twice = float(squared_error(name, THETA, at_the_output=True))
    variable = f"mse_{name}"
    known = [
        Mistake({variable: other}, "You multiplied by the transposed W₁: each row of W₁ belongs to one hidden unit.",
                "transposed"),
        Mistake({variable: 5 * exact}, "That is the sum over the five samples; their mean is asked for.", "summed"),
        Mistake({variable: exact / 2}, "You put a ½ before the mean squared error. This formula has none.", "halved"),
        Mistake({variable: exact**0.5}, "That is the root of the mean squared error.", "root"),
        Mistake({variable: no_biases}, "The biases b₁ of the hidden units are missing from their sums.",
                "biases_forgotten")]
    if name != "linear":
        known.append(Mistake({variable: twice}, "You applied the activation to the output, too. Only the hidden units "
                             "have one.", "activation_at_the_output"))
    return number_box(f"ps3_{variable}", variable, exact, 0.5, known)


PROBES = tuple(_activation(name) for name in ("relu", "tanh", "sigmoid", "linear"))
