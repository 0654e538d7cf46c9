"""The command that draws sheets with slips to be found."""

from pathlib import Path

import click

from grading.cli.messages import errors_in_words
from grading.cli.options import root_option
from grading.cli.workplace import open_assignment


@click.command()
@click.argument("problem_set")
@click.option("--students", "roster", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=True,
              help="CSV file with a column student, id, username, login or email, and perhaps names.")
@click.option("--seed", help="Any text: another one draws other sheets, the same one the same.  "
                             "[default: the course's secret]")
@root_option
def exam(problem_set: str, roster: Path, seed: str | None, root: Path) -> None:
    """Draw a sheet for each student, on two pages: three programs with a slip to be found in each.

    Written to exams/PROBLEM_SET: sheets/ID.html, all.html (and all.pdf, where a browser is installed) for the
    printer, key.html for whoever marks. Neighbours in the roster have different questions. The programs are right
    answers but for the slip: give no sheet out before the deadline.
    """
    with errors_in_words():
        from grading.exams.roster import read_roster
        from grading.exams.sheets import write_exam
        course, assignment = open_assignment(root, problem_set)
        students = read_roster(roster)
        made = write_exam(course, assignment, students, seed)
        click.echo(f"Sheets: {made.students}, with {made.questions} different questions, in {made.folder}")
        click.echo(f"For the printer: {made.pdf or made.all_sheets}")
        if not made.pdf:
            click.echo("No browser was found that prints to PDF: open that page in one, and print it.", err=True)
        click.echo(f"For whoever marks: {made.key}")
