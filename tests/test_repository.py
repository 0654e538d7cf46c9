"""The repository keeps its own rules: one list of versions, walls between packages, clean notebooks, release in sync."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from jupyter_client.manager import KernelManager, start_new_kernel
from nbclient import NotebookClient
from nbformat import NotebookNode
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.release import generate
from tests.problem_sets import OF_THIS_COURSE

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import lock  # noqa: E402
import mistakes  # noqa: E402
from outlines import outlines  # noqa: E402

SETS = Course.open(ROOT).problem_sets()
NOTEBOOKS = [ROOT / folder / name / f"{name}.ipynb" for folder in ("source", "release") for name in SETS]


def test_the_conda_environment_is_the_lock() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    pip = environment["dependencies"][-1]["pip"]
    pinned = dict(line.split("==") for line in pip if "==" in line)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {canonicalize_name(Requirement(dependency).name) for dependency in project["dependencies"]}
    assert pinned.keys() == names
    assert pinned.items() <= lock.read_lock(python_version="3.11", python_full_version="3.11.0").items()
    assert "--constraint requirements.lock" in pip
    assert (ROOT / "environment.yml").read_text() == lock.environment()


def test_the_lock_names_everything_the_project_needs_at_the_version_that_is_installed() -> None:
    extras = ("test", "torch") if find_spec("torch") else ("test",)
    locked, todo, seen = lock.read_lock(), [("neural-course", extras)], set[str]()
    while todo:
        name, extras = todo.pop()
        for requirement in map(Requirement, requires(name) or ()):
            wanted = requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in ("", *extras))
            needed = canonicalize_name(requirement.name)
            if wanted and needed not in seen:
                seen.add(needed)
                todo.append((needed, tuple(requirement.extras)))
    assert len(seen) > 100
    assert {name: version(name).split("+")[0] for name in seen} == {name: locked.get(name) for name in seen}


def test_the_page_of_known_mistakes_is_up_to_date() -> None:
    assert mistakes.PAGE.read_text(encoding="utf-8") == mistakes.page(Course.open(ROOT)), "run: make mistakes"


def test_the_readme_and_the_teaching_guide_know_every_set() -> None:
    readme, guide = (ROOT / "README.md").read_text(), (ROOT / "docs" / "teaching.md").read_text()
    assert len(OF_THIS_COURSE) == 8
    for name in OF_THIS_COURSE:
        points = load_assignment(Course.open(ROOT), name).max_points
        assert 20 <= points <= 40
        assert re.search(rf"^\| `{name}` \| .* \| {points:g} \|$", readme, re.MULTILINE), name
        assert re.search(rf"^## {name.split('_')[0]} · ", guide, re.MULTILINE), name


def test_torch_is_an_extra_of_its_own_and_pinned_exactly() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    [torch] = map(Requirement, project["optional-dependencies"]["torch"])
    assert (torch.name, str(torch.specifier)) == ("torch", "==2.13.0")
    assert not torch.marker.evaluate({"sys_platform": "darwin", "platform_machine": "x86_64"})  # has no build for it
    assert torch.marker.evaluate({"sys_platform": "darwin", "platform_machine": "arm64"})
    assert not any("torch" in dependency for dependency in project["dependencies"])


def test_the_walls_stand() -> None:
    done = subprocess.run([Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"], cwd=ROOT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


def test_source_holds_notebooks_and_nothing_that_would_be_copied_to_students_by_mistake() -> None:
    assert list((ROOT / "source").rglob("*.py")) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: "/".join(path.parts[-3:-1]))
def test_notebooks_are_clean(path: Path) -> None:
    notebook = json.loads(path.read_text())
    nbformat.validate(nbformat.from_dict(notebook))
    assert notebook["metadata"].keys() <= {"kernelspec", "language_info"}
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    for cell in notebook["cells"]:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", cell["id"]), cell["id"]
        assert cell["metadata"].keys() <= {"nbgrader", "deletable", "editable", "tags"}
        assert cell["metadata"].get("tags") in (None, ["experiment"])
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("name", SETS)
def test_answer_and_test_cells_are_named_after_the_exercise(name: str) -> None:
    assignment = load_assignment(Course.open(ROOT), name)
    for exercise in assignment.exercises:
        if exercise.manual:
            assert exercise.id.startswith(name.split("_")[0] + "_")
            continue
        test = assignment.notebook.cells[exercise.test]
        assert f'check("{exercise.id}"' in test.source
        assert f'probe("{exercise.id}"' in test.source
        assert exercise.answer < exercise.test


@pytest.mark.parametrize("name", SETS)
def test_the_points_table_at_the_top_adds_up(name: str) -> None:
    assignment = load_assignment(Course.open(ROOT), name)
    top = "\n".join(cell.source for cell in assignment.notebook.cells[:3] if cell.cell_type == "markdown")
    assert re.search(rf"\b{assignment.max_points:g}\b", top)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """All sources in a folder of their own; one gradebook for all, because making it takes longer than a release."""
    root = tmp_path_factory.mktemp("copy")
    for part in ("nbgrader_config.py", *(f"source/{name}/{name}.ipynb" for name in SETS)):
        (root / part).parent.mkdir(parents=True, exist_ok=True)
        (root / part).write_bytes((ROOT / part).read_bytes())
    return Course.open(root)


@pytest.mark.slow
@pytest.mark.parametrize("name", SETS)
def test_release_is_what_nbgrader_makes_of_source(name: str, copy: Course) -> None:
    fresh = generate(copy, name).read_text()
    assert fresh == (ROOT / "release" / name / f"{name}.ipynb").read_text(), "run `make release` and commit the result"


@pytest.mark.parametrize("name", SETS)
def test_the_release_gives_nothing_away(name: str) -> None:
    release = (ROOT / "release" / name / f"{name}.ipynb").read_text()
    for secret in ("BEGIN SOLUTION", "HIDDEN TESTS", "MARK SCHEME", "helpers.probe", "from grading", "import grading"):
        assert secret not in release
    assignment = load_assignment(Course.open(ROOT), name)
    lines = {line.strip() for cell in json.loads(release)["cells"] for line in cell["source"]}
    for exercise in assignment.exercises:
        stub = {line.strip() for line in assignment.notebook.cells[exercise.answer].source.split("\n")}
        solution = {line.strip() for line in assignment.solutions[exercise.id].split("\n") if len(line.strip()) > 12}
        assert not (solution - stub) & lines


# Nobody looks at these figures: each is drawn once, not a second time to find out what is white around it.
COARSE = ['--InlineBackend.print_figure_kwargs={"bbox_inches": None, "dpi": 20}']


class PlainClient(NotebookClient):
    """Without a page to show them on, widgets' messages have no receiver; answering them makes nbclient wait for ever."""

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        pass


