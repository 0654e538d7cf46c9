"""`course new` makes a course that works at once, with nothing but this package installed."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.handout.new_course import _probes as places
from grading.handout.new_course import make_course, make_set, name_of
from grading.handout.verify import verify
from grading.probes.places import HERE
from grading.run.class_sandbox import class_sandbox
from tests.problem_sets import ROOT

PS = "ps1_first_neuron"


@pytest.fixture
def own(tmp_path: Path) -> Course:
    make_course(tmp_path / "mine", "Deep Lernen für alle")
    return Course.open(tmp_path / "mine")


@pytest.mark.sandbox
def test_its_hidden_tests_hold(own: Course) -> None:
    assignment = load_assignment(own, PS)
    with class_sandbox(own, assignment.name) as sandbox:
        rows = list(verify(assignment, sandbox))
    assert {row.exercise: row.problems for row in rows} == {"relu": [], "neuron": [], "catches_wrong_relu": [], "ps1_why": []}


def test_it_bears_its_own_name_everywhere(own: Course) -> None:
    assert own.course_id == own.settings.handout_name == "deep-lernen-fur-alle"
    assert own.settings.title == "Deep Lernen für alle"
    assert "neural-course" not in own.source(PS).read_text().replace("deep-lernen-fur-alle", "")


@pytest.mark.parametrize(("title", "name"), [("Neural Networks 101", "neural-networks-101"), ("  Ä/B: C! ", "a-b-c"), ("x", "x")])
def test_a_title_becomes_a_name_that_files_may_have(title: str, name: str) -> None:
    assert name_of(title) == name


def test_a_title_without_a_letter_is_said() -> None:
    with pytest.raises(CourseError, match="has no letter or digit"):
        name_of("神经网络")


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    done = CliRunner().invoke(main, ["new", str(tmp_path)])
    assert done.output == f"Error: {tmp_path} is there already and not empty: name another folder.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_title_with_signs_of_python_and_html_stays_a_title(tmp_path: Path) -> None:
    title = "\"Nets\" & 'more' \\ <b>"
    make_course(tmp_path / "mine", title)
    assert Course.open(tmp_path / "mine").settings.title == title


@pytest.mark.sandbox
def test_a_second_set_holds_beside_the_first(own: Course) -> None:
    done = CliRunner().invoke(main, ["new-set", "hw2_layers", "--root", str(own.root)])
    assert done.exit_code == 0, done.output
    assert f"{own.root}/probes/hw2_layers/neuron.py\n" in done.output
    assert done.output.endswith("Next: course verify hw2_layers\n")
    assignment = load_assignment(own, "hw2_layers")
    assert [cell.metadata.nbgrader.grade_id for cell in assignment.notebook.cells if "nbgrader" in cell.metadata][:2] == ["hw2_start", "hw2_setup"]
    assert "### Exercise 2.1 · `relu` (2 points)" in assignment.notebook.cells[3].source
    [catching] = [cell.source for cell in assignment.notebook.cells if "`catches_wrong_relu` (2 points)" in cell.source]
    assert catching.startswith("### Exercise 2.4 ·") and "slips that people really make in 2.1." in catching.replace("\n", " ")
    assert "1.4" not in assignment.solutions["catches_wrong_relu"] and "exercise 2.1 is right" in assignment.solutions["catches_wrong_relu"]
    with class_sandbox(own, assignment.name) as sandbox:
        assert [row.problems for row in verify(assignment, sandbox, names=2)] == [[], [], [], []]
    before = {path: path.read_bytes() for path in own.root.rglob("*") if path.is_file()}
    again = CliRunner().invoke(main, ["new-set", "hw2_layers", "--root", str(own.root)])
    assert "is there already: choose another name." in again.output
    assert {path: path.read_bytes() for path in own.root.rglob("*") if path.is_file()} == before


def test_in_this_repository_a_set_goes_where_the_others_are(tmp_path: Path) -> None:
    for folder in ("source", "grading"):
        (tmp_path / folder).mkdir()
    assert places(Course.open(tmp_path)) == HERE
    assert places(Course.open(ROOT)) == HERE


@pytest.mark.parametrize("name", ["PS2_x", "../x", "ps2", "2_x", "ps2_", "ps2 x"])
def test_a_name_that_cannot_be_a_sets_is_said(own: Course, name: str) -> None:
    with pytest.raises(CourseError, match="cannot be a problem set's name"):
        make_set(own, name)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """This package as a wheel, unpacked where Python finds it before the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in ("grading", "helpers"):
        shutil.copytree(ROOT / part, folder / "copy" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, folder / "copy")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, folder / "copy"],
                   check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    yield folder / "site"


@pytest.mark.sandbox
@pytest.mark.slow(15)
def test_a_course_made_by_the_installed_package_goes_the_whole_way(installed: Path, tmp_path: Path) -> None:
    environment = {"PYTHONPATH": str(installed), "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    root = tmp_path / "mine"

    def course(*words: str, cwd: Path = root) -> str:
        done = subprocess.run([sys.executable, "-m", "grading.cli.main", *words], cwd=cwd, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
    assert "9 files in mine" in course("new", "mine", "--title", "Nets", cwd=tmp_path)
    assert "no answer among them, for ps1_first_neuron" in course("release", PS)
    with zipfile.ZipFile(root / "build" / "bundle" / "nets.zip") as archive:
        names = archive.namelist()
        readme = archive.read("nets/README.md").decode()
    assert "nets/helpers/checks/catching.py" in names
    assert f"nets/{PS}/{PS}.ipynb" in names and f"nets/helpers/checks/{PS}.py" in names and f"nets/helpers/handin/outlines/{PS}.json" in names
    assert not [name for name in names if name.endswith(".npz") or "ps2_softmax" in name]
    assert readme.startswith("# Nets\n") and "neural-course" not in readme and "MNIST" not in readme

    notebook = nbformat.read(root / "release" / PS / f"{PS}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.id == "neuron":
            cell.source = "def neuron(x, w, b):\n    return relu(w @ x)"
        if cell.id == "relu":
            cell.source = "def relu(z):\n    return np.maximum(z, 0)"
    path = root / "submitted" / "ada" / PS / f"{PS}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    [ada] = json.loads(course("grade", PS, "--json"))["students"]
    assert [(one["id"], one["points"], one["mistake"]) for one in ada["exercises"]] == [
        ("relu", 2.0, None), ("neuron", 0.0, "bias_forgotten"), ("ps1_why", 0.0, None), ("catches_wrong_relu", 0.0, None)]
    course("feedback", PS)
    assert "The bias is added to the weighted sum" in (root / "feedback" / "ada" / PS / f"{PS}.html").read_text()

    # An instructor's kernel, started where the source notebook lies.
    code = "".join(f"{cell.source}\n" for cell in nbformat.read(root / "source" / PS / f"{PS}.ipynb", as_version=4).cells if cell.cell_type == "code")
    done = subprocess.run([sys.executable, "-c", code], cwd=root / "source" / PS, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "✓ nothing is negative" in done.stdout
    assert "neuron: 3 of 3 points" in done.stdout
