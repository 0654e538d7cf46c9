"""What `course verify` shows of every set of this course, one set a test, so that all cores have something to do.

Every mistake is judged in tests/grading/probes/test_every_set.py. Of those that are texts, edits of the solution or numbers
in a box, and ran there as they would here, some are handed in; of functions and classes, and of right variants, all are.
"""

import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handout.verify import is_text, verify
from grading.sandbox.client import Sandbox
from tests.problem_sets import ROOT

COURSE = Course.open(ROOT)
TEXTS = 1


@pytest.mark.sandbox
@pytest.mark.slow(12)
@pytest.mark.parametrize("name", COURSE.problem_sets())
def test_solution_release_mistakes_and_variants_get_what_they_deserve(name: str) -> None:
    assignment = load_assignment(COURSE, name)
    with Sandbox(COURSE.limits, COURSE.private_paths, imports=assignment.imports) as sandbox:
        rows = list(verify(assignment, sandbox, names=2, texts=TEXTS))
    assert {row.exercise: row.problems for row in rows if row.problems} == {}
    tried = [[mistake for mistake in probe.mistakes if not is_text(mistake)] + [mistake for mistake in probe.mistakes if is_text(mistake)][:TEXTS]
             for probe in assignment.problem_set.probes]
    assert sum(row.mistakes_named for row in rows) == sum(len(mistakes) for mistakes in tried)
