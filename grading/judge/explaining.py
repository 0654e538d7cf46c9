"""What a wrong answer is that equals no known mistake: a relation, a mistake with one, or two slips at once. Pure.

Sentences are made of the course's own words: names of arguments and parts, shapes, lengths of axes and factors that
have a name. Never of an expected value, nor, but for a few words of an exception's message, of what a student's process
says.
"""

from collections.abc import Mapping, Sequence

from grading.judge.case_outcome import Outcome, Reply, decode, run
from grading.judge.cases import Case
from grading.judge.comparison import equal
from grading.judge.evidence import Evidence, Named
from grading.judge.relations import at_an_edge, parts_related, related, related_to_mistake
from grading.probes.model import Probe

PAIRS_TRIED = 400  # at most, for one answer: how many pairs of slips are computed on one case


def explain(probe: Probe, cases: Sequence[Case], replies: Mapping[int, Reply], right: Sequence[Outcome]
            ) -> Named | None:
    """The smallest true statement about a wrong answer that is no known mistake; None where there is none."""
    if not cases[0].inputs:
        return None  # a box: any relation to the one right number would give it away
    given = [decode(probe, case, replies.get(case.number), [right[i]], related=True) for i, case in enumerate(cases)]
    evidence = Evidence(probe, cases, given, right)
    ordinary = evidence.ordinary
    if all(equal(probe, cases[i], given[i], right[i]) for i in ordinary):
        failed = any(not equal(probe, cases[i], given[i], right[i]) for i in range(len(cases)))
        return at_an_edge(evidence) if failed else parts_related(evidence)
    if named := related(evidence):
        return named
    if any(given[i].error for i in ordinary):
        return None
    return _mistake_and_relation(evidence) or _two_slips(evidence)


def _mistake_and_relation(evidence: Evidence) -> Named | None:
    """A known mistake, with a factor or transposed."""
    first = evidence.ordinary[0]
    alone = Evidence(evidence.probe, [evidence.cases[first]], [evidence.given[first]], [evidence.base[first]])
    for mistake in evidence.probe.mistakes:
        wrong = run(evidence.probe, mistake.answer, evidence.cases[first])
        if wrong.error or equal(evidence.probe, evidence.cases[first], wrong, evidence.base[first]):
            continue
        if not related_to_mistake(Evidence(alone.probe, alone.cases, alone.given, [wrong]), alone):
            continue
        values = [run(evidence.probe, mistake.answer, case) for case in evidence.cases]
        if named := related_to_mistake(Evidence(evidence.probe, evidence.cases, evidence.given, values), evidence):
            return Named(f"{mistake.id} + {named.id}", f"Two slips at once: {mistake.hint} {named.hint}")
    return None


def _two_slips(evidence: Evidence) -> Named | None:
    """Two slips that are edits of different places, both made."""
    probe = evidence.probe
    for pair, _ in zip(probe.pairs, range(PAIRS_TRIED), strict=False):
        values = ((i, run(probe, pair.answer, evidence.cases[i])) for i in evidence.ordinary)
        if all(not value.error and equal(probe, evidence.cases[i], evidence.given[i], value) for i, value in values):
            return Named(pair.id, pair.hint)
    return None
