"""`course grade`: a class, once or for as long as hand-ins come."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grading.cli.messages import errors_in_words, progress_bar, stopped
from grading.cli.options import root_option, unsafe_option
from grading.cli.workplace import hire, open_course
from grading.errors import CourseError

if TYPE_CHECKING:
    from grading.classes.pool import Workers
    from grading.course.assignment import Assignment
    from grading.course.folder import Course
    from grading.judge.verdict import Result


@click.command()
@click.argument("problem_set")
@click.option("--student", "students", metavar="ID", multiple=True, help="Grade only this student; may be repeated.")
@click.option("--force", is_flag=True, help="Grade again what is graded already. Manual scores are kept.")
@click.option("--workers", type=click.IntRange(1), help="Processes to grade with.  [default: one for each core]")
@click.option("--cluster", metavar="ADDRESS", help="Grade on a dask.distributed cluster: tcp://HOST:8786, or local:4 "
              "for one of four workers on this machine.")
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C: grade what is handed in, or handed in again.")
@click.option("--exchange", is_flag=True, help="With --watch: collect from nbgrader's exchange, and send feedback "
              "home. What is on it before the due date, c.NeuralCourse.early_feedback says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout and nothing else.")
@unsafe_option
@root_option
def grade(problem_set: str, students: tuple[str, ...], force: bool, workers: int | None, cluster: str | None,
          watch: bool, exchange: bool, as_json: bool, unsafe: bool, root: Path) -> None:
    """Grade the submissions in submitted/*/PROBLEM_SET.

    What is graded already and has not changed is not run again, so a run that was interrupted can simply be repeated.
    """
    with errors_in_words():
        from grading.ordinary.assignments import is_ordinary
        course = open_course(root)
        if is_ordinary(course, problem_set):
            if watch or workers or cluster:
                raise click.UsageError(f"{problem_set} has asserts in place of hidden tests: it is graded by one "
                                       "process, once. Leave out --watch, --workers and --cluster.")
            grade_asserts(course, problem_set, students, force, as_json, isolate=not unsafe)
            return
        course.source(problem_set)
        chosen = chosen_students(course, problem_set, students)
        if workers and cluster:
            raise click.UsageError("Say --workers or --cluster: a cluster brings its own workers.")
        if watch and (as_json or students):
            raise click.UsageError("--watch prints a table for each round and looks at everybody: leave out --json and "
                                   "--student.")
        if exchange and not (watch and not force):
            raise click.UsageError("--exchange goes with --watch, and grades what is new: leave out --force.")
        if not chosen and not as_json and not exchange:
            if passed_over := course.passed_over(problem_set):
                raise CourseError(passed_over)
            load_assignment(course, problem_set)  # says what is wrong with it, before anybody hands in
            click.echo(f"No submissions in {course.root / 'submitted'}/*/{problem_set} yet.", err=True)
            if not watch:
                return
        from grading.classes.graded_before import unchanged_results
        results = None if force or watch else unchanged_results(course, chosen, problem_set)
        if results is None:
            workers = workers or (1 if len(chosen) == 1 and not watch else None)
            with hire(course, problem_set, workers, cluster, isolate=not unsafe) as staff:
                assignment = load_assignment(course, problem_set)
                if exchange:
                    serve_the_exchange(course, assignment, staff)
                if watch:
                    grade_for_ever(course, assignment, staff, force)
                results = grade_all(course, assignment, chosen, staff, force)
        if as_json:
            print_document(problem_set, results)
        else:
            print_results(problem_set, results)
            waiting = sum(verdict.kind == "manual" for result in results for verdict in result.verdicts)
            read = f"course read {problem_set} (written answers that wait: {waiting}), then " if waiting else ""
            click.echo(f"Next: {read}course feedback {problem_set}")
        from grading.classes.faults import faults_in_words
        if faults := faults_in_words(course, problem_set, results):
            raise CourseError(faults)


def load_assignment(course: "Course", problem_set: str) -> "Assignment":
    """The problem set; it is not imported before the sandbox gets ready."""
    from grading.course.assignment import load_assignment
    return load_assignment(course, problem_set)


