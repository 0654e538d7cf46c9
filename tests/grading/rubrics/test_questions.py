"""The written questions of the course's own sets: each has a rubric, and its items are worth what the answer is worth."""

import pytest

from grading.course.folder import Course
from grading.rubrics.questions import Question, read_questions
from tests.problem_sets import ROOT

QUESTIONS = [(name, question) for name in Course.open(ROOT).problem_sets() for question in read_questions(Course.open(ROOT), name)]


@pytest.mark.parametrize(("name", "question"), QUESTIONS, ids=lambda one: one.id if isinstance(one, Question) else one)
def test_the_items_of_a_rubric_add_up_to_what_the_answer_is_worth(name: str, question: Question) -> None:
    assert sum(entry.points for entry in question.scheme if entry.points > 0) == question.points


@pytest.mark.parametrize(("name", "question"), QUESTIONS, ids=lambda one: one.id if isinstance(one, Question) else one)
def test_question_and_model_answer_are_there_and_the_rubric_is_in_neither(name: str, question: Question) -> None:
    assert question.title.startswith("Exercise ") and len(question.text) > 40 and len(question.model) > 40
    assert "MARK SCHEME" not in question.text + question.model + question.remarks
    assert not question.text.startswith("#") and "BEGIN SOLUTION" not in question.model


def test_all_of_them_are_found() -> None:
    assert len(QUESTIONS) == 17
