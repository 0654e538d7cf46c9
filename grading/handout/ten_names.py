"""The same answer gets the same points whoever hands it in: hidden inputs differ from student to student.

Where they do not tell an answer apart clearly (an accuracy that is the same by chance, a value at the edge of the
tolerance), some students get more for it than others.
"""

from collections import Counter
from collections.abc import Iterator

from grading.handout.shipped_here import ship_here, ship_kept
from grading.judge.cases import draw_cases
from grading.judge.judging import judge
from grading.judge.known_values import KnownValues
from grading.probes.model import Answer, Mistake, Probe


def that_depend_on_the_name(probe: Probe, secret: bytes, problem_set: str, names: int) -> Iterator[str]:
    """A sentence for each mistake and right variant of an exercise that so many students do not get alike."""
    known = [KnownValues(probe, draw_cases(probe, secret, f"name {number}", problem_set)) for number in range(names)]
    for answer in (*probe.mistakes, *probe.variants):
        results = Counter(_result(answer, one, afresh=one is known[0]) for one in known)
        if len(results) > 1:
            what = (f"mistake {answer.id}" if isinstance(answer, Mistake)
                    else f"correct variant {getattr(answer, '__name__', answer)}")
            listed = ", ".join(f"{count}× {result}" for result, count in results.most_common())
            yield f"{what}: depends on the student's name ({listed}); draw inputs that tell it apart for all"


def _result(answer: Answer | Mistake, known: KnownValues, afresh: bool) -> str:
    """What a name gets for an answer, which is tried `afresh`; a mistake's values are known otherwise."""
    replies = {}
    plain = answer.answer if isinstance(answer, Mistake) else answer
    for i, case in enumerate(known.cases):
        kept = None if afresh or plain is answer else ship_kept(known.of(plain, i), case.inputs)
        replies[case.number] = kept or ship_here(known.probe, plain, case.inputs)
    verdict = judge(known.probe, known.cases, replies, known=known)
    return f"{verdict.mistake or verdict.kind} with {verdict.points:g}"
