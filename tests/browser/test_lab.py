"""What a student and an instructor do in JupyterLab, done in JupyterLab."""

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from tests import toy
from tests.browser.conftest import jupyter_lab, opened, shoot
from tests.hostile.classroom import ROOT

playwright = pytest.importorskip("playwright.sync_api", reason="make browser-test installs it")
SET = "ps2_softmax_jacobian"
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => parseInt(prompt.textContent.slice(1)) || 0)"
SOFTMAX = "def softmax(z):\ne = np.exp(z - np.max(z))\nreturn e / e.sum()"  # the editor indents
WRONG = "def softmax_batch(Z):\nE = Z - Z.min(axis=1, keepdims=True)\nreturn E / E.sum(axis=1, keepdims=True)"
JACOBIAN = "def softmax_jacobian(z):\ny = softmax(z)\nreturn np.diag(y) - np.outer(y, y)"


def open_notebook(page: Any, address: str) -> None:
    """The notebook alone, its kernel ready."""
    page.goto(f"{address}/lab/tree/{SET}.ipynb?reset")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)


def run_all(page: Any) -> None:
    """Run → Run All Cells, and wait until every code cell has a number that it did not have."""
    before = page.evaluate(f"Math.max(0, ...{PROMPTS})")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(f"before => {PROMPTS}.every(number => number > before)", arg=before, timeout=120_000)


def whole_text(page: Any) -> str:
    """Everything on the page, also of cells that are scrolled away."""
    return str(page.evaluate("""async () => {
        const seen = new Map(), panel = document.querySelector('.jp-WindowedPanel-outer');
        for (let y = 0; y <= panel.scrollHeight; y += 400) {
            panel.scrollTo(0, y); await new Promise(done => setTimeout(done, 60));
            for (const cell of document.querySelectorAll('.jp-Cell'))
                if (cell.innerText.trim()) seen.set(cell.dataset.windowedListIndex, cell.innerText);
        }
        return [...seen.values()].join('\\n');
    }"""))


def write_answer(page: Any, stub: str, lines: str) -> None:
    """Replace the cell that defines `stub`, line by line as a person types, and run it and the one below."""
    cell = page.locator(".jp-CodeCell", has_text=f"def {stub}(").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    for number, line in enumerate(lines.split("\n")):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(line)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def test_a_student_opens_a_notebook_writes_two_answers_and_moves_a_slider(browser: Any, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "release" / SET, folder)
    with jupyter_lab(folder) as address, opened(browser, "student") as page:
        open_notebook(page, address)
        run_all(page)
        text = whole_text(page)
        assert "Exercise 2.1 is still a stub" in text
        assert "Traceback" not in text
        assert "0 of 40 points have a check that passes, or are written." in text
        assert "✗ Not written yet: Exercise 2.1 · softmax; Exercise 2.2 · softmax_batch;" in text
        page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")
        write_answer(page, "softmax", SOFTMAX)
        write_answer(page, "softmax_batch", WRONG)
        where = page.locator(".jp-CodeCell", has_text='check("softmax_batch"').locator("img")  # the heat map of what is off
        where.wait_for()
        where.scroll_into_view_if_needed()
        shoot(page, "lab-check")
        write_answer(page, "softmax_jacobian", JACOBIAN)
        page.get_by_text("✓ J equals its transpose").wait_for()
        shoot(page, "lab-answers")
        run_all(page)
        text = whole_text(page)
        assert "8 of 40 points have a check that passes, or are written." in text
        assert "what you ran last is not what the saved file holds" in text
        page.keyboard.press("Control+S")
        page.locator(".jp-mod-dirty").first.wait_for(state="detached")
        run_all(page)
        assert "what you ran last is not what the saved file holds" not in whole_text(page)
        explorer = page.locator(".jp-CodeCell", has=page.locator(".widget-slider")).first
        explorer.scroll_into_view_if_needed()
        before = explorer.locator("img").get_attribute("src")
        explorer.locator(".noUi-handle").first.focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        playwright.expect(explorer.locator("img")).not_to_have_attribute("src", str(before))
        shoot(page, "lab-slider")


def test_the_validate_button_lists_what_does_not_hold_in_the_words_of_the_checks(browser: Any, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    shutil.copytree(ROOT / "release" / SET, folder)
    with jupyter_lab(folder) as address, opened(browser, "validate") as page:
        open_notebook(page, address)
        page.locator(".validate-button").click()
        said = page.locator(".jp-Dialog")
        said.get_by_text("check(\"softmax\", softmax)").first.wait_for(timeout=120_000)
        text = said.inner_text()
        shoot(page, "lab-validate")
    assert text.count("is still a stub") == 9
    assert "○ Exercise 2.1 is still a stub: write your answer in the cell above" in text
    assert "Traceback" not in text


@pytest.fixture
def waiting(course: Course) -> Course:
    """A course with one graded submission whose written answer waits for a person."""
    toy.submit(course, "ada", {**toy.SOLUTION, "toy_why": "Because it is linear."})
    done = CliRunner().invoke(main, ["grade", toy.NAME, "--workers", "1", "--root", str(course.root)])
    assert done.exit_code == 0, done.output
    return course


@pytest.mark.sandbox
def test_an_instructor_grades_a_written_answer_by_hand_and_exports_it(browser: Any, waiting: Course) -> None:
    with jupyter_lab(waiting.root) as address, opened(browser, "instructor") as page:
        page.goto(f"{address}/formgrader/gradebook/{toy.NAME}/{toy.NAME}")
        page.get_by_role("link", name="Submission #1").click()
        page.locator(".nbgrader_cell").first.wait_for(timeout=30_000)
        assert "secret rubric" in page.locator("body").inner_text()
        shoot(page, "formgrader")
        score = page.locator("input.score").last
        score.fill("1.5")
        with page.expect_response(lambda response: "/api/grade/" in response.url and response.request.method == "PUT"):
            score.press("Tab")
    done = CliRunner().invoke(main, ["export", toy.NAME, "--root", str(waiting.root)])
    assert done.exit_code == 0, done.output
    with (waiting.root / "exports" / f"{toy.NAME}-csv.csv").open(newline="") as file:
        [row] = list(csv.DictReader(file))
    assert (row["student"], row["score"], row["waits_for_a_grade_by_hand"]) == ("ada", "9", "no")
