"""What a wrong answer is that equals no known mistake: a relation, a mistake with one, or two slips at once. Pure.

Sentences are made of the course's own words: names of arguments and parts, shapes, lengths of axes and factors that
have a name. Never of an expected value, nor, but for a few words of an exception's message, of what a student's process
says.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from grading.judge.case_outcome import Outcome, Reply, decode
from grading.judge.comparison import equal
from grading.judge.evidence import Evidence, Named
from grading.judge.known_values import KnownValues
from grading.judge.misjudged import misjudged
from grading.judge.other_type import text_in_a_box
from grading.judge.part_by_part import Values, part_by_part
from grading.judge.properties import lacks_property
from grading.judge.relations import at_an_edge, parts_related, related, related_to_mistake
from grading.judge.several_slips import several_slips
from grading.judge.steps import Steps, run_within
from grading.judge.whole_relations import length_written_in
from grading.probes.model import Mistake, Probe

TRIED = 600  # wrong answers computed on one case, at most, to explain one


def explain(known: KnownValues, replies: Mapping[int, Reply], right: Sequence[Outcome], silent: bool = False
            ) -> Named | None:
    """The smallest true statement about a wrong answer that is no known mistake; None where there is none.

    When `silent`, nothing that a student's process may choose freely gets into it.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):  # of wrong answers, which is no news
        return _explain(known, replies, right, silent)


def _explain(known: KnownValues, replies: Mapping[int, Reply], right: Sequence[Outcome], silent: bool) -> Named | None:
    probe, cases = known.probe, known.cases
    known_forms = _of_other_forms(known, right)
    given = [decode(probe, case, replies.get(case.number),
                    [right[i], *(known.of(mistake.answer, i) for mistake in known_forms)], related=True)
             for i, case in enumerate(cases)]
    evidence = Evidence(probe, cases, given, right, silent=silent)
    if several := several_slips(known, evidence):
        return several
    if not cases[0].inputs:  # a box: any relation to the one right number would give it away
        return text_in_a_box(given[0], right[0])
    return _compared(known, evidence) or misjudged(evidence)


def _compared(known: KnownValues, evidence: Evidence) -> Named | None:
    """What a function's values are to the right ones, or to those of a known mistake."""
    probe, cases, given, right = evidence.probe, evidence.cases, evidence.given, evidence.base
    if all(equal(probe, cases[i], given[i], right[i]) for i in evidence.ordinary):
        failed = [i for i, case in enumerate(cases) if not equal(probe, case, given[i], right[i])]
        if not failed:
            return parts_related(evidence)
        return at_an_edge(evidence) or _further(evidence, failed[0], range(len(cases)), {})
    if named := related(evidence):
        return named
    if any(given[i].error for i in evidence.ordinary):
        return None
    if not probe.further:
        return length_written_in(evidence)
    tried: Values = {}
    first = next(i for i in evidence.ordinary if not equal(probe, cases[i], given[i], right[i]))
    return (_mistake_and_relation(known, evidence, first, tried) or _further(evidence, first, evidence.ordinary, tried)
            or part_by_part(evidence, first, tried) or length_written_in(evidence) or lacks_property(evidence))


def _of_other_forms(known: KnownValues, right: Sequence[Outcome]) -> list[Mistake]:
    """The known mistakes whose values are of another form than what is asked for."""
    def forms(outcome: Outcome) -> dict[str, tuple[int, ...]]:
        return {name: leaf.shape for name, leaf in outcome.leaves.items()}
    values = ((mistake, known.of(mistake.answer, 0)) for mistake in known.probe.mistakes)
    return [mistake for mistake, value in values if not value.error and forms(value) != forms(right[0])]


def _mistake_and_relation(known: KnownValues, evidence: Evidence, first: int, tried: Values) -> Named | None:
    """A known mistake, with a factor or transposed."""
    probe, case = evidence.probe, evidence.cases[first]
    alone = Evidence(probe, [case], [evidence.given[first]], [evidence.base[first]], case.group)
    for mistake in probe.mistakes:
        wrong = known.of(mistake.answer, first)
        tried[mistake.id] = mistake, wrong
        if wrong.error or not related_to_mistake(Evidence(probe, [case], alone.given, [wrong], case.group), alone):
            continue
        values = Evidence(probe, evidence.cases, evidence.given, known.all_of(mistake.answer))
        if named := related_to_mistake(values, evidence):
            return Named(f"{mistake.id} + {named.id}", f"Two slips at once: {mistake.hint} {named.hint}")
    return None


def _further(evidence: Evidence, first: int, chosen: Sequence[int], tried: Values) -> Named | None:
    """A wrong answer that nobody wrote down: for other arguments, with one thing done otherwise, or two known slips."""
    probe = evidence.probe

    steps = Steps()

    def same(i: int, mistake: Mistake, value: Outcome | None = None) -> bool:
        value = value or run_within(steps, probe, mistake.answer, evidence.cases[i])
        if value.error or value.leaves.keys() != evidence.base[i].leaves.keys():
            return False
        return equal(probe, evidence.cases[i], evidence.given[i], value)
    if not _tells_much([evidence.given[i] for i in chosen]):
        return None
    fitting: list[tuple[int, Mistake]] = []
    for mistake in candidates(probe):
        if steps.left <= 0:
            break
        value = run_within(steps, probe, mistake.answer, evidence.cases[first])
        tried.setdefault(mistake.id, (mistake, value))
        if same(first, mistake, value) and all(same(i, mistake) for i in chosen):
            everywhere = sum(same(i, mistake) for i in range(len(evidence.cases)))
            if everywhere == len(evidence.cases):
                return Named(mistake.id, mistake.hint)
            fitting.append((everywhere, mistake))
    if not fitting:
        return None
    best = max(fitting, key=lambda one: one[0])[1]
    return Named(best.id, best.hint)


def _tells_much(given: Sequence[Outcome]) -> bool:
    """Whether a coincidence is out of the question: numbers, all of them finite, and more than a few."""
    values = [leaf.value for outcome in given for leaf in outcome.leaves.values() if leaf.value is not None]
    flat = np.concatenate([np.ravel(value) for value in values]) if values else np.zeros(0)
    return bool(np.all(np.isfinite(flat)) and (np.unique(flat).size > 2 or flat.size > 8 * len(given)))


def candidates(probe: Probe) -> Iterator[Mistake]:
    """Wrong answers that nobody wrote down, those that are tried to explain one."""
    known = {mistake.id for mistake in probe.mistakes}
    return islice((one for one in probe.further if one.id not in known), TRIED)
