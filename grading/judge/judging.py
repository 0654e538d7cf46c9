"""From shipped values to a verdict. Pure functions: no files, no processes, no clock.

A wrong answer that equals a known mistake on the same inputs is named as that mistake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grading.judge.case_outcome import LOST, Outcome, Reply, decode
from grading.judge.cases import Case
from grading.judge.comparison import Finding, compare, equal, part_label
from grading.judge.explaining import explain
from grading.judge.known_values import KnownValues
from grading.judge.verdict import NamedPoint, Verdict
from grading.probes.model import Mistake, Point, Probe, total


@dataclass(frozen=True)
class Lost:
    """Why replies are missing: the verdict's kind and a sentence ("the time limit of 20 s was reached")."""

    kind: str
    message: str


def judge(probe: Probe, cases: Sequence[Case], replies: Mapping[int, Reply],
          lost: Lost | None = None, silent: bool = False, known_only: bool = False,
          known: KnownValues | None = None) -> Verdict:
    """Judge one exercise.

    `replies` maps case numbers to what was shipped; `lost` explains the ones that are missing. A `silent` verdict holds
    nothing that was shipped: no value, no shape, no exception's words. With `known_only`, a mistake is named that an
    exercise lists, and nothing is worked out. `known` is for a caller that judges more than once. Raises WireError
    when a reply is malformed.
    """
    known = known or KnownValues(probe, cases)
    right = known.all_of(probe.reference)
    given = [decode(probe, case, replies.get(case.number), [right[i]]) for i, case in enumerate(cases)]
    findings = [finding for case, got, expected in zip(cases, given, right, strict=True)
                for finding in compare(probe, case, got, expected)]
    named = _named_points(probe, given, findings, _one_value_for_all(probe, cases, replies, right))
    points = total(point.earned for point in named)
    failed = {finding.case.number for finding in findings}

    def verdict(kind: str, hint: str, mistake: str = "") -> Verdict:
        return Verdict(probe.id, points, probe.max_points, kind, mistake, hint, cases_right=len(cases) - len(failed),
                       cases_tried=len(cases), named=tuple(named))

    if points == probe.max_points:
        return verdict("right", "")
    if stub := next((got for got in given if _is_stub(got)), None):
        number = stub.message.partition(" ")[0]  # "5.4 in line 3 of your cell"
        what = f"exercise {number}" if number[:1].isdigit() and not silent else probe.id
        return verdict("missing", f"Still a stub: {what} has not been written yet.")
    if lost and any(got.error == LOST for got in given):
        return verdict(lost.kind, lost.message)
    if mistake := _recognise(known, replies, right):
        return verdict("mistake", mistake.hint, mistake.id)
    if not known_only and (named_so := explain(known, replies, right, silent)):
        return verdict("mistake", named_so.hint, named_so.id)
    if not findings:
        return verdict("wrong", f"{probe.id} changes its argument: work on a copy, or build a new array.")
    hint = _summary(probe, findings, len(cases), silent)
    return verdict("error" if all(got.error for got in given) else "wrong", hint)


def _is_stub(got: Outcome) -> bool:
    """`raise NotImplementedError`, or `raise NotImplemented`, which is no exception."""
    return got.error == "NotImplementedError" or (
        got.error == "TypeError" and got.message.startswith("exceptions must derive from BaseException"))


def _one_value_for_all(probe: Probe, cases: Sequence[Case], replies: Mapping[int, Reply], right: Sequence[Outcome]
                       ) -> bool:
    """Whether a box has one value for all names, where they have different ones: some are met by chance."""
    if cases[0].inputs or len(right[0].leaves) < 2:
        return False
    given = decode(probe, cases[0], replies.get(cases[0].number), [right[0]], related=True)
    answers, wanted = ([(leaf.shape, None if leaf.value is None else leaf.value.tolist())
                        for leaf in outcome.leaves.values()] for outcome in (given, right[0]))
    return all(answer == answers[0] for answer in answers[1:]) and not all(one == wanted[0] for one in wanted)


def _named_points(probe: Probe, given: Sequence[Outcome], findings: Sequence[Finding], without_thought: bool
                  ) -> list[NamedPoint]:
    def earned(point: Point) -> float:
        if without_thought:
            return 0.0
        against = [finding for finding in findings if finding.case.group == point.group
                   and (not point.part or finding.part in ("", f"out.{point.part}"))]
        if not against:
            return point.worth
        return point.scaled if all(finding.factor for finding in against) else 0.0

    held = [(point.name, earned(point), point.worth, point.group == "ordinary") for point in probe.points]
    if probe.unchanged:
        unchanged = not any(got.changed for got in given) and not all(got.error for got in given)
        held.append(("leaves its arguments as they were", probe.unchanged * unchanged, probe.unchanged, False))
    main = any(points for _, points, _, ordinary in held if ordinary)
    # A point that holds but does not count yet must not read as if it failed.
    return [NamedPoint(name if main or ordinary or not points else f"{name}: counts once ordinary inputs are right",
                       points if main or ordinary else 0.0, worth)
            for name, points, worth, ordinary in held]


def _recognise(known: KnownValues, replies: Mapping[int, Reply], right: Sequence[Outcome]) -> Mistake | None:
    """The known mistake whose values these are: on every case, or else on every ordinary one."""
    probe, cases = known.probe, known.cases
    everywhere = range(len(cases))
    ordinary = [i for i in everywhere if cases[i].group == "ordinary"]
    first = cases[ordinary[0]]  # most mistakes are ruled out by one case
    once = {mistake.id: known.of(mistake.answer, ordinary[0]) for mistake in probe.mistakes}
    seen = decode(probe, first, replies.get(first.number), [right[ordinary[0]], *once.values()])
    suspects = [mistake for mistake in probe.mistakes if equal(probe, first, seen, once[mistake.id])]
    wrong = {mistake.id: known.all_of(mistake.answer) for mistake in suspects}
    given = [decode(probe, case, replies.get(case.number), [right[i], *(values[i] for values in wrong.values())])
             for i, case in enumerate(cases)]  # decoded anew: bytes in the shapes of mistakes are welcome now
    for chosen in (everywhere, ordinary):
        for mistake in suspects:
            values = wrong[mistake.id]
            differs = any(not equal(probe, cases[i], values[i], right[i]) or bool(values[i].changed) for i in chosen)
            # An exception's type alone would fit any answer that fails everywhere; its words tell more (sizes, say).
            evidence = any(not given[i].error or given[i].message.startswith(values[i].message or " ") for i in chosen)
            if evidence and differs and all(equal(probe, cases[i], given[i], values[i]) for i in chosen):
                return mistake
    return None


def _summary(probe: Probe, findings: Sequence[Finding], tried: int, silent: bool) -> str:
    """The first finding in words, ordinary inputs before edge cases, and how often something was found."""
    first = min(findings, key=lambda finding: (finding.case.group != "ordinary", finding.case.number))
    failed = len({finding.case.number for finding in findings})
    point = next((point for point in probe.points if point.group == first.case.group
                  and (not point.part or f"out.{point.part}" == first.part)), None)
    where, label = point.name if point else first.case.group, part_label(first.part)
    told = bool(point and point.part) or not label  # the point's name says which part it is about
    message = first.message if told else f"{label}: {first.message}"
    if silent:
        message = "this does not hold, also among right answers to the exercises before"
    return f"{where}: {message} ({failed} of {tried} cases)."
