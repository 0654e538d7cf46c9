"""Instructors' answers as text: what stands in the cell does what the function or class did."""

from typing import Any

import numpy as np
import pytest

from grading.probes.model import Cases, Point, Probe, ProblemSet
from grading.probes.source_text import as_cell, uses
from helpers.checks.report import Report


class Scale:
    """A layer that multiplies."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def forward(self, x: np.ndarray) -> np.ndarray:
        return self.factor * x


class scales_twice(Scale):
    def forward(self, x: np.ndarray) -> np.ndarray:
        return super().forward(super().forward(x))


def halves(x: np.ndarray, times: int = 1, *more: Any, **options: Any) -> np.ndarray:
    return x / 2**times


def use_scale(Scale: Any, factor: float, x: np.ndarray) -> Any:
    return {"out": Scale(factor).forward(x)}


def probe(id: str, **more: Any) -> Probe:
    return Probe(id, halves, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=2)})}, [Point("all", 1.0)], **more)


def run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {"np": np}
    exec(source, names)
    return names


def test_a_function_stands_in_the_cell_under_the_exercises_name_and_without_type_hints() -> None:
    assert as_cell(probe("shrink"), halves) == "def shrink(x, times=1, *more, **options):\n    return x / 2 ** times"


def test_the_names_of_a_box_are_assigned() -> None:
    assert as_cell(probe("ps_box"), {"a": -3, "chosen": {1, 2}}) == "a = -3\nchosen = {1, 2}"


def test_a_class_brings_its_base_classes_along_under_the_same_name() -> None:
    source = as_cell(probe("Layer"), scales_twice)
    assert source.count("class Layer") == 2
    assert "Scale" not in source
    np.testing.assert_array_equal(run(source)["Layer"](3.0).forward(np.ones(2)), [9, 9])


class Patient(Report):
    """Derived from a class that notebooks import."""


def test_a_base_class_that_the_notebook_imports_is_not_brought_along() -> None:
    namespace: dict[str, Any] = {"Report": Report}
    exec(as_cell(probe("Mine"), Patient), namespace)
    assert namespace["Mine"].__mro__[1] is Report


def test_how_answers_are_tried_goes_by_the_name_that_the_sandbox_looks_for() -> None:
    sources = uses(ProblemSet("some_set", (probe("plain"), probe("Scale", use=use_scale))))
    assert sources.keys() == {"Scale"}
    result = run(sources["Scale"])["use"](Scale, 2.0, np.ones(3))
    np.testing.assert_array_equal(result["out"], [2, 2, 2])


def test_an_answer_without_source_is_refused() -> None:
    with pytest.raises((OSError, TypeError)):
        as_cell(probe("exp"), np.exp)
