"""Reading the written answers of a class of sixty in a browser, by keyboard alone, beside nbgrader's formgrader."""

import csv
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import psutil
import pytest
from click.testing import CliRunner
from nbgrader.api import Gradebook

from grading.classes.batch import grade_class
from grading.classes.pool import InTurn
from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.marks.by_hand import read_given
from grading.marks.gradebook import Ledger
from grading.reading.answers import Answers
from grading.run.class_sandbox import class_sandbox
from tests import toy
from tests.browser.conftest import SHOTS, jupyter_lab, opened, shoot
from tests.browser.written import MISTAKES, RULE, course_of_ps4, right, said_of, write_answers
from tests.grading.reading import classroom
from tests.hostile.classroom import ROOT

SET = "ps4_numpy_backprop"
CLASS = 60
IN_FORMGRADER = 10  # students whose answers are read in formgrader too, to count what it takes
NEXT = """was => document.getElementById('marks').dataset.student !== was
       || document.getElementById('said').textContent.includes('All answers are read')"""
Wrote = dict[str, dict[str, str]]  # question → student → text


@dataclass
class Hand:
    """Somebody at a keyboard with a pointer; `moves` counts keys and clicks, those for comments also in `for_comments`."""

    page: Any
    moves: int = 0
    for_comments: int = 0
    answers: int = 0
    waits: list[float] = field(default_factory=list)  # seconds until the next answer stands there

    def press(self, *keys: str) -> None:
        self.moves += len(keys)
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.moves += len(text)
        self.page.keyboard.type(text)

    def click(self, place: Any) -> None:
        self.moves += 1
        place.click()


@pytest.fixture(scope="module")
def ps4(tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Wrote]:
    """The graded class and what everybody wrote."""
    course = course_of_ps4(tmp_path_factory.mktemp("reading") / "course", ROOT)
    assignment = load_assignment(course, SET)
    names = write_answers(course, assignment, CLASS)
    with class_sandbox(course, SET, True) as box:
        list(grade_class(course, assignment, names, InTurn(box)))
    answers = Answers(course, SET)
    return course, {question: {student: answer.text for student, answer in answers.to(question).items()} for question in (RULE, MISTAKES)}


def copied(course: Course, folder: Path) -> Course:
    """The same course in another folder."""
    return Course.open(Path(shutil.copytree(course.root, folder / "course")))


def read_everything(hand: Hand, address: str, question: str, wrote: dict[str, str]) -> None:
    """Mark every answer to a question as it deserves, by keys alone."""
    page, used = hand.page, set[str]()
    begins = perf_counter()
    page.goto(f"{address}/course/read/{SET}/{question}")
    page.wait_for_selector("article")
    hand.waits.append(perf_counter() - begins)
    while "All answers are read" not in page.inner_text("#said"):
        if hand.answers == 30:
            page.screenshot(path=str(SHOTS / "reading-picture.png"))
        student = page.get_attribute("#marks", "data-student")
        if "marks it the same" in page.inner_text("#answer"):
            hand.press("s")
        else:
            mark(hand, right(question, wrote[student]), said_of(question, wrote[student]), used)
        hand.answers += 1
        begins = perf_counter()
        page.wait_for_function(NEXT, arg=student)
        hand.waits.append(perf_counter() - begins)


def mark(hand: Hand, items: list[int], comment: str, used: set[str]) -> None:
    """Tick the items and say something, and go on."""
    if len(items) == 3 and not comment:
        hand.press("f")
        return
    hand.press(*map(str, items))
    if comment:
        before = hand.moves
        hand.press("c")
        hand.press("ArrowDown") if comment in used else hand.type(comment)
        hand.press("Enter")
        used.add(comment)
        hand.for_comments += hand.moves - before
    hand.press("Enter")


def read_in_formgrader(hand: Hand, address: str, course: Course, wrote: Wrote) -> None:
    """Give the first few the same points and comments with formgrader, in its quickest way."""
    page = hand.page
    page.goto(f"{address}/formgrader/gradebook/{SET}/{SET}")
    page.wait_for_selector("td a")
    links = {link.get_attribute("href") for link in page.locator("td a").all()}
    with Gradebook(course.db_url, course.course_id) as gradebook:
        whose = {gradebook.find_submission_notebook_by_id(link.rstrip("/").split("/")[-1]).student.id: link for link in links}
    for student, link in sorted(whose.items())[:IN_FORMGRADER]:
        begins = perf_counter()
        page.goto(f"{address}{link}")
        page.wait_for_selector(f"#{RULE}-comment")
        hand.waits.append(perf_counter() - begins)
        hand.moves += 1  # the key for the next submission
        for question in (RULE, MISTAKES):
            if page.locator(f"#{question}.needs_manual_grade").count():
                hand.answers += 1
                mark_in_formgrader(hand, question, wrote[question][student])


