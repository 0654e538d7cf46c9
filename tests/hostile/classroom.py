"""A class in which every attack is a submission, with honest students in between."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbformat

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from tests.hostile.attack import BOTH, Attack, Places
from tests.hostile.attacks import ATTACKS, BY_CATEGORY
from tests.ordinary import NOBODY, interpreter

ROOT = Path(__file__).parent.parent.parent
EVERY = 7  # an honest student comes after so many attacks
# What root and an ordinary user may be treated differently for: the published sample, and all that asks the kernel. On one
# set: walls know nothing of sets, and every attack of the sample is tried on both by whoever runs the tests.
PRIVILEGES = [replace(attack, sets=attack.sets[:1]) for category, attacks in BY_CATEGORY.items() for attack in attacks
              if category in ("reading", "outlasting", "exhausting", "damaging", "leaking") or attack.sets == BOTH]
# A set with an exercise of each kind, and others before and after those that are attacked. What an attack does to one more of the
# same kind is nothing else. The second set stays whole: its exercises build on one another.
KEPT = {"softmax", "softmax_batch", "softmax_vjp", "cross_entropy_grad", "catches_wrong_softmax"}
PROBES = f"""from dataclasses import replace

from grading.probes.{BOTH[0]} import PROBLEM_SET as WHOLE

PROBLEM_SET = replace(WHOLE, probes=[probe for probe in WHOLE.probes if probe.id in {sorted(KEPT)}])
"""
OUTPUTS = ("autograded", "feedback", "gradebook.db", "gradebook.db-journal", "grading.secret")
Report = dict[str, Any]


def honest(number: int) -> str:
    """The id of an honest student."""
    return f"next-{number:03d}"


def make_course(root: Path) -> Course:
    """A course of two real problem sets, one of them shortened: set-up, answers and tests, without what people read or grade."""
    for folder in ("release", "submitted", "autograded", "feedback"):
        (root / folder).mkdir(parents=True)
    for name in BOTH:
        notebook = nbformat.read(ROOT / "source" / name / f"{name}.ipynb", as_version=4)
        labels = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
        notebook.cells = [cell for cell, label in zip(notebook.cells, labels, strict=True) if label and _is_kept(name, label)]
        (root / "source" / name).mkdir(parents=True)
        nbformat.write(notebook, root / "source" / name / f"{name}.ipynb")
    (root / "probes").mkdir()
    (root / "probes" / f"{BOTH[0]}.py").write_text(PROBES)
    return Course.open(root)


def _is_kept(problem_set: str, label: dict[str, Any]) -> bool:
    """Whether a cell that nbgrader knows stands in the class's notebook, too."""
    if label["grade"] and label["solution"]:
        return False  # read by people
    return problem_set != BOTH[0] or not (label["grade"] or label["solution"]) or label["grade_id"].removeprefix("test_") in KEPT


def hand_in(assignment: Assignment, student: str, attack: Attack | None, places: Places) -> None:
    """Put one submission where students' work lies."""
    answers = dict(assignment.solutions)
    if attack:
        name = attack.attacked(assignment.name)
        answers |= attack.others(answers) if attack.others else {}
        [cell] = [exercise.answer for exercise in assignment.exercises if exercise.id == name]
        answers[name] = attack.source(assignment.name, assignment.solutions[name], cell, places)
    path = places.course / "submitted" / student / assignment.name / f"{assignment.name}.ipynb"
    path.parent.mkdir(parents=True)
    notebook = assignment.with_answers(answers)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    if attack and attack.mutate:
        attack.mutate(path, places)


def fill(course: Course, places: Places, attacks: Collection[Attack]) -> dict[str, list[str]]:
    """Hand in these attacks; the order in which each set is to be graded."""
    order: dict[str, list[str]] = {}
    for name in BOTH:
        assignment, order[name] = load_assignment(course, name), []
        for attack in (attack for attack in attacks if name in attack.sets):
            if len(order[name]) % (EVERY + 1) == 0:
                order[name].append(honest(len(order[name])))
                hand_in(assignment, order[name][-1], None, places)
            order[name].append(attack.student or attack.name)
            hand_in(assignment, order[name][-1], attack, places)
        order[name].append(honest(len(order[name])))
        hand_in(assignment, order[name][-1], None, places)
    return order


