"""The attacks in the form for containers: what it stops like the others, and the list of what it does not.

`make container-attacks` runs this; other runs skip it, because it takes minutes and needs root.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.attack import BREACH
from tests.hostile.classroom import PRIVILEGES, ROOT, Report, conduct
from tests.hostile.looking import assert_ends_as_expected, outcome
from tests.ordinary import interpreter

pytestmark = pytest.mark.skipif(not os.environ.get("CONTAINER_ATTACKS") or os.geteuid() != 0, reason="make container-attacks runs it, as root")
# Refused as well, but in other words than the attack expects of the other forms: by a permission, or by what may be written.
REFUSED_OTHERWISE = {"gradebook_read_hidden", "memory_of_every_process", "secret_and_other_folders", "file_fill", "files_in_shared_memory", "set_user_id"}
# What a container of one student's work leaves open, and why it does no harm there.
LEFT_OPEN = {
    "through_the_editable_install": "finds the checkout on this machine, which no container has",
    "rm_rf_course": "sees that the course's folder is there, and can neither open nor remove it",
    "traced_child_that_cannot_be_killed": "spoils the rest of its own submission, and is gone afterwards",
}
TRIED = [(problem_set, attack.name) for attack in PRIVILEGES for problem_set in attack.sets]


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    python, why = interpreter(purpose="-container")
    with tempfile.TemporaryDirectory() as folder:
        if not python:
            pytest.skip(why)
        for file in (Path(python).parent.parent / "lib").rglob("__editable__*"):
            file.unlink()  # a container has no checkout beside it
        container = Path(folder)
        container.chmod(0o755)
        for part, names in (("private", ("grading", "tests")), ("public", ("helpers",))):
            for name in names:
                shutil.copytree(ROOT / name, container / part / name, ignore=shutil.ignore_patterns("__pycache__"))
        (container / "private").chmod(0o700)
        yield conduct(None, python, PRIVILEGES, container)


def test_the_class_is_graded_to_its_end_and_nothing_is_touched(report: Report) -> None:
    assert report["code"] == 0, report["said"][-3000:]
    assert {student: trace for found in report["sets"].values() for student, trace in found["aborted"].items()} == {}
    assert (report["changed"], report["poisoned"], report["alive"], report["reached"]) == ([], [], [], [])


@pytest.mark.parametrize(("problem_set", "name"), TRIED)
def test_an_attack_ends_as_in_the_other_forms(report: Report, problem_set: str, name: str) -> None:
    if name not in REFUSED_OTHERWISE | LEFT_OPEN.keys():
        assert_ends_as_expected(report, problem_set, name)
        return
    attack, found = outcome(report, problem_set, name)
    assert found["verdicts"][attack.attacked(problem_set)]["points"] == 0.0
    assert name in LEFT_OPEN or BREACH not in found["printed"]


def test_honest_students_among_them_have_full_marks(report: Report) -> None:
    neighbours = [verdict for found in report["sets"].values() for student, result in found["results"].items() if student.startswith("next-")
                  for verdict in result["verdicts"].values()]
    assert len(neighbours) > 50
    assert [verdict for verdict in neighbours if verdict["points"] != verdict["max"]] == []
