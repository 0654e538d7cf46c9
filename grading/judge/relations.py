"""Right, or a known mistake, but for …: the smallest true statement about a wrong answer, for every exercise. Pure.

It has to hold on all ordinary cases. Where two hold, the one that holds on more of the other cases is said; where none
does, nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from grading.judge.comparison import near
from grading.judge.evidence import Evidence, Named, Part, subject
from grading.judge.exceptions import MEANINGS, stopped_with, stops_on_other_shapes
from grading.judge.one_of_the_batch import one_of_the_batch
from grading.judge.other_type import other_type
from grading.judge.part_relations import Claim, claims, claims_on_top
from grading.judge.whole_relations import (
    changes_argument,
    other_the_second_time,
    part_is_elsewhere,
    sister_answer,
    square_only,
    structure,
)

RELATIONS = {
    "negated": "the right values with the sign turned",
    "scaled": "the right values times a constant, a length of an axis or a number among the arguments",
    "one_minus": "1 minus the right values",
    "shifted": "the right values plus a constant",
    "transposed": "the right values, transposed",
    "axis_kept": "the right values in an array with an axis of length 1 too many",
    "axis_dropped": "the right values in an array without an axis of length 1",
    "reshaped": "the right values in another shape",
    "summed_over_axis": "summed over an axis that should stay",
    "averaged_over_axis": "averaged over an axis that should stay",
    "not_summed": "right once summed over an axis that is still there",
    "not_averaged": "right once averaged over an axis that is still there",
    "parts_exchanged": "a part is what another part should be",
    "one_part_only": "one of several values comes back",
    "entry_not_taken": "an array comes back, of which one entry is right and asked for",
    "other_names": "the right values under names that are not asked for",
    "part_missing": "what comes back is right, but parts are missing",
    "more_than_asked": "the right value comes back with others",
    "returns_nothing": "None comes back",
    "text_returned": "text comes back where numbers are asked for",
    "list_of_arrays": "the right rows in a list of arrays, where one array is asked for",
    "returns_function": "a function comes back, not what it gives",
    "returns_argument": "an argument comes back as it came in",
    "constant_answer": "the same values, whatever comes in",
    "sister_answer": "the values of another exercise with the same arguments",
    "first_sample_only": "what the first sample of a batch alone gives, or that divided by how many there are",
    "last_sample_only": "what the last sample of a batch alone gives, or that divided by how many there are",
    "square_only": "right where an argument has as many rows as columns, and only there",
    "other_the_second_time": "the same arguments give other values the second time",
    "changes_argument": "right, but an argument is overwritten",
    "single_precision": "right to the digits that float32 holds",
    "rounded": "the right values, rounded to a few decimal places",
    "cut_to_whole_numbers": "the right values without their fractions",
    "nearly_right": "right to about four digits",
    "length_returned": "one number comes back, the length of an argument's axis",
    "held_back": "right on ordinary inputs, too small at an edge",
    "not_finite": "right on ordinary inputs, nan or infinite at an edge",
    "rejects_right_ones": "a test that says False of right implementations",
    "lets_some_through": "a test that says True of wrong implementations",
    "stops_on_other_shapes": "right for the shape that an argument ordinarily has, and stopped by others",
    "sizes_written_in": "stops, because of a length that no argument has",
}
STOPPED = {meaning.id: meaning.hint.format("…", "…", "…", exercise="…") for meaning in MEANINGS}


def related(evidence: Evidence) -> Named | None:
    """What an answer is, compared with the right one; None where nothing is sure."""
    off = evidence.probe.no_relations
    statements: tuple[Callable[[Evidence], Named | None], ...]
    if all(evidence.given[i].error for i in evidence.ordinary):
        statements = square_only, stopped_with
    else:
        statements = (other_type, structure, parts_related, square_only, sister_answer, other_the_second_time,
                      one_of_the_batch)
    found = (statement(evidence) for statement in statements)
    return next((named for named in found if named and not set(named.id.split(" + ")) & set(off)), None)


def parts_related(evidence: Evidence) -> Named | None:
    """The same kind of statement for every part that is wrong; at the most two kinds of them."""
    parts = evidence.parts()
    if parts is None or any(evidence.given[i].error for i in evidence.ordinary):
        return None
    wrong = [part for part in parts if evidence.wrong(part)]
    if not wrong:
        return changes_argument(evidence)
    return _told(evidence, parts, wrong, lambda part: claims_of_part(evidence, part, parts))


def related_to_mistake(evidence: Evidence, right: Evidence) -> Named | None:
    """How an answer is a known mistake, times a factor or transposed. The evidence compares it with the mistake."""
    parts, of_right = evidence.parts(), right.parts()
    if parts is None or of_right is None:
        return None
    wrong = [part for part in parts if evidence.wrong(part)]
    kept = {part.name for part in of_right if not right.wrong(part)}
    if not wrong or any(part.name in kept for part in wrong):  # else two slips would have undone one another
        return None
    named = _told(evidence, parts, wrong, lambda part: claims_on_top(evidence, part, "what this alone would give"))
    return (named and not set(named.id.split(" + ")) & set(evidence.probe.no_relations) and named) or None


def at_an_edge(evidence: Evidence) -> Named | None:
    """What is wrong in a group of edge cases, where ordinary ones are right."""
    for group in dict.fromkeys(case.group for case in evidence.cases if case.group != evidence.group):
        edge = replace(evidence, group=group)
        point = next((point.name for point in evidence.probe.points if point.group == group), group)
        parts = edge.parts()
        if parts is None or any(edge.given[i].error for i in edge.ordinary):
            if stopped := stopped_with(edge) or stops_on_other_shapes(evidence, edge):
                return _under(point, stopped)
            continue
        wrong = [part for part in parts if edge.wrong(part)]
        named = (_not_finite(edge, wrong) or _told(edge, parts, wrong, lambda part: claims(edge, part))  # noqa: B023
                 or _held_back(edge, wrong)) if wrong else None
        if named and len(edge.ordinary) > 1 and not set(named.id.split(" + ")) & set(evidence.probe.no_relations):
            return _under(point, named)
    return None


def _under(point: str, named: Named) -> Named:
    return Named(named.id, f"Right on ordinary inputs. Under “{point}”: {named.hint[0].lower()}{named.hint[1:]}")


def _not_finite(edge: Evidence, wrong: Sequence[Part]) -> Named | None:
    found = [part for part in wrong if any(not np.all(np.isfinite(part.given[i])) for i in edge.ordinary)]
    if not found or any(not np.all(np.isfinite(part.base[i])) for part in wrong for i in edge.ordinary):
        return None
    values = np.concatenate([np.ravel(part.given[i]) for part in found for i in edge.ordinary])
    what = "nan (not a number) comes" if np.isnan(values).any() else "infinity comes"
    return Named("not_finite", f"{what} out. An exponential gets too large to be held, a logarithm meets 0, or "
                               "something is divided by 0.")


def _held_back(edge: Evidence, wrong: Sequence[Part]) -> Named | None:
    for part in wrong:
        for i in edge.ordinary:
            got, base = part.given[i], part.base[i]
            off = ~near(edge.probe, got, base) if got.shape == base.shape else np.ones(())
            if got.shape != base.shape or np.any(np.abs(got[off]) >= np.abs(base[off])) or np.any(got[off] == 0):
                return None
    return Named("held_back", f"{subject(edge.probe, wrong, False).removesuffix(' is').removesuffix(' are')} cannot "
                              "get as large as asked for: a clip, or a constant that is added, is in the way.")


def claims_of_part(evidence: Evidence, part: Part, parts: Sequence[Part]) -> Iterator[Claim]:
    """All that may be said of one part, those that say much of little before those that hold more easily."""
    late = ("summed_over_axis", "averaged_over_axis", "not_summed", "not_averaged", "rounded", "nearly_right",
            "single_precision")
    found = list(claims(evidence, part))
    return chain((claim for claim in found if claim.id not in late), part_is_elsewhere(evidence, part, parts),
                 (claim for claim in found if claim.id in late))


def _told(evidence: Evidence, parts: Sequence[Part], wrong: Sequence[Part],
          claims_of: Callable[[Part], Iterator[Claim]]) -> Named | None:
    groups: dict[str, list[tuple[Part, Claim]]] = {}
    for part in wrong:
        claim = best_claim(evidence, claims_of(part))
        if claim is None:
            return None
        groups.setdefault(claim.id, []).append((part, claim))
    if not 1 <= len(groups) <= 2:
        return None
    sentences = []
    for members in groups.values():
        alike = [part for part, claim in members if claim.words == members[0][1].words]
        others = [part for part, claim in members if claim.words != members[0][1].words]
        sentences.append(f"{subject(evidence.probe, alike, len(alike) == len(parts))} {members[0][1].words}.")
        if others:
            labels = [part.label for part in others]
            sentences.append(f"Likewise {', '.join(labels[:4])}{', …' if labels[4:] else ''}.")
    return Named(" + ".join(groups), " ".join(sentences))


def best_claim(evidence: Evidence, found: Iterator[Claim]) -> Claim | None:
    """The claim that holds on all ordinary cases, and of several the one that holds on most others."""
    off = evidence.probe.no_relations
    holding = [claim for claim in found if claim.id not in off and all(claim.holds(i) for i in evidence.ordinary)]
    return max(holding, key=lambda claim: sum(claim.holds(i) for i in range(len(evidence.cases))), default=None)