def grade_asserts(course: "Course", name: str, students: Sequence[str], force: bool, as_json: bool, isolate: bool
                  ) -> None:
    """An ordinary assignment, as `nbgrader autograde` scores it."""
    from grading.ordinary.grade import grade_ordinary
    chosen = chosen_students(course, name, students)
    results = with_progress(name, len(chosen), grade_ordinary(course, name, chosen, isolate, force))
    if as_json:
        print_document(name, results)
    elif results:
        from grading.cli.printed_tables import class_table
        class_table(name, results)
        click.echo("Asserts run beside the students' code and can be fooled (docs/ordinary.md). "
                   f"Next: nbgrader generate_feedback {name}")
    else:
        click.echo(f"No submissions in {course.root / 'submitted'}/*/{name} yet.", err=True)


def grade_for_ever(course: "Course", assignment: "Assignment", staff: "Workers", force: bool) -> None:
    """Grade whatever is handed in, with a table for each round, until Ctrl-C."""
    from grading.classes.faults import faults_in_words
    from grading.handin.watch import changed_submissions
    from grading.interrupts import remembered_interrupts
    with remembered_interrupts() as check_interrupt:
        for changed in changed_submissions(course, assignment.name):
            check_interrupt()
            if changed:
                results = grade_all(course, assignment, changed, staff, force)
                print_results(assignment.name, results)
                if faults := faults_in_words(course, assignment.name, results):
                    click.echo(faults, err=True)


def serve_the_exchange(course: "Course", assignment: "Assignment", staff: "Workers") -> None:
    """Collect, grade and send feedback until Ctrl-C, with a line for each hand-in."""
    import time
    from datetime import datetime

    from grading.cli.printed_tables import found, printable
    from grading.exchange.autopilot import EVERY, Autopilot
    from grading.interrupts import remembered_interrupts

    def say(line: str) -> None:
        click.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {printable(line)}")
    pilot = Autopilot(course, assignment, staff, say, found)
    say(f"{assignment.name}: looking into the exchange every {EVERY:g} seconds. Ctrl-C ends it.")
    with remembered_interrupts() as check_interrupt:
        while True:
            pilot.look_once()
            check_interrupt()
            time.sleep(EVERY)


def grade_all(course: "Course", assignment: "Assignment", students: Sequence[str], staff: "Workers", force: bool
              ) -> "list[Result]":
    """Grade these students with a progress bar; Ctrl-C ends the command after the submission at hand."""
    from grading.classes.batch import grade_class
    graded = grade_class(course, assignment, students, staff, force=force)
    return sorted(with_progress(assignment.name, len(students), graded), key=lambda result: result.student)


def chosen_students(course: "Course", name: str, students: Sequence[str]) -> list[str]:
    """Everybody who has handed in, or those who are named. Raises CourseError for one who has not."""
    everyone = course.students(name)
    if unknown := sorted(set(students) - set(everyone)):
        raise CourseError(f"No submission by {', '.join(unknown)}: there is no "
                          f"{course.root / 'submitted' / unknown[0] / name}.")
    return [student for student in everyone if not students or student in students]


def with_progress(name: str, total: int, graded: "Iterable[Result]") -> "list[Result]":
    """The results, gathered under a progress bar; Ctrl-C ends the command after the submission at hand."""
    from grading.interrupts import remembered_interrupts
    results: list[Result] = []
    with progress_bar(f"Grading {name}", total) as advance:
        try:
            with remembered_interrupts() as check_interrupt:
                for result in graded:
                    results.append(result)
                    advance()
                    check_interrupt()
        except KeyboardInterrupt:
            raise SystemExit(stopped(len(results), total)) from None
    return results


def print_document(name: str, results: "Sequence[Result]") -> None:
    """The class as one JSON document."""
    document = {"problem_set": name, "students": [result.to_json() for result in results]}
    click.echo(json.dumps(document, ensure_ascii=False))


def print_results(problem_set: str, results: "list[Result]") -> None:
    """The class as a table: names, points, what was found."""
    from grading.cli.printed_tables import changed_points, class_table
    class_table(problem_set, results)
    changed_points(results)
