"""What one part of an answer may be to the right one: a multiple of it, its transpose, its sum over an axis. Pure.

A claim is made of the first ordinary case and has to hold on every other one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from grading.judge.comparison import form
from grading.judge.evidence import Array, Evidence, Part
from grading.judge.factors import factors

RIGHT = "what is asked for"


@dataclass(frozen=True)
class Claim:
    """A statement about a part: what follows "your values are", and whether it holds on a case (by its number)."""

    id: str
    words: str
    holds: Callable[[int], bool]


def claims(evidence: Evidence, part: Part, what: str = RIGHT) -> Iterator[Claim]:
    """What could be said of a part, the simplest first."""
    yield from _lengths(evidence, part)
    i = _first_that_differs(evidence, part)
    if informative(evidence, part):
        if part.given[i].shape == part.base[i].shape:
            yield from _multiples(evidence, part, i, what)
            yield from _shifts(evidence, part, i, what)
        yield from _other_forms(evidence, part, i, what)
        yield from _reductions(evidence, part, i)
        if part.given[i].shape == part.base[i].shape:
            yield from _few_digits(evidence, part)


def claims_on_top(evidence: Evidence, part: Part, what: str) -> Iterator[Claim]:
    """Factors with a name, the sign and transposes: what is tried on top of a known mistake.

    Of one case alone they say little, if the answer is one number, and rule out most mistakes even so.
    """
    if len(evidence.cases) > 1 and not informative(evidence, part):
        return
    i = _first_that_differs(evidence, part)
    if part.given[i].shape == part.base[i].shape:
        yield from (claim for claim in _multiples(evidence, part, i, what) if "constant" not in claim.words)
    yield from (claim for claim in _other_forms(evidence, part, i, what) if claim.id == "transposed")


def _first_that_differs(evidence: Evidence, part: Part) -> int:
    return next(i for i in evidence.ordinary if not evidence.agrees(part.given[i], part.base[i]))


def informative(evidence: Evidence, part: Part) -> bool:
    """Whether a coincidence is out of the question: more than one value, none of them near the tolerance."""
    values = [part.base[i] for i in evidence.ordinary]
    if any(value.dtype.kind == "b" or not np.all(np.isfinite(value)) for value in [*values, *(
            part.given[i] for i in evidence.ordinary)]):
        return False
    flat = np.concatenate([np.ravel(value).astype(float) for value in values])
    if flat.size < 2 or np.max(np.abs(flat)) <= 1000 * evidence.probe.atol:
        return False
    distinct = np.unique(np.round(flat / np.max(np.abs(flat)), 6))
    return bool(distinct.size > 2 or (distinct.size == 2 and flat.size > 8))


def _multiples(evidence: Evidence, part: Part, i: int, what: str) -> Iterator[Claim]:
    ratio = _ratio(part.given[i], part.base[i])
    if ratio is None:
        return

    def times(value: Callable[[int], float | None]) -> Callable[[int], bool]:
        def holds(k: int) -> bool:
            factor = value(k)
            return factor is not None and evidence.agrees(part.given[k], factor * part.base[k])
        return holds
    if abs(ratio + 1) < 1e-3:
        yield Claim("negated", f"{what} with the sign turned, plus for minus and minus for plus", times(lambda k: -1.0))
    for factor in factors(evidence.sizes[i], ratio):
        words = factor.words.format(what=what)
        yield Claim("scaled", f"{'exactly ' if not words.startswith('the same') else ''}{words}",
                    times(lambda k, factor=factor: factor.value(evidence.sizes[k])))  # type: ignore[misc]


def _ratio(got: Array, base: Array) -> float | None:
    if not base.size or not np.all(np.isfinite(got)) or not np.all(np.isfinite(base)):
        return None
    index = np.unravel_index(int(np.argmax(np.abs(base))), base.shape)
    largest = float(base[index])
    ratio = float(got[index]) / largest if largest else 0.0
    return ratio or None


def _shifts(evidence: Evidence, part: Part, i: int, what: str) -> Iterator[Claim]:
    if not part.base[i].size:
        return
    yield Claim("one_minus", f"exactly 1 minus {what}", lambda k: evidence.agrees(part.given[k], 1 - part.base[k]))
    constant = float(part.given[i].flat[0]) - float(part.base[i].flat[0])
    if abs(constant) > 1e-4 * float(np.max(np.abs(part.base[i]))):
        yield Claim("shifted", f"exactly {what} plus a constant, the same one in every case",
                    lambda k: evidence.agrees(part.given[k], part.base[k] + constant))


def _other_forms(evidence: Evidence, part: Part, i: int, what: str) -> Iterator[Claim]:
    got, base = part.given[i], part.base[i]
    for axes in list(permutations(range(base.ndim)))[1:] if base.ndim <= 4 else ():
        yield Claim("transposed", f"{what}, but transposed" + (
            f": {form(got.shape)} came out where {base.shape} is asked for" if got.shape != base.shape else
            ": rows stand where columns belong"),
            lambda k, axes=axes: part.base[k].ndim == len(axes)  # type: ignore[misc]
            and evidence.agrees(part.given[k], np.transpose(part.base[k], axes)))
    if got.shape != base.shape and got.size == base.size:
        kept = [n for n in got.shape if n != 1] == [n for n in base.shape if n != 1]
        id = ("reshaped" if not kept else "axis_kept" if got.ndim > base.ndim else
              "axis_dropped" if got.ndim < base.ndim else "transposed")
        yield Claim(id, f"right in value, but not in form: {form(got.shape)} came out where {form(base.shape)} "
                        "is asked for",
                    lambda k: part.given[k].size == part.base[k].size
                    and evidence.agrees(part.given[k].ravel(), part.base[k].ravel()))


def _reductions(evidence: Evidence, part: Part, i: int) -> Iterator[Claim]:
    """Summed or averaged where nothing should be, or not yet where something should."""
    got, base = part.given[i], part.base[i]
    for verb, reduce in (("summed", np.sum), ("averaged", np.mean)):
        for axis in [*range(base.ndim), None] if base.ndim and got.size < base.size else ():
            over = _axis_words(evidence, base, i, axis)
            yield Claim(f"{verb}_over_axis",
                        f"{verb} over {over}, which should stay: {form(got.shape)} came out where {form(base.shape)} "
                        "is asked for",
                        lambda k, axis=axis, reduce=reduce:  # type: ignore[misc]
                        _reduced_equal(evidence, part.base[k], part.given[k], axis, reduce))
        for axis in [*range(got.ndim), None] if got.ndim and got.size > base.size else ():
            over = _axis_words(evidence, got, i, axis)
            yield Claim(f"not_{verb}",
                        f"not yet {verb} over {over}: {form(got.shape)} came out where {form(base.shape)} is asked for",
                        lambda k, axis=axis, reduce=reduce:  # type: ignore[misc]
                        _reduced_equal(evidence, part.given[k], part.base[k], axis, reduce))


def _reduced_equal(evidence: Evidence, whole: Array, reduced: Array, axis: int | None,
                   reduce: Callable[..., Array]) -> bool:
    if axis is not None and axis >= whole.ndim:
        return False
    value = np.asarray(reduce(whole, axis=axis))
    return value.size == reduced.size and evidence.agrees(value.ravel(), reduced.ravel())


def _axis_words(evidence: Evidence, whole: Array, i: int, axis: int | None) -> str:
    """An axis, with the argument whose first axis is as long: "axis 0 (the 5 rows of `x`)"."""
    if axis is None:
        return "all entries"
    if whole.ndim == 1:
        return "its entries"
    length = whole.shape[axis]
    rows = next((name for name, value in evidence.arguments[i].items() if value.ndim == 2
                 and value.shape[0] == length and value.shape[1] != length), "")
    return f"axis {axis}" + (f" (as long as `{rows}` has rows)" if rows else "")


def _lengths(evidence: Evidence, part: Part) -> Iterator[Claim]:
    """One number that is only the length of something."""
    i = evidence.ordinary[0]
    got = part.given[i]
    if got.size != 1 or part.base[i].size == 1 or len(evidence.ordinary) < 3:
        return
    for name, size in evidence.sizes[i].items():
        if float(got.flat[0]) == size and not name.startswith("`"):
            yield Claim("length_returned", f"one number, {name}",
                        lambda k, name=name: part.given[k].size == 1  # type: ignore[misc]
                        and float(part.given[k].flat[0]) == evidence.sizes[k].get(name))


def _few_digits(evidence: Evidence, part: Part) -> Iterator[Claim]:
    given = [part.given[i] for i in evidence.ordinary]
    if np.unique(np.concatenate([np.ravel(value) for value in given])).size > 2:  # two values may be a step's
        for cut in (np.trunc, np.floor, np.ceil):
            yield Claim("cut_to_whole_numbers", f"{RIGHT}, cut to whole numbers: an array of integers, `int()` and "
                                                "`//` keep no fractions",
                        lambda k, cut=cut: evidence.agrees(part.given[k], cut(part.base[k])))  # type: ignore[misc]
    for places in range(1, 7):
        yield Claim("rounded", f"rounded to {places} decimal place{'s' if places > 1 else ''}: return numbers as they "
                               "are, and round where they are printed",
                    lambda k, places=places: part.given[k].shape == part.base[k].shape  # type: ignore[misc]
                    and bool(np.all(part.given[k] == np.round(part.given[k], places)))
                    and bool(np.all(np.abs(part.given[k] - part.base[k]) <= 0.51 * 10.0**-places)))

    def close(k: int, digits: float) -> bool:
        got, base = part.given[k], part.base[k]
        scale = float(np.max(np.abs(base), initial=0.0))
        return got.shape == base.shape and bool(np.all(np.abs(got - base) <= digits * scale))
    if all(part.given[i].dtype.str == "<f4" for i in evidence.ordinary):
        yield Claim("single_precision", "right to about seven digits, which is what float32 holds: compute in float64",
                    lambda k: close(k, 1e-5))
    yield Claim("nearly_right", "right to about four digits and no more: a small constant that is added or clipped to "
                                "comes through, or numbers are rounded on the way", lambda k: close(k, 1e-4))
