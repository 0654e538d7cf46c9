"""The smallest number of boxes whose error bound is at most eps.

No bound equals eps, so that rounding errors do not count.
"""

from collections.abc import Callable

from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import max_error_bound


def _draw_needed(low: float, high: float) -> Callable[[Generator], Inputs]:
    """L·B/eps is a whole number plus a fraction between `low` and `high`."""
    def draw(rng: Generator) -> Inputs:
        lipschitz, B = float(rng.uniform(1.5, 4)), float(rng.uniform(1.5, 3))
        quotient = float(rng.integers(6, 25) + rng.uniform(low, high))
        return {"lipschitz": lipschitz, "B": B, "eps": lipschitz * B / quotient}
    return draw


def boxes_needed(lipschitz: float, B: float, eps: float) -> int:
    n = 1
    while max_error_bound(lipschitz, B, n) > eps:
        n += 1
    return n


def needed_by_counting(lipschitz: float, B: float, eps: float) -> int:
    n = 1
    while lipschitz * B / n > eps:
        n += 1
    return n


def needed_by_floor(lipschitz: float, B: float, eps: float) -> int:
    return int(-(-lipschitz * B // eps))


PROBE = Probe(
    "boxes_needed", boxes_needed,
    cases={"ordinary": Cases(_draw_needed(0.6, 0.9)), "just above": Cases(_draw_needed(0.1, 0.4))},
    points=[Point("the number of boxes", 1.5), Point("rounds up, however little is missing", 0.5, "just above")],
    slips=[
        Slip("rounds_down", "np.ceil", "np.floor",
             "Your n is one too small: its bound is still above eps. In which direction must you round?"),
        Slip("rounds_to_nearest", "np.ceil", "np.round",
             "Rounding to the nearest whole number sometimes goes below what is needed; part of a box won't do."),
        Slip("needs_for_full_width", "B / eps", "2 * B / eps",
             "You ask for about twice as many boxes as the bound needs. Solve your own bound for n."),
        Slip("needs_for_half_interval", "/ eps", "/ (2 * eps)",
             "You ask for about half as many boxes as the bound needs. Solve your own bound for n."),
        Slip("counts_neurons", "return int", "return 2 * int",
             "That is the number of neurons. The question is about boxes, which take two neurons each."),
        Slip("needs_without_slope", "lipschitz * ", "",
             "A steeper f needs more boxes, but your number does not depend on the slope."),
        Slip("multiplies_by_eps", "B / eps", "B * eps",
             "With your formula a smaller eps, a stricter demand, is met by fewer boxes."),
    ],
    variants=[needed_by_counting, needed_by_floor],
)
