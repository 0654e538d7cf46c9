"""A course's own hidden tests: one module or a folder with a file for each exercise, else those of the package."""

import shutil
from pathlib import Path

import pytest

from grading.probes.loading import HERE, folder, load
from tests import toy

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
    shutil.rmtree(own / "__pycache__", ignore_errors=True)  # written within the same second
    assert load(toy.NAME, tmp_path).find("double").mistakes[0].id == "thrice"


def test_a_course_without_hidden_tests_of_its_own_uses_those_of_the_package(tmp_path: Path) -> None:
    assert folder(tmp_path) == HERE


def test_a_set_without_hidden_tests_is_said_with_the_places_that_were_looked_at(tmp_path: Path) -> None:
    toy.make_course(tmp_path)
    with pytest.raises(LookupError, match=r"No hidden tests for 'other': expected .*probes/other\.py or .*__init__"):
        load("other", tmp_path)
