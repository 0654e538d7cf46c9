"""Parameters of two neurons that draw a box. Any parameters will do whose network draws it."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import Array, Params
from .reference import network


def _draw_box(rng: Generator) -> Inputs:
    return {"h": float(rng.choice([-1, 1]) * rng.uniform(1.3, 3)), "delta": float(rng.uniform(0.4, 1.2))}


def box_parameters(h: float, delta: float) -> Params:
    """x > 0 gives h, x < δ gives h, and both together one h too many."""
    return {"W1": np.array([1.0, -1.0]), "b1": np.array([0.0, delta]), "W2": np.array([h, h]), "b2": -h}


def box_values(inputs: Inputs, params: Params) -> Array:
    """The network on a grid from −2δ to 3δ; half-integers keep it off 0 and δ."""
    return network((np.arange(-100, 150) + 0.5) / 50 * inputs["delta"], params)


def box_of_the_catalogue(h: float, delta: float) -> Params:
    return {"W1": np.array([1, 1]), "b1": np.array([0, -delta]), "W2": np.array([h, -h]), "b2": 0}


def box_scaled_by_two(h: float, delta: float) -> Params:
    return {"W1": [1.0, 2.0], "b1": [0.0, -2 * delta], "W2": [h, -h], "b2": 0.0}


def box_from_the_right(h: float, delta: float) -> Params:
    return {"W1": np.array([-3.0, -1.0]), "b1": np.array([3 * delta, 0.0]),
            "W2": np.array([h, -h]), "b2": np.array(0.0)}


PROBE = Probe(
    "box_parameters", box_parameters,
    cases={"ordinary": Cases(_draw_box)},
    points=[Point("the network draws the box", 4.0)],
    observe=box_values,
    observed="the function your network draws",
    slips=[
        Slip("box_on_the_left", "-delta", "delta",
             "Your second step happens at −δ. A neuron with weight w and bias b jumps where w·x + b = 0."),
        Slip("centred_at_zero", "0.0, -delta", "delta / 2, -delta / 2",
             "Your box is as wide as it should be, but 0 is its middle. On which side of 0 does it lie in the text?"),
        Slip("as_wide_on_both_sides", "0.0, -delta", "delta, -delta",
             "Your box reaches as far to the left of 0 as to the right, so it is twice as wide as it should be."),
        Slip("never_comes_down", "h, -h", "h, h",
             "Past δ your function climbs again. The second step has to undo the first."),
        Slip("one_step_only", "h, -h", "h, 0.0",
             "Your function stays at h for ever. What does the second neuron add to the right of δ?"),
        Slip("unit_height", "h, -h", "1.0, -1.0",
             "Your box is in the right place, but its height is always 1. Where does h enter?"),
        Slip("comes_down_by_one", "h, -h", "h, -1.0",
             "Your box goes up by h and comes down by 1, so a floor is left to the right of δ."),
        Slip("upside_down", "h, -h", "-h, h", "Your box hangs down where it should stand up: look at the signs of W2."),
        Slip("height_as_output_bias", 'np.array([h, -h]), "b2": 0.0', 'np.array([1.0, -1.0]), "b2": h',
             "The output bias b2 lifts the whole line, also outside the box. Which weights act only inside?"),
        Slip("height_and_width_swapped", 'np.array([0.0, -delta]),\n            "W2": np.array([h, -h])',
             'np.array([0.0, -h]),\n            "W2": np.array([delta, -delta])',
             "h and δ have traded places: one is a height (the vertical axis), one a width (along x)."),
        Slip("scales_weight_but_not_bias", "1.0, 1.0", "1.0, 2.0",
             "Your box ends at δ/2. A neuron jumps at −b/w, so when you scale w, scale b with it."),
    ],
    variants=[box_of_the_catalogue, box_scaled_by_two, box_from_the_right],
)
