"""The first cells of every notebook: they are short, and where the helpers are missing they say what to do."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grading.course.folder import Course

ROOT = Path(__file__).parent.parent
SETS = Course.open(ROOT).problem_sets()
SENTENCES = """
- Colab or Kaggle: upload neural-course.zip, run  %pip install neural-course.zip  in a new cell, then this cell again.
- JupyterLab or VS Code: install the folder neural-course as its README.md says, and choose its .venv as the kernel.
- A JupyterHub of the course: tell your instructors, who install the helpers there for everybody.
- Another `helpers` may be in the way (found: {found}): rename or move that one, and restart the kernel."""


def cells(name: str) -> dict[str, str]:
    notebook = json.loads((ROOT / "release" / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def run(code: str, folder: Path) -> str:
    """The last words of a Python without the course's helpers, in a folder of its own."""
    blocked = ("import sys\nsys.path[:] = [''] + [p for p in sys.path if 'site-packages' not in p]\n"
               "sys.meta_path[:] = [f for f in sys.meta_path if 'editable' not in str(f)]\n")
    (folder / "cell.py").write_text(blocked + code, encoding="utf-8")
    done = subprocess.run([sys.executable, "-X", "utf8", "cell.py"], cwd=folder, capture_output=True, text=True,
                          encoding="utf-8", check=False)
    return done.stderr.partition("ModuleNotFoundError: ")[2].strip()


@pytest.mark.parametrize("name", SETS)
def test_set_up_cells_have_at_most_ten_lines_and_begin_alike(name: str) -> None:
    number, found = name.split("_")[0], cells(name)
    for cell in (f"{number}-start", f"{number}-setup"):
        assert len(found[cell].split("\n")) <= 10
    assert found[f"{number}-start"].replace(name, SETS[0]) == cells(SETS[0])["ps1-start"]
    assert "use_style()" in found[f"{number}-setup"]


def test_a_notebook_without_helpers_says_in_a_line_each_what_to_do_where(tmp_path: Path) -> None:
    said = run(cells(SETS[0])["ps1-start"], tmp_path)
    assert said == ("No module named 'helpers'. Nothing is broken: this notebook needs the course's helpers."
                    + SENTENCES.format(found="none"))


def test_a_package_of_the_same_name_that_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("def mine(): pass\n")
    said = run(cells(SETS[0])["ps1-start"], tmp_path)
    assert said.startswith("No module named 'helpers.checks'; 'helpers' is not a package. Nothing is broken")
    assert said.endswith(SENTENCES.format(found=tmp_path / "helpers.py"))
    (tmp_path / "helpers.py").unlink()
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("")
    said = run(cells(SETS[0])["ps1-start"], tmp_path)
    assert said.startswith("No module named 'helpers.checks'. Nothing is broken")
    assert said.endswith(SENTENCES.format(found=tmp_path / "helpers" / "__init__.py"))
