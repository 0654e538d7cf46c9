"""A wrong answer that is what the first or last sample of the batch alone gives, as a loop may leave it. Pure."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from grading.judge.adapted_inputs import batches, changed_where
from grading.judge.case_outcome import Outcome
from grading.judge.cases import Case
from grading.judge.evidence import Array, Evidence, Named, Part, subject
from grading.judge.part_relations import informative
from grading.judge.steps import Steps, run_within

PLACES = {"last_sample_only": ("last", -1, "is a sum over the samples overwritten (`=`) where it should grow (`+=`)?"),
          "first_sample_only": ("first", 0, "does the loop over the samples end, or return, in its first round?")}


def one_of_the_batch(evidence: Evidence) -> Named | None:
    """Every wrong part is what the first or the last sample alone gives, as it is or divided by their number."""
    parts = evidence.parts()
    if parts is None or (evidence.probe.observe is not None and evidence.probe.observed != "value"):
        return None
    wrong = [part for part in parts if evidence.wrong(part)]
    if not wrong or not all(informative(evidence, part) for part in wrong):
        return None
    steps = Steps()
    for id, (words, place, question) in PLACES.items():
        for number in range(2):  # the batch may lie along the first axis, or along the last
            for divided in (False, True):
                if all(_holds(evidence, wrong, i, steps, number, place, divided) for i in evidence.ordinary):
                    also = ", divided by how many samples there are" if divided else ""
                    return Named(id, f"{subject(evidence.probe, wrong, len(wrong) == len(parts))} what the {words} "
                                     f"sample alone gives{also}: {question}")
    return None


def _holds(evidence: Evidence, wrong: Sequence[Part], i: int, steps: Steps, number: int, place: int, divided: bool
           ) -> bool:
    inputs = evidence.cases[i].inputs
    found = list(batches(inputs))
    if number >= len(found):
        return False
    axis, count, is_batch = found[number]
    alone = changed_where(inputs, partial(np.take, indices=[place], axis=axis), is_batch)
    of_one = run_within(steps, evidence.probe, evidence.probe.reference, Case(0, "", alone))
    return not of_one.error and all(_is_that(evidence, part.given[i], of_one, part.name, count if divided else 1)
                                    for part in wrong)


def _is_that(evidence: Evidence, got: Array, of_one: Outcome, name: str, divisor: int) -> bool:
    value = of_one.leaves[name].value if name in of_one.leaves else None
    return value is not None and evidence.agrees(got, value / divisor)
