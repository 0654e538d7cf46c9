"""From values to verdicts: the order of checks, the words, the points, and which mistake is named."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.handout.shipped_here import ship_here
from grading.judge.case_outcome import Reply
from grading.judge.cases import draw_cases
from grading.judge.judging import Lost, judge
from grading.judge.verdict import Verdict
from grading.probes.model import Cases, Mistake, Point, Probe
from helpers.wire import WireError


def centre(x: Any) -> Any:
    return x - x.mean()


def adds_the_mean(x: Any) -> Any:
    return x + x.mean()


def divides_by_spread(x: Any) -> Any:
    return (x - x.mean()) / x.std()


def works_in_place(x: Any) -> Any:
    x -= x.mean()
    return x


def only_for_pairs(x: Any) -> Any:
    a, b = x
    return np.array([(a - b) / 2, (b - a) / 2])


PROBE = Probe(
    "centre", centre,
    {"ordinary": Cases(lambda rng: {"x": rng.normal(size=rng.integers(3, 6))}, 4),
     "constant": Cases(lambda rng: {"x": np.full(3, 7.25)}, 2)},
    [Point("mean zero", 2.0), Point("a constant input", 0.5, group="constant")], unchanged=0.25,
    slips=[Mistake(adds_the_mean, "Which way?"), Mistake(divides_by_spread, "Keep the spread."),
              Mistake(works_in_place, "Your argument is not yours."), Mistake(only_for_pairs, "Any length.")])
CASES = draw_cases(PROBE, b"secret", "ada", "ps")


def judged(function: Callable[..., Any], probe: Probe = PROBE) -> Verdict:
    return judge(probe, CASES, {case.number: ship_here(PROBE, function, case.inputs) for case in CASES})


def test_a_right_answer_gets_all_its_named_points() -> None:
    verdict = judged(lambda x: x - np.sum(x) / x.size)
    assert (verdict.kind, verdict.points, verdict.cases_right) == ("right", 2.75, len(CASES))
    assert verdict.text() == ("centre: 2.75 of 2.75 points\n  ✓ mean zero (2 of 2)\n  ✓ a constant input (0.5 of 0.5)\n"
                              "  ✓ leaves its arguments as they were (0.25 of 0.25)")


@pytest.mark.parametrize("mistake", PROBE.mistakes, ids=lambda mistake: mistake.id)
def test_every_known_mistake_is_named(mistake: Mistake) -> None:
    assert callable(mistake.answer)
    verdict = judged(mistake.answer)
    assert (verdict.kind, verdict.mistake, verdict.hint) == ("mistake", mistake.id, mistake.hint)
    assert verdict.points < verdict.max_points


def test_a_changed_argument_costs_its_own_small_point_and_no_more() -> None:
    assert judged(works_in_place).points == 2.5


def test_a_mistake_is_still_named_when_the_edge_cases_show_another() -> None:
    verdict = judged(lambda x: np.full(3, np.nan) if np.ptp(x) == 0 else adds_the_mean(x))
    assert (verdict.kind, verdict.mistake) == ("mistake", "adds_the_mean")


def test_a_wrong_edge_case_costs_only_its_own_point() -> None:
    verdict = judged(lambda x: x if np.ptp(x) == 0 else centre(x))
    assert (verdict.kind, verdict.points) == ("wrong", 2.25)
    assert verdict.hint == "a constant input: value differs, first at index (0,), where yours is 7.25 (2 of 7 cases)."


def test_an_answer_that_is_right_only_at_the_edge_gets_nothing_yet_and_reads_why() -> None:
    verdict = judged(lambda x: np.zeros_like(x))
    assert [point.earned for point in verdict.named] == [0.0, 0.0, 0.0]
    assert [point.name for point in verdict.named] == [
        "mean zero", "a constant input: counts once ordinary inputs are right",
        "leaves its arguments as they were: counts once ordinary inputs are right"]


@pytest.mark.parametrize(("wrong", "message"), [
    (lambda x: None, "`centre` returns nothing: what it works out needs a `return`, at the end of each way through it."),
    (lambda x: "text", "`centre` returns text where numbers are asked for: return the number itself, and make text of it where it is "
                       "printed."),
    (lambda x: range(3), "mean zero: type: got range, expected numbers (6 of 6 cases)."),
    (lambda x: {"y": x}, "mean zero: type: got parts named y, expected an array of shape (3,) (6 of 6 cases)."),
    (lambda x: centre(x).astype(object), "mean zero: dtype: got object, expected float64 (6 of 6 cases)."),
    (lambda x: centre(x).astype(complex), "mean zero: dtype: got complex128, expected float64 (6 of 6 cases)."),
    (lambda x: centre(x) * np.nan, "mean zero: finite: got nan at index (0,) (6 of 6 cases)."),
    (lambda x: 1 / 0, "mean zero: centre stopped with ZeroDivisionError: division by zero in line 2 of your cell "
                      "`centre` (6 of 6 cases)."),
])
def test_what_is_wrong_is_said_in_one_order_type_shape_dtype_finite_value(wrong: Any, message: str) -> None:
    fixed = replace(PROBE, cases={"ordinary": Cases(lambda rng: {"x": np.array([1.0, 2.0, 4.0])}, 5)},
                    points=PROBE.points[:1])
    cases = draw_cases(fixed, b"s", "ada", "ps")
    verdict = judge(fixed, cases, {case.number: ship_here(PROBE, wrong, case.inputs) for case in cases})
    assert verdict.hint == message
    assert verdict.points == 0.0


def test_a_wrong_shape_is_named_before_its_values() -> None:
    assert judged(lambda x: np.stack([x, x, x, x, x])).hint.startswith("mean zero: got an array of shape (5, ")


def test_an_empty_array_is_not_vacuously_right() -> None:
    verdict = judged(lambda x: np.zeros((0, 1)))
    assert (verdict.kind, verdict.points) == ("wrong", 0.0)


@pytest.mark.parametrize("harmless", [lambda x: centre(x).tolist(), lambda x: tuple(centre(x).tolist()),
                                      lambda x: centre(x).astype(">f8"), lambda x: centre(x.astype(np.longdouble)).astype(float)])
def test_a_list_a_tuple_or_another_byte_order_is_as_good_as_an_array(harmless: Any) -> None:
    assert judged(harmless).kind == "right"


def test_exact_integers_pass_where_floats_are_expected() -> None:
    probe = Probe("sign", np.sign, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=4)}, 3)}, [Point("sign", 1.0)])
    cases = draw_cases(probe, b"s", "ada", "ps")
    replies = {case.number: ship_here(PROBE, lambda x: np.where(x > 0, 1, -1), case.inputs) for case in cases}
    assert judge(probe, cases, replies).kind == "right"


def test_a_stub_is_missing_rather_than_wrong() -> None:
    def stub(x: Any) -> Any:
        raise NotImplementedError("2.3")
    verdict = judged(stub)
    assert (verdict.kind, verdict.hint) == ("missing", "Still a stub: exercise 2.3 has not been written yet.")


def test_an_answer_that_fails_everywhere_is_not_taken_for_a_mistake_that_fails_in_another_way() -> None:
    def needs_two(x: Any) -> Any:
        raise ValueError("sizes 2 and 3 do not fit")
    probe = replace(PROBE, slips=[Mistake(needs_two, "Look at the sizes.")])

    def other(x: Any) -> Any:
        raise ValueError("something else")
    assert judged(needs_two, probe).mistake == "needs_two"
    assert (judged(other, probe).kind, judged(other, probe).mistake) == ("error", "")


def test_lost_values_say_why_and_keep_what_came_before() -> None:
    received = {case.number: ship_here(PROBE, centre, case.inputs) for case in CASES if case.group == "ordinary"}
    verdict = judge(PROBE, CASES, received, Lost("timeout", "the time limit of 2 s was reached"))
    assert (verdict.kind, verdict.hint, verdict.points) == ("timeout", "the time limit of 2 s was reached", 2.25)


def test_no_values_at_all_is_no_points() -> None:
    assert judge(PROBE, CASES, {}).points == 0.0


def test_any_parametrisation_passes_where_the_behaviour_is_judged() -> None:
    def line(slope: float) -> Any:
        return {"scale": np.array([slope, 1.0]), "factor": np.array(1.0)}
    probe = Probe("line", line, {"ordinary": Cases(lambda rng: {"slope": float(rng.normal())}, 3)}, [Point("line", 1.0)],
                  observe=lambda inputs, a: a["scale"][0] * a["factor"] * np.arange(3.0), free_shapes=True)
    cases = draw_cases(probe, b"s", "ada", "ps")

    def other(slope: float) -> Any:
        return {"scale": [slope / 2, 5.0, 9.0], "factor": 2}
    assert judge(probe, cases, {case.number: ship_here(PROBE, other, case.inputs) for case in cases}).kind == "right"

    def short(slope: float) -> Any:
        return {"scale": np.zeros(0), "factor": 2}
    misfit = judge(probe, cases, {case.number: ship_here(PROBE, short, case.inputs) for case in cases})
    assert misfit.hint.startswith("line: the arrays do not fit together: ")

    def huge(slope: float) -> Any:
        return {"scale": np.zeros(5000), "factor": 2}
    refused = judge(probe, cases, {case.number: ship_here(PROBE, huge, case.inputs) for case in cases})
    assert "`scale`: shape: (5000,) is larger than this exercise needs" in refused.hint


def test_parts_of_an_answer_have_their_own_points() -> None:
    probe = Probe("pair", lambda x: {"a": x, "b": -x}, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=2)}, 2)},
                  [Point("a", 1.0, part="a"), Point("b", 2.0, part="b")])
    cases = draw_cases(probe, b"s", "ada", "ps")
    verdict = judge(probe, cases, {case.number: ship_here(PROBE, lambda x: {"a": x, "b": x}, case.inputs) for case in cases})
    assert [point.earned for point in verdict.named] == [1.0, 0.0]


def test_a_part_in_the_wrong_shape_does_not_hide_a_wrong_value_in_another() -> None:
    probe = Probe("pair", lambda x: {"a": x, "b": -x}, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=2)}, 2)},
                  [Point("a", 1.0, part="a"), Point("b", 2.0, part="b")])
    cases = draw_cases(probe, b"s", "ada", "ps")
    verdict = judge(probe, cases, {case.number: ship_here(PROBE, lambda x: {"a": x[0], "b": x}, case.inputs) for case in cases})
    assert verdict.points == 0.0


def test_the_words_never_hold_hidden_inputs_or_expected_values() -> None:
    secrets = {f"{value:.4g}" for case in CASES for value in [*case.inputs["x"], *centre(case.inputs["x"])] if value}
    verdict = judged(lambda x: np.full_like(x, 123.5))
    assert not any(secret in verdict.text() for secret in secrets)


@settings(max_examples=200, deadline=None)
@given(header=st.dictionaries(st.sampled_from(["leaves", "error"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["name", "kind", "dtype", "shape", "blob", "type", "message", "line"]), inner), max_leaves=12)),
    blobs=st.lists(st.binary(max_size=40), max_size=3))
def test_whatever_arrives_is_judged_or_refused(header: dict[str, Any], blobs: list[bytes]) -> None:
    try:
        verdict = judge(PROBE, CASES, {0: Reply(header, blobs)})
    except WireError:
        return
    assert verdict.points == 0.0


def test_tenths_of_points_add_up() -> None:
    probe = Probe("sign", np.sign, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=4)}, 3)},
                  [Point("a", 0.1), Point("b", 0.1), Point("c", 0.1)], unchanged=0.2)
    assert probe.max_points == 0.5
    cases = draw_cases(probe, b"secret", "ada", "ps")
    assert judge(probe, cases, {case.number: ship_here(probe, np.sign, case.inputs) for case in cases}).points == 0.5