def with_few_images(notebook: NotebookNode) -> NotebookNode:
    """The notebook with a fifth of the images that it trains on: its first line of data is there to be changed."""
    def fifth(line: re.Match[str]) -> str:
        return line[0].replace(line[1], ", ".join(str(int(number) // 5) for number in line[1].split(", ")))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = re.sub(r"^.*\bN_TRAIN, N_\w+ = (?:None, )?(\d+, \d+)", fifth, cell.source, flags=re.MULTILINE)
    return notebook


def run_all(path: Path, kernel: KernelManager) -> list[Any]:
    """Outputs of a notebook run from top to bottom in this kernel, errors included."""
    notebook = with_few_images(nbformat.read(path, as_version=4))
    client = PlainClient(notebook, km=kernel, timeout=120, allow_errors=True)
    client.execute()
    client.kc.stop_channels()
    return [output for cell in notebook.cells for output in cell.get("outputs", ())]


def said(outputs: list[Any]) -> str:
    assert [output for output in outputs if output.output_type == "error"] == []
    return "".join(output.get("text", "") for output in outputs)


@pytest.mark.slow(10)
@pytest.mark.parametrize("name", SETS)
def test_a_notebook_calls_stubs_stubs_as_released_and_solved_in_the_same_kernel_judges_itself(name: str) -> None:
    released, solved = (ROOT / kind / name / f"{name}.ipynb" for kind in ("release", "source"))
    if "import torch" in solved.read_text() and not find_spec("torch"):
        pytest.skip("needs torch, which is not installed here")
    kernel, channels = start_new_kernel(cwd=str(solved.parent), extra_arguments=COARSE)
    try:
        outputs = run_all(released, kernel)
        words = said(run_all(solved, kernel))
    finally:
        channels.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert "is still a stub" in said(outputs)
    assert not any(output.get("name") == "stderr" for output in outputs), said(outputs)
    assert "✗" not in words
    for probe in load_assignment(Course.open(ROOT), name).problem_set.probes:
        assert f"{probe.id}: {probe.max_points:g} of {probe.max_points:g} points" in words


def test_the_configuration_lists_every_setting_with_its_default() -> None:
    from dataclasses import asdict

    from grading.course.limits import Limits
    from grading.course.settings import Settings
    lines = re.findall(r"^# c\.NeuralCourse\.(\w+) = (.*?)(?: *#.*)?$", (ROOT / "nbgrader_config.py").read_text(), re.MULTILINE)
    assert {name: eval(value) for name, value in lines} == {**asdict(Settings()), **asdict(Limits())}


def test_the_outlines_that_students_get_are_up_to_date() -> None:
    assert [path.stem for path, text in outlines(Course.open(ROOT)) if path.read_text() != text] == [], "run `make release`"
