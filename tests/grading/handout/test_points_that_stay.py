"""A point that no wrong answer loses is found."""

from dataclasses import replace

import numpy as np

from grading.handout.points_that_stay import that_stay
from grading.probes.model import Cases, Mistake, Point, Probe

DRAW = Cases(lambda rng: {"x": rng.normal(size=5)})


def stays(probe: Probe) -> list[str]:
    return [sentence.split("'")[1] for sentence in that_stay(probe, b"s" * 32, "some_set")]


def test_points_of_parts_and_of_edges_can_be_lost() -> None:
    probe = Probe("f", lambda x: {"a": x, "b": x.sum()}, {"ordinary": DRAW, "edge": DRAW},
                  [Point("a", 1, part="a"), Point("b", 1, part="b"), Point("edge", 1, group="edge")])
    assert stays(probe) == []


def test_a_point_whose_part_holds_no_numbers_stays() -> None:
    probe = Probe("f", lambda x: {"a": x, "b": None}, {"ordinary": DRAW}, [Point("a", 1, part="a"), Point("b", 1, part="b")])
    assert stays(probe) == ["b"]


def test_a_point_that_observes_too_little_stays_until_a_mistake_loses_it() -> None:
    probe = Probe("f", lambda x: x, {"ordinary": DRAW}, [Point("size", 1)], observe=lambda inputs, answer: float(np.size(answer)))
    assert stays(probe) == ["size"]
    assert stays(replace(probe, observe=lambda inputs, answer: float(np.max(answer) < 9e9),
                         slips=[Mistake(lambda x: x + 1e12, "Too large.", "too_large")])) == []
