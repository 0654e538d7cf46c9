"""An answer of another type than what is asked for: text for a number, a list of arrays for an array. Pure."""

from collections.abc import Sequence

from grading.judge.case_outcome import Outcome
from grading.judge.evidence import Evidence, Named

TEXT = "text_returned"


def other_type(evidence: Evidence) -> Named | None:
    """What a function gives back, where it is of another type in every ordinary case."""
    name = evidence.probe.id
    shown = [(evidence.given[i], evidence.base[i]) for i in evidence.ordinary]
    if all(_as_text(got, base) for got, base in shown):
        return Named(TEXT, f"`{name}` returns text where numbers are asked for: return the number itself, and make "
                           "text of it where it is printed.")
    if all(_is_list_of_arrays(evidence, got, base) for got, base in shown):
        return Named("list_of_arrays", "The values are right, but a list of arrays comes back where one array is asked "
                                       "for: `np.array(…)` makes one of them.")
    return None


def text_in_a_box(given: Outcome, right: Outcome) -> Named | None:
    """Names of a box to which text is assigned where numbers or truth values are asked for."""
    if not (names := _as_text(given, right)):
        return None
    listed = " and ".join(f"`{name.removeprefix('out.')}`" for name in names)
    return Named(TEXT, f"{listed}: what stands between quotation marks is text. Leave them out.")


def _as_text(got: Outcome, base: Outcome) -> Sequence[str]:
    return [name for name, leaf in base.leaves.items()
            if leaf.value is not None and name in got.leaves and got.leaves[name].kind == "str"]


def _is_list_of_arrays(evidence: Evidence, got: Outcome, base: Outcome) -> bool:
    """Whether the rows of one array came back one by one, in their order."""
    [*names] = base.leaves
    whole = base.leaves[names[0]].value if len(names) == 1 else None
    if whole is None or whole.ndim == 0 or len(whole) < 2:
        return False
    if list(got.leaves) != [f"out.{k}" for k in range(len(whole))]:
        return False
    return all(leaf.value is not None and evidence.agrees(leaf.value, row)
               for leaf, row in zip(got.leaves.values(), whole, strict=True))
