"""Commands about what students get: whether its tests hold, its release, the hand-out as a folder and a zip."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grading.cli.messages import errors_in_words, progress_bar
from grading.cli.options import root_option, unsafe_option
from grading.cli.workplace import open_assignment
from grading.errors import CourseError

if TYPE_CHECKING:
    from grading.course.folder import Course
    from grading.handout.bundle import Bundle
    from grading.handout.verify import Row

target_option = click.option("--output", type=click.Path(path_type=Path, file_okay=False),
                             help="Folder to write it into.  [default: build/bundle in the course's folder]")


@click.command()
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

        from grading.cli.printed_tables import verify_table
        from grading.course.folder import Course
        from grading.interrupts import ignore_interrupts
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
    from grading.run.class_sandbox import class_sandbox
    course, assignment = open_assignment(root, name)
    with class_sandbox(course, assignment.name, isolate=not unsafe) as box:
        return list(verify_assignment(assignment, box))


@click.command()
@click.argument("problem_sets", nargs=-1, metavar="[PROBLEM_SET]...")
@target_option
@root_option
def bundle(problem_sets: tuple[str, ...], output: Path | None, root: Path) -> None:
    """Build the hand-out for students, as a folder and a zip, and search it for answers.

    It holds the released problem sets that are named, or else all that have been released, and what they need to run.
    """
    with errors_in_words():
        from grading.course.folder import Course
        from grading.course.releases import read_releases, require_released
        course = Course.open(root)
        for name in problem_sets:
            course.source(name)
        if not (names := list(problem_sets) or list(read_releases(course))):
            raise CourseError("Nothing has been released yet: course release PROBLEM_SET")
        require_released(course, names)
        names = loadable(course, names)
        made = build(course, names, output)
        click.echo(f"{', '.join(names)}: {len(made.files)} files, no answer among them: {made.folder}")
        click.echo(f"The same as a zip ({made.archive.stat().st_size / 1e6:.1f} MB): {made.archive}")


@click.command()
@click.argument("problem_sets", nargs=-1, required=True, metavar="PROBLEM_SET...")
@target_option
@unsafe_option
@root_option
def release(problem_sets: tuple[str, ...], output: Path | None, unsafe: bool, root: Path) -> None:
    """Release problem sets: test their tests, generate what students get, build the hand-out, search it for answers.

    The hand-out holds these problem sets and the ones released before.
    """
    with errors_in_words():
        from grading.cli.printed_tables import verify_table
        from grading.course.folder import Course
        from grading.course.releases import read_releases, record_releases, require_released
        from grading.handout.outlines import write_own_outline
        from grading.handout.release import generate
        from grading.handout.verify import verify as verify_assignment
        from grading.run.class_sandbox import class_sandbox
        course = Course.open(root)
        for name in problem_sets:
            course.source(name)
        earlier = [name for name in read_releases(course) if name not in problem_sets]
        require_released(course, earlier)
        earlier, wanted = loadable(course, earlier, at_least=0), loadable(course, dict.fromkeys(problem_sets))
        lines = []
        with progress_bar("Releasing", len(wanted)) as advance:
            for name in wanted:
                course, assignment = open_assignment(root, name)
                with class_sandbox(course, assignment.name, isolate=not unsafe) as box:
                    rows = list(verify_assignment(assignment, box))
                if any(row.problems for row in rows):
                    verify_table(name, rows)
                    raise CourseError(f"{name} is not released: its hidden tests do not hold, see above.")
                generate(course, name)
                write_own_outline(course, assignment)
                lines.append(f"{name}: {len(rows)} exercises, {assignment.max_points:g} points, "
                             f"{sum(row.mistakes for row in rows)} mistakes known, all of them caught")
                advance()
        made = build(course, sorted({*earlier, *wanted}), output)
        record_releases(course, wanted)
        click.echo("\n".join(lines))
        click.echo(f"The hand-out holds {len(made.files)} files, no answer among them, for {', '.join(wanted)}"
                   + (f", and as released before {', '.join(earlier)}:" if earlier else ":"))
        click.echo(f"  {made.archive}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="A course of my own", show_default=True,
              help="Stands at the top of what students get; the hand-out and the course id are named after it.")
def new(folder: Path, title: str) -> None:
    """Make a course of one's own in FOLDER, with one example set that works at once."""
    with errors_in_words():
        from grading.handout.new_course import make_course
        files = make_course(folder.resolve(), title)
        click.echo(f"{len(files)} files in {folder}. Next:\n  cd {folder}\n  course verify\n  course release "
                   "ps1_first_neuron\nREADME.md there says what is where.")


