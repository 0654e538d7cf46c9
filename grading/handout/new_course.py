"""A course of one's own that works at once, or one more problem set: an example with all that belongs to it."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from grading.course.folder import Course
from grading.errors import CourseError
from grading.probes.places import HERE
from grading.whole_files import write_text

TEMPLATES = Path(__file__).with_name("new_course")
EXAMPLE = "ps1_first_neuron"
FOLDERS = ("release", "submitted", "autograded", "feedback")


def make_course(folder: Path, title: str) -> list[str]:
    """Write a new course into `folder`; the names of its files. Raises CourseError rather than touch what is there."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CourseError(f"{folder} is there already and not empty: name another folder.")
    texts = dict(_texts(title, name_of(title)))
    for name, text in texts.items():
        write_text(folder / name, text)
    for name in FOLDERS:
        (folder / name).mkdir()
    return sorted(texts)


def name_of(title: str) -> str:
    """A title in small letters, digits and hyphens. Raises CourseError where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not name:
        raise CourseError(f"The title {title!r} has no letter or digit that every system allows in a file's name: add "
                          "one.")
    return name


def make_set(course: Course, name: str) -> list[Path]:
    """Write a new problem set into a course, the example under another name; its files. Raises CourseError."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)+", name):
        raise CourseError(f"{name!r} cannot be a problem set's name: small letters, digits and underscores, as in "
                          "ps2_two_layers.")
    short = name.partition("_")[0]
    number = "".join(re.findall(r"[0-9]+$", short)) or "1"
    places = {"source": course.root / "source", "probes": _probes(course), "helpers": course.root / "helpers"}
    texts = {}
    for path, text in _texts("", course.settings.handout_name):
        top, _, rest = path.partition("/")
        if top in places:
            text = re.sub(r"\bps1(?=[_-])", short, text.replace(EXAMPLE, name))
            text = re.sub(r"\b1\.(?=[1-4]\b)", f"{number}.", text.replace("Problem set 1 ·", f"Problem set {number} ·"))
            texts[places[top] / rest.replace(EXAMPLE, name)] = text
    if there := [file for file in texts if file.exists()]:
        raise CourseError(f"{there[0]} is there already: choose another name.")
    for file, text in texts.items():
        write_text(file, text)
    return list(texts)


def _probes(course: Course) -> Path:
    """Where the course keeps hidden tests: in this package, if it is this package's own."""
    return HERE if course.own_helpers is None and (course.root / "grading").is_dir() else course.root / "probes"


def _texts(title: str, name: str) -> Iterator[tuple[str, str]]:
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    for path in sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        text = path.read_text(encoding="utf-8")
        relative = path.relative_to(TEMPLATES).as_posix()
        if path.suffix == ".j2":
            text, relative = environment.from_string(text).render(title=title, name=name), relative.removesuffix(".j2")
        elif path.suffix == ".ipynb":
            text = text.replace("neural-course", name)
        yield (".gitignore" if relative == "gitignore" else relative), text
