"""The words of an instant check: what was checked, the first bad index, what came out, what should hold, one hint."""

import traceback
from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.checks.failing_line import call_in_words, failing_line
from helpers.checks.unfinished import is_unwritten, left_over
from helpers.plotting import heatmap
from helpers.probe import partner

MOST_DRAWN = 12  # rows or columns of a heat map that still shows its numbers


class CheckFailed(Exception):
    """A property does not hold, so the ones after it would only repeat the news."""


class StillAStub(Exception):
    """The student's function raised NotImplementedError; the text is the exercise's number."""


class Report:
    """Collects the properties of one exercise, stopping at the first that does not hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[str] = []
        self.difference: NDArray[np.float64] | None = None  # got − expected of a matrix that is wrong

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the student's function on copies; an exception or a changed argument becomes a line of the report."""
        name = getattr(function, "__name__", self.name)
        if not callable(function):
            self.fail(f"{name} is {_article(function)}, not a function", f"define it with `def {name}(...):`")
        copies = [_copy(argument) for argument in arguments]
        try:
            value = function(*copies)
        except NotImplementedError as stub:
            if left := left_over(stub):
                self.fail(f"{left.function} is written, and stops at a line that is left over",
                          f"delete the line `{left.text}` {left.where}")
            raise StillAStub(stub.args[0] if stub.args else name) from None
        except Exception as error:
            if "must derive from BaseException" in _text_of(error) and is_unwritten(function):  # raise NotImplemented
                raise StillAStub(name) from None
            where = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name == name]
            line = f" (line {where[-1].lineno} of your cell)" if where else ""
            files = {part.__code__.co_filename for part in (function, *vars(type(function)).values(), *(
                vars(function).values() if isinstance(function, type) else ())) if hasattr(part, "__code__")}
            shown = failing_line(error, files)
            self.fail(f"{name} stopped with {type(error).__name__}: {_text_of(error)}{line}" + (
                f"\n  in {shown}" if shown else "") + f"\n  called as {call_in_words(name, arguments)}",
                "run the call by itself in a new cell to see the whole traceback")
        if value is None and is_unwritten(function):
            raise StillAStub(name)
        for before, after in zip(arguments, copies, strict=True):
            if not _same(before, after):
                self.fail(f"{name} changed its argument", "work on a copy, or build a new array")
        return value

    def partner(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """The student's own `name`, which the exercise builds on, from the notebook that `function` was written in."""
        try:
            found: Callable[..., Any] = partner(function, name)
        except (NameError, AttributeError, KeyError):
            self.fail(f"this check needs your {name}, which is not defined", f"run the cell that defines {name} first")
        return found

    def shape(self, value: Any, shape: tuple[int, ...], hint: str = "") -> NDArray[np.float64]:
        """The value is numeric, has this shape, and is finite. Returns it as an array."""
        if value is None:
            self.fail(f"{self.name} returned None", "a function needs a `return` to give a value back")
        array = _array(value)
        if array is None:
            self.fail(f"{self.name} returned {_article(value)}, expected numbers", hint)
        if array.shape != shape:
            self.fail(f"shape: got {array.shape}, expected {shape}" if shape else
                      f"got an array of shape {array.shape}, expected one number", hint)
        if not np.all(np.isfinite(array)):
            index = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            self.fail(f"every value is finite: got {array[index]}{_at(index)}", hint)
        self.passed(f"shape {shape}" if shape else "a single number")
        return array

    def close(self, name: str, got: ArrayLike, expected: ArrayLike, hint: str = "", atol: float = 1e-6) -> None:
        """Two computations of the same thing agree; `name` says which property that is."""
        ours, theirs = _array(expected), _array(got)
        assert ours is not None, "the check's own numbers are wrong"
        if theirs is None or theirs.shape not in ((), ours.shape):
            fits = "; its transpose would fit" if theirs is not None and _agree(theirs.T, ours) else ""
            self.fail(f"{name}\n  got {_article(got) if theirs is None else f'shape {theirs.shape}'}, "
                      f"expected {f'shape {ours.shape}' if ours.shape else 'one number'}{fits}", hint)
        theirs = np.broadcast_to(theirs, ours.shape)
        wrong = ~np.isclose(theirs, ours, rtol=1e-5, atol=atol)
        if np.any(wrong):
            index = tuple(int(i) for i in np.argwhere(wrong)[0])
            if wrong.ndim == 2 and 1 < min(wrong.shape) <= max(wrong.shape) <= MOST_DRAWN and np.isfinite(theirs).all():
                self.difference = theirs - ours
            self.fail(f"{name}\n  got {theirs[index]:.6g}{_at(index)}, expected {ours[index]:.6g}"
                      f"{_relation(theirs, ours)}", hint)
        self.passed(name)

    def holds(self, name: str, condition: bool, hint: str = "") -> None:
        """A yes-or-no property."""
        if not condition:
            self.fail(name, hint)
        self.passed(name)

    def passed(self, name: str) -> None:
        """Record what holds; the same words a second time add nothing."""
        if (line := f"✓ {name}") not in self.lines:
            self.lines.append(line)

    def fail(self, what: str, hint: str = "") -> NoReturn:
        """Record what does not hold and stop. Raises CheckFailed."""
        self.lines.append(f"✗ {what}" + (f"\n  Hint: {hint}." if hint else ""))
        raise CheckFailed

    @property
    def holds_so_far(self) -> bool:
        """Whether every property that was looked at holds."""
        return not any(line.startswith("✗") for line in self.lines)

    def draw(self) -> None:
        """Where a matrix is wrong, as a heat map under the text."""
        if self.difference is not None:
            heatmap(self.difference, title="got − expected", xlabel="column", ylabel="row")

    def text(self) -> str:
        """The report, one property a line."""
        return "\n".join([self.name, *(f"  {line}" for line in "\n".join(self.lines).split("\n"))])


def _array(value: Any) -> NDArray[np.float64] | None:
    """The value as floats, or None where it is not made of real numbers in a regular shape."""
    try:
        array = np.asarray(value)
    except Exception:
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def _agree(got: NDArray[np.float64], expected: NDArray[np.float64]) -> bool:
    return got.shape == expected.shape and bool(np.allclose(got, expected, rtol=1e-5, atol=1e-8))


def _relation(got: NDArray[np.float64], expected: NDArray[np.float64]) -> str:
    """What all entries together are to the expected ones, where one word says it."""
    if got.size < 3 or not np.all(np.isfinite(got)) or np.unique(np.abs(expected)).size < 3:
        return ""
    if got.ndim == 2 and _agree(got.T, expected):
        return "; the transpose would fit"
    factor = float(np.sum(got * expected) / np.sum(expected**2))
    if factor == 0 or not _agree(got / factor, expected):
        return ""
    if np.isclose(factor, -1):
        return "; every entry has the other sign"
    whole, part = round(factor), round(1 / factor)
    words = (f"{whole} times" if np.isclose(factor, whole, rtol=1e-4) else
             f"1/{part} of" if np.isclose(1 / factor, part, rtol=1e-4) else f"{factor:.4g} times")
    return f"; every entry is {words} what is expected"


def _article(value: Any) -> str:
    name = type(value).__name__
    return name if value is None else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _at(index: tuple[int, ...]) -> str:
    return f" at index {index}" if index else ""


def _text_of(error: Exception) -> str:
    try:
        return str(error)
    except Exception:
        return "(a message that cannot be printed)"


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[key], after[key]) for key in before)
    if isinstance(before, list):
        return len(before) == len(after) and all(map(_same, before, after))
    return not isinstance(before, np.ndarray) or np.array_equal(before, after, equal_nan=True)
