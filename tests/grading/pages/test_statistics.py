"""Numbers about a class, against numpy and by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grading.judge.verdict import Result, Verdict
from grading.pages import statistics


def result(student: str, *verdicts: Verdict, problem: str = "", notes: tuple[str, ...] = ()) -> Result:
    return Result(student, verdicts, problem, notes)


def right(name: str, seconds: float = 0.0) -> Verdict:
    return Verdict(name, 2.0, 2.0, "right", seconds=seconds)


def wrong(name: str, kind: str = "wrong", mistake: str = "", points: float = 0.0) -> Verdict:
    return Verdict(name, points, 2.0, kind, mistake, hint=f"about {mistake}" if mistake else "")


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=2, max_size=30))
def test_point_biserial_is_the_correlation_with_a_yes_or_no(pairs: list[tuple[bool, int]]) -> None:
    passed, scores = [ok for ok, _ in pairs], [float(score) for _, score in pairs]
    found = statistics.point_biserial(passed, scores)
    if len(set(passed)) == 1 or len(set(scores)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(passed, scores)[0, 1], abs=1e-9)


def test_an_exercise_that_the_strong_ones_get_discriminates() -> None:
    strong = [result(f"s{i}", right("a"), right("b")) for i in range(4)]
    weak = [result(f"w{i}", wrong("a"), wrong("b")) for i in range(4)]
    first, second = statistics.exercises([*strong, *weak])
    assert (first.discrimination, first.success, first.full) == (pytest.approx(1.0), 0.5, 4)
    assert second.id == "b"


def test_an_exercise_that_everybody_has_does_not_discriminate() -> None:
    [only, _] = statistics.exercises([result("s", right("a"), right("b")), result("t", right("a"), wrong("b"))])
    assert only.discrimination is None


def test_time_is_the_median_of_those_whose_cells_ran() -> None:
    [item] = statistics.exercises([result("s", right("a", 1.0)), result("t", right("a", 3.0)), result("u", wrong("a", "missing"))])
    assert item.seconds == 2.0
    [never] = statistics.exercises([result("u", wrong("a", "missing"))])
    assert never.seconds is None


def test_a_written_answer_that_waits_for_a_person_is_not_counted_as_wrong() -> None:
    waits, read = Verdict("why", 0.0, 2.0, "manual"), Verdict("why", 2.0, 2.0, "graded")
    [item] = statistics.exercises([result("s", waits), result("t", read)])
    assert (item.success, item.full, item.judged) == (1.0, 1, 1)
    [unread] = statistics.exercises([result("s", waits)])
    assert (unread.success, unread.full, unread.judged) == (None, 0, 0)


def test_misconceptions_are_counted_among_those_who_handed_something_in() -> None:
    results = [result("s", wrong("a", "mistake", "halves")), result("t", wrong("a", "mistake", "halves")),
               result("u", right("a")), result("v", wrong("a", "missing")), result("w", wrong("a", "mistake", "squares"))]
    first, second = statistics.misconceptions(results)
    assert (first.mistake, first.count, first.tried, first.hint) == ("halves", 2, 4, "about halves")
    assert (second.mistake, second.count) == ("squares", 1)


def test_failures_are_counted_by_kind_and_partial_credit_is_one() -> None:
    results = [result("s", wrong("a", "timeout"), wrong("b", points=1.0)), result("t", right("a"), wrong("b", "timeout"))]
    assert statistics.failures(results) == {"wrong": 1, "timeout": 2}


def test_a_person_should_look_at_what_a_program_cannot_settle() -> None:
    manual = Verdict("why", 0.0, 2.0, "manual")
    results = [result("cut", wrong("a", "malformed"), problem="It is no notebook."),
               result("fine", right("a")),
               result("lib", wrong("a", "delegated")),
               result("lost", wrong("a", "error"), right("b")),
               result("renamed", right("a"), notes=("The file was named x.",)),
               result("waits", manual), result("patient", manual), result("done", replace(manual, kind="graded", points=1.0))]
    assert statistics.to_look_at(results) == [
        (("It is no notebook.",), ["cut"]), (("a: left to a library",), ["lib"]),
        (("1 of 2 exercises stopped with an error or ran out of time",), ["lost"]),
        (("The file was named x.",), ["renamed"]), (("1 written answer waits for a grade",), ["waits", "patient"])]


def test_a_class_of_nobody_has_no_exercises() -> None:
    assert statistics.exercises([]) == []
    assert statistics.misconceptions([]) == []
