"""The smallest number of boxes in d dimensions whose error bound is at most eps."""

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .boxes_needed import boxes_needed


def _draw(rng: Generator) -> Inputs:
    """L·B/eps is a whole number of pieces, less a part that no rounding of the power makes up for."""
    lipschitz, B = float(rng.uniform(1.5, 4)), float(rng.uniform(1.5, 3))
    pieces = float(rng.integers(4, 9) - rng.uniform(0.25, 0.75))
    return {"lipschitz": lipschitz, "B": B, "eps": lipschitz * B / pieces, "d": int(rng.integers(2, 6))}


def boxes_needed_d(lipschitz: float, B: float, eps: float, d: int) -> int:
    boxes = 1
    for _ in range(d):
        boxes *= boxes_needed(lipschitz, B, eps)
    return boxes


def needed_by_a_grid(lipschitz: float, B: float, eps: float, d: int) -> int:
    n = 1
    while (lipschitz * B / n) > eps:
        n += 1
    return int(n**d)


def needed_by_counting_cells(lipschitz: float, B: float, eps: float, d: int) -> int:
    pieces = -int(-lipschitz * B // eps)
    return sum(1 for _ in np.ndindex(*[pieces] * d))


ONE_AXIS = "boxes_needed(lipschitz, B, eps) ** d"

PROBE = Probe(
    "boxes_needed_d", boxes_needed_d,
    cases={"ordinary": Cases(_draw)},
    points=[Point("the number of boxes", 1.0)],
    slips=[
        Slip("grows_like_d", "** d", "* d",
             "You have n boxes along each of d axes, side by side. A grid has n of them for every combination of the "
             "others: one more axis multiplies."),
        Slip("one_axis_only", "** d", "",
             "That is the number of pieces along one axis. How many cells has a grid with so many on each axis?"),
        Slip("base_and_exponent_exchanged", ONE_AXIS, "d ** boxes_needed(lipschitz, B, eps)",
             "Base and exponent have changed places: two axes with ten pieces each make ten times ten boxes."),
        Slip("rounded_after_the_power", ONE_AXIS, "int(np.ceil((lipschitz * B / eps) ** d))",
             "You round at the end, and so cut pieces of boxes. Each axis has a whole number of pieces: round first."),
        Slip("one_for_each_corner", ONE_AXIS, "2 ** d * boxes_needed(lipschitz, B, eps)",
             "That multiplies the pieces of one axis by the corners of a box. Count the cells of the grid."),
    ],
    variants=[needed_by_a_grid, needed_by_counting_cells],
)
