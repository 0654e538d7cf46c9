"""What ps8's scalar `Value` starts from: everything that follows from `+`, `*` and `**`."""

from typing import Any


class Arithmetic:
    """Minus, division, and plain numbers on the left, for a class that has `+`, `*` and powers."""

    def __radd__(self, other: float) -> Any:
        return self + other  # type: ignore[operator]

    def __rmul__(self, other: float) -> Any:
        return self * other  # type: ignore[operator]

    def __neg__(self) -> Any:
        return self * -1  # type: ignore[operator]

    def __sub__(self, other: Any) -> Any:
        return self + -other

    def __rsub__(self, other: float) -> Any:
        return -self + other

    def __truediv__(self, other: Any) -> Any:
        return self * other**-1

    def __rtruediv__(self, other: float) -> Any:
        return self**-1 * other  # type: ignore[operator]
