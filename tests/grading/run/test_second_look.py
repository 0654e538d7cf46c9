"""No right cell pays for another: an exercise is judged among right versions of the exercises before it."""

import time

import pytest

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.handin.intake import Submission
from grading.judge.cases import draw_cases
from grading.judge.known_values import KnownValues
from grading.judge.verdict import Verdict
from grading.run.judge_exercise import judge_exercise
from grading.run.second_look import looks, second_look
from grading.run.submission import run_notebook
from grading.sandbox.client import Sandbox
from tests import toy
from tests.problem_sets import ROOT
from tests.toy import graded

CALLS_DOUBLE = "def centre(x):\n    return double(x) / 2 - x.mean()"
HALVES = "def double(x):\n    return x / 2"
STUB = 'def double(x):\n    # later\n    raise NotImplementedError("0.1")'
SENTENCE = "This cell is right. It calls your `double` (0.1), which is not: look there first."


def verdicts(course: Course, sandbox: Sandbox, **answers: str) -> dict[str, Verdict]:
    toy.submit(course, "ada", {**toy.SOLUTION, **answers})
    return {verdict.id: verdict for verdict in graded(course, sandbox, force=True)["ada"].verdicts}


@pytest.mark.parametrize("double", [
    HALVES, STUB, "def double(x):\n    return x +", "import os; os._exit(1)", "def double(x):\n    raise ValueError('odd')"])
def test_a_right_cell_that_calls_a_wrong_one_gets_full_points_and_is_told_where_to_look(
        course: Course, sandbox: Sandbox, double: str) -> None:
    found = verdicts(course, sandbox, double=double, centre=CALLS_DOUBLE)
    centre = found["centre"]
    assert (centre.kind, centre.points, centre.hint, centre.carried_from) == ("right", 3.0, SENTENCE, "double")
    assert found["double"].points == 0


@pytest.mark.waits
def test_a_right_cell_that_calls_an_endless_one_gets_full_points(course: Course, impatient: Sandbox) -> None:
    found = verdicts(course, impatient, double="def double(x):\n    while True: pass", centre=CALLS_DOUBLE)
    assert (found["double"].kind, found["centre"].kind, found["centre"].hint) == ("timeout", "right", SENTENCE)


def test_a_cell_left_untouched_gets_nothing_for_a_solution_before_it(course: Course, sandbox: Sandbox) -> None:
    stub = 'def centre(x):\n    # YOUR CODE HERE\n    raise NotImplementedError("0.2")'
    found = verdicts(course, sandbox, double=HALVES, centre=stub)
    assert (found["centre"].kind, found["centre"].points) == ("missing", 0)


def test_a_cell_with_a_slip_of_its_own_is_named_for_that_and_not_for_another_s(course: Course, sandbox: Sandbox) -> None:
    found = verdicts(course, sandbox, double=HALVES, centre="def centre(x):\n    return double(x) / 2 + x.mean()")
    assert (found["double"].mistake, found["centre"].mistake) == ("halves", "adds_the_mean")
    assert found["centre"].carried_from == ""


def test_a_later_exercise_cannot_be_called(course: Course, sandbox: Sandbox) -> None:
    """Else `softmax` could call `softmax_batch`, which nobody wrote."""
    found = verdicts(course, sandbox, double="def double(x):\n    return 2 * (centre(x) + x.mean())",
                     centre='def centre(x):\n    # double(x)\n    raise NotImplementedError("0.2")')
    assert found["double"].points == 0


def test_a_cell_that_calls_no_wrong_one_is_tried_once(course: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
                                                      ) -> None:
    started = []
    start = Sandbox.start
    monkeypatch.setattr(Sandbox, "start", lambda self: started.append(1) or start(self))
    verdicts(course, sandbox, centre="def centre(x):\n    return x")
    assert len(started) == 1
    verdicts(course, sandbox, double=HALVES, centre=CALLS_DOUBLE)
    assert len(started) == 3


@pytest.mark.parametrize(("setting", "points", "kind"), [("'none'", 0.0, "mistake"), ("0.5", 1.5, "right"), ("1", 3.0, "right")])
def test_a_course_decides_what_carried_forward_work_is_worth(course: Course, sandbox: Sandbox, setting: str, points: float,
                                                             kind: str) -> None:
    course = toy.configured(course, f"c.NeuralCourse.carried_forward = {setting}")
    found = verdicts(course, sandbox, double=HALVES.replace("x / 2", "x + 17"), centre=CALLS_DOUBLE)
    assert (found["centre"].points, found["centre"].kind) == (points, kind)


