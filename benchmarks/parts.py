"""What is measured: graders, the cost of our stages, growth with the class, instant checks. Plain data comes back."""

import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import graders, scratch, summary
from benchmarks.measure import BenchmarkError, Hung, run, say, when_quiet
from benchmarks.scratch import BUILD, ENVIRONMENT, REPOSITORY
from grading.course.folder import Course

TRIES = 3  # runs of a grader on a class, where others disturb it
NUMPY, FIGURES, TORCH = "ps5_modular_layers", "ps2_softmax_jacobian", "ps8_pytorch_mlp"


@dataclass(frozen=True)
class Plan:
    """How much is measured. `growth` are class sizes; `sets` are problem sets; `otter`: is it there?"""

    copies: int = 40
    repeats: int = 2
    growth: tuple[int, ...] = (40, 200, 1000)
    sets: tuple[str, ...] = (NUMPY, FIGURES, TORCH)
    otter: bool = False

    @property
    def sizes(self) -> tuple[int, int]:
        """Two class sizes, whose difference gives what one more submission costs."""
        return max(2, self.copies // 4), self.copies


def problem_sets(plan: Plan) -> list[str]:
    """The sets that are measured; without torch, that one is left out."""
    known = Course.open(REPOSITORY).problem_sets()
    if missing := [name for name in plan.sets if name not in known]:
        raise BenchmarkError(f"{', '.join(missing)} is not in source/.")
    if TORCH not in plan.sets or importlib.util.find_spec("torch"):
        return list(plan.sets)
    say("torch is not installed: its set is left out. pip install -c requirements.lock -e '.[torch]'")
    return [name for name in plan.sets if name != TORCH]


def all_sets() -> tuple[str, ...]:
    """Every set of the course."""
    return tuple(Course.open(REPOSITORY).problem_sets())


def warm_up() -> None:
    """Fill matplotlib's font cache, and the disk's with large libraries: whoever comes first would wait for them."""
    torch = ", torch" if importlib.util.find_spec("torch") else ""
    run([sys.executable, "-c", f"import matplotlib.pyplot, nbgrader{torch}"], REPOSITORY, ENVIRONMENT,
        BUILD / "logs" / "warm-up.log")


def measure_ratios(plan: Plan) -> list[dict[str, Any]]:
    """Every grader on every set, in turns, so that a slow minute of the machine hits all. One row for each run."""
    rows: list[dict[str, Any]] = []
    for name in problem_sets(plan):
        folders: dict[tuple[str, int], Path] = {}
        for repeat in range(plan.repeats):
            for size in plan.sizes:
                for grader in graders.graders(plan.otter):
                    count = min(size, grader.most if size == plan.sizes[1] else max(2, grader.most // 4))
                    root = folders.get((grader.id, count)) or grader.make(name, count)
                    folders[grader.id, count] = root
                    rows.append({"set": name, "grader": grader.id, "title": grader.title, "count": count,
                                 "repeat": repeat, **grade_quietly(grader, root, name, count)})
    return rows


def grade_quietly(grader: graders.Grader, root: Path, name: str, count: int) -> dict[str, Any]:
    """A run that nothing else disturbed; the least disturbed one where that does not come about in TRIES."""
    rows: list[dict[str, Any]] = []
    while not rows or (len(rows) < TRIES and summary.disagreements(rows[-1:])):
        rows.append(_grade_once(grader, root, name, count))
    least: dict[str, Any] = min(rows, key=summary.disturbance)
    return {**least, "tries": len(rows)}


def _grade_once(grader: graders.Grader, root: Path, name: str, count: int, again: bool = False) -> dict[str, Any]:
    in_gradebook = (root / "gradebook.start").exists()
    if in_gradebook:
        scratch.reset(root)
    noise = when_quiet()
    try:
        cost = grader.grade(root, name, count)
    except Hung:
        if again:
            raise
        say(f"{name}: {grader.title} hung; once more from the start")
        return _grade_once(grader, root, name, count, again=True)
    if in_gradebook:
        scratch.check_grades(root, name, count, grader.title)
    say(f"{name}: {grader.title}, {count} submissions: {cost.cpu / count:.2f} CPU-s and {cost.wall / count:.2f} s each")
    return {**cost.to_dict(), "memory": [], "background": noise}


def measure_stages(plan: Plan) -> dict[str, Any]:
    """Our stages, an empty child, and the class's own compute, for every set."""
    found = {}
    for name in problem_sets(plan):
        say(f"{name}: stages")
        root = scratch.make_ours(name, plan.copies)
        found[name] = {"stages": _ask("stages", root, name), "empty": _ask("stages", root, name, "--empty"),
                       "own": _ask("own", root, name)}
    return found


def _ask(script: str, root: Path, name: str, *more: str) -> Any:
    """The last line that one of the scripts beside this one prints, as JSON."""
    log = BUILD / "logs" / f"{script}{''.join(more)}-{name}.log"
    command: list[str | Path] = [sys.executable, "-m", f"benchmarks.{script}", root, name, *more]
    run(command, REPOSITORY, ENVIRONMENT, log, submissions=1000)
    return json.loads(log.read_text().splitlines()[-1])


def measure_checks(plan: Plan) -> dict[str, Any]:
    """The slowest instant check of every set: what a student waits for."""
    say(f"{', '.join(plan.sets)}: instant checks")
    return {name: _ask("checks", REPOSITORY, name) for name in problem_sets(plan)}


def measure_slips(plan: Plan) -> dict[str, Any]:
    """What a submission with a slip costs, and a right one, for every set."""
    say(f"{', '.join(plan.sets)}: submissions with a slip")
    return {name: _ask("slips", REPOSITORY, name) for name in problem_sets(plan)}


def measure_growth(plan: Plan) -> list[dict[str, Any]]:
    """Our grading of classes of growing size, and of the largest with two workers: with memory over time."""
    rows = []
    for count, workers in [*((count, 1) for count in plan.growth), (plan.growth[-1], 2)]:
        say(f"{NUMPY}: {count} submissions, {workers} worker(s)")
        root = scratch.make_ours(NUMPY, count)
        cost = graders.ours(root, NUMPY, count, workers)
        scratch.check_grades(root, NUMPY, count, "course grade")
        say(f"  {cost.cpu / count:.3f} CPU-s each, {cost.wall:.0f} s, {cost.peak >> 20} MiB at most")
        memory = cost.memory[:: max(1, len(cost.memory) // 400)]
        rows.append({"set": NUMPY, "count": count, "workers": workers, **cost.to_dict(), "memory": memory})
    return rows
