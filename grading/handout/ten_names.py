"""The same answer gets the same points whoever hands it in: hidden inputs differ from student to student.

Where they do not tell an answer apart clearly (an accuracy that is the same by chance, a value at the edge of the
tolerance), some students get more for it than others.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from grading.handout.shipped_here import ship_here, ship_kept
from grading.judge.case_outcome import Reply
from grading.judge.cases import draw_cases
from grading.judge.judging import judge
from grading.judge.known_values import KnownValues
from grading.probes.model import Answer, Mistake, Probe


def that_depend_on_the_name(probe: Probe, secret: bytes, problem_set: str, names: int) -> Iterator[str]:
    """A sentence for each mistake and right variant of an exercise that so many students do not get alike."""
    known = [KnownValues(probe, draw_cases(probe, secret, f"name {number}", problem_set)) for number in range(names)]
    for answer in (*probe.mistakes, *probe.variants):
        plain = answer.answer if isinstance(answer, Mistake) else answer
        first, *others = known
        afresh = _shipped(plain, first)
        # The values of a mistake are known for every name, unless they are others each time.
        steady = isinstance(answer, Mistake) and _kept(plain, first) == afresh
        replies = [afresh, *(_kept(plain, one) if steady else _shipped(plain, one) for one in others)]
        results = Counter(_result(one, shipped) for one, shipped in zip(known, replies, strict=True))
        if len(results) > 1:
            what = (f"mistake {answer.id}" if isinstance(answer, Mistake)
                    else f"correct variant {getattr(answer, '__name__', answer)}")
            listed = ", ".join(f"{count}× {result}" for result, count in results.most_common())
            yield f"{what}: depends on the student's name ({listed}); draw inputs that tell it apart for all"


def _shipped(answer: Answer, known: KnownValues) -> dict[int, Reply]:
    return {case.number: ship_here(known.probe, answer, case.inputs) for case in known.cases}


def _kept(answer: Answer, known: KnownValues) -> dict[int, Reply]:
    return {case.number: ship_kept(known.of(answer, i), case.inputs) or ship_here(known.probe, answer, case.inputs)
            for i, case in enumerate(known.cases)}


def _result(known: KnownValues, replies: Mapping[int, Reply]) -> str:
    verdict = judge(known.probe, known.cases, replies, known=known)
    return f"{verdict.mistake or verdict.kind} with {verdict.points:g}"
