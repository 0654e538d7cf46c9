"""Options that several commands have."""

from pathlib import Path

import click

root_option = click.option("--root", type=click.Path(path_type=Path, file_okay=False), default=Path(),
                           help="Course folder, laid out like this repository.  [default: this folder]")


def _warn_if_unsafe(context: click.Context, parameter: click.Parameter, unsafe: bool) -> bool:
    if unsafe:
        click.echo("Warning: student code runs with your own rights (--unsafe).", err=True)
    return unsafe


unsafe_option = click.option("--unsafe", is_flag=True, callback=_warn_if_unsafe,
                             help="Run student code without isolation, with your own rights. Only for code you trust.")
