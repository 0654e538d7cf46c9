"""The `course` command. Heavy libraries are imported by the commands that need them, so that --help is instant."""

import io
import sys
from pathlib import Path

import click

from grading.cli.exam import exam
from grading.cli.grade import grade
from grading.cli.handout import bundle, gradescope, new, new_set, release, solutions, verify
from grading.cli.messages import errors_in_words, stopped
from grading.cli.options import root_option
from grading.cli.pages import export, feedback, report, similar
from grading.cli.read import read
from grading.quick_start import leave_out_what_nobody_uses

leave_out_what_nobody_uses()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="neural-course", prog_name="course")
def main() -> None:
    """Grade notebooks, name the mistakes, write feedback.

    Start with `course doctor`, then `course grade PROBLEM_SET`.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without these letters shows a question mark for them
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("problem_sets", nargs=-1, metavar="[PROBLEM_SET]...")
@click.option("--quick", is_flag=True, help="Only the runs that take seconds.")
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder with mnist/, fashion_mnist/ and notmnist/.  [default: what `course data fetch` brought]")
@click.option("--again", is_flag=True, help="Forget the results of earlier runs.")
@click.option("--figures", type=click.Path(path_type=Path, file_okay=False),
              help="Folder for figures of whole runs.  [default: build/reproduce]")
@root_option
def reproduce(problem_sets: tuple[str, ...], quick: bool, data: Path | None, again: bool, figures: Path | None,
              root: Path) -> None:
    """Measure the notebooks' results again, with their own solutions, beside what was published.

    All of them, or those of the sets that are named. Each result is kept in build/reproduce, so an interrupted run
    continues where it stopped. Where all epochs of a run are worth seeing, a figure is written too. Exits with 1 when a
    number differs.
    """
    with errors_in_words():
        import shutil

        from grading.cli.printed_tables import reproduction_table
        from grading.course.folder import Course
        from grading.reproduce.engine import reproduce as reproduce_all
        from grading.reproduce.figures import write_figures
        from grading.reproduce.runs import all_runs
        course = Course.open(root)
        store = course.root / "build" / "reproduce"
        if again:
            shutil.rmtree(store, ignore_errors=True)
        for name in problem_sets:
            course.source(name)
        runs = [run for run in all_runs(quick) if not problem_sets or run.problem_set in problem_sets]
        rows = list(reproduce_all(course, runs, data, store, lambda what: click.echo(what, err=True)))
        reproduction_table(rows)
        for path in write_figures(rows, figures or store):
            click.echo(f"Written: {path}")
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


for command in (grade, read, feedback, report, similar, export, exam, verify, bundle, release, solutions, gradescope,
                new, new_set):
    main.add_command(command)


if __name__ == "__main__":
    main()
