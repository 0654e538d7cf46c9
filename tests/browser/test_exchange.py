"""Fetch, submit, release feedback and read it with the buttons of JupyterLab, as on a JupyterHub."""

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course
from tests import toy
from tests.browser.conftest import jupyter_lab, opened, shoot
from tests.grading.exchange.test_collecting import collect

playwright = pytest.importorskip("playwright.sync_api", reason="make browser-test installs it")
ID = "toys"


def course_command(course: Course, *words: str) -> None:
    done = CliRunner().invoke(main, [*words, "--root", str(course.root)])
    assert done.exit_code == 0, done.output


def assignment_list(page: Any, address: str) -> None:
    page.goto(f"{address}/lab?reset")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click(timeout=60_000)
    page.get_by_role("menuitem", name="Assignment List", exact=True).click()
    page.locator("#released_assignments_list, #submitted_assignments_list").get_by_text(toy.NAME).first.wait_for(timeout=60_000)


@pytest.mark.sandbox
def test_a_notebook_goes_to_a_student_and_feedback_comes_home(browser: Any, course: Course, tmp_path: Path) -> None:
    settings = f"c = get_config()\nc.CourseDirectory.course_id = '{ID}'\nc.Exchange.root = '{tmp_path}/exchange'\n"
    course = toy.configured(course, settings.partition("\n")[2])
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    work = tmp_path / "student" / "work"
    (work.parent / "home" / ".jupyter").mkdir(parents=True)
    work.mkdir()
    (work.parent / "home" / ".jupyter" / "nbgrader_config.py").write_text(settings)
    course_command(course, "release", toy.NAME)

    with jupyter_lab(course.root) as teacher, jupyter_lab(work) as student, opened(browser, "teacher") as desk, opened(browser, "pupil") as page:
        desk.goto(f"{teacher}/formgrader/manage_assignments")
        desk.locator(f"tr:has-text('{toy.NAME}') .release a").click()
        desk.get_by_text("Successfully released").first.wait_for(timeout=30_000)

        assignment_list(page, student)
        page.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
        page.locator("#fetched_assignments_list").get_by_role("button", name="Submit").wait_for()
        path = work / toy.NAME / f"{toy.NAME}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        next(cell for cell in notebook.cells if cell.id == "double").source = "def double(x):\n    return x / 2"
        nbformat.write(notebook, path)
        page.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
        page.locator("#submitted_assignments_list").get_by_text(toy.NAME).first.wait_for()
        shoot(page, "assignment-list")

        collect(course)
        course_command(course, "grade", toy.NAME, "--workers", "1")
        course_command(course, "feedback", toy.NAME)
        desk.goto(f"{teacher}/formgrader/manage_submissions/{toy.NAME}")
        desk.locator(".release-feedback a").first.click()  # the envelope
        desk.get_by_text("Successfully released feedback").first.wait_for(timeout=30_000)
        shoot(desk, "formgrader-envelope")

        assignment_list(page, student)
        page.get_by_role("button", name="Fetch Feedback").click()
        page.get_by_text("view feedback").first.wait_for(timeout=30_000)
    [page_of_feedback] = (work / toy.NAME / "feedback").glob(f"*/{toy.NAME}.html")
    assert "Twice, not half." in page_of_feedback.read_text()
    assert page_of_feedback.stat().st_uid == os.getuid()
