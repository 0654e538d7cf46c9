"""The parts of the page about what a person waits for, and about very large classes."""

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from statistics import median
from typing import Any

from benchmarks.markdown import MIB, table

IDLE, NUMPY, TORCH, USAGE = 0.8, 1.5, 3.0, 0.2  # s, the targets
PAGES = {"feedback": 10, "report": 10, "similar": 60}  # s, the targets for 600 submissions


def waiting(rows: list[dict[str, Any]]) -> Iterator[str]:
    """From the command line to the answer."""
    yield "## From the command to the answer"
    yield ("One submission, graded for the first time, start-up included; and commands that have nothing to grade. "
           "Medians of three turns.")
    lines = []
    for name in dict.fromkeys(row["set"] for row in rows):
        mine = [row for row in rows if row["set"] == name]
        peer = _median(mine, "wall", "plain", "one submission")
        for title, grader, what in dict.fromkeys((row["title"], row["grader"], row["what"]) for row in mine):
            wall, cpu = (_median(mine, kind, grader, what) for kind in ("wall", "cpu"))
            peak = max(row["peak"] for row in mine if (row["grader"], row["what"]) == (grader, what))
            memory = "" if what == "a usage error" else f"{peak / MIB:.0f}"  # a shell's, which wants the failure
            lines.append([name.split("_")[0], what, title, f"{wall:.2f}", f"{cpu:.2f}", memory,
                          f"{peer / wall:.1f}", _told(wall, _target(name, what)) if grader == "ours-1" else ""])
    yield table(["set", "what", "grader", "wall s", "CPU-s", "peak MiB", "plain's one submission ÷ this", "target"],
                lines)


def _target(name: str, what: str) -> float:
    first = TORCH if name.startswith("ps8") else NUMPY
    return {"one submission": first, "nothing to do": IDLE, "a usage error": USAGE}[what]


def _told(value: float, most: float) -> str:
    return f"≤ {most:g} s: {'met' if value <= most else 'missed'}"


def _median(rows: list[dict[str, Any]], kind: str, grader: str, what: str) -> float:
    return float(median(row[kind] for row in rows if (row["grader"], row["what"]) == (grader, what)))


def pages(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Feedback, report and the comparison of everybody with everybody."""
    yield "## Pages of a large class"
    yield ("For `course similar` each submission has functions that nobody else has; for the others they are copies. "
           "No figures.")
    graded = rows[0]
    yield table([f"{graded['count']} submissions of {graded['set'].split('_')[0]}", "wall s", "CPU-s", "peak MiB",
                 "÷ grading them", "target for 600"],
                [[f"course {row['what']}", f"{row['wall']:.1f}", f"{row['cpu']:.1f}", f"{row['peak'] / MIB:.0f}",
                  f"{row['wall'] / graded['wall']:.3f}",
                  _told(row["wall"], PAGES[row["what"]]) if row["what"] in PAGES else ""] for row in rows])


def replay(rows: list[dict[str, Any]]) -> Iterator[str]:
    """What the trusted process does for each submission, while the class grows."""
    yield "## Ten thousand, in simulation"
    yield ("Recorded outcomes through the real pool, writer and gradebook; two workers sleep a tenth of what a "
           "submission took, so the process that reads, sends and stores is what is waited for. Each row is about the "
           "submissions since the row before. Through a cluster, `--cluster local:2`, its scheduler runs in the same "
           "process.")
    for through, turn in groupby(rows, itemgetter("through")):
        steps = list(turn)
        sizes = [steps[0]["count"], *(after["count"] - before["count"] for before, after in pairwise(steps))]
        yield table([f"submissions of {steps[0]['set'].split('_')[0]}, {through}", "CPU-ms each", "ms each", "MiB",
                     "gradebook, MiB"],
                    [[str(row["count"]), f"{1000 * row['cpu'] / size:.1f}", f"{1000 * row['wall'] / size:.1f}",
                      f"{row['memory'] / MIB:.0f}", f"{row['gradebook'] / MIB:.1f}"]
                     for row, size in zip(steps, sizes, strict=True)])
        growth = (steps[-1]["cpu"] / sizes[-1]) / (steps[1]["cpu"] / sizes[1])  # the first has the start-up in it
        yield f"With {through} the last of these steps costs {growth:.2f} times the processor time of the second."
