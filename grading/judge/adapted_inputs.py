"""The inputs of a case in the forms that an answer may have been written for, and what is right for each. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from grading.judge.cases import Array
from grading.judge.evidence import Named
from grading.judge.nested import arrays_in, each_leaf
from grading.probes.model import Inputs

ADAPTED = {
    "one_number_at_a_time": "right for one number at a time",
    "takes_logits_for_probabilities": "right where an argument holds probabilities, which holds logits",
    "takes_probabilities_for_logits": "right where an argument holds logits, which holds probabilities",
    "takes_one_hot_for_labels": "right where an argument holds labels, which is in one-hot form",
    "takes_labels_for_one_hot": "right where an argument is in one-hot form, which holds labels",
    "samples_the_other_way": "right for arguments that are transposed: samples in columns for rows, or the reverse",
    "one_sample_only": "right for one sample at a time",
}
ENTRIES = 4  # of a case, one number at a time
Alike = Callable[[Array], Sequence[Array]]


@dataclass(frozen=True)
class Adapted:
    """What is said of an answer that gives for `inputs` what is right for `seen`, in one of the forms of `alike`."""

    named: Named
    inputs: Inputs
    seen: Inputs
    alike: Alike = lambda right: (right,)


def adapted_inputs(exercise: str, inputs: Inputs) -> Iterator[Adapted]:
    """All forms of some inputs, those first that say most; `exercise` is what it is called in a sentence."""
    yield from _one_number(exercise, inputs)
    yield from _other_forms(inputs)
    yield from _transposed(inputs)
    yield from _one_sample(exercise, inputs)
    yield from _exchanged(inputs)


def _one_number(exercise: str, inputs: Inputs) -> Iterator[Adapted]:
    shapes = {getattr(value, "shape", ()) for value in inputs.values()}
    if () in shapes or len(shapes) > 1:
        return
    named = Named("one_number_at_a_time", f"Right for one number at a time. `{exercise}` gets arrays: functions of "
                                          "numpy, and `np.where` in place of `if`, look at every entry.")
    for k in range(min(ENTRIES, int(np.prod(shapes.pop())))):
        one = {name: np.ravel(value)[k].item() for name, value in inputs.items()}
        yield Adapted(named, one, {name: np.full(1, value) for name, value in one.items()},
                      lambda right: (right, right.reshape(())) if right.size == 1 else (right,))


def _other_forms(inputs: Inputs) -> Iterator[Adapted]:
    """Labels for one-hot rows, logits for probabilities, and the reverse."""
    for name, value in inputs.items():
        others = [other for other in inputs.values() if other is not value]
        for id, words, form in (*_of_labels(value, others), *_of_numbers(value)):
            yield Adapted(Named(id, f"Right where `{name}` {words}."), {**inputs, name: form}, inputs)


def _of_labels(value: Any, others: Sequence[Any]) -> Iterator[tuple[str, str, Any]]:
    if type(value) is int or (isinstance(value, np.ndarray) and value.ndim == 1 and value.dtype.kind in "iu"):
        for other in others:
            if (one_hot := _one_hot(value, getattr(other, "shape", ()))) is not None:
                yield ("takes_labels_for_one_hot", "is in one-hot form. Here it says which class it is, as a whole "
                       "number", one_hot)


def _of_numbers(value: Any) -> Iterator[tuple[str, str, Any]]:
    if not (isinstance(value, np.ndarray) and value.ndim in (1, 2) and value.dtype.kind == "f"):
        return
    axis = -1 if value.ndim == 1 or np.allclose(value.sum(axis=-1), 1) else 0
    sums_to_one = np.allclose(value.sum(axis=axis), 1)
    if sums_to_one and np.isin(value, (0, 1)).all():
        yield ("takes_one_hot_for_labels", "says which class it is, as a whole number. Here it is in one-hot form",
               value.argmax(axis=axis) if value.ndim == 2 else int(value.argmax()))
    elif sums_to_one and np.all(value > 0):
        yield "takes_probabilities_for_logits", "holds logits. Here it holds probabilities already", np.log(value)
    else:
        e = np.exp(value - value.max(axis=-1, keepdims=True))
        yield ("takes_logits_for_probabilities", "holds probabilities. Here it holds logits: their softmax is still "
               "to come", e / e.sum(axis=-1, keepdims=True))


def _one_hot(labels: Any, shape: tuple[int, ...]) -> Array | None:
    """Labels as one-hot rows, columns or one vector, as another argument of this shape has its classes."""
    if len(shape) != np.ndim(labels) + 1 or np.shape(labels) not in (shape[:-1], shape[1:]):
        return None
    columns = np.shape(labels) != shape[:-1]
    classes = shape[0] if columns else shape[-1]
    if not 0 <= np.min(labels) <= np.max(labels) < classes:
        return None
    rows = np.eye(classes)[labels]
    return rows.T if columns else rows


def _transposed(inputs: Inputs) -> Iterator[Adapted]:
    """All arrays, or those alone that hold the batch, with the rows and columns beside them or without."""
    ways: list[Callable[[Array], bool]] = [lambda value: value.ndim == 2]
    for _, _, is_batch in batches(inputs):
        ways += [is_batch, partial(_is_batch_or_line, is_batch)]
    for chosen in ways:
        names = [name for name, value in inputs.items() if any(chosen(one) and one.ndim == 2
                                                               for one in arrays_in(value))]
        if names:
            named = Named("samples_the_other_way", f"Right for arguments that are transposed ({_listed(names)}). The "
                                                   "text says what is a row here, and what a column.")
            yield Adapted(named, changed_where(inputs, np.transpose, chosen), inputs, lambda right: (right.T, right))


def _one_sample(exercise: str, inputs: Inputs) -> Iterator[Adapted]:
    for axis, _, is_batch in batches(inputs):
        batch = [name for name, value in inputs.items() if any(map(is_batch, arrays_in(value)))]
        named = Named("one_sample_only", f"Right for one sample at a time. `{exercise}` gets a whole batch: "
                                         f"{_listed(batch)} with a {'column' if axis else 'row'} for each sample.")
        yield Adapted(named, changed_where(inputs, partial(_first, axis=axis), is_batch),
                      changed_where(inputs, partial(np.take, indices=[0], axis=axis), is_batch), _without_an_axis)


def _exchanged(inputs: Inputs) -> Iterator[Adapted]:
    values = [name for name, value in inputs.items() if isinstance(value, np.ndarray | float)]
    for a, b in combinations(values, 2):
        named = Named(f"{a}_and_{b}_exchanged", f"Right when `{a}` and `{b}` change places. The notebook's order of "
                                                "the arguments has to stay.")
        yield Adapted(named, {**inputs, a: inputs[b], b: inputs[a]}, inputs)


def batches(inputs: Inputs) -> Iterator[tuple[int, int, Callable[[Array], bool]]]:
    """What may be the batch's axis, first or last, how long it is, and which arrays have it."""
    shape = next((one.shape for value in inputs.values() for one in arrays_in(value) if one.ndim == 2), ())
    for axis, length in zip((0, -1), shape, strict=False):
        if length > 1:
            yield axis, length, partial(_is_as_long, axis=axis, length=length)


def _is_as_long(value: Array, axis: int, length: int) -> bool:
    return value.ndim > 0 and value.shape[axis] == length


def _is_batch_or_line(is_batch: Callable[[Array], bool], value: Array) -> bool:
    return is_batch(value) or (value.ndim == 2 and 1 in value.shape)


def _first(value: Array, axis: int) -> Any:
    return value[0].item() if value.ndim == 1 else value.take(0, axis=axis)


def _without_an_axis(right: Array) -> list[Array]:
    """As it is, and without an axis of length 1."""
    return [right, *(right.squeeze(axis) for axis in range(right.ndim) if right.shape[axis] == 1)]


def changed_where(inputs: Inputs, change: Callable[[Array], Any], chosen: Callable[[Array], bool]) -> Inputs:
    """The inputs, with some of their arrays changed."""
    def changed(leaf: Any) -> Any:
        return change(leaf) if isinstance(leaf, np.ndarray) and chosen(leaf) else leaf
    return {name: each_leaf(value, changed) for name, value in inputs.items()}


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
