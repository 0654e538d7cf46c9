"""What students get: everything to work with, and no answer."""

import os
import re
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell
from packaging.requirements import Requirement

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.releases import record_releases
from grading.errors import CourseError
from grading.handout.bundle import HELPERS, Bundle, build_bundle
from grading.handout.leaks import build_without_leaks, find_leaks
from grading.probes.places import folder
from tests import toy
from tests.hostile.classroom import ROOT


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The hand-out of the whole repository."""
    course = Course.open(ROOT)
    return build_bundle(course, course.problem_sets(), tmp_path_factory.mktemp("bundle"))


@pytest.fixture
def released(course: Course) -> Course:
    """The toy course with its set released."""
    return released_toy(course)


def released_toy(course: Course) -> Course:
    assignment = load_assignment(course, toy.NAME)
    notebook = assignment.with_answers({})
    for cell in notebook.cells:
        cell.source = cell.source.split("### BEGIN")[0]
    path = course.root / "release" / toy.NAME / f"{toy.NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    record_releases(course, [toy.NAME])
    return course


def leaks(course: Course, bundle: Bundle) -> list[str]:
    return find_leaks(bundle, [load_assignment(course, name) for name in course.problem_sets()], folder(course.root))


@pytest.mark.slow
def test_the_hand_out_of_this_course_gives_nothing_away(bundle: Bundle) -> None:
    assert leaks(Course.open(ROOT), bundle) == []


@pytest.mark.slow
def test_it_holds_every_notebook_the_helpers_and_how_to_install_them(bundle: Bundle) -> None:
    names = set(bundle.files)
    assert {f"{name}/{name}.ipynb" for name in Course.open(ROOT).problem_sets()} <= names
    assert {"README.md", "LICENSE", "environment.yml", "pyproject.toml", "requirements.txt", "requirements-torch.txt",
            "constraints.txt", "helpers/datasets/embedded/mnist.npz", "helpers/checks/ps5_modular_layers.py"} <= names
    assert not [name for name in names if name.startswith(("grading", "tests", "source")) or "__pycache__" in name]
    assert bundle.left_out == ()


def test_every_name_is_allowed_on_every_system(bundle: Bundle) -> None:
    """Windows and Macs do not tell large letters from small ones; Windows forbids some characters and long paths."""
    assert len({name.lower() for name in bundle.files}) == len(bundle.files)
    assert [name for name in bundle.files if re.search(r'[<>:"\\|?*\x00-\x1f]|[ .](/|$)', name) or len(name) > 90] == []
    devices = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
    assert [name for name in bundle.files if any(devices.match(part) for part in name.split("/"))] == []


def test_the_readme_leads_through_each_system_and_the_page_for_students_is_there(bundle: Bundle) -> None:
    readme, guide = ((bundle.folder / name).read_text(encoding="utf-8") for name in ("README.md", "student.md"))
    assert "| | Windows (PowerShell) | macOS (Terminal) | Linux |" in readme
    for word in ("`py -3.13 -m venv .venv`", "`Set-ExecutionPolicy -Scope Process Bypass`", "`%pip install neural-course.zip`",
                 "**VS Code.**", "**Shift+Enter**", "*Run → Run All Above Selected\n  Cell*", "Double-click on a cell that says `YOUR ANSWER HERE`",
                 "[student.md](student.md)", "(Ctrl+S, on a Mac ⌘S)"):
        assert word in readme, word
    pictures = set(re.findall(r"\]\((images/.*?)\)", guide))
    assert pictures and pictures <= set(bundle.files)


@pytest.mark.slow
def test_the_zip_is_the_folder_and_is_the_same_whenever_it_is_built(bundle: Bundle, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle.archive) as archive:
        assert archive.namelist() == [f"neural-course/{name}" for name in bundle.files]
        assert archive.read("neural-course/README.md") == (bundle.folder / "README.md").read_bytes()
    again = build_bundle(Course.open(ROOT), Course.open(ROOT).problem_sets(), tmp_path)
    assert again.archive.read_bytes() == bundle.archive.read_bytes()


def test_files_bear_the_date_of_the_last_change_and_none_of_decades_ago(
        released: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dates(target: Path) -> set[tuple[int, ...]]:
        made = build_bundle(released, [toy.NAME], target)
        [wheel] = made.folder.glob("*.whl")
        return {entry.date_time for archive in (made.archive, wheel) for entry in zipfile.ZipFile(archive).infolist()}

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    newest = max(path.stat().st_mtime for path in [*HELPERS.rglob("*.*"), released.release(toy.NAME)])
    os.utime(released.release(toy.NAME), (newest + 60, newest + 60))
    assert {date[:5] for date in dates(tmp_path / "by-files")} == {time.gmtime(newest + 60)[:5]}
    git = ["git", "-C", str(released.root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "first", "--date", "2024-02-03T04:05:06Z"]):
        subprocess.run([*git, *command], check=True, env=os.environ | {"GIT_COMMITTER_DATE": "2024-02-03T04:05:06Z"})
    assert dates(tmp_path / "by-commit") == {(2024, 2, 3, 4, 5, 6)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert dates(tmp_path / "by-order") == {(2025, 1, 1, 0, 0, 0)}


def test_the_wheel_holds_the_same_helpers_and_asks_for_no_jupyterlab(bundle: Bundle) -> None:
    [wheel] = bundle.folder.glob("*.whl")
    assert wheel.name in bundle.files
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if name.startswith("helpers/")}
        [metadata] = [archive.read(name).decode() for name in archive.namelist() if name.endswith("/METADATA")]
    assert inside == {name: (bundle.folder / name).read_bytes() for name in bundle.files if name.startswith("helpers/")}
    needed = {Requirement(line.removeprefix("Requires-Dist: ")) for line in metadata.split("\n")
              if line.startswith("Requires-Dist: ")}
    assert {one.name for one in needed if not one.marker} == {"ipython", "ipywidgets", "matplotlib", "numpy", "pillow", "tqdm"}
    assert {one.name for one in needed if one.marker} == {"importlib_resources", "pyarrow", "tensorflow-datasets"}


def test_what_colab_has_is_left_as_it_is(bundle: Bundle) -> None:
    """Another IPython or numpy in Colab would break Colab's own parts, and ask for a restart."""
    project = tomllib.loads((bundle.folder / "pyproject.toml").read_text())["project"]
    wanted = {one.name: one.specifier for one in map(Requirement, project["dependencies"])}
    colab = {"ipython": "7.34.0", "ipywidgets": "7.7.1", "matplotlib": "3.10.0", "numpy": "2.0.2", "pillow": "11.3.0",
             "tqdm": "4.67.1"}
    assert all(wanted[name].contains(version) for name, version in colab.items())
    assert not wanted["ipywidgets"].contains("8.1.9")  # VS Code shows nothing


