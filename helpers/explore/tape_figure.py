"""What a student's `Value` has written down: the graph of a computation, with values and gradients."""

from collections.abc import Callable, Mapping
from typing import Any

import matplotlib.pyplot as plt

from helpers.plotting import INK, SHEET


def draw_tape(Value: Callable[[float], Any], numbers: Mapping[str, float], compute: Callable[..., Any]) -> None:
    """Compute something from named numbers, go back, and draw a box for each value, its parents to the left."""
    leaves = {name: Value(number) for name, number in numbers.items()}
    result = compute(**leaves)
    result.backward()
    names = {id(leaf): name for name, leaf in leaves.items()}
    places = _places(result, [id(leaf) for leaf in leaves.values()])
    _, ax = plt.subplots(figsize=(2.2 * (1 + max(x for x, _, _ in places.values())), 4.2))
    for x, y, value in places.values():
        for parent in value.parents:
            left = places[id(parent)]
            ax.plot([left[0], x], [left[1], y], color=INK, linewidth=1, zorder=1)  # the boxes cover its ends
        label = f"{names[id(value)]} = " if id(value) in names else ""
        box = {"boxstyle": "round,pad=0.35", "facecolor": SHEET, "edgecolor": INK}
        ax.text(x, y, f"{label}{value.data:.3g}\ngrad {value.grad:.3g}", ha="center", va="center", bbox=box, zorder=2)
    heights = [y for _, y, _ in places.values()]
    ax.set(xlim=(-0.6, max(x for x, _, _ in places.values()) + 0.6), ylim=(min(heights) - 0.5, max(heights) + 0.5),
           title="each value, and its gradient")
    ax.axis("off")
    plt.show()


def _places(result: Any, leaves: list[int]) -> dict[int, tuple[float, float, Any]]:
    """Column, row and value by identity: each value one column to the right of the furthest of its parents."""
    columns: dict[int, int] = {}
    values: dict[int, Any] = {}

    def visit(value: Any) -> int:
        if id(value) not in columns:
            values[id(value)] = value
            columns[id(value)] = 1 + max((visit(parent) for parent in value.parents), default=-1)
        return columns[id(value)]
    visit(result)
    rows = {leaf: -float(row) for row, leaf in enumerate(leaves)}
    for key in sorted(values, key=columns.__getitem__):
        if key not in rows:
            heights = [rows[id(parent)] for parent in values[key].parents if id(parent) in rows]
            rows[key] = sum(heights) / len(heights) if heights else -float(len(rows))
    return {key: (columns[key], rows[key], values[key]) for key in values}
