"""Hidden inputs are unknown to students and the same again for a regrade."""

import numpy as np
import pytest

from grading.judge.cases import draw_cases
from grading.probes.model import Cases, Point, Probe

PROBE = Probe("f", lambda x: x, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=3)}, 4),
                                 "edge": Cases(lambda rng: {"x": np.zeros(2)}, 2)}, [Point("value", 1.0)])


def test_the_same_secret_and_student_give_the_same_inputs() -> None:
    first, again = (draw_cases(PROBE, b"secret", "ada", "ps") for _ in range(2))
    assert [case.group for case in first] == [case.group for case in again]
    assert all(np.array_equal(a.inputs["x"], b.inputs["x"]) for a, b in zip(first, again, strict=True))


@pytest.mark.parametrize(("secret", "student", "problem_set"), [(b"other", "ada", "ps"), (b"secret", "ben", "ps"),
                                                               (b"secret", "ada", "ps9")])
def test_another_secret_student_or_set_gives_other_inputs(secret: bytes, student: str, problem_set: str) -> None:
    drawn = {case.inputs["x"].tobytes() for case in draw_cases(PROBE, b"secret", "ada", "ps") if case.group != "edge"}
    others = {case.inputs["x"].tobytes() for case in draw_cases(PROBE, secret, student, problem_set)
              if case.group != "edge"}
    assert not drawn & others


def test_one_ordinary_input_comes_twice_so_that_answers_with_a_memory_are_caught() -> None:
    ordinary = [case.inputs["x"].tobytes() for case in draw_cases(PROBE, b"s", "ada", "ps") if case.group == "ordinary"]
    assert len(ordinary) == 5
    assert len(set(ordinary)) == 4
