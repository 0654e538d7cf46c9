"""A wrong answer of several parts, where each part is something that is known. Pure."""

from collections.abc import Mapping, Sequence

from grading.judge.case_outcome import Outcome, run
from grading.judge.evidence import Evidence, Named, Part, subject
from grading.judge.part_relations import informative
from grading.judge.relations import best_claim, claims_of_part
from grading.probes.model import Mistake

Values = dict[str, tuple[Mistake, Outcome]]  # wrong answers by id, each with its values on the first case
MOST = 2  # different things that are said at once


def part_by_part(evidence: Evidence, first: int, tried: Mapping[str, tuple[Mistake, Outcome]]) -> Named | None:
    """Parts of known mistakes and relations, each for the parts it fits; what is left over is said to be left over."""
    parts = evidence.parts()
    if parts is None or len(parts) < 2:
        return None
    wrong = [part for part in parts if evidence.wrong(part)]
    said: dict[str, tuple[str, list[Part]]] = {}
    left = []
    for part in wrong:
        if claim := best_claim(evidence, claims_of_part(evidence, part, parts)):
            said.setdefault(claim.id, (claim.words, []))[1].append(part)
        elif mistake := _mistake_of_part(evidence, part, first, tried):
            said.setdefault(mistake.id, (mistake.hint, []))[1].append(part)
        else:
            left.append(part)
    if not 1 <= len(said) <= MOST:
        return None
    sentences = []
    for id, (words, members) in said.items():
        if id in tried:
            sentences.append(f"In {_listed(members)}: {words}")
        else:
            sentences.append(f"{subject(evidence.probe, members, False)} {words}.")
    if left:
        sentences.append(f"Something else is wrong with {_listed(left)}.")
    return Named(" + ".join(said), " ".join(sentences))


def _mistake_of_part(evidence: Evidence, part: Part, first: int, tried: Mapping[str, tuple[Mistake, Outcome]]
                     ) -> Mistake | None:
    def same(i: int, outcome: Outcome) -> bool:
        leaf = outcome.leaves.get(part.name)
        return leaf is not None and leaf.value is not None and evidence.agrees(part.given[i], leaf.value)
    if not informative(evidence, Part(part.name, part.given, part.given)):
        return None
    for mistake, value in tried.values():
        if same(first, value) and all(same(i, run(evidence.probe, mistake.answer, evidence.cases[i]))
                                      for i in evidence.ordinary):
            return mistake
    return None


def _listed(parts: Sequence[Part]) -> str:
    labels = [part.label for part in parts]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
