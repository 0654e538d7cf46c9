"""The `course` command. Heavy libraries are imported by the commands that need them, so that --help is instant."""

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grading.cli.common import (
    errors_in_words,
    hire,
    open_assignment,
    progress_bar,
    root_option,
    sandbox,
    stopped,
    unsafe_option,
)
from grading.cli.handout import bundle, release
from grading.cli.pages import export, feedback, report, similar
from grading.errors import CourseError

# Importing this takes jsonschema more than half of any nbgrader command's start-up, to check a kind of text (IRIs) that
# notebooks do not have. jsonschema goes without it when it is not there.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

if TYPE_CHECKING:
    from grading.classes.pool import Workers
    from grading.course.assignment import Assignment
    from grading.course.folder import Course
    from grading.handout.verify import Row
    from grading.judge.verdict import Result

@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="neural-course", prog_name="course")
def main() -> None:
    """Grade notebooks, name the mistakes, write feedback.

    Start with `course doctor`, then `course grade PROBLEM_SET`.
    """


@main.command()
@click.argument("problem_set")
@click.option("--student", "students", metavar="ID", multiple=True, help="Grade only this student; may be repeated.")
@click.option("--force", is_flag=True, help="Grade again what is graded already. Manual scores are kept.")
@click.option("--workers", type=click.IntRange(1), help="Processes to grade with.  [default: one for each core]")
@click.option("--cluster", metavar="ADDRESS", help="Grade on a dask.distributed cluster: tcp://HOST:8786, or local:4 "
              "for one of four workers on this machine.")
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C: grade what is handed in, or handed in again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout and nothing else.")
@unsafe_option
@root_option
def grade(problem_set: str, students: tuple[str, ...], force: bool, workers: int | None, cluster: str | None,
          watch: bool, as_json: bool, unsafe: bool, root: Path) -> None:
    """Grade the submissions in submitted/*/PROBLEM_SET.

    What is graded already and has not changed is not run again, so a run that was interrupted can simply be repeated.
    """
    with errors_in_words():
        course, assignment = open_assignment(root, problem_set)
        everyone = course.students(problem_set)
        if unknown := sorted(set(students) - set(everyone)):
            raise CourseError(f"No submission by {', '.join(unknown)}: there is no "
                              f"{course.root / 'submitted' / unknown[0] / problem_set}.")
        chosen = [student for student in everyone if not students or student in students]
        if workers and cluster:
            raise click.UsageError("Say --workers or --cluster: a cluster brings its own workers.")
        if watch and (as_json or students):
            raise click.UsageError("--watch prints a table for each round and looks at everybody: leave out --json and "
                                   "--student.")
        if not chosen and not as_json:
            click.echo(f"No submissions in {course.root / 'submitted'}/*/{problem_set} yet.", err=True)
            if not watch:
                return
        with hire(assignment, course, workers, cluster, isolate=not unsafe) as staff:
            if watch:
                grade_for_ever(course, assignment, staff, force)
            results = grade_all(course, assignment, chosen, staff, force)
        if as_json:
            document = {"problem_set": problem_set, "students": [result.to_json() for result in results]}
            click.echo(json.dumps(document, ensure_ascii=False))
        else:
            print_results(assignment, results)
            click.echo(f"Next: course feedback {problem_set}")


def grade_for_ever(course: "Course", assignment: "Assignment", staff: "Workers", force: bool) -> None:
    """Grade whatever is handed in, with a table for each round, until Ctrl-C."""
    from grading.classes.interrupts import remembered_interrupts
    from grading.handin.watch import changed_submissions
    with remembered_interrupts() as check_interrupt:
        for changed in changed_submissions(course, assignment.name):
            check_interrupt()
            if changed:
                print_results(assignment, grade_all(course, assignment, changed, staff, force))


def grade_all(course: "Course", assignment: "Assignment", students: Sequence[str], staff: "Workers", force: bool
              ) -> "list[Result]":
    """Grade these students with a progress bar; Ctrl-C ends the command after the submission at hand."""
    from grading.classes.batch import grade_class
    from grading.classes.interrupts import remembered_interrupts
    results: list[Result] = []
    with progress_bar(f"Grading {assignment.name}", len(students)) as advance:
        try:
            with remembered_interrupts() as check_interrupt:
                for result in grade_class(course, assignment, students, staff, force=force):
                    results.append(result)
                    advance()
                    check_interrupt()
        except KeyboardInterrupt:
            raise SystemExit(stopped(len(results), len(students))) from None
    return sorted(results, key=lambda result: result.student)