def test_everything_that_notebooks_and_helpers_import_will_be_installed(bundle: Bundle) -> None:
    code = [cell.source for path in bundle.folder.glob("ps*/*.ipynb") for cell in nbformat.read(path, as_version=4).cells
            if cell.cell_type == "code"]
    code += [path.read_text() for path in bundle.folder.glob("helpers/**/*.py")]
    words = {line.split()[1].split(".")[0] for text in code for line in text.split("\n")
             if line.strip().startswith(("import ", "from ")) and len(line.split()) > 1}
    known = {"IPython": "ipython", "tensorflow_datasets": "tensorflow-datasets", "PIL": "pillow"}
    project = tomllib.loads((bundle.folder / "pyproject.toml").read_text())["project"]
    needed = {known.get(word, word) for word in words} - set(sys.stdlib_module_names) - {"helpers", "google"}  # Colab has google.colab
    given = "\n".join([*project["dependencies"], *project["optional-dependencies"]["data"],
                       (bundle.folder / "requirements-torch.txt").read_text()])
    assert {name for name in needed if name not in given} == set()
    assert "nbgrader" not in given


@pytest.mark.slow
def test_pip_would_install_the_hand_out_at_the_versions_of_the_course(bundle: Bundle) -> None:
    """Only resolved, not installed: the versions are in this environment, so nothing is downloaded."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--no-build-isolation", "--no-index", "-r",
               "requirements.txt"]
    done = subprocess.run(command, cwd=bundle.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_notebook_of_the_hand_out_finds_its_helpers_there(bundle: Bundle) -> None:
    code = "import helpers, helpers.datasets as d; print(helpers.__file__); print(len(d.load('mnist').x_train))"
    done = subprocess.run([sys.executable, "-c", code], cwd=bundle.folder, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == str(bundle.folder / "helpers" / "__init__.py")


@pytest.mark.slow
def test_the_wheel_is_all_that_a_hubs_image_needs(bundle: Bundle, tmp_path: Path) -> None:
    """A fetched notebook lies in a home without the hand-out; its set-up cells find the helpers, and nothing of grading."""
    [wheel] = bundle.folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "image")
    notebook = nbformat.read(bundle.folder / "ps2_softmax_jacobian" / "ps2_softmax_jacobian.ipynb", as_version=4)
    cells = {cell.id: cell.source for cell in notebook.cells}
    code = "\n".join(["import sys", "sys.meta_path[:] = [finder for finder in sys.meta_path if 'editable' not in str(finder)]", cells["ps2-start"],
                      cells["ps2-setup"], "import helpers, importlib.util", "print(helpers.__file__, importlib.util.find_spec('grading'))"])
    (tmp_path / "home").mkdir()
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path / "home", env={"PYTHONPATH": str(tmp_path / "image"), "HOME": str(tmp_path / "home"),
                                                                                   "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == [f"{tmp_path}/image/helpers/__init__.py None"], done.stderr


def test_what_is_no_notebook_and_no_data_stays_behind(released: Course, tmp_path: Path) -> None:
    folder = released.root / "release" / toy.NAME
    (folder / "table.csv").write_text("1,2\n")
    (folder / "solution.py").write_text("x = 1\n")
    (folder / f"{toy.NAME}-old.ipynb").write_text("{}")
    made = build_bundle(released, [toy.NAME], tmp_path)
    assert f"{toy.NAME}/table.csv" in made.files
    assert {path.name for path in made.left_out} == {"solution.py", f"{toy.NAME}-old.ipynb"}


def test_what_has_not_been_released_is_an_error_that_says_what_to_do(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=f"does not exist: course release {toy.NAME}"):
        build_bundle(course, [toy.NAME], tmp_path)


PLANTED = {
    "a solution, renamed and spaced otherwise": "def mittig(werte):\n    # centred\n    return ( double(werte)/2 - werte.mean() )",
    "a reference": "def reference(v): return v - v.mean()",
    "a mistake": "def wrong(v):\n    'doc'\n    return (v - v.mean()) / v.std()",
    "a box": "b = 0.12345",
    "a hidden test": "from helpers.probe import probe\nprobe('double', double)",
    "a marker": "### BEGIN SOLUTION\nx = 1\n### END SOLUTION",
    "the grading package": "import grading.judge.judging",
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Bundle]:
    """The toy course and its hand-out, in which nothing is found. Whoever plants something works on a copy."""
    course = released_toy(toy.make_course(tmp_path_factory.mktemp("released") / "course"))
    made = build_bundle(course, [toy.NAME], course.root / "build")
    assert leaks(course, made) == []
    return course, made


def leaks_of(clean: tuple[Course, Bundle], folder: Path, name: str, change: Callable[[Path], None]) -> list[str]:
    """What is found in one file of the clean hand-out, after a change to it."""
    course, made = clean
    path = folder / name
    path.parent.mkdir(parents=True)
    path.write_bytes((made.folder / name).read_bytes())
    assert leaks(course, replace(made, folder=folder, files=(name,))) == []
    change(path)
    return leaks(course, replace(made, folder=folder, files=(name,)))


@pytest.mark.parametrize("what", PLANTED)
def test_an_answer_in_a_notebook_is_found(clean: tuple[Course, Bundle], tmp_path: Path, what: str) -> None:
    def plant(path: Path) -> None:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_code_cell(PLANTED[what]))
        nbformat.write(notebook, path)
    assert leaks_of(clean, tmp_path, f"{toy.NAME}/{toy.NAME}.ipynb", plant) != []


@pytest.mark.parametrize("what", ["a solution, renamed and spaced otherwise", "a reference", "a mistake", "a box", "the grading package"])
def test_an_answer_in_the_helpers_is_found(clean: tuple[Course, Bundle], tmp_path: Path, what: str) -> None:
    def plant(path: Path) -> None:
        path.write_text(path.read_text() + "\n\n" + PLANTED[what] + "\n")
    found = leaks_of(clean, tmp_path, "helpers/plotting.py", plant)
    assert [leak for leak in found if leak.startswith("helpers/plotting.py contains")]


def test_the_command_deletes_a_zip_that_gives_something_away(released: Course) -> None:
    path = released.root / "release" / toy.NAME / f"{toy.NAME}.ipynb"
    done = CliRunner().invoke(main, ["bundle", "--root", str(released.root)])
    archive = released.root / "build" / "bundle" / "neural-course.zip"
    assert done.exit_code == 0, done.output
    assert "no answer among them" in done.output
    assert archive.is_file()
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell(PLANTED["a box"]))
    nbformat.write(notebook, path)
    record_releases(released, [toy.NAME])
    done = CliRunner().invoke(main, ["bundle", "--root", str(released.root)])
    assert done.exit_code == 1
    assert f"{toy.NAME}/{toy.NAME}.ipynb contains the solution of toy_numbers." in done.output
    assert not archive.exists()


@pytest.mark.parametrize("stopped", [OSError("no room"), KeyboardInterrupt()])
def test_where_the_search_cannot_be_finished_no_zip_is_left(released: Course, monkeypatch: pytest.MonkeyPatch, stopped: BaseException) -> None:
    def stop(*_: object) -> None:
        raise stopped
    monkeypatch.setattr("grading.handout.leaks.find_leaks", stop)
    with pytest.raises(type(stopped)):
        build_without_leaks(released, [toy.NAME], released.root / "build" / "bundle")
    assert not (released.root / "build" / "bundle" / "neural-course.zip").exists()


def needing_a_package(course: Course) -> None:
    """Beside the toy set a second, released one, whose hidden tests need a package that nobody has."""
    for part in ("source/{0}/{0}.ipynb", "release/{0}/{0}.ipynb", "probes/{0}.py"):
        path = course.root / part.format("ps9_other")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((course.root / part.format(toy.NAME)).read_bytes())
    path.write_text("import no_such_package\n" + path.read_text())
    record_releases(course, ["ps9_other"])


def test_a_set_whose_package_is_not_installed_is_named_and_the_others_are_handed_out(released: Course) -> None:
    needing_a_package(released)
    done = CliRunner().invoke(main, ["bundle", "--root", str(released.root)])
    assert done.exit_code == 0, done.output
    assert ("Left out: ps9_other needs no_such_package, which is not installed: pip install -c requirements.lock "
            "-e '.[no_such_package]'\n") in done.stderr
    with zipfile.ZipFile(released.root / "build" / "bundle" / "neural-course.zip") as archive:
        notebooks = [name for name in archive.namelist() if name.endswith(".ipynb")]
    assert notebooks == [f"neural-course/{toy.NAME}/{toy.NAME}.ipynb"]


def test_where_no_set_can_be_read_nothing_is_written(released: Course) -> None:
    needing_a_package(released)
    done = CliRunner().invoke(main, ["bundle", "ps9_other", "--root", str(released.root)])
    assert done.exit_code == 1
    assert done.stderr.endswith("Error: Nothing is left to hand out.\n")
    assert not (released.root / "build" / "bundle").exists()


@pytest.mark.sandbox
def test_a_release_of_the_other_sets_goes_on_without_it(released: Course) -> None:
    needing_a_package(released)
    done = CliRunner().invoke(main, ["release", "ps9_other", toy.NAME, "--root", str(released.root)])
    assert done.exit_code == 0, done.output
    assert done.stderr.count("Left out: ps9_other needs no_such_package") == 1
    assert re.search(rf"The hand-out holds \d+ files, no answer among them, for {toy.NAME}:\n", done.stdout)


def test_with_nothing_released_the_command_says_what_to_do(course: Course) -> None:
    done = CliRunner().invoke(main, ["bundle", "--root", str(course.root)])
    assert done.exit_code == 1
    assert "Nothing has been released yet: course release PROBLEM_SET" in done.output


@pytest.mark.sandbox
def test_release_verifies_generates_and_bundles_in_one_go(course: Course) -> None:
    done = CliRunner().invoke(main, ["release", toy.NAME, "--root", str(course.root)])
    assert done.exit_code == 0, done.output
    assert f"{toy.NAME}: 4 exercises, 9.5 points, 5 mistakes known, all of them caught" in done.output
    assert re.search(rf"The hand-out holds \d+ files, no answer among them, for {toy.NAME}:\n", done.output)
    assert "BEGIN" not in (course.root / "release" / toy.NAME / f"{toy.NAME}.ipynb").read_text()


@pytest.mark.sandbox
def test_a_set_whose_tests_do_not_hold_is_not_released(course: Course) -> None:
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.write_text(path.read_text().replace("def halves(x): return x / 2", "def halves(x): return 2 * x"))
    done = CliRunner().invoke(main, ["release", toy.NAME, "--root", str(course.root)])
    assert done.exit_code == 1
    assert f"{toy.NAME} is not released: its hidden tests do not hold" in done.output
    assert not (course.root / "release" / toy.NAME).exists()
