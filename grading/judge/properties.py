"""Properties that every right answer has and a wrong one lacks: where nothing else can be said. Pure."""

from collections.abc import Callable, Sequence

import numpy as np

from grading.judge.evidence import Array, Evidence, Named


def _sums(total: float, axis: int | None) -> Callable[[Array], bool]:
    def holds(value: Array) -> bool:
        if (value.ndim < 2 and axis is not None) or value.size < 2 or value.dtype.kind != "f":
            return False
        return bool(np.all(np.abs(np.sum(value, axis=axis) - total) <= 1e-6 * max(1.0, float(np.abs(value).sum()))))
    return holds


PROPERTIES: tuple[tuple[str, str, Callable[[Array], bool]], ...] = (
    ("rows_do_not_sum_to_one", "each row should sum to 1", _sums(1, 1)),
    ("columns_do_not_sum_to_one", "each column should sum to 1", _sums(1, 0)),
    ("does_not_sum_to_one", "the entries should sum to 1", _sums(1, None)),
    ("rows_do_not_sum_to_zero", "each row should sum to 0", _sums(0, 1)),
    ("columns_do_not_sum_to_zero", "each column should sum to 0", _sums(0, 0)),
    ("does_not_sum_to_zero", "the entries should sum to 0", _sums(0, None)),
)


def lacks_property(evidence: Evidence) -> Named | None:
    """The first property that the right values have on all ordinary cases, and what came out on none."""
    for part in evidence.parts() or ():
        given, right = ([values[i] for i in evidence.ordinary] for values in (part.given, part.base))
        if not evidence.wrong(part) or any(got.shape != base.shape for got, base in zip(given, right, strict=True)):
            continue
        for id, words, holds in PROPERTIES:
            asked = all(np.any(value) and holds(value) for value in right)
            if asked and not any(map(holds, given)) and _all_numbers(given):
                where = f"In {part.label}, " if part.label else ""
                rule = words if where else words[0].upper() + words[1:]
                return Named(id, f"{where}{rule}, and in yours that does "
                                 "not hold. Which step is there to see to it?")
    return None


def _all_numbers(values: Sequence[Array]) -> bool:
    return all(bool(np.all(np.isfinite(value))) for value in values)
