"""Every experiment whose result is measured again."""

import importlib

from grading.reproduce.model import Run

SETS = ("ps3", "ps4", "ps5", "ps6", "ps7", "ps8")


def all_runs(quick: bool) -> list[Run]:
    """Every run in the order of the problem sets; only the short ones where `quick`."""
    runs = [run for name in SETS for run in importlib.import_module(f"grading.reproduce.{name}").RUNS]
    return [run for run in runs if run.quick or not quick]
