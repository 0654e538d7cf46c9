"""Feedback and reports at the width of a phone and of a desk: nothing wider than the window, nothing unlabelled."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from grading.cli import main
from tests import toy
from tests.browser.conftest import shoot

LONG = """def centre(x):
    total = sum(value for position, value in enumerate(x) if position < len(x) and value is not None and value == value) / max(1, len(x))
    return np.array([value - total if position % 2 == 0 else -(total - value) for position, value in enumerate(x)])"""
WIDTHS = {"phone": (375, 740), "desk": (1280, 900)}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of feedback, a report, and a page of pairs."""
    course = toy.configured(toy.make_course(tmp_path_factory.mktemp("pages") / "course"), "c.NeuralCourse.figures = True")
    toy.submit(course, "ada", {**toy.SOLUTION, "centre": LONG, "double": "def double(x):\n    return x / 2"})
    toy.submit(course, "ben", {**toy.SOLUTION, "centre": LONG})
    for words in (["grade", toy.NAME, "--workers", "1"], ["feedback", toy.NAME], ["report", toy.NAME], ["similar", toy.NAME]):
        done = CliRunner().invoke(main, [*words, "--root", str(course.root)])
        assert done.exit_code == 0, done.output
    reports = course.root / "reports"
    return {"feedback": course.feedback("ada", toy.NAME), "report": reports / f"{toy.NAME}.html", "similar": reports / f"{toy.NAME}-similar.html"}


@pytest.mark.parametrize("name", ["feedback", "report", "similar"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_its_window(browser: Any, pages: dict[str, Path], name: str, width: str, scheme: str) -> None:
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page, errors = context.new_page(), []
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(pages[name].as_uri())
        shoot(page, f"{name}-{width}-{scheme}")
        assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"]
        assert errors == []
        assert page.locator("h1").count() == 1
        assert page.locator("img:not([alt])").count() == 0
        assert page.locator("html[lang]").count() == 1


def test_exercises_can_be_reached_with_the_keyboard(browser: Any, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(pages["feedback"].as_uri())
        page.locator("body").press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#double")


def test_a_page_asks_nobody_for_anything(browser: Any, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        for path in pages.values():
            page.goto(path.as_uri())
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