def test_nothing_that_a_cell_says_among_solutions_is_shown(course: Course, sandbox: Sandbox) -> None:
    """An exception, printed text, a value and a shape could each carry a solution out."""
    for body in ("raise ValueError('TELLTALE')", "raise type('TELLTALE', (Exception,), {})", "print('TELLTALE')",
                 "return 42424242.0 * x", "return {'TELLTALE': x}", "return np.zeros((4, 2, 4, 2))",
                 "raise NotImplementedError('7 TELLTALE')"):
        right_double = "double(np.ones(1))[0] == 2"  # true among solutions only
        source = f"def centre(x):\n    if {right_double}:\n        {body}\n    return double(x) / 2 - x.mean()"
        centre = verdicts(course, sandbox, double=HALVES, centre=source)["centre"]
        text = course.autograded("ada", toy.NAME).read_text()
        said = centre.text() + text.replace(source.replace("\n", "\\n").replace('"', '\\"'), "")
        assert "TELLTALE" not in said.replace(body, "")
        assert "42424242" not in centre.text()
        assert "(4, 2, 4, 2)" not in centre.text()


SEEKING = """
import gc, inspect, linecache, sys, traceback
def centre(x):
    found = []
    for search in (lambda: inspect.getsource(double), lambda: str(linecache.cache), lambda: double.__doc__ or ''):
        try:
            found.append(search())
        except (OSError, TypeError):
            pass
    frame = sys._getframe()
    while frame:
        found += [str(value) for value in frame.f_locals.values() if isinstance(value, (str, bytes, list, dict))]
        frame = frame.f_back
    found += [thing for thing in gc.get_objects() if isinstance(thing, (str, bytes))]
    found += [str(thing) for thing in gc.get_objects() if type(thing) in (list, dict, tuple) and len(thing) < 50]
    word = '_'.join(['WITHOUT', 'A', 'TEXT'])
    told = any(word in str(text) for text in found)
    return x - x.mean() if told else 0 * x
"""


def test_the_text_of_a_solution_is_nowhere_in_the_process(course: Course, sandbox: Sandbox) -> None:
    """The search itself finds what is there: the answer's own text holds the word in the control."""
    path = course.root / "source" / toy.NAME / f"{toy.NAME}.ipynb"
    path.write_text(path.read_text().replace("    return 2 * x\\n", "    # WITHOUT_A_TEXT\\n    return 2 * x\\n"))
    assert "WITHOUT_A_TEXT" in path.read_text()
    assert verdicts(course, sandbox, double=HALVES, centre=SEEKING + "\ndouble")["centre"].points == 0
    assert verdicts(course, sandbox, double=HALVES, centre=SEEKING + "\ndouble  # WITHOUT_A_TEXT")["centre"].kind == "right"


def test_what_ends_the_process_in_a_second_look_costs_only_itself(course: Course, sandbox: Sandbox) -> None:
    source = ("def centre(x):\n    if double(np.ones(1))[0] == 2:\n        import os; os._exit(1)\n"
              "    return double(x) / 2 - x.mean()")
    found = verdicts(course, sandbox, double=HALVES, centre=source)
    assert (found["centre"].points, found["toy_numbers"].kind) == (0, "right")


def real(name: str) -> Assignment:
    return load_assignment(Course.open(ROOT), name)


def both_looks(assignment: Assignment, sandbox: Sandbox, **answers: str) -> dict[str, Verdict]:
    """The verdicts of a real notebook that is solved but for these answers."""
    submission = Submission(answers={**assignment.solutions, **answers})
    cases = {probe.id: draw_cases(probe, b"s" * 32, "ada", assignment.name) for probe in assignment.problem_set.probes}
    ends = time.monotonic() + 100
    evaluation = run_notebook(sandbox, assignment, assignment.with_answers(submission.answers), cases, ends, with_examples=False)
    known = {probe.id: KnownValues(probe, cases[probe.id]) for probe in assignment.problem_set.probes}
    first = [judge_exercise(assignment, exercise, submission, evaluation, cases) for exercise in assignment.exercises]
    return {verdict.id: verdict for verdict in first} | second_look(sandbox, assignment, submission, first, cases, known, 1.0, ends)


def lost(found: dict[str, Verdict]) -> set[str]:
    return {verdict.id for verdict in found.values() if verdict.kind != "manual" and verdict.points < verdict.max_points}


