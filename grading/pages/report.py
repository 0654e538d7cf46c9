"""What a class understood: one page with plots for the people who teach it, and the numbers as CSV beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from markupsafe import Markup

from grading.classes.changed_points import with_manual_scores
from grading.classes.graded_before import stored_result
from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.course.headings import exercise_titles, mistake_in_words, notebook_title
from grading.csv_files import as_text, write_csv
from grading.errors import CourseError
from grading.judge.verdict import Result
from grading.marks.gradebook import Ledger
from grading.pages import report_plots, statistics
from grading.pages.feedback import WORDS
from grading.pages.html import write_page
from grading.pages.pseudonyms import pseudonym
from grading.rubrics.found import met

READING = "http://localhost:8888/course/read"  # where `jupyter lab`, started in the course's folder, has that page
MOST_SHOWN = 15  # misconceptions in the plot; the table has them all


@dataclass(frozen=True)
class Plot:
    """An SVG with its heading and what it shows in words."""

    title: str
    svg: Markup
    words: str


def write_report(course: Course, assignment: Assignment, names: bool) -> Path:
    """Write reports/PROBLEM_SET.html and .csv and return the page. Students go by pseudonyms unless `names`.

    Raises CourseError when nothing has been graded yet.
    """
    results = _graded(course, assignment.name)
    if not results:
        raise CourseError(f"Nothing of {assignment.name} is graded yet: course grade {assignment.name}")
    shown = {result.student: result.student if names else pseudonym(course, result.student) for result in results}
    results = sorted((replace(result, student=shown[result.student]) for result in results), key=lambda r: r.student)
    labels = {exercise.id: title.removeprefix("Exercise ") for exercise, title in
              zip(assignment.exercises, exercise_titles(assignment.notebook, assignment), strict=True)}
    path = course.root / "reports" / f"{assignment.name}.html"
    items, mistakes = statistics.exercises(results), statistics.misconceptions(results)
    write_page(path, "report.html.j2", title=notebook_title(assignment.notebook, assignment.name), results=results,
               middle=median(result.points for result in results), worth=assignment.max_points,
               waiting=len(course.students(assignment.name)) - len(results), named=names, items=items, labels=labels,
               mistakes=mistakes, failures=statistics.failures(results), words=WORDS,
               carried=statistics.carried(results), look=statistics.to_look_at(results),
               unread=sum(verdict.kind == "manual" for result in results for verdict in result.verdicts),
               met=met(course, assignment.name, [one.id for one in assignment.exercises if one.manual]),
               reading=f"{READING}/{assignment.name}",
               plots=_plots(course, assignment, results, items, mistakes, labels))
    write_csv(path.with_suffix(".csv"), _rows(results))
    return path


def _graded(course: Course, name: str) -> list[Result]:
    """Everything of a problem set that is graded, with the points that a person has given."""
    results = [result for student in course.students(name) if (result := stored_result(course, student, name))]
    if not results:  # and no need of a gradebook
        return []
    with Ledger(course, name) as ledger:
        return [with_manual_scores(result, ledger.manual_scores(result.student)) for result in results]


def _plots(course: Course, assignment: Assignment, results: Sequence[Result], items: Sequence[statistics.Exercise],
           mistakes: Sequence[statistics.Misconception], labels: Mapping[str, str]) -> dict[str, Plot]:
    shares = [_share(result) for result in results]
    judged = {labels[item.id]: 100 * item.success for item in items if item.success is not None}
    plots = {
        "scores": Plot("How the points are spread", report_plots.score_histogram(shares),
                       f"Histogram of {len(shares)} submissions by their share of the points."),
        "success": Plot("Exercise by exercise", report_plots.bars(
            "success", list(judged), list(judged.values()), "mean share of the points (%)", 100),
            "Bars: the mean share of its points for every exercise. The numbers are in the table below."),
    }
    timed = [item for item in items if item.seconds is not None]
    if timed:
        plots["time"] = Plot("Time", report_plots.bars(
            "time", [labels[item.id] for item in timed], [1000 * (item.seconds or 0.0) for item in timed],
            "median time in the sandbox (ms)"), "Bars: the median time that an exercise's cells took in the sandbox.")
    if mistakes:
        most = mistakes[:MOST_SHOWN]
        plots["mistakes"] = Plot("Misconceptions", report_plots.bars(
            "mistakes", [f"{one.exercise}: {mistake_in_words(one.mistake)}" for one in most],
            [one.count for one in most], "submissions"),
            "Bars: how many submissions made each recognised mistake. All are in the table below.")
    graded = {name: found for name in course.problem_sets()
              if (found := results if name == assignment.name else _graded(course, name))}
    if len(graded) > 1:
        plots["sets"] = Plot("Beside the other problem sets", report_plots.set_boxes(
            {name.split("_")[0]: [_share(result) for result in found] for name, found in graded.items()}),
            "Box plots of the share of the points, one for each graded problem set.")
    return plots


def _share(result: Result) -> float:
    return result.points / result.max_points if result.max_points else 0.0


def _rows(results: Sequence[Result]) -> Iterator[list[str]]:
    yield ["student", "points", "max_points", *(verdict.id for verdict in results[0].verdicts)]
    for result in results:
        yield [as_text(result.student), f"{result.points:g}", f"{result.max_points:g}",
               *(f"{verdict.points:g}" for verdict in result.verdicts)]
