"""The pages of an exam: a sheet a student, all in one file for the printer (PDF where a browser is), and the key."""

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.course.headings import exercise_titles, mistake_in_words, notebook_title
from grading.course.secret import read_secret
from grading.exams.draw import draw_sheets
from grading.exams.questions import Question, Questions
from grading.exams.roster import Student
from grading.pages.html import write_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PATIENCE = 120  # seconds for a browser to print a class


@dataclass(frozen=True)
class Exam:
    """What was written: `all_sheets` for the printer, `pdf` of it or None, `key` for whoever marks."""

    folder: Path
    all_sheets: Path
    key: Path
    pdf: Path | None
    students: int
    questions: int


def write_exam(course: Course, assignment: Assignment, students: Sequence[Student], seed: str | None) -> Exam:
    """Write exams/NAME/: a sheet a student, all sheets, the key. Without a seed the course's secret is one.

    Raises CourseError where the problem set has too few slips that can be printed.
    """
    questions = Questions(assignment)
    chosen = read_secret(course.secret_file, course.is_shared).hex() if seed is None else seed
    drawn = draw_sheets([student.id for student in students], questions.candidates(), f"{assignment.name}\0{chosen}",
                        questions.find)
    folder = course.root / "exams" / assignment.name
    titles = dict(zip((exercise.id for exercise in assignment.exercises),
                      exercise_titles(assignment.notebook, assignment), strict=True))
    facts = {"title": notebook_title(assignment.notebook, assignment.name), "titles": titles, "figure": _curves,
             "in_words": mistake_in_words}
    # Short programs first: two of them have room below the name, and the longest a page of its own.
    sheets = [(student, sorted(drawn[student.id], key=lambda question: len(question.code))) for student in students]
    for student, asked in sheets:
        # Whatever an id looks like, its file is here, and its own.
        file = folder / "sheets" / f"{quote(student.id, safe='@+')}.html"
        write_page(file, "exam.html.j2", sheets=[(student, asked)], **facts)
    write_page(folder / "all.html", "exam.html.j2", sheets=sheets, **facts)
    write_page(folder / "key.html", "exam_key.html.j2", sheets=sheets, **facts)
    different = {(question.exercise, question.mistake) for asked in drawn.values() for question in asked}
    return Exam(folder, folder / "all.html", folder / "key.html", _print(folder / "all.html"), len(students),
                len(different))


def _curves(question: Question) -> Markup:
    """The loss of the program with the slip, and of a right one, as SVG."""
    [(name, (mine, theirs))] = (question.symptom.losses or {}).items()
    with mpl.rc_context({"font.size": 9, "svg.fonttype": "path", "svg.hashsalt": f"{question.exercise}{name}"}):
        figure = Figure(figsize=(4.6, 1.9), layout="constrained")
        axes = figure.add_subplot()
        axes.plot(range(1, len(mine) + 1), mine, "o-", color="black", markersize=3, label="this program")
        axes.plot(range(1, len(theirs) + 1), theirs, "s--", color="gray", markersize=3, label="a right one")
        axes.set(xlabel="epoch", ylabel=name.replace("_", " "))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        text = io.StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return Markup(text.getvalue()[text.getvalue().index("<svg"):])


def _print(page: Path) -> Path | None:
    """The page as PDF beside it, by a browser that is installed; None where there is none, or it cannot."""
    browser = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    pdf = page.with_suffix(".pdf")
    pdf.unlink(missing_ok=True)
    if browser is None:
        return None
    with TemporaryDirectory() as profile:
        # As root it does not start otherwise; the page is our own.
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        command = [browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", *as_root,
                   f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", page.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        except (OSError, subprocess.SubprocessError):
            return None
    return pdf if pdf.exists() else None

