"""Finding the hidden tests of a problem set: a folder (or one module) with a `PROBLEM_SET`."""

import importlib
import itertools
import sys
from pathlib import Path
from types import ModuleType

from grading.probes import places
from grading.probes.edits import read_model_answers, with_edits
from grading.probes.model import ProblemSet
from grading.probes.points import refuse_points_of_nothing

_loads = itertools.count()


def load(name: str, root: Path) -> ProblemSet:
    """The hidden tests of a problem set: `ROOT/probes/NAME/` or `ROOT/probes/NAME.py`, else those of this package.

    Their slips are applied to the solutions in `ROOT/source/NAME/NAME.ipynb`. Raises LookupError, saying where it
    looked, when there are no hidden tests; ValueError for a point that looks at nothing.
    """
    home = places.home(name, root)
    if home == places.HERE:
        module = importlib.import_module(f"grading.probes.{name}")
    else:
        # Each time under another name: files may have been edited since, and of what was loaded before, the source of
        # its classes is still looked for. Sets of a course import what they share by `from ..`.
        package = ModuleType(f"course_probes_{next(_loads)}")
        package.__path__ = [str(home)]
        sys.modules[package.__name__] = package
        importlib.invalidate_caches()
        module = importlib.import_module(f"{package.__name__}.{name}")
    problem_set = with_edits(module.PROBLEM_SET, read_model_answers(root / "source" / name / f"{name}.ipynb"))
    for probe in problem_set.probes:
        refuse_points_of_nothing(probe)
    return problem_set
