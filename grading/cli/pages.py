"""Commands that write what people read: feedback for students, a report for teachers, scores for other systems."""

from pathlib import Path

import click

from grading.cli.messages import errors_in_words
from grading.cli.options import root_option
from grading.cli.workplace import open_assignment, open_course_with


@click.command()
@click.argument("problem_set")
@click.option("--zip", "system", type=click.Choice(["moodle", "canvas"]),
              help="Pack the pages as that system takes them back: exports/PROBLEM_SET-feedback-SYSTEM.zip.")
@root_option
def feedback(problem_set: str, system: str | None, root: Path) -> None:
    """Write one page for every graded submission: feedback/ID/PROBLEM_SET/PROBLEM_SET.html."""
    with errors_in_words():
        from grading.marks.gradebook import Ledger
        from grading.pages.feedback import write_feedback
        course, assignment = open_assignment(root, problem_set)
        students = course.students(problem_set)
        graded = [student for student in students if course.autograded(student, problem_set).exists()]
        pages = []
        if graded:
            with Ledger(course, problem_set) as ledger:
                pages = [page for student in graded if (page := write_feedback(course, assignment, ledger, student))]
        click.echo(f"Written to {course.root / 'feedback'}: {len(pages)} of {len(students)} pages.")
        if len(pages) < len(students):
            click.echo(f"The others are not graded yet: course grade {problem_set}", err=True)
        if system:
            from grading.pages.feedback_zip import zip_feedback
            path, packed, left = zip_feedback(course, problem_set, system)
            click.echo(f"Pages under {system.capitalize()}'s names: {len(packed)}, in {path}")
            if left:
                click.echo(f"Not among the downloads, so not in it: {', '.join(left)}", err=True)


@click.command()
@click.argument("problem_set")
@click.option("--names", is_flag=True, help="Name students. Without it they go by pseudonyms.")
@root_option
def report(problem_set: str, names: bool, root: Path) -> None:
    """Write one page about the class: reports/PROBLEM_SET.html, and the numbers as CSV beside it."""
    with errors_in_words():
        from grading.pages.report import write_report
        course, assignment = open_assignment(root, problem_set)
        click.echo(f"Written: {write_report(course, assignment, names)}, and the same name with .csv")


@click.command()
@click.argument("problem_set")
@click.option("--names", is_flag=True, help="Name students. Without it they go by pseudonyms.")
@root_option
def similar(problem_set: str, names: bool, root: Path) -> None:
    """Show pairs of submissions that are unusually alike, side by side: reports/PROBLEM_SET-similar.html.

    A reason to look, not a finding. Everything stays on this machine.
    """
    with errors_in_words():
        from grading.pages.similar import write_similar
        course, assignment = open_assignment(root, problem_set)
        path, count = write_similar(course, assignment, names)
        click.echo(f"{count} {'pair' if count == 1 else 'pairs'} to look at: {path}")


@click.command()
@click.argument("problem_set")
@click.option("--to", "form", type=click.Choice(["csv", "canvas", "moodle", "readings"]), default="csv",
              show_default=True, help="For Canvas' gradebook import, Moodle's grading worksheet or grade import, or "
              "plain; readings: what was found in written answers, and the rubrics.")
@click.option("--roster", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="What that system exports itself (Canvas: gradebook, Moodle: grading worksheet), to be filled in.")
@root_option
def export(problem_set: str, form: str, roster: Path | None, root: Path) -> None:
    """Write final scores: exports/PROBLEM_SET-FORM.csv.

    Manual grades are in them, and the late policy and extensions are applied anew.
    """
    with errors_in_words():
        from grading.marks.exports import write_export
        if form == "readings":
            from grading.rubrics.export import write_readings
            for path in write_readings(open_course_with(root, problem_set), problem_set):
                click.echo(f"Written: {path}")
            return
        course, _ = open_assignment(root, problem_set)
        path, notes = write_export(course, problem_set, form, roster)
        for note in notes:
            click.echo(note, err=True)
        click.echo(f"Written: {path}")