def everything(folder: Path) -> dict[str, list[Any]]:
    """Type, mode, owner, times and content of all that lies in a folder, but what grading writes."""
    found = {}
    for parent, folders, files in os.walk(folder):
        if Path(parent) == folder / "course":
            folders[:], files[:] = ([name for name in names if name not in OUTPUTS] for names in (folders, files))
        for name in [*folders, *files]:
            path = Path(parent) / name
            about = path.lstat()
            content = sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() and about.st_size < 1 << 25 else ""
            changed = [] if path == folder / "course" else [about.st_mtime_ns, about.st_ctime_ns]
            found[str(path)] = [about.st_mode, about.st_uid, about.st_size if content else 0, content, changed]
    return found


@contextmanager
def listening() -> Iterator[tuple[int, str, list[socket.socket]]]:
    """Sockets on this machine that nobody may reach."""
    tcp, udp, unix = socket.socket(), socket.socket(type=socket.SOCK_DGRAM), socket.socket(socket.AF_UNIX)
    with tcp, udp, unix:
        tcp.bind(("127.0.0.1", 0))
        udp.bind(tcp.getsockname())
        abstract = f"classroom-{os.getpid()}-{tcp.getsockname()[1]}"
        unix.bind(f"\0{abstract}")
        for one in (tcp, unix):
            one.listen()
        for one in (tcp, udp, unix):
            one.setblocking(False)
        yield tcp.getsockname()[1], abstract, [tcp, udp, unix]


def reached(sockets: list[socket.socket]) -> list[str]:
    """Which of the sockets somebody has talked to."""
    talked = []
    for one, name in zip(sockets, ("tcp", "udp", "abstract"), strict=True):
        with suppress(BlockingIOError):
            one.recv(1) if name == "udp" else one.accept()
            talked.append(name)
    return talked


def conduct(user: int | None, python: str, attacks: Collection[Attack], container: Path | None = None) -> Report:
    """Make a class, have it graded in a process of its own (as another user), and gather what there is to know.

    `container` holds private/, with this package and these tests, and public/, with the helpers: the class is then graded
    by root in the form for containers, which closes what it hides by permissions.
    """
    with tempfile.TemporaryDirectory(prefix="class-", ignore_cleanup_errors=True) as name, listening() as (port, abstract, sockets):
        folder = Path(name).resolve()
        places = Places(folder / "course", folder / "outside", port, abstract)
        for made in ("course", "outside", "report", "report/home"):
            (folder / made).mkdir()
        order = fill(make_course(places.course), places, attacks)
        (folder / "order.json").write_text(json.dumps(order))
        folder.chmod(0o755)
        places.course.chmod(0o700 if container else 0o755)
        if user is not None:
            for parent, folders, files in os.walk(folder):
                for path in [parent, *(Path(parent) / inner for inner in [*folders, *files])]:
                    os.chown(path, user, user, follow_symlinks=False)
        before = everything(folder)
        environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(folder / "report" / "home"), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1",
                       "PYTHONDONTWRITEBYTECODE": "1", "HOSTILE_CANARY_TOKEN": "secret", "MPLCONFIGDIR": str(folder / "report")}
        if container:
            environment |= {"PYTHONPATH": f"{container}/private:{container}/public", "HOSTILE_FORM": "container"}
        person = {} if user is None else {"user": user, "group": user, "extra_groups": []}
        done = subprocess.run([python, "-m", "tests.hostile.grade", places.course, folder / "report" / "report.json"],
                              cwd=container / "private" if container else ROOT,
                              env=environment, capture_output=True, text=True, errors="replace", check=False, **person)  # type: ignore[call-overload]
        path = folder / "report" / "report.json"
        report: Report = json.loads(path.read_text()) if path.exists() else {"sets": {}}
        after = {name: about for name, about in everything(folder).items() if not name.startswith(str(folder / "report"))}
        before = {name: about for name, about in before.items() if not name.startswith(str(folder / "report"))}
        report["changed"] = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        report["poisoned"] = [str(path) for path in folder.rglob("00.py")]
        report |= {"reached": reached(sockets), "said": done.stdout + done.stderr, "code": done.returncode}
        shutil.rmtree(places.course / "submitted", ignore_errors=True)
        return report


def conduct_all() -> dict[str, Report]:
    """The class graded by whoever runs the tests and, if that is root, by an ordinary user too, at the same time."""
    python, why_not = interpreter()
    with ThreadPoolExecutor() as pool:
        classes: dict[str, tuple[int | None, str, Collection[Attack]]] = {"class": (None, sys.executable, ATTACKS.values())}
        if os.geteuid() == 0 and python:
            classes["ordinary"] = NOBODY, python, PRIVILEGES
        found = dict(zip(classes, pool.map(lambda chosen: conduct(*chosen), classes.values()), strict=True))
    if "ordinary" not in found:
        found["none"] = {"why": why_not or "these tests do not run as root: the class was graded by an ordinary user already"}
    return found