def mark_in_formgrader(hand: Hand, question: str, text: str) -> None:
    points, panel = len(right(question, text)), hand.page.locator(f".nbgrader_cell:has(#{question})")
    if points in (0, 3):
        hand.click(panel.locator(".full-credit" if points else ".no-credit"))
    else:
        hand.click(hand.page.locator(f"#{question}"))
        hand.type(str(points))
    if comment := said_of(question, text):
        hand.click(hand.page.locator(f"#{question}-comment"))
        hand.type(comment)
        hand.for_comments += 1 + len(comment)


def given(course: Course, question: str) -> dict[str, tuple[float, str]]:
    """Points and comment of everybody who has some."""
    with Ledger(course, SET) as ledger:
        return {student: (one.points, one.comment) for student, one in read_given(ledger, question).items() if one.points is not None}


@pytest.fixture(scope="module")
def all_read(ps4: tuple[Course, Wrote], browser: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Course, Wrote, Hand]:
    """A course whose written answers have been read, and the hand that did it."""
    course, wrote = copied(ps4[0], tmp_path_factory.mktemp("all-read")), ps4[1]
    with jupyter_lab(course.root) as address, opened(browser, "reading-all", height=800) as page:
        hand = Hand(page)
        for question in (RULE, MISTAKES):
            read_everything(hand, address, question, wrote[question])
        shoot(page, "reading-done")
    return course, wrote, hand


def test_points_and_comments_of_a_class_read_by_keyboard_are_everywhere(all_read: tuple[Course, Wrote, Hand]) -> None:
    course, wrote, _ = all_read
    for question in (RULE, MISTAKES):
        deserved = {student: (float(len(right(question, text))), said_of(question, text)) for student, text in wrote[question].items()
                    if text != "YOUR ANSWER HERE"}
        assert given(course, question) == deserved
    for command in ("feedback", "export", "report"):
        assert CliRunner().invoke(main, [command, SET, "--root", str(course.root)]).exit_code == 0
    rows = {row["student"]: row for row in csv.DictReader((course.root / "exports" / f"{SET}-csv.csv").open())}
    for student, row in rows.items():
        sums = [len(right(question, wrote[question][student])) for question in (RULE, MISTAKES)]
        assert (float(row["points"]), row["waits_for_a_grade_by_hand"]) == (sum(sums), "no")
        page = (course.root / "feedback" / student / SET / f"{SET}.html").read_text()
        section = re.search(rf'<section class="\w+" id="{RULE}">.*?</section>', page, re.DOTALL)
        assert section and section[0].count("<li>✓") == sums[0]


def test_a_rubric_that_is_changed_afterwards_changes_all_totals(all_read: tuple[Course, Wrote, Hand], browser: Any, tmp_path: Path) -> None:
    course, wrote = copied(all_read[0], tmp_path), all_read[1]
    with jupyter_lab(course.root) as address, opened(browser, "reading-rubric", height=800) as page:
        page.goto(f"{address}/course/read/{SET}/{RULE}")
        page.keyboard.press("e")
        page.locator("#items .item-points").first.fill("0.5")
        shoot(page, "reading-rubric")
        page.locator("#items button.main").click()
        having = [student for student, text in wrote[RULE].items() if 1 in right(RULE, text)]
        page.wait_for_selector(f"#said:text-is('1 item changed. {len(having)} answers have other points now.')")
    points = {student: one for student, (one, _) in given(course, RULE).items()}
    assert all(points[student] == len(right(RULE, wrote[RULE][student])) - 0.5 for student in having)


def test_it_takes_a_third_of_the_moves_and_of_the_waiting_that_formgrader_takes(
        all_read: tuple[Course, Wrote, Hand], ps4: tuple[Course, Wrote], browser: Any, tmp_path: Path) -> None:
    course = copied(ps4[0], tmp_path)
    with jupyter_lab(course.root) as address, opened(browser, "reading-formgrader", height=800) as page:
        peer = Hand(page)
        read_in_formgrader(peer, address, course, ps4[1])
    ours = all_read[2]
    words = {name: f"{hand.moves / hand.answers:.2f} moves an answer, {hand.for_comments / hand.answers:.2f} of them for comments, "
                   f"{1000 * median(hand.waits):.0f} ms until the next, {1000 * hand.waits[0]:.0f} ms until the first; {hand.answers} answers"
             for name, hand in (("ours", ours), ("formgrader", peer))}
    print(words)
    assert ours.moves / ours.answers < peer.moves / peer.answers / 3, words
    assert (ours.moves - ours.for_comments) / ours.answers < (peer.moves - peer.for_comments) / peer.answers, words
    assert median(ours.waits) < median(peer.waits) / 3, words


