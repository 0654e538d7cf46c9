"""What can be reproduced: runs of the notebooks' own solutions, and the numbers that they are compared with.

*Published* is what one of the source homeworks printed; *measured* is what this project found with its own solutions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.datasets import Dataset, DatasetError, load

Solution = Mapping[str, Any]  # names defined by the solved answer cells of one notebook
Compute = Callable[[Solution, Any], Mapping[str, float]]  # the second argument is a Dataset where the run needs one


MEASURED = "November 2026, AMD EPYC, Python 3.11, numpy 2.4.6, torch 2.13.0 (CPU), one thread"

CMU_2021 = "10-701 homework 3, 2021"
OF_2024 = "homework 1 of 2024"
OF_2022 = "homework 1 of 2022"
CS171 = "CS171 homework 3, 2022"
ECE421 = "ECE421 assignment 2, 2022"


@dataclass(frozen=True)
class Published:
    """A number that a source printed; `differs` says why it need not be met here, "" where it should be."""

    value: float
    source: str
    differs: str = ""


@dataclass(frozen=True)
class Fact:
    """A number as this project measured it (see MEASURED), and as it was published, where it was.

    `key` names it in what a run computes. `tolerance` is what another processor and the rounding of float32 may change,
    beside the last of the `decimals`; None where rounding decides the whole run, so that nothing is judged.
    """

    what: str
    measured: float
    key: str
    decimals: int = 4
    tolerance: float | None = 0.0
    published: Published | None = None

    def verdict(self, here: float) -> str:
        """"same" to all digits, "close" within the tolerance, "differs", or by how much where nothing is judged."""
        if self.tolerance is None:
            return f"not judged, {here - self.measured:+.{self.decimals}f}"
        apart, digit = abs(here - self.measured), 0.5 * 10**-self.decimals * (1 + 1e-9)
        return "same" if apart <= digit else "close" if apart <= self.tolerance + digit else "differs"


@dataclass(frozen=True)
class Run:
    """One experiment. `data` names the full data set it needs; `quick` ones take seconds and make up the short mode.

    `mistake` names an exercise and one of its known mistakes, which then stands in the place of the solution.
    """

    id: str
    title: str
    compute: Compute
    facts: Sequence[Fact]
    data: str = ""
    quick: bool = False
    mistake: tuple[str, str] | None = None

    @property
    def problem_set(self) -> str:
        """The notebook whose solution is run."""
        return self.id.split("/")[0]


FULL = {"mnist": 60000, "fashion_mnist": 60000, "letters": 5000}


def full_data(name: str, folder: Path | None) -> Dataset | None:
    """A full data set from FOLDER or from the cache; None where only the embedded images are there."""
    published = {"letters": "notmnist"}.get(name, name)
    try:
        own = folder / published if folder else None
        data = load(name, folder=own) if own and own.is_dir() else load(name)
    except DatasetError:
        return None
    return data if len(data.x_train) >= FULL[name] else None
