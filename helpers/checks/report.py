"""The words of an instant check: what was checked, the first bad index, what came out, what should hold, one hint."""

import traceback
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


class CheckFailed(Exception):
    """A property does not hold, so the ones after it would only repeat the news."""


class StillAStub(Exception):
    """The student's function raised NotImplementedError; the text is the exercise's number."""


class Report:
    """Collects the properties of one exercise, stopping at the first that does not hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: list[str] = []

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call the student's function on copies; an exception or a changed argument becomes a line of the report."""
        copies = [_copy(argument) for argument in arguments]
        try:
            value = function(*copies)
        except NotImplementedError as stub:
            raise StillAStub(stub.args[0] if stub.args else self.name) from None
        except Exception as error:
            where = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name == self.name]
            line = f" (line {where[-1].lineno} of your cell)" if where else ""
            self.fail(f"{self.name} stopped with {type(error).__name__}: {error}{line}",
                      "run the call by itself in a new cell to see the whole traceback")
        for before, after in zip(arguments, copies, strict=True):
            if not _same(before, after):
                self.fail(f"{self.name} changed its argument", "work on a copy, or build a new array")
        return value

    def shape(self, value: Any, shape: tuple[int, ...], hint: str = "") -> None:
        """The value is numeric, has this shape, and is finite."""
        if value is None:
            self.fail(f"{self.name} returned None", "a function needs a `return` to give a value back")
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            self.fail(f"{self.name} returned {type(value).__name__}, expected numbers", hint)
        if array.shape != shape:
            self.fail(f"shape: got {array.shape}, expected {shape}", hint)
        if not np.all(np.isfinite(array)):
            bad = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
            self.fail(f"every value is finite: got {array[bad]} at index {bad}", hint)
        self.passed(f"shape {shape}")

    def close(self, name: str, got: ArrayLike, expected: ArrayLike, hint: str = "", atol: float = 1e-6) -> None:
        """Two computations of the same thing agree; `name` says which property that is."""
        got, expected = np.broadcast_arrays(np.asarray(got, dtype=float), np.asarray(expected, dtype=float))
        wrong = ~np.isclose(got, expected, rtol=1e-5, atol=atol)
        if np.any(wrong):
            index = tuple(int(i) for i in np.argwhere(wrong)[0])
            where = f" at index {index}" if index else ""
            self.fail(f"{name}: got {got[index]:.6g}{where}, expected {expected[index]:.6g}", hint)
        self.passed(name)

    def holds(self, name: str, condition: bool, hint: str = "") -> None:
        """A yes-or-no property."""
        if not condition:
            self.fail(name, hint)
        self.passed(name)

    def passed(self, name: str) -> None:
        self.lines.append(f"✓ {name}")

    def fail(self, what: str, hint: str = "") -> None:
        """Record what does not hold and stop. Raises CheckFailed."""
        self.lines.append(f"✗ {what}" + (f"\n  Hint: {hint}." if hint else ""))
        raise CheckFailed

    def text(self) -> str:
        """The report, one property a line."""
        return "\n".join([self.name, *(f"  {line}" for line in "\n".join(self.lines).split("\n"))])


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(_same(before[key], after[key]) for key in before)
    return not isinstance(before, np.ndarray) or np.array_equal(before, after, equal_nan=True)
