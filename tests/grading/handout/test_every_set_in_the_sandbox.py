"""What `course verify` shows of every set of this course, one set a test, so that all cores have something to do.

Every mistake and every right variant is judged in tests/grading/probes/test_every_set.py, and runs among a notebook's names in
tests/helpers/checks. Here a variant of each exercise is handed in, a mistake that is a text, an edit of the solution or numbers in
a box, and all that are functions and classes.
"""

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.verify import is_text, verify
from grading.sandbox.client import Sandbox
from tests.problem_sets import ROOT

COURSE = Course.open(ROOT)
FEW = 1


@pytest.mark.sandbox
@pytest.mark.slow(12)
@pytest.mark.parametrize("name", COURSE.problem_sets())
def test_solution_release_mistakes_and_variants_get_what_they_deserve(name: str) -> None:
    assignment = load_assignment(COURSE, name)
    with Sandbox(COURSE.limits, COURSE.private_paths, imports=assignment.imports) as sandbox:
        rows = list(verify(assignment, sandbox, names=2, few=FEW))
    assert {row.exercise: row.problems for row in rows if row.problems} == {}
    tried = [[mistake for mistake in probe.mistakes if not is_text(mistake)] + [mistake for mistake in probe.mistakes if is_text(mistake)][:FEW]
             for probe in assignment.problem_set.probes]
    assert sum(row.mistakes_named for row in rows) == sum(len(mistakes) for mistakes in tried)
    assert sum(row.variants_right for row in rows) == sum(len(probe.variants[:FEW]) for probe in assignment.problem_set.probes)