@pytest.fixture
def toy_class(tmp_path: Path) -> Course:
    """A class whose answers nobody has read."""
    course = classroom.with_scheme(toy.make_course(tmp_path / "course"))
    classroom.hand_in(course, classroom.ANSWERS)
    return course


PAGE = f"course/read/{toy.NAME}/{classroom.WHY}"
LOOKS = {"desk": {"width": 1280, "height": 800}, "tablet": {"width": 820, "height": 1180}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_wider_than_the_window_or_without_a_name(
        ps4: tuple[Course, Wrote], browser: Any, tmp_path: Path, look: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="make browser-test installs it")
    course = copied(ps4[0], tmp_path)
    with jupyter_lab(course.root) as address, opened(browser, f"reading-{look}", **LOOKS[look], color_scheme=scheme, bypass_csp=True) as page:
        for path in ("course/read", f"course/read/{SET}/{MISTAKES}", f"course/read/{SET}/{RULE}"):
            page.goto(f"{address}/{path}")
            check(page, axe, f"reading-{look}-{scheme}-{path.split('/')[-1]}")
        page.keyboard.press("q")
        page.keyboard.press("m")
        page.keyboard.press("1")
        page.wait_for_selector("#said:text-is('Kept.')")
        page.keyboard.press("c")
        page.keyboard.type("Which slope, $\\sigma'(z)$?")
        page.keyboard.press("Enter")
        page.wait_for_selector("#preview math")
        check(page, axe, f"reading-{look}-{scheme}-all")
        for key, dialog in (("?", "help"), ("e", "items")):
            page.keyboard.press(key)
            page.wait_for_selector(f"#{dialog}[open]")
            check(page, axe, f"reading-{look}-{scheme}-{dialog}")
            page.keyboard.press("Escape")


def check(page: Any, axe: Any, name: str) -> None:
    shoot(page, name)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    found = axe.Axe().run(page)
    assert found.violations_count == 0, (name, found.generate_report())


def test_two_read_at_once_and_nothing_is_overwritten_without_being_asked(toy_class: Course, browser: Any) -> None:
    with jupyter_lab(toy_class.root) as address, opened(browser, "reader-rae") as rae, opened(browser, "reader-sam") as sam:
        for page, name in ((rae, "rae"), (sam, "sam")):
            page.goto(f"{address}/{PAGE}")
            page.fill("#reader", name)
            page.keyboard.press("Enter")
            page.goto(f"{address}/{PAGE}")
        first, second = (page.get_attribute("#marks", "data-student") for page in (rae, sam))
        assert first != second  # what somebody has before them is not given to the next
        sam.keyboard.press("ArrowLeft")
        sam.wait_for_selector(f"#marks[data-student={first}]")
        rae.keyboard.press("1")
        rae.keyboard.press("Enter")
        rae.wait_for_selector("#said:text-is('1 of 2 points given.')")
        sam.keyboard.press("2")
        sam.wait_for_selector("#problem:has-text('rae has read this answer meanwhile: 1 of 2 points')")
        shoot(sam, "reading-asked")
        sam.locator("#problem button", has_text="Keep theirs").click()
        sam.wait_for_selector("[name=item]:nth-of-type(1):checked")
        assert classroom.given(toy_class, first) == (1.0, False)
        sam.keyboard.press("2")
        sam.keyboard.press("Enter")
        sam.wait_for_selector("#said:has-text('1.5 of 2 points given.')")
        assert classroom.given(toy_class, first) == (1.5, False)


def test_a_second_reading_hides_the_first_and_the_list_says_how_far_they_agree(toy_class: Course, browser: Any) -> None:
    with classroom.opened(toy_class) as room:
        for student in ("ada", "bob"):
            room.keep(classroom.reading(room, student, 1), 0)
    with jupyter_lab(toy_class.root) as address, opened(browser, "reading-second") as page:
        page.goto(f"{address}/{PAGE}?second=1")
        assert "0 of 2 read" in page.inner_text("#progress") and page.locator("[name=item]:checked").count() == 0
        page.keyboard.press("1")
        page.keyboard.press("Enter")
        page.wait_for_selector("#progress:has-text('1 of 2 read')")
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        page.wait_for_selector("#said:has-text('All answers are read.')")
        page.goto(f"{address}/course/read")
        assert "1 of 2 alike, 0.25 apart" in page.inner_text("table")
        shoot(page, "reading-overview")
    assert [classroom.given(toy_class, student) for student in ("ada", "bob")] == [(1.0, False)] * 2


def test_a_killed_server_loses_nothing_that_was_kept(toy_class: Course, browser: Any) -> None:
    with opened(browser, "reading-killed") as page:
        with jupyter_lab(toy_class.root) as address:
            page.goto(f"{address}/{PAGE}")
            first = page.get_attribute("#marks", "data-student")
            page.keyboard.press("1")
            page.keyboard.press("Enter")
            page.wait_for_selector("#said:text-is('1 of 2 points given.')")
            second = page.get_attribute("#marks", "data-student")
            page.keyboard.press("2")
            page.wait_for_selector("#said:text-is('Kept.')")
            kill(address)
            page.keyboard.press("Enter")
            page.wait_for_selector("#problem:has-text('The server does not answer.')")
            assert page.locator("[name=item]:checked").count() == 1  # what was ticked stands there still
        with jupyter_lab(toy_class.root) as address:
            page.goto(f"{address}/{PAGE}")
            assert page.get_attribute("#marks", "data-student") == second
            assert page.locator("[name=item]:checked").count() == 1 and "begun" in page.inner_text("#answer")
            assert "1 of 4 read" in page.inner_text("#progress") and classroom.given(toy_class, first) == (1.0, False)


def kill(address: str) -> None:
    [server] = [one for one in psutil.net_connections("tcp") if one.status == "LISTEN" and f":{one.laddr.port}" in address]
    psutil.Process(server.pid).kill()


def test_jupyterlabs_menu_leads_to_it(toy_class: Course, browser: Any) -> None:
    with jupyter_lab(toy_class.root) as address, opened(browser, "reading-menu") as page:
        page.goto(f"{address}/lab")
        page.get_by_role("menuitem", name="Course", exact=True).click()
        with page.context.expect_page() as new:
            page.get_by_role("menuitem", name="Read Written Answers").click()
        new.value.wait_for_selector("h1:text-is('Written answers')")


def test_a_comment_from_before_is_offered_as_one_types_and_points_by_hand_are_given(toy_class: Course, browser: Any) -> None:
    with jupyter_lab(toy_class.root) as address, opened(browser, "reading-comments") as page:
        page.goto(f"{address}/{PAGE}")
        first = page.get_attribute("#marks", "data-student")
        for keys in ("c", "A line through the origin?", "Enter", "p", "1.25", "Enter"):
            page.keyboard.type(keys) if len(keys) > 1 and keys != "Enter" else page.keyboard.press(keys)
        page.wait_for_selector("#said:text-is('1.25 of 2 points given.')")
        assert classroom.given(toy_class, first) == (1.25, False)
        page.keyboard.press("c")
        page.keyboard.type("zzz")
        assert page.locator("#used li:visible").count() == 0
        page.fill("#comment", "ORIGIN")
        assert page.locator("#used li:visible").inner_text() == "A line through the origin?"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.input_value("#comment") == "A line through the origin?"
        page.keyboard.press("p")
        page.keyboard.type("9")
        page.keyboard.press("Enter")
        assert page.evaluate(IN_BOUNDS) is False  # more than there is: nothing is given
        page.keyboard.press("Escape")
        assert "1 of 4 read" in page.inner_text("#progress")


def test_comments_from_before_stay_offered_to_who_leaves_the_field_and_comes_straight_back(toy_class: Course, browser: Any) -> None:
    with jupyter_lab(toy_class.root) as address, opened(browser, "reading-comments-again") as page:
        page.goto(f"{address}/{PAGE}")
        for keys in ("c", "A line through the origin?", "Enter", "Enter"):
            page.keyboard.type(keys) if len(keys) > 1 and keys != "Enter" else page.keyboard.press(keys)
        page.wait_for_selector("#progress:has-text('1 of 4 read')")
        page.clock.install()  # from here on, nothing that was to come later comes by itself
        for key in ("c", "Escape", "c"):
            page.keyboard.press(key)
        page.clock.run_for(1000)
        assert page.locator("#used li:visible").inner_text() == "A line through the origin?"
        page.locator("#used li").click()
        page.wait_for_selector("#said:text-is('Kept.')")
        assert page.input_value("#comment") == "A line through the origin?"
        assert page.locator("#used li:visible").count() == 0 and page.evaluate("document.activeElement.id") != "comment"
        page.keyboard.press("c")
        page.fill("#comment", "origin")
        page.locator("#points").click()
        assert page.locator("#used li:visible").count() == 0  # who leaves the field has the list out of the way


IN_BOUNDS = "() => document.getElementById('typed').checkValidity()"
