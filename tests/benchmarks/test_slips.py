"""Submissions with a slip are wrong in one answer each, and the page says what they cost."""

from benchmarks import page, scratch, slips
from grading.course.assignment import load_assignment
from grading.course.folder import Course


def test_every_exercise_has_a_listed_mistake_and_most_have_two_at_once() -> None:
    assignment = load_assignment(Course.open(scratch.REPOSITORY), "ps2_softmax_jacobian")
    changed = [[name for name, source in answers.items() if source != assignment.solutions[name]]
               for answers in slips._with_a_slip(assignment)]
    assert all(len(names) == 1 for names in changed)
    assert {name for [name] in changed} == {probe.id for probe in assignment.problem_set.probes}
    assert len(changed) > 1.5 * len(assignment.problem_set.probes)


def test_the_page_shows_the_ratio() -> None:
    text = page.page({"machine": {}, "slips": {"ps2_softmax_jacobian": {"right": 0.1, "wrong": 0.15}}})
    assert "| ps2 | 0.100 | 0.150 | 1.50 |" in text
    assert "At most 2 times a right one." in text
