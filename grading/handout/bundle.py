"""The hand-out for students: a folder and a zip with what they need and, by allow-list, nothing else."""

import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

import helpers
from grading.course import packages
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.handout.outlines import outline
from grading.handout.wheel import last_change, write_wheel
from grading.probes.places import HERE
from grading.whole_files import write_text

HELPERS = Path(helpers.__file__).parent
# Beside a notebook, or embedded in helpers.
DATA = frozenset({".npz", ".json", ".csv", ".txt", ".md", ".png", ".jpg", ".svg"})
# What notebooks and helpers import, and what `fetch` needs; their versions come from the project's own list.
PACKAGES = ("ipython", "ipywidgets", "matplotlib", "numpy", "pillow", "tqdm")
DATA_PACKAGES = ("importlib_resources", "pyarrow", "tensorflow-datasets")
GUIDE = "student.md"
TEMPLATES = ("README.md", "pyproject.toml", "requirements.txt", "environment.yml")


@dataclass(frozen=True)
class Bundle:
    """A hand-out: `files` by their name in it, `left_out` what lies in release/ and is no notebook and no data."""

    folder: Path
    archive: Path
    files: tuple[str, ...]
    left_out: tuple[Path, ...]


def build_bundle(course: Course, names: Sequence[str], target: Path) -> Bundle:
    """Write a hand-out with these problem sets: target/NAME and target/NAME.zip, by the course's name for it.

    Raises CourseError when one of them has not been released. What an earlier call wrote is replaced.
    """
    called = course.settings.handout_name
    folder, archive = target / called, target / f"{called}.zip"
    sources = dict(_helper_files(course))
    left_out: list[Path] = []
    for name in names:
        for path, kept in _released(course, name):
            if kept:
                sources[f"{name}/{path.relative_to(course.release(name).parent)}"] = path
            else:
                left_out.append(path)
    sources |= _pages(course)
    if folder.exists():
        shutil.rmtree(folder)
    for name, path in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    written = _write_texts(course, names, folder, sources)
    date = last_change(course.root, sources.values())
    files = sorted([*sources, *written, write_wheel(folder, date).name])
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in files:
            entry = zipfile.ZipInfo(f"{called}/{name}", date)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return Bundle(folder, archive, tuple(files), tuple(left_out))


def _helper_files(course: Course) -> Iterator[tuple[str, Path]]:
    """This package's helpers, less checks and data of problem sets that the course has not, and then its own."""
    texts = [course.source(name).read_text(encoding="utf-8") for name in course.problem_sets()]
    for folder in (HELPERS, *([course.own_helpers] if course.own_helpers else [])):
        for path in sorted(folder.rglob("*")):
            shipped = path.suffix in DATA | {".py"} and path.parent.name != "outlines" and path.is_file()
            if shipped and (folder != HELPERS or _is_used(path, course.problem_sets(), texts)):
                yield f"helpers/{path.relative_to(folder)}", path


def _is_used(path: Path, problem_sets: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether a file of this package's helpers is a check or data of one of these sets, or for all of them."""
    if path.suffix == ".npz":
        return any(re.search(rf"[\"']{path.stem}\\?[\"']", text) for text in texts)
    return path.stem in problem_sets or not (HERE / path.stem).is_dir()


def _pages(course: Course) -> dict[str, Path]:
    """The licence, and the page for students with its pictures, where the course has them."""
    pages = {"LICENSE": course.root / "LICENSE", GUIDE: course.root / "docs" / GUIDE}
    pages = {name: path for name, path in pages.items() if path.is_file()}
    if GUIDE in pages:
        pictures = re.findall(r"\]\((images/[\w.-]+)\)", pages[GUIDE].read_text(encoding="utf-8"))
        pages |= {name: pages[GUIDE].parent / name for name in pictures}
    return pages


def _released(course: Course, name: str) -> Iterator[tuple[Path, bool]]:
    """Every file of a release, and whether it goes into the hand-out."""
    course.source(name)
    notebook = course.release(name)
    folder = notebook.parent
    if not notebook.is_file():
        raise CourseError(f"{notebook} does not exist: course release {name}")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path, path.name == notebook.name or path.suffix in DATA


def _write_texts(course: Course, names: Sequence[str], folder: Path, sources: Mapping[str, Path]) -> list[str]:
    """README, requirements, outlines: what is fitted to the problem sets that are in it."""
    torch = [name for name in names if _imports(sources[f"{name}/{name}.ipynb"], "torch")]
    wanted, pins = packages.wanted(), packages.pins(course)
    environment = Environment(loader=PackageLoader("grading.handout", "templates"), undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    facts = {"names": names, "torch": torch, "guide": GUIDE in sources, "constrained": bool(pins),
             "version": packages.version(), "course": course.settings.handout_name,
             "title": course.settings.title, "data": any(name.endswith(".npz") for name in sources),
             "jupyterlab": str(wanted["jupyterlab"]),
             "packages": [str(wanted[name]) for name in PACKAGES],
             "data_packages": [str(wanted[name]) for name in DATA_PACKAGES],
             "torch_package": str(wanted["torch"]).replace(' and extra == "torch"', "")}
    texts = {name: environment.get_template(f"{name}.j2").render(facts) for name in TEMPLATES}
    for name in names:  # made anew: what lies in the helpers may be older than the release
        released = nbformat.read(sources[f"{name}/{name}.ipynb"], as_version=4)
        texts[f"helpers/handin/outlines/{name}.json"] = outline(load_assignment(course, name), released, course.limits)
    if torch:
        texts["requirements-torch.txt"] = environment.get_template("requirements-torch.txt.j2").render(facts)
    if pins:
        texts["constraints.txt"] = "\n".join(pins) + "\n"
    for name, text in texts.items():
        write_text(folder / name, text)
    return list(texts)


def _imports(notebook: Path, module: str) -> bool:
    cells = nbformat.read(notebook, as_version=4).cells
    return any(re.search(rf"^\s*(import|from) {module}\b", cell.source, re.M) for cell in cells
               if cell.cell_type == "code")