@click.command()
@click.argument("problem_set")
@root_option
def gradescope(problem_set: str, root: Path) -> None:
    """Write the autograder of one problem set for Gradescope: build/gradescope/PROBLEM_SET.zip.

    It holds the solutions: upload it as the assignment's autograder, and give it to nobody.
    """
    with errors_in_words():
        from grading.gradescope.autograder_zip import write_autograder
        course, assignment = open_assignment(root, problem_set)
        by_hand = [exercise.id for exercise in assignment.exercises if exercise.manual]
        path = write_autograder(course, assignment)
        click.echo(f"Written ({path.stat().st_size / 1e6:.1f} MB, for instructors only): {path}")
        points = sum(exercise.points for exercise in assignment.exercises if not exercise.manual)
        click.echo(f"In Gradescope's assignment, the autograder is worth {points:g} points"
                   + (f"; add manual questions for {', '.join(by_hand)}." if by_hand else "."))


@click.command("new-set")
@click.argument("name")
@root_option
def new_set(name: str, root: Path) -> None:
    """Add a problem set to the course: an example called NAME, with notebook, check and hidden tests, to be changed."""
    with errors_in_words():
        from grading.course.folder import Course
        from grading.handout.new_course import make_set
        for path in make_set(Course.open(root), name):
            click.echo(path)
        click.echo(f"Next: course verify {name}")


@click.command()
@click.argument("problem_set")
@click.option("--early", is_flag=True, help="Also before the due date.")
@root_option
def solutions(problem_set: str, early: bool, root: Path) -> None:
    """Write the model answers for students, run from top to bottom: solution/PROBLEM_SET/PROBLEM_SET.ipynb.

    Hidden tests and rubrics are not in it. Refuses before the due date, where one is set.
    """
    with errors_in_words():
        from datetime import UTC, datetime

        from grading.handout.model_answers import write_model_answers
        from grading.marks.gradebook import Ledger
        course, assignment = open_assignment(root, problem_set)
        with Ledger(course, problem_set) as ledger:
            last = ledger.last_due()
        if last and datetime.now(UTC) < last and not early:
            raise CourseError(f"{problem_set} is due on {last:%Y-%m-%d %H:%M} UTC, the last extension included. With "
                              "--early its model answers are written all the same.")
        click.echo(f"Written: {write_model_answers(course, assignment)}")


def loadable(course: "Course", names: Iterable[str], at_least: int = 1) -> list[str]:
    """The problem sets whose packages are installed, and a word about each other. Raises CourseError for too few."""
    from grading.course.assignment import load_assignment
    from grading.errors import MissingPackageError
    found = []
    for name in names:
        try:
            load_assignment(course, name)
            found.append(name)
        except MissingPackageError as error:
            click.echo(f"Left out: {error}", err=True)
    if len(found) < at_least:
        raise CourseError("Nothing is left to hand out.")
    return found


def build(course: "Course", names: Sequence[str], output: Path | None) -> "Bundle":
    """The hand-out, where the command line wants it, and word of what was left out. Raises CourseError on a leak."""
    from grading.handout.leaks import build_without_leaks
    made = build_without_leaks(course, names, (output or course.root / "build" / "bundle").resolve())
    for path in made.left_out:
        click.echo(f"Left out, neither a notebook nor data: {path}", err=True)
    return made
