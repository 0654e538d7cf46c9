"""What the commands print: tables that are still readable in a plain log file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grading.judge.verdict import Result

if TYPE_CHECKING:  # with them come all problem sets
    from grading.cli.doctor import Finding
    from grading.handout.verify import Row
    from grading.reproduce.engine import Row as ReproducedRow


def console() -> Console:
    """Standard output; as wide as a table needs when it is a file or a pipe."""
    plain = Console()
    return plain if plain.is_terminal else Console(width=140)


def class_table(title: str, results: Sequence[Result]) -> None:
    """One line per student, by name: points, and the mistakes and failures that were found."""
    table = Table("student", "points", "found", title=title, title_justify="left")
    for result in sorted(results, key=lambda result: result.student):
        table.add_row(escape(printable(result.student)), f"{result.points:g} / {result.max_points:g}",
                      escape(printable(found(result))))
    console().print(table)


def changed_points(results: Sequence[Result]) -> None:
    """Whose points are not what they were after the run before; nothing where all are."""
    changed = [result for result in results if result.changed]
    if changed:
        lines = [f"Other points than before ({len(changed)} of {len(results)}):"]
        lines += [f"  {result.student}: {result.changed}" for result in sorted(changed, key=lambda one: one.student)]
        console().print("\n".join(map(printable, lines)), markup=False, highlight=False, soft_wrap=True)


def found(result: Result) -> str:
    """The mistakes and failures of one submission in a line or two."""
    if result.problem:
        return result.problem
    missing = [v.id for v in result.verdicts if v.kind == "missing"]
    by_hand = sum(v.kind == "manual" for v in result.verdicts)
    told = [f"{v.id}: {v.mistake or v.kind}" for v in result.verdicts
            if v.kind not in ("right", "manual", "graded", "missing")]
    if missing:
        told.append(f"{len(missing)} of {len(result.verdicts)} not written")
    if by_hand:
        told.append(f"{by_hand} to grade by hand")
    return "; ".join([*told, *result.notes]) or "all right"


def verify_table(title: str, rows: Sequence["Row"]) -> None:
    """One line per exercise, and below it whatever does not hold."""
    table = Table("exercise", "solution", "release", "mistakes named", "made of them", "variants right", title=title,
                  title_justify="left")
    for row in rows:
        counts = (f"{row.mistakes_named} / {row.mistakes}", f"{row.unlisted_named} / {row.unlisted}",
                  f"{row.variants_right} / {row.variants}")
        table.add_row(row.exercise, "full" if row.solution else "NO", "none" if row.release else "NO",
                      *(("by hand", "", "") if row.manual else counts), style="bold red" if row.problems else "")
    out = console()
    out.print(table)
    for row in rows:
        for problem in row.problems:
            out.print(f"  {row.exercise}: {problem}", markup=False, highlight=False)


def reproduction_table(rows: Sequence["ReproducedRow"]) -> None:
    """What sources printed, what this project measured, and what was measured here."""
    from grading.reproduce.model import MEASURED
    table = Table("problem set", "what", "published", "measured", "here", "same?", title_justify="left",
                  title="Results, measured again", caption_justify="left", caption=f"measured: {MEASURED}")
    notes = []
    for row in rows:
        fact, style = row.fact, "bold red" if row.verdict == "differs" else ""
        published = ""
        if fact.published:
            why = f": {fact.published.differs}" if fact.published.differs else ""
            note = f"{fact.published.source}{why}"
            notes += [] if note in notes else [note]
            published = f"{fact.published.value} [{notes.index(note) + 1}]"
        table.add_row(row.run.problem_set, fact.what, escape(published), f"{fact.measured:.{fact.decimals}f}",
                      "" if row.here is None else f"{row.here:.{fact.decimals}f}", row.verdict, style=style)
    console().print(table)
    for number, note in enumerate(notes, 1):
        console().print(escape(f"[{number}] {note}"), soft_wrap=True)


def doctor_lines(findings: Sequence["Finding"]) -> None:
    """One line per finding, below it the remedy: commands and paths stay whole, to be copied."""
    for finding in findings:
        mark = "[red]✗[/]" if finding.problem else "[green]✓[/]"
        console().print(f"{mark} {finding.what}: {escape(finding.found)}", highlight=False, soft_wrap=True)
        if finding.remedy:
            console().print(f"    → {escape(finding.remedy)}", highlight=False, soft_wrap=True)


def printable(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join(character if character.isprintable() else "�" for character in text)
