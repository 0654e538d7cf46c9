"""The zip that an instructor uploads to Gradescope: one problem set with all that grades it, and how to install it."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

import grading
import helpers
from grading.course import packages
from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.course.secret import read_secret
from grading.gradescope.results import STOPPED, sentence
from grading.probes import places

# What one submission is graded with; the rest of the course's packages is for classes, pages and notebooks.
PACKAGES = ("click", "ipython", "ipywidgets", "jinja2", "matplotlib", "nbformat", "nbgrader", "numpy",
            "pillow", "tqdm")
SCRIPTS = ("setup.sh", "run_autograder")
LEFT_OUT = ("__pycache__", "outlines", "new_course", "reproduce", "handout", "pages")


def write_autograder(course: Course, assignment: Assignment) -> Path:
    """Write build/gradescope/NAME.zip. It holds solutions and the course's secret: for instructors only."""
    path = course.root / "build" / "gradescope" / f"{assignment.name}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".writing")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in _texts(course, assignment):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o755 if name in SCRIPTS else 0o644) << 16
            packed.writestr(entry, text, zipfile.ZIP_DEFLATED)
        for name, file in _files(course, assignment.name):
            packed.write(file, name)
    whole.replace(path)
    return path


def _texts(course: Course, assignment: Assignment) -> Iterator[tuple[str, str]]:
    environment = Environment(loader=PackageLoader("grading.gradescope", "templates"), undefined=StrictUndefined,
                              keep_trailing_newline=True)
    for name in SCRIPTS:
        yield name, environment.get_template(f"{name}.j2").render(stopped=json.dumps(sentence(STOPPED)))
    wanted, locked = packages.wanted(), packages.pins(course)
    names = [*PACKAGES, *(["torch"] if "torch" in assignment.imports else [])]
    yield "requirements.txt", "\n".join([*(["--constraint constraints.txt"] if locked else []),
                                         *(str(wanted[name]).partition(";")[0] for name in names)]) + "\n"
    if locked:
        yield "constraints.txt", "\n".join(locked) + "\n"
    yield "autograder.json", json.dumps({
        "problem_set": assignment.name, "settings": asdict(course.settings), "limits": course.limits.to_dict(),
        "secret": read_secret(course.secret_file, course.is_shared).hex()}, indent=1) + "\n"


def _files(course: Course, name: str) -> Iterator[tuple[str, Path]]:
    """The source notebook, its hidden tests, and this package without the problem sets that are not asked for."""
    yield f"course/source/{name}/{name}.ipynb", course.source(name)
    own = places.folder(course.root)
    if own != places.HERE:
        for file in sorted(own.rglob("*.py")):
            yield f"course/probes/{file.relative_to(own).as_posix()}", file
    if course.own_helpers:
        for file in sorted((course.own_helpers / "checks").glob("*.py")):
            yield f"course/helpers/checks/{file.name}", file
    for package in (grading, helpers):
        root = Path(package.__file__ or "").parent
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            parts = file.relative_to(root).parts
            other_set = parts[0] == "probes" and len(parts) > 2 and parts[1] != name
            if not other_set and not any(part in LEFT_OUT for part in parts):
                yield f"package/{root.name}/{'/'.join(parts)}", file
