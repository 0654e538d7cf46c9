"""What can be reproduced: runs of the notebooks' own solutions, and the published numbers they are compared with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.datasets import Dataset, DatasetError, load

Solution = Mapping[str, Any]  # names defined by the solved answer cells of one notebook
Compute = Callable[[Solution, Any], Mapping[str, float]]  # the second argument is a Dataset where the run needs one


@dataclass(frozen=True)
class Fact:
    """A published number. `key` names it in what a run computes, `decimals` is how many digits were published.

    `orientation` marks numbers that nobody can expect to meet: another subset of images, other random numbers, or a
    run in which rounding decides. Their difference is shown and not judged.
    """

    what: str
    published: float
    key: str
    decimals: int = 4
    orientation: bool = False

    def verdict(self, here: float) -> str:
        """"same" or "differs", or by how much a number for orientation does."""
        if self.orientation:
            return f"orientation, {here - self.published:+.{self.decimals}f}"
        return "same" if abs(here - self.published) <= 0.5 * 10**-self.decimals * (1 + 1e-9) else "differs"


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
