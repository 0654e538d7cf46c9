"""From rows of measurements to the numbers on the page. Pure functions."""

from collections.abc import Sequence
from statistics import median
from typing import Any

Row = dict[str, Any]


def of(rows: Sequence[Row], problem_set: str, grader: str) -> list[list[Row]]:
    """The rows of one grader on one set: for each repeat, the runs with growing class size."""
    mine = [row for row in rows if row["set"] == problem_set and row["grader"] == grader]
    repeats = sorted({row["repeat"] for row in mine})
    return [sorted((row for row in mine if row["repeat"] == repeat), key=lambda row: row["count"])
            for repeat in repeats]


def each(runs: Sequence[Row], what: str) -> float:
    """`what` ("cpu" or "wall") per submission of the largest class, start-up included."""
    return float(runs[-1][what]) / int(runs[-1]["count"])


def marginal(runs: Sequence[Row], what: str) -> float:
    """What one more submission costs: the difference of the largest and the smallest class."""
    return float(runs[-1][what] - runs[0][what]) / int(runs[-1]["count"] - runs[0]["count"])


def ratios(rows: Sequence[Row], problem_set: str, slow: str, fast: str, what: str, take: Any) -> list[float]:
    """How many times as much `slow` needs as `fast`, for each repeat; `take` is `each` or `marginal`."""
    pairs = zip(of(rows, problem_set, slow), of(rows, problem_set, fast), strict=True)
    return [take(one, what) / take(other, what) for one, other in pairs]


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def span(values: Sequence[float], unit: str = "", digits: int = 1) -> str:
    """The median, and the smallest and largest value where they differ: "15.2 (14.8–15.6)"."""
    low, mid, high = (f"{value:.{digits}f}" for value in (min(values), middle(values), max(values)))
    return f"{mid}{unit}" if low == high else f"{mid}{unit} ({low}–{high})"


def disagreements(rows: Sequence[Row], tolerance: float = 0.1) -> list[tuple[Row, float]]:
    """Runs during which the machine worked otherwise than the command says, and how much it worked (seconds).

    What was going on before the run is taken to have gone on during it.
    """
    return [(row, _meanwhile(row)) for row in rows if disturbance(row) > tolerance]


def disturbance(row: Row) -> float:
    """By what share of the command's own work the machine worked otherwise than the command says."""
    return abs(_meanwhile(row) - float(row["cpu"])) / float(row["cpu"])


def _meanwhile(row: Row) -> float:
    return float(row["busy"] - row["background"] * row["wall"])


def alone(rows: Sequence[Row]) -> list[Row]:
    """The runs of growing classes with one worker."""
    return [row for row in rows if row["workers"] == 1]


def our_cost(stages: Row) -> float:
    """Processor seconds of `course grade` for one more submission, from the measured stages."""
    return float(sum(stages["stages"]["each"].values()) + stages["stages"]["child"])
