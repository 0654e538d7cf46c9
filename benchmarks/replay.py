"""Ten thousand submissions without their computing: recorded outcomes go through the real pool, writer and gradebook.

    python -m benchmarks.replay COURSE_FOLDER PROBLEM_SET COUNT [CLUSTER]

grades the class that is there. Then COUNT copies of it come, each of which takes a worker as long as its original took,
at SPEED times that pace, while this process does all that it always does: it reads what was handed in, sends it to two
workers, or to those of CLUSTER ("local:2"), and stores what comes back. Prints as JSON what that costs, step by step:
what grows faster than the class.
"""

import json
import os
import pickle
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import scratch
from benchmarks.measure import resident, run, say
from benchmarks.scratch import BUILD, ENVIRONMENT, REPOSITORY
from grading.classes import cluster, pool
from grading.classes.batch import grade_class
from grading.classes.portable_task import PortableTask
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.secret import read_secret
from grading.handin.collect import Handed, collect
from grading.run.class_sandbox import class_sandbox
from grading.run.submission import Graded, Task, grade_submission
from grading.sandbox.client import Sandbox

SPEED, WORKERS, STEPS, ORIGINALS = 10, 2, 10, 24
COUNT, FEW = 10_000, 200


def measure_replay(plan: Any) -> list[dict[str, Any]]:
    """A row for each tenth of a large class, through processes of this machine and through a cluster."""
    count = FEW if plan.copies < ORIGINALS else COUNT
    [name] = plan.sets
    rows = []
    for address in ("", f"local:{WORKERS}"):
        through = address or f"{WORKERS} processes"
        say(f"{name}: {count} submissions replayed, {through}")
        root, log = scratch.make_ours(name, ORIGINALS), BUILD / "logs" / f"replay-{name}.log"
        command = [sys.executable, "-m", "benchmarks.replay", root, name, str(count), *([address] if address else [])]
        run(command, REPOSITORY, ENVIRONMENT, log, count)
        rows += [{"set": name, "through": through, **row} for row in json.loads(log.read_text().splitlines()[-1])]
    return rows


def main(root: Path, name: str, count: int, address: str = "") -> list[dict[str, float]]:
    """What each tenth of `count` submissions costs: CPU-s and s of this process, its bytes, those of the gradebook."""
    course = Course.open(root)
    assignment = load_assignment(course, name)
    task = Task(assignment, course.settings, read_secret(course.secret_file))
    with class_sandbox(course, name) as box:
        recorded = [_recorded(course, task, box, student) for student in course.students(name)]
    students = _hand_in(course, name, count)
    rows = []
    with _cluster(course, address, recorded) if address else _processes(course, name, recorded) as workers:
        cpu, wall = time.process_time(), time.perf_counter()
        for done, _ in enumerate(grade_class(course, assignment, students, workers, force=True), 1):
            if done % (count // STEPS) == 0:
                now = time.process_time(), time.perf_counter()
                rows.append({"count": done, "cpu": now[0] - cpu, "wall": now[1] - wall,
                             "memory": resident(os.getpid())[0],
                             "gradebook": (root / "gradebook.db").stat().st_size})
                cpu, wall = now
    return rows


@contextmanager
def _processes(course: Course, name: str, recorded: list[tuple[float, Graded]]) -> Iterator[pool.Workers]:
    def again(task: Task, box: Sandbox, student: str, handed: Handed) -> Graded:
        return _replayed(recorded, student)

    with class_sandbox(course, name) as box, patch.object(pool, "grade_submission", again):
        yield pool.Processes(box, WORKERS)


@contextmanager
def _cluster(course: Course, address: str, recorded: list[tuple[float, Graded]]) -> Iterator[pool.Workers]:
    file = course.root / "recorded.pickle"
    file.write_bytes(pickle.dumps(recorded))
    with (cluster.Cluster(course, address) as workers,
          patch.object(cluster, "grade_portable", partial(on_a_node, file))):
        yield workers


def on_a_node(file: Path, portable: PortableTask, student: str, handed: Handed) -> Graded:
    """What a worker of the cluster does in place of grading."""
    return _replayed(_read(file), student)


@cache
def _read(file: Path) -> list[tuple[float, Graded]]:
    recorded: list[tuple[float, Graded]] = pickle.loads(file.read_bytes())
    return recorded


def _recorded(course: Course, task: Task, box: Sandbox, student: str) -> tuple[float, Graded]:
    name = task.assignment.name
    handed: Handed = collect(course.root / "submitted" / student / name, name)
    start = time.perf_counter()
    graded = grade_submission(task, box, student, handed)
    return time.perf_counter() - start, graded


def _hand_in(course: Course, name: str, count: int) -> list[str]:
    """Links to the originals' notebooks, under other names."""
    originals = [course.root / "submitted" / student / name / f"{name}.ipynb" for student in course.students(name)]
    students = [f"copy-{number:06d}" for number in range(count)]
    for number, student in enumerate(students):
        folder = course.root / "submitted" / student / name
        folder.mkdir(parents=True)
        os.link(originals[number % len(originals)], folder / f"{name}.ipynb")
    return students


def _replayed(recorded: list[tuple[float, Graded]], student: str) -> Graded:
    seconds, graded = recorded[int(student.partition("-")[2]) % len(recorded)]
    time.sleep(seconds / SPEED)
    return replace(graded, result=replace(graded.result, student=student))


if __name__ == "__main__":
    from benchmarks import replay  # a worker of a cluster finds its function by this name, not in __main__

    print(json.dumps(replay.main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), *sys.argv[4:])))
