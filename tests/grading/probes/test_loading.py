"""A course's own hidden tests: one module or a folder with a file for each exercise, else those of the package."""

import inspect
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from grading.probes.loading import load
from grading.probes.places import HERE, files, folder
from tests import toy
from tests.problem_sets import ROOT

INIT = """
from grading.probes.model import ProblemSet

from . import double

PROBLEM_SET = ProblemSet("toy_set", [double.PROBE])
"""
DOUBLE = """
from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import draw

PROBE = Probe("double", lambda x: x + x, {"ordinary": Cases(draw)}, [Point("twice", 2.5)],
              slips=[Slip("three_times", "2 * x", "3 * x", "Twice, not three times.")])
"""
INPUTS = """
def draw(rng):
    return {"x": rng.normal(size=3)}
"""


def as_folder(root: Path) -> Path:
    """The toy course, its hidden tests in a folder."""
    toy.make_course(root)
    (root / "probes" / f"{toy.NAME}.py").unlink()
    own = root / "probes" / toy.NAME
    own.mkdir()
    for name, text in (("__init__", INIT), ("double", DOUBLE), ("inputs", INPUTS)):
        (own / f"{name}.py").write_text(text)
    return own


def test_a_module_is_found(tmp_path: Path) -> None:
    toy.make_course(tmp_path)
    assert [probe.id for probe in load(toy.NAME, tmp_path).probes] == ["double", "centre", "toy_numbers"]


def test_a_folder_with_a_file_for_each_exercise_is_found_and_its_slips_are_applied(tmp_path: Path) -> None:
    as_folder(tmp_path)
    [known] = load(toy.NAME, tmp_path).find("double").mistakes
    assert (known.id, known.answer(2), known.source) == ("three_times", 6, "def double(x):\n    return 3 * x")


def test_what_was_edited_since_is_read_again(tmp_path: Path) -> None:
    own = as_folder(tmp_path)
    load(toy.NAME, tmp_path)
    (own / "double.py").write_text(DOUBLE.replace("three_times", "thrice").replace("3 * x", "x * 3"))
    assert load(toy.NAME, tmp_path).find("double").mistakes[0].id == "thrice"


def test_an_edit_of_the_same_length_in_the_same_second_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By length and second a compiled module is told to be that of its source."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    root = toy.make_course(tmp_path / "course").root
    probes = root / "probes" / f"{toy.NAME}.py"
    os.utime(probes, (1_700_000_000, 1_700_000_000))
    assert load(toy.NAME, root).find("double").reference(2) == 4
    probes.write_text(probes.read_text().replace("def double(x): return 2 * x", "def double(x): return 3 * x"))
    os.utime(probes, (1_700_000_000, 1_700_000_000))
    assert load(toy.NAME, root).find("double").reference(2) == 6
    assert sys.dont_write_bytecode is False


def test_a_course_without_hidden_tests_of_its_own_uses_those_of_the_package(tmp_path: Path) -> None:
    assert folder(tmp_path) == HERE


def test_a_set_without_hidden_tests_is_said_with_the_places_that_were_looked_at(tmp_path: Path) -> None:
    toy.make_course(tmp_path)
    with pytest.raises(LookupError, match=r"No hidden tests for 'other': expected .*probes/other\.py or .*__init__"):
        load("other", tmp_path)
    with pytest.raises(LookupError, match=f"expected {tmp_path}/probes/other.py"):
        load("other", tmp_path)


def test_sets_of_a_course_import_what_they_share(tmp_path: Path) -> None:
    own = as_folder(tmp_path)
    (own.parent / "shared.py").write_text(INPUTS)
    (own / "double.py").write_text(DOUBLE.replace("from .inputs import draw", "from ..shared import draw"))
    assert load(toy.NAME, tmp_path).find("double").cases["ordinary"].draw.__module__.endswith(".shared")
    (own.parent / "shared.py").write_text(INPUTS.replace("size=3", "size=33"))
    assert len(load(toy.NAME, tmp_path).find("double").cases["ordinary"].draw(np.random.default_rng(1))["x"]) == 33


def test_a_course_with_sets_of_its_own_may_use_those_of_the_package_too(tmp_path: Path) -> None:
    as_folder(tmp_path)
    shutil.copytree(ROOT / "source" / "ps1_box_functions", tmp_path / "source" / "ps1_box_functions")
    assert load("ps1_box_functions", tmp_path).probes
    assert {path.parents[1] for path in files("ps1_box_functions", tmp_path)} >= {HERE}
    assert all(path.is_relative_to(tmp_path) for path in files(toy.NAME, tmp_path))


def test_of_several_sets_each_keeps_its_source(tmp_path: Path) -> None:
    toy.make_course(tmp_path)
    own = tmp_path / "probes"
    (own / f"{toy.NAME}.py").write_text((own / f"{toy.NAME}.py").read_text().replace("def halves(x): return x / 2", "class halves: pass"))
    first = load(toy.NAME, tmp_path)
    load(toy.NAME, tmp_path)
    assert inspect.getsource(first.find("double").mistakes[0].answer) == "class halves: pass\n"
