"""What the checks show in the saved file, or said in this kernel."""

from collections.abc import Iterable, Mapping, Sequence

from helpers.handin.outline import Cell, Outline, Part
from helpers.handin.progress import RIGHT, STUB, WRONG, outcomes

PASSES, FAILS, NOT_RUN = "passes", "fails", "not run"


def shown(outline: Outline, saved: Mapping[str, Sequence[Cell]]) -> dict[str, str]:
    """PASSES, FAILS or NOT_RUN for each exercise that has a check."""
    return {exercise: _state(saved.get(part.id, ()), saved.get(exercise, ()))
            for exercise, part in outline.exercises if part.kind == "test"}


def remembered(outline: Outline) -> dict[str, str]:
    """The same by what the checks said in this kernel, where no file shows it."""
    words = {RIGHT: PASSES, WRONG: FAILS, STUB: FAILS}
    said = outcomes()
    return {exercise: words.get(said.get(exercise, ""), NOT_RUN)
            for exercise, part in outline.exercises if part.kind == "test"}


def _state(checks: Sequence[Cell], answers: Sequence[Cell]) -> str:
    """A check that ran before its answer did, or before the answer was changed, says nothing."""
    if not checks or not answers or checks[0].executed is None or answers[0].executed is None:
        return NOT_RUN
    if answers[0].executed > checks[0].executed or not any(sign in checks[0].printed for sign in "✓✗○"):
        return NOT_RUN
    return FAILS if any(sign in checks[0].printed for sign in "✗○") else PASSES


def in_checks(states: Mapping[str, str], written: Iterable[Part]) -> list[str]:
    """A sentence for the checks that do not pass, and one for those that were not run."""
    titles = {part.id: part.title for part in written}
    told = []
    for state, words in ((FAILS, "The check does not pass"),
                         (NOT_RUN, "The check has not been run since the last change")):
        if found := [title for name, title in titles.items() if states.get(name) == state]:
            told.append(f"{words}: {'; '.join(dict.fromkeys(found))}.")
    return told