@main.command()
@click.argument("problem_sets", nargs=-1, metavar="[PROBLEM_SET]...")
@unsafe_option
@root_option
def verify(problem_sets: tuple[str, ...], unsafe: bool, root: Path) -> None:
    """Test the tests of every problem set, or of the ones named.

    The solution gets full points, the untouched release none, every known mistake is caught and named, every correct
    variant passes. Exits with 1 when anything does not hold.
    """
    with errors_in_words():
        from multiprocessing import Pool

        from grading.classes.interrupts import ignore_interrupts
        from grading.cli.printed_tables import verify_table
        from grading.course.folder import Course
        course = Course.open(root)
        names = list(problem_sets) or course.problem_sets()
        for name in names:
            course.source(name)
        problems = 0
        with Pool(initializer=ignore_interrupts) as pool, progress_bar("Verifying", len(names)) as advance:
            for name, rows in zip(names, pool.imap(partial(verify_one, course.root, unsafe), names), strict=True):
                verify_table(name, rows)
                problems += sum(len(row.problems) for row in rows)
                advance()
        if problems:
            raise SystemExit(1)


def verify_one(root: Path, unsafe: bool, name: str) -> "list[Row]":
    """The rows of one problem set, in a process of its own."""
    from grading.handout.verify import verify as verify_assignment
    course, assignment = open_assignment(root, name)
    with sandbox(assignment, course, isolate=not unsafe) as box:
        return list(verify_assignment(assignment, box))


@main.command()
@click.option("--quick", is_flag=True, help="Only the runs that take seconds.")
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder with mnist/, fashion_mnist/ and notmnist/.  [default: what `course data fetch` brought]")
@click.option("--again", is_flag=True, help="Forget the results of earlier runs.")
@root_option
def reproduce(quick: bool, data: Path | None, again: bool, root: Path) -> None:
    """Measure the published results again, with the notebooks' own solutions.

    Each result is kept in build/reproduce, so an interrupted run continues where it stopped. Exits with 1 when a number
    differs.
    """
    with errors_in_words():
        import shutil

        from grading.cli.printed_tables import reproduction_table
        from grading.course.folder import Course
        from grading.reproduce.engine import reproduce as reproduce_all
        from grading.reproduce.runs import all_runs
        course = Course.open(root)
        store = course.root / "build" / "reproduce"
        if again:
            shutil.rmtree(store, ignore_errors=True)
        rows = list(reproduce_all(course, all_runs(quick), data, store, lambda what: click.echo(what, err=True)))
        reproduction_table(rows)
        if any(row.verdict == "differs" for row in rows):
            raise SystemExit(1)


@main.command()
@root_option
def doctor(root: Path) -> None:
    """Say what this machine has and lacks for grading, each problem with its remedy."""
    with errors_in_words():
        from grading.cli.doctor import examine
        from grading.cli.printed_tables import doctor_lines
        findings = examine(root.resolve())
        doctor_lines(findings)
        if any(finding.problem for finding in findings):
            raise SystemExit(1)


@main.group()
def data() -> None:
    """Full data sets for the notebooks; without them, embedded subsets are used."""


@data.command()
@click.argument("name", type=click.Choice(["mnist", "fashion_mnist"]))
def fetch(name: str) -> None:
    """Download a data set with tensorflow-datasets and check its checksums."""
    from helpers import datasets
    try:
        click.echo(datasets.fetch(name).source)
    except datasets.DatasetError as error:
        raise click.ClickException(str(error)) from None
    except KeyboardInterrupt:
        raise SystemExit(stopped(0, 0)) from None


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("build/demo"))
@root_option
def demo(folder: Path, root: Path) -> None:
    """Grade a small made-up class in a scratch course, and say where to look."""
    with errors_in_words():
        from grading.cli.demo import run_demo
        from grading.course.folder import Course
        run_demo(Course.open(root), folder.resolve())


def print_results(assignment: "Assignment", results: "list[Result]") -> None:
    """The class as a table: names, points, what was found."""
    from grading.cli.printed_tables import class_table
    class_table(assignment.name, results)


for command in (feedback, report, similar, export, bundle, release):
    main.add_command(command)


if __name__ == "__main__":
    main()
