"""Finding the hidden tests of a problem set: a folder (or one module) with a `PROBLEM_SET`."""

import importlib
import importlib.util
import sys
from pathlib import Path

from grading.probes.edits import read_model_answers, with_edits
from grading.probes.model import ProblemSet
from grading.probes.points import refuse_points_of_nothing

HERE = Path(__file__).parent.resolve()


def folder(root: Path) -> Path:
    """Where a course keeps its hidden tests: its own probes/ folder, else this package."""
    own = (root / "probes").resolve()
    return own if own.is_dir() else HERE


def load(name: str, root: Path) -> ProblemSet:
    """The hidden tests of a problem set: `ROOT/probes/NAME/` or `ROOT/probes/NAME.py`, else those of this package.

    Their slips are applied to the solutions in `ROOT/source/NAME/NAME.ipynb`. Raises LookupError, saying where it
    looked, when there are no hidden tests; ValueError for a point that looks at nothing.
    """
    own = folder(root)
    places = [own / name / "__init__.py", own / f"{name}.py"]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise LookupError(f"No hidden tests for {name!r}: expected {places[1]} or {places[0]}.")
    if own == HERE:
        module = importlib.import_module(f"grading.probes.{name}")
    else:
        inside = f"course_probes_{name}"
        for known in [known for known in sys.modules if known == inside or known.startswith(f"{inside}.")]:
            del sys.modules[known]  # another course's, or what has been edited since
        spec = importlib.util.spec_from_file_location(inside, path, submodule_search_locations=(
            [str(path.parent)] if path.name == "__init__.py" else None))
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[inside] = module  # where the source of its classes is looked for
        spec.loader.exec_module(module)
    problem_set: ProblemSet = module.PROBLEM_SET
    for probe in problem_set.probes:
        refuse_points_of_nothing(probe)
    return with_edits(problem_set, read_model_answers(root / "source" / name / f"{name}.ipynb"))
