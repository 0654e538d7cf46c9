"""The shipped problem sets as tests need them: loaded once, and their right answers by name."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

from grading.probes.loading import load
from grading.probes.model import ProblemSet

ROOT = Path(__file__).parents[1]


# Without PyTorch, all but the set that needs it: see tests/conftest.py.
NAMES_HERE = [path.name for path in sorted((ROOT / "source").iterdir()) if find_spec("torch") or "torch" not in path.name]


# The sets of this course, which its README lists, hold themselves to more than one that somebody is writing.
OF_THIS_COURSE = re.findall(r"^\| `(ps\w+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


@cache
def problem_set(name: str) -> ProblemSet:
    """The hidden tests of a set, its slips made into whole answers."""
    return load(name, ROOT)


def right_answers(name: str) -> SimpleNamespace:
    """The references of a set under the names of its exercises."""
    return SimpleNamespace(**{probe.id: probe.reference for probe in problem_set(name).probes})
