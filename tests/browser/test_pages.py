"""Feedback and reports at the width of a phone and of a desk: nothing wider than the window, nothing unlabelled."""

import random
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.assignment import Assignment, filled, load_assignment
from grading.course.folder import Course
from grading.course.settings import CONFIG_FILE
from grading.exams.roster import Student
from grading.exams.sheets import write_exam
from grading.probes.source_text import as_cell
from tests import toy
from tests.browser.conftest import opened, shoot
from tests.hostile.classroom import ROOT

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="make browser-test installs it")
SET = "ps2_softmax_jacobian"
TOGETHER = """def numerical_jacobian(f, z, eps):
    slopes = []
    for position in range(len(z)):
        nudge = np.array([eps if other == position else 0.0 for other in range(len(z))])
        ahead, behind = np.asarray(f(z + nudge), dtype=float), np.asarray(f(z - nudge), dtype=float)
        slopes.append((ahead - behind) / (2 * eps))  # one column of the answer: how all outputs react to the input at this position
    return np.stack(slopes, axis=1)"""
WIDTHS = {"phone": (375, 740), "desk": (1280, 900)}


def submit(course: Course, assignment: Assignment, student: str, **written: str) -> None:
    """Work with a few known mistakes and gaps, the same in every run; `written` are answers in particular."""
    rng = random.Random(student)
    answers = dict(assignment.solutions)
    for exercise in assignment.exercises:
        if exercise.manual:
            answers[exercise.id] = "The rows sum to zero because the probabilities always sum to one."
        elif rng.random() < 0.3:
            probe = assignment.problem_set.find(exercise.id)
            answers[exercise.id] = as_cell(probe, rng.choice(probe.mistakes))
        elif rng.random() < 0.1:
            del answers[exercise.id]
    path = course.root / "submitted" / student / SET / f"{SET}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(nbformat.writes(filled(nbformat.read(ROOT / "release" / SET / f"{SET}.ipynb", 4), {**answers, **written})))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of feedback, a report, a page of pairs, of a class whose first two wrote one answer together; an exam's."""
    root = tmp_path_factory.mktemp("pages") / "course"
    shutil.copytree(ROOT / "source" / SET, root / "source" / SET)
    shutil.copyfile(ROOT / CONFIG_FILE, root / CONFIG_FILE)
    course = toy.configured(Course.open(root), "c.NeuralCourse.figures = True")
    assignment = load_assignment(course, SET)
    batch = assignment.problem_set.find("softmax_batch")
    submit(course, assignment, "01", numerical_jacobian=TOGETHER, softmax_batch=as_cell(batch, batch.mistakes[0]))
    submit(course, assignment, "02", numerical_jacobian=TOGETHER)
    for number in range(3, 17):
        submit(course, assignment, f"{number:02d}")
    for words in (["grade"], ["feedback"], ["report"], ["similar"]):
        done = CliRunner().invoke(main, [*words, SET, "--root", str(root)])
        assert done.exit_code == 0, done.output
    reports, exam = root / "reports", write_exam(course, assignment, [Student("01", "Ada"), Student("02", "Ben")], "pages")
    return {"sheet": exam.folder / "sheets" / "01.html", "key": exam.key, "feedback": course.feedback("01", SET), "report": reports / f"{SET}.html", "similar": reports / f"{SET}-similar.html"}


def hindrances(page: Any) -> list[str]:
    """What keeps people who see, hear or move otherwise from reading the page, by the rules of axe-core."""
    return [f"{found['id']}: {found['nodes'][0]['html']}" for found in axe.Axe().run(page).response["violations"]]


@pytest.mark.parametrize("planted", ["<img src='data:,'>", "<p style='color: #ccc; background: #fff'>pale</p>", "<a href='#x'></a>"])
def test_a_hindrance_would_be_found(browser: Any, pages: dict[str, Path], planted: str) -> None:
    with opened(browser, "planted") as page:
        page.goto(pages["feedback"].as_uri())
        page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", planted)
        assert len(hindrances(page)) == 1


@pytest.mark.parametrize("name", ["feedback", "report", "similar", "sheet", "key"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_its_window(browser: Any, pages: dict[str, Path], name: str, width: str, scheme: str) -> None:
    with opened(browser, f"{name}-{width}-{scheme}", *WIDTHS[width], color_scheme=scheme) as page:
        errors: list[str] = []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(pages[name].as_uri())
        shoot(page, f"{name}-{width}-{scheme}")
        page.evaluate("document.querySelectorAll('details').forEach(closed => closed.open = true)")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= WIDTHS[width][0]
        assert errors == []
        assert hindrances(page) == []


@pytest.mark.parametrize("name", ["feedback", "report", "similar"])
def test_a_page_prints_dark_on_white_from_a_dark_screen(browser: Any, pages: dict[str, Path], name: str) -> None:
    with opened(browser, f"{name}-print", color_scheme="dark") as page:
        page.goto(pages[name].as_uri())
        page.emulate_media(media="print")
        body = page.evaluate("(style => [style.color, style.backgroundColor])(getComputedStyle(document.body))")
        assert body == ["rgb(27, 31, 36)", "rgb(255, 255, 255)"]
        assert hindrances(page) == []


def test_exercises_can_be_reached_with_the_keyboard(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, "keyboard") as page:
        page.goto(pages["feedback"].as_uri())
        page.locator("body").press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#softmax")


def test_a_page_asks_nobody_for_anything(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, "requests") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in pages.values():
            page.goto(path.as_uri())
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