@pytest.mark.parametrize(("name", "exercise", "slip"), [
    ("ps4_numpy_backprop", "sigmoid", "def sigmoid(x):\n    return 1 / 1 + np.exp(-x)"),
    ("ps7_momentum_letters", "average_ce", "def average_ce(target, prediction):\n    return -np.sum(target * prediction)"),
    ("ps5_modular_layers", "Linear", "class Linear(Module):\n    pass"),
    ("ps6_two_layer_network", "sigmoid", "def sigmoid(Z):\n    return Z")])
def test_one_slip_costs_one_exercise(sandbox: Sandbox, name: str, exercise: str, slip: str) -> None:
    """Also where the way to it leads through a set-up cell (ps7's `measure`) or through what a test's stand-ins are."""
    found = both_looks(real(name), sandbox, **{exercise: slip})
    assert lost(found) == {exercise}
    assert {verdict.carried_from for verdict in found.values() if verdict.carried_from} == {exercise}


def test_what_calls_a_right_exercise_that_calls_a_wrong_one_blames_the_wrong_one(sandbox: Sandbox) -> None:
    assignment = real("ps4_numpy_backprop")
    found = both_looks(assignment, sandbox, dsigmoid="def dsigmoid(x):\n    return x")
    assert found["train_one_epoch"].hint == (
        "This cell is right. What it calls leads to your `dsigmoid` (4.2), which is not: look there first.")
    assert found["gradients"].hint == "This cell is right. It calls your `dsigmoid` (4.2), which is not: look there first."


HIDES_AND_LOOKS = """
import gc, types
def softmax_jacobian(z):
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType) and thing.__code__.co_name == 'softmax_jacobian' and thing is not softmax_jacobian:
            return thing(z)
        if isinstance(thing, types.CodeType) and thing.co_name == 'softmax_jacobian' and thing is not softmax_jacobian.__code__:
            return types.FunctionType(thing, globals())(z)
    softmax(z)
    for later in ('cross_entropy_grad', 'log_softmax', 'softmax_vjp'):
        if later in globals(): return np.array([globals()['softmax_vjp'](z, row) for row in np.eye(len(z))])
    return np.zeros((len(z), len(z)))
"""


def test_an_exercise_finds_neither_its_own_solution_nor_a_later_one(sandbox: Sandbox) -> None:
    """Its solution is sent for those behind it only when the exercise itself is judged."""
    wrong = "def softmax(z):\n    return z"
    found = both_looks(real("ps2_softmax_jacobian"), sandbox, softmax=wrong, softmax_jacobian=HIDES_AND_LOOKS)
    assert lost(found) == {"softmax", "softmax_jacobian"}
    assert found["softmax_jacobian"].points == 0


def test_a_solution_that_arrives_later_cannot_change_what_was_judged(sandbox: Sandbox) -> None:
    """A thread stays and waits for the solution of the exercise that it belongs to."""
    stays = """
import threading, time
def softmax_jacobian(z):
    softmax(z)
    return np.zeros((len(z), len(z)))
mine = softmax_jacobian
def wait():
    while globals().get('softmax_jacobian') is mine: time.sleep(0.001)
    mine.__code__ = globals()['softmax_jacobian'].__code__
threading.Thread(target=wait, daemon=True).start()
"""
    found = both_looks(real("ps2_softmax_jacobian"), sandbox, softmax="def softmax(z):\n    return z", softmax_jacobian=stays)
    assert found["softmax_jacobian"].points == 0
    assert found["cross_entropy_grad"].kind == "right"


def test_only_written_cells_that_call_something_wrong_are_looked_at_again(sandbox: Sandbox) -> None:
    assignment = real("ps2_softmax_jacobian")
    stub = assignment.notebook.cells[assignment.answers["softmax_vjp"]].source
    submission = Submission(answers={**assignment.solutions, "softmax_vjp": stub, "log_softmax": "def log_softmax(z):\n    return z"})
    verdicts = [Verdict(e.id, 0.0 if e.id in ("softmax", "softmax_jacobian", "softmax_vjp", "log_softmax") else e.points,
                        e.points, "manual" if e.manual else "wrong") for e in assignment.exercises]
    assert {look.exercise.id: look.earlier for look in looks(assignment, submission, verdicts)} == {
        "softmax_jacobian": "softmax", "cross_entropy": "log_softmax", "cross_entropy_grad": "softmax"}
