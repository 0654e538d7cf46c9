"""The command that opens the page on which written answers are read."""

from pathlib import Path

import click

from grading.cli.messages import errors_in_words
from grading.cli.options import root_option


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("problem_set", required=False, default="")
@click.argument("jupyter", nargs=-1, type=click.UNPROCESSED)
@click.option("--enable", is_flag=True, help="Only put the page into this JupyterLab's menu, for good.")
@root_option
def read(problem_set: str, jupyter: tuple[str, ...], enable: bool, root: Path) -> None:
    """Read written answers, one question at a time, in the browser.

    A Jupyter server that runs in the course's folder is used; without one, one is started, and what else stands on the
    line goes to it (--no-browser, --port=8890). Ctrl-C stops it; what was read is kept.
    """
    with errors_in_words():
        if enable:
            from grading.reading.enable import enable as switch_on
            switch_on()
            click.echo("JupyterLab has it in its menu Course from its next start.")
            return
        from grading.cli.workplace import open_course, open_course_with
        if problem_set.startswith("-"):
            problem_set, jupyter = "", (problem_set, *jupyter)
        course = open_course_with(root, problem_set) if problem_set else open_course(root)
        from grading.reading.serve import open_in_running_server, serve
        if address := open_in_running_server(course, problem_set):
            click.echo(f"Opened in the Jupyter server that runs here: {address}")
        else:
            serve(course, problem_set, jupyter)
