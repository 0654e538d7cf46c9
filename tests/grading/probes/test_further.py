"""Wrong answers that nobody wrote down, as many as can be tried in the time there is."""

from typing import Any

import numpy as np

from grading.probes.edits import ModelAnswers
from grading.probes.further import Further
from grading.probes.model import Cases, Point, Probe

LARGEST = [0]


def draw_weights(units: int, seed: int) -> Any:
    LARGEST[0] = max(LARGEST[0], units)
    return np.random.default_rng(seed).normal(size=units)


PROBE = Probe("draw_weights", draw_weights, {"ordinary": Cases(lambda rng: {"units": 4, "seed": 10**12})}, [Point("all", 1)])
FURTHER = Further(PROBE, [PROBE], ModelAnswers({"draw_weights": "def draw_weights(units, seed):\n    return seed"}, ""))


def test_a_seed_never_stands_for_a_number_of_units() -> None:
    LARGEST[0] = 0
    tried = [one for one in FURTHER if one.id in ("units_and_seed_exchanged", "seed_for_units", "units_for_seed")]
    assert len(tried) == 3
    for one in tried:
        try:
            one.answer(4, 10**12)
        except ValueError as error:
            assert str(error) == "too large to be tried"
    assert LARGEST[0] == 4


def test_numbers_of_one_size_are_exchanged() -> None:
    [exchanged] = [one for one in FURTHER if one.id == "units_and_seed_exchanged"]
    assert len(exchanged.answer(4, 7)) == 7
    assert len(exchanged.answer(np.int64(4), np.int64(7))) == 7
