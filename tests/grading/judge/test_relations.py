"""Right but for …: planted faults in exercises of several sets, and what is said of them, word by word."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grading.course.folder import Course
from grading.judge.cases import Case
from grading.judge.factors import factors
from grading.judge.relations import RELATIONS
from grading.probes.model import Probe
from tests.grading.shipping import cases_for, graded
from tests.problem_sets import ROOT, problem_set, right_answers

PS2, PS4, PS6, PS7, PS8 = (right_answers(name) for name in (
    "ps2_softmax_jacobian", "ps4_numpy_backprop", "ps6_two_layer_network", "ps7_momentum_letters",
    "ps8_pytorch_mlp"))


def changed(name: str, change: Callable[[Any], Any], right: Any) -> Callable[..., Any]:
    return lambda *inputs: change(getattr(right, name)(*inputs))


def find(name: str, exercise: str) -> Probe:
    [full] = [one for one in Course.open(ROOT).problem_sets() if one.startswith(name)]
    return problem_set(full).find(exercise)


def without_slips(name: str, exercise: str) -> Probe:
    """An exercise that knows no slip, so that what is said is said by relations alone."""
    return replace(find(name, exercise), slips=())


def of_one_sample(chosen: slice, Y_true: Any, probs: Any, kept: Any, params: Any) -> Any:
    """Gradients of a loss to which one sample of the batch counts."""
    found = PS6.backward_multi(Y_true[chosen], probs[:, chosen], {name: value[:, chosen] for name, value in kept.items()}, params)
    return {name: gradient / len(Y_true) for name, gradient in found.items()}


PLANTED = [
    ("ps7", "average_ce", lambda t, p: -len(t) * PS7.average_ce(t, p), "scaled",
     "Your value is exactly what is asked for, times the number of rows of `target`: a sum where a mean is due, with "
     "the sign turned."),
    ("ps7", "momentum_update", lambda v, w, g, c, a: tuple(-one for one in PS7.momentum_update(v, w, g, c, a)), "negated",
     "All your values are what is asked for with the sign turned, plus for minus and minus for plus."),
    ("ps2", "cross_entropy", lambda z, k: PS2.cross_entropy(z, k) / np.log(2), "scaled",
     "Your value is exactly what is asked for, divided by log 2 ≈ 0.69, as if a logarithm had base 2."),
    ("ps2", "cross_entropy_grad", lambda z, k: 2 * PS2.cross_entropy_grad(z, k), "scaled",
     "Your values are exactly twice what is asked for."),
    ("ps4", "sigmoid", lambda x: 1 - PS4.sigmoid(x), "one_minus", "Your values are exactly 1 minus what is asked for."),
    ("ps2", "log_softmax", lambda z: PS2.log_softmax(z) + 3, "shifted",
     "Your values are exactly what is asked for plus a constant, the same one in every case."),
    ("ps4", "cross_entropy_loss", lambda y, p: np.atleast_2d(PS4.cross_entropy_loss(y, p)), "axis_kept",
     "Your values are right in value, but not in form: an array of shape (1, 1) came out where one number is asked for."),
    ("ps2", "softmax", lambda z: None, "returns_nothing",
     "`softmax` returns nothing: what it works out needs a `return`, at the end of each way through it."),
    ("ps2", "softmax", lambda z: PS2.log_softmax(z) * np.ones(1), "sister_answer",
     "These are the values of `log_softmax`, another exercise of this set: `softmax` is asked for here."),
    ("ps2", "softmax", lambda z: z.copy(), "returns_argument", "Your values are the argument `z`, just as it came in."),
    ("ps2", "softmax_jacobian", lambda z: np.ones((len(z), len(z))), "constant_answer",
     "Your values are the same in every case, whatever comes in."),
    ("ps7", "momentum_update", lambda v, w, g, c, a: PS7.momentum_update(v, w, g, c, a)[::-1], "parts_exchanged", ""),
    ("ps7", "momentum_update", lambda v, w, g, c, a: w, "returns_argument",
     "The argument `w` comes back, just as it came in. 2 values are asked for."),
    ("ps2", "cross_entropy", lambda z, label: -PS2.log_softmax(z), "entry_not_taken",
     "All of an array comes back. The entry that `label` says is right, and is what is asked for."),
    ("ps8", "gradients", lambda *inputs: PS8.gradients(*inputs)[0], "one_part_only",
     "Only the first value you return comes back, and it is right. Other values are asked for beside it."),
    ("ps2", "softmax_jacobian", lambda z: len(z), "length_returned", "Your value is one number, the length of `z`."),
    ("ps2", "cross_entropy", lambda z, k: min(PS2.cross_entropy(z, k), 40.0), "held_back",
     "Right on ordinary inputs. Under “logits near +10⁴”: your value cannot get as large as asked for: a clip, or a "
     "constant that is added, is in the way."),
    ("ps2", "softmax_batch", lambda z: PS2.softmax_batch(z) @ np.eye(len(z)), "square_only",
     "Right where `Z` has as many rows as columns, and only there: somewhere rows and columns are taken for each other."),
    ("ps4", "sigmoid", lambda x: PS4.sigmoid, "returns_function",
     "`sigmoid` returns a function where numbers are asked for: call it, and return what it gives."),
    ("ps7", "relu", lambda x: max(x, 0), "truth_of_an_array", ""),
    ("ps7", "softmax", lambda x: np.exp(x) / np.repeat(np.exp(x).sum(1)[:, None], 11, axis=1), "sizes_written_in",
     "A length of 11 turns up in every case, though no array that `softmax` gets is that long: a size seems to be "
     "written into it. Take sizes from the arguments."),
    ("ps7", "compute_layer", lambda x, w, b: np.trunc(PS7.compute_layer(x, w, b)), "cut_to_whole_numbers",
     "Your values are what is asked for, cut to whole numbers: an array of integers, `int()` and `//` keep no fractions."),
    ("ps1", "max_error_bound", lambda slope, B, n: slope * B // n, "cut_to_whole_numbers", ""),
    ("ps7", "average_ce", lambda t, p: PS7.average_ce(t, p) * len(t) / 2000, "scaled",
     "Your value is exactly what is asked for, times the number of rows of `target` and a constant, the same one in every case, as "
     "where a number is written in for the number of rows of `target`."),
    ("ps2", "softmax_batch", lambda Z: list(PS2.softmax_batch(Z)), "list_of_arrays",
     "The values are right, but a list of arrays comes back where one array is asked for: `np.array(…)` makes one of them."),
    ("ps2", "cross_entropy", lambda z, k: str(PS2.cross_entropy(z, k)), "text_returned",
     "`cross_entropy` returns text where numbers are asked for: return the number itself, and make text of it where it is printed."),
    ("ps6", "backward_multi", lambda *inputs: of_one_sample(slice(-1, None), *inputs), "last_sample_only",
     "All your values are what the last sample alone gives, divided by how many samples there are: is a sum over the samples "
     "overwritten (`=`) where it should grow (`+=`)?"),
    ("ps7", "average_ce", lambda t, p: PS7.average_ce(t[:1], p[:1]), "first_sample_only",
     "Your value is what the first sample alone gives: does the loop over the samples end, or return, in its first round?"),
    ("ps7", "relu", lambda x: undefined + x, "undefined_name",  # type: ignore[name-defined]  # noqa: F821
     "`relu` uses the name `undefined`, which is neither one of its arguments nor defined in it. What it needs, it gets "
     "through its arguments."),
]


@pytest.mark.parametrize(("name", "exercise", "answer", "id", "hint"), PLANTED)
def test_a_planted_fault_is_told(name: str, exercise: str, answer: Any, id: str, hint: str) -> None:
    verdict = graded(without_slips(name, exercise), answer)
    assert (verdict.kind, verdict.mistake) == ("mistake", id), verdict.hint
    assert hint in ("", verdict.hint)
    assert verdict.points < verdict.max_points


def test_a_transposed_answer_and_one_that_is_reduced() -> None:
    grad = without_slips("ps7", "grad_ce")
    transposed = graded(grad, lambda t, z: PS7.grad_ce(t, z).T)
    assert transposed.mistake == "transposed"
    assert "but transposed: an array of shape (" in transposed.hint
    row = graded(grad, lambda t, z: PS7.grad_ce(t, z).sum(axis=0))
    assert row.mistake == "summed_over_axis"
    assert row.hint.startswith("Your values are summed over axis 0 (as long as `target` has rows), which should stay: ")
    batch = graded(without_slips("ps7", "average_ce"), lambda t, p: -np.sum(t * np.log(p + 1e-15), axis=1))
    assert batch.mistake == "not_averaged"


def test_right_values_with_an_argument_overwritten_say_which() -> None:
    def careless(prediction: Any, target: Any, o: Any, wh: Any, wo: Any, x: Any, b: Any) -> Any:
        right = PS7.backpropagation(prediction, target, o.copy(), wh, wo, x, b)
        o *= 2
        return right
    verdict = graded(find("ps7", "backpropagation"), careless)
    assert (verdict.mistake, verdict.points) == ("changes_argument", verdict.max_points - 0.25)
    assert verdict.hint == ("The values are right, but `backpropagation` overwrites its argument `o`, which the caller "
                            "may still need: work on a copy, or build a new array.")


def test_float32_is_nearly_right() -> None:
    verdict = graded(find("ps2", "cross_entropy_grad"),
                     lambda z, k: PS2.cross_entropy_grad(z, k).astype(np.float32))
    assert verdict.mistake in ("single_precision", "")


def test_an_edge_that_overflows_is_told_as_such() -> None:
    verdict = graded(find("ps7", "softmax"), lambda x: np.exp(x) / (np.exp(x).sum(axis=1, keepdims=True) + 1e-9))
    assert (verdict.mistake, verdict.points) == ("not_finite", 1.25)
    assert "nan (not a number) comes out." in verdict.hint


def test_an_answer_that_other_shapes_stop_is_told_so() -> None:
    def square(X: Any, F: Any) -> Any:
        k = len(F)
        padded, out = np.pad(X, k // 2), np.zeros(X.shape)
        for i, j in np.ndindex(X.shape):
            out[i, j] = sum(padded[i + a, j + b] * F[a, b] for a in range(k) for b in range(k))
        return out
    verdict = graded(find("ps3", "conv2d_same"), square)
    assert verdict.mistake == "stops_on_other_shapes"
    assert verdict.hint.endswith("it stops for some shapes of `F` other than (3, 3). Is a length taken along the wrong axis, or written in "
                                 "as a number?")


def test_an_exercise_may_switch_a_relation_off() -> None:
    probe = replace(find("ps2", "cross_entropy_grad"), no_relations=("scaled",))
    assert "scaled" not in graded(probe, lambda z, k: 2 * PS2.cross_entropy_grad(z, k)).mistake


def test_a_box_never_tells_a_relation_to_its_one_right_number() -> None:
    for probe in problem_set("ps1_box_functions").probes:
        if isinstance(case := cases_for(probe, "ada")[0].inputs, dict) and not case:
            right = probe.reference()
            doubled = {name: 2 * value for name, value in right.items() if isinstance(value, float)}
            assert "what is asked for" not in graded(probe, {**right, **doubled}).hint


def test_all_cases_stopped_is_an_error_and_a_stopped_answer_is_no_wrong_one() -> None:
    def stops(x: Any) -> Any:
        raise KeyError("nowhere")
    assert graded(find("ps7", "relu"), stops).kind == "error"


def test_the_hints_never_hold_a_right_value() -> None:
    for _, exercise, answer, id, _ in PLANTED:
        if id in ("scaled", "shifted", "one_minus", "negated"):
            name = next(one[0] for one in PLANTED if one[1] == exercise and one[2] is answer)
            probe = find(name, exercise)
            values = [np.ravel(np.asarray(part, dtype=float)) for case in cases_for(probe, "ada")
                      for part in np.atleast_1d(np.asarray(probe.reference(*case.inputs.values()), dtype=object)).ravel()]
            hint = graded(probe, answer).hint
            assert not any(f"{float(value):.3g}" in hint.split() for array in values for value in array)


@pytest.mark.parametrize(("ratio", "words"), [
    (5.0, "{what}, times the number of rows of `x`: a sum where a mean is due"),
    (1 / 3, "a third of {what}"),
    (15.0, "{what}, times the number of entries of `x`: a sum where a mean is due"),
    (-2.0, "twice {what}, with the sign turned"),
    (1.37, "the same constant times {what} in every case"),
])
def test_a_factor_has_a_name(ratio: float, words: str) -> None:
    assert next(factors(Case(0, "ordinary", {"x": np.zeros((5, 3))}).sizes, ratio)).words == words


def test_every_relation_says_what_it_means() -> None:
    assert all(id.isidentifier() and meaning for id, meaning in RELATIONS.items())
