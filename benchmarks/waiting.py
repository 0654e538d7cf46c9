"""What a person waits for: a first verdict, a command that has nothing to do, a usage error, a large class's pages."""

import random
from pathlib import Path
from typing import Any

import nbformat

from benchmarks import graders, scratch
from benchmarks.measure import Cost, run, say, when_quiet
from benchmarks.parts import NUMPY, Plan, grade_quietly, problem_sets
from benchmarks.scratch import BIN, BUILD, ENVIRONMENT
from grading.course.assignment import filled, load_assignment
from grading.course.folder import Course

TURNS = 3
LARGE, SMALL = 600, 12  # submissions, for pages


def measure_waiting(plan: Plan) -> list[dict[str, Any]]:
    """One submission with every grader, and commands that have nothing to do. A row for each run."""
    rows: list[dict[str, Any]] = []
    for name in problem_sets(plan):
        for grader in graders.graders(plan.otter):
            if grader.id in ("plain", "ours-1", "otter"):
                root = grader.make(name, 1)
                rows += [{"set": name, "grader": grader.id, "title": grader.title, "what": "one submission",
                          **grade_quietly(grader, root, name, 1)} for _ in range(TURNS)]
        root = scratch.make_ours(name, 1)
        for what, words in (("", ("grade", name)), ("nothing to do", ("grade", name)),
                            ("a usage error", ("grade", name, "--watch", "--json"))):
            for _ in range(TURNS if what else 1):
                noise = when_quiet()
                cost = _command(root, *words, fails=what == "a usage error")
                if what:
                    rows.append({"set": name, "grader": "ours-1", "title": "course grade", "what": what,
                                 **cost.to_dict(), "memory": [], "background": noise})
    return rows


def _command(root: Path, *words: str, fails: bool = False, submissions: int = 10) -> Cost:
    # A shell turns the failure that is wanted into a success.
    command: list[str | Path] = [BIN / "course", *words, "--root", root]
    shell: list[str | Path] = ["sh", "-c", '! "$@"', "sh"] if fails else []
    return run([*shell, *command], root, ENVIRONMENT, BUILD / "logs" / f"course-{words[0]}.log", submissions)


def measure_pages(plan: Plan) -> list[dict[str, Any]]:
    """The pages of a large class, and the grading of that class, for comparison."""
    count = SMALL if plan.copies < SMALL else LARGE
    root = scratch.make_ours(NUMPY, count)
    rows = []
    for what in ("grade", "feedback", "report", "similar"):
        if what == "similar":
            _with_code_of_their_own(root)
        say(f"{NUMPY}: {what}, {count} submissions")
        cost = _command(root, what, NUMPY, submissions=count)
        rows.append({"set": NUMPY, "what": what, "count": count, **cost.to_dict(), "memory": []})
    return rows


def _with_code_of_their_own(root: Path) -> None:
    """Give each submission functions that nobody else has: copies of one solution are told apart in no time."""
    assignment = load_assignment(Course.open(root), NUMPY)
    for number, path in enumerate(sorted((root / "submitted").glob(f"*/{NUMPY}/*.ipynb"))):
        draw = random.Random(number)
        answers = {name: f"{source}\n\n{function(draw)}" for name, source in assignment.solutions.items()}
        path.write_text(nbformat.writes(filled(nbformat.read(path, as_version=4), answers)), encoding="utf-8")


def function(draw: random.Random) -> str:
    """A function of a dozen lines that means nothing."""
    words = ["rows", "total", "mean", "part", "left", "scale", "index", "value", "count", "shift"]
    lines = [f"    {draw.choice(words)}{draw.randrange(50)} = np.{draw.choice(['sum', 'mean', 'exp', 'abs', 'sqrt'])}"
             f"({draw.choice(words)}{draw.randrange(50)} * {draw.randrange(100)}) + {draw.choice(words)}"
             for _ in range(12)]
    return "\n".join([f"def {draw.choice(words)}_{draw.randrange(1000)}({', '.join(draw.sample(words, 3))}):", *lines])
