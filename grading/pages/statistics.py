"""What a class's results say about its exercises. Pure functions: results in, numbers out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from grading.judge.verdict import Result, Verdict

FAILURES = ("wrong", "mistake", "error", "timeout", "missing", "malformed", "delegated")
MOST_LOST = 0.25  # of a submission's exercises ended by an error or by time: somebody should look


@dataclass(frozen=True)
class Exercise:
    """One exercise over the class.

    `success` is the mean share of its points, `full` how many have all of them, both among the `judged`: written
    answers that wait for a person are in neither, and with no other `success` is None. `discrimination` is the
    point-biserial correlation between having all its points and the points of everything else: None where all did
    alike. `seconds` is the median time of its cells, None where nobody's ran.
    """

    id: str
    max_points: float
    success: float | None
    full: int
    judged: int
    discrimination: float | None
    seconds: float | None


@dataclass(frozen=True)
class Misconception:
    """A recognised mistake: how many made it, and of how many who handed something in for that exercise."""

    exercise: str
    mistake: str
    hint: str
    count: int
    tried: int


def exercises(results: Sequence[Result]) -> list[Exercise]:
    """Every exercise, in the order of the notebook."""
    return [_exercise(position, results) for position in range(len(results[0].verdicts) if results else 0)]


def _exercise(position: int, results: Sequence[Result]) -> Exercise:
    first = results[0].verdicts[position]
    judged = [(result, verdict) for result in results if (verdict := result.verdicts[position]).kind != "manual"]
    full = [_has_all(verdict) for _, verdict in judged]
    others = [result.points - verdict.points for result, verdict in judged]
    shares = [verdict.points / verdict.max_points if verdict.max_points else 0.0 for _, verdict in judged]
    ran = [verdict.seconds for _, verdict in judged if verdict.seconds > 0]
    return Exercise(first.id, first.max_points, fmean(shares) if shares else None, sum(full), len(judged),
                    point_biserial(full, others), median(ran) if ran else None)


def _has_all(verdict: Verdict) -> bool:
    return verdict.points >= verdict.max_points


def point_biserial(passed: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Correlation of a yes-or-no with scores, in [-1, 1]; None where one of the two does not vary.

    r = (mean of those who passed - mean of the others) / s · sqrt(p (1 - p)), s being the standard deviation over all.
    """
    share = fmean(passed) if passed else 0.0
    spread = pstdev(scores) if scores else 0.0
    if share in (0.0, 1.0) or spread == 0.0:
        return None
    yes = fmean(score for ok, score in zip(passed, scores, strict=True) if ok)
    no = fmean(score for ok, score in zip(passed, scores, strict=True) if not ok)
    return (yes - no) / spread * (share * (1 - share)) ** 0.5


def misconceptions(results: Sequence[Result]) -> list[Misconception]:
    """Every mistake that was recognised, the most frequent first."""
    verdicts = [verdict for result in results for verdict in result.verdicts]
    found = Counter((verdict.id, verdict.mistake) for verdict in verdicts if verdict.mistake)
    hints = {(verdict.id, verdict.mistake): verdict.hint for verdict in verdicts}
    tried = Counter(verdict.id for verdict in verdicts if verdict.kind not in ("missing", "malformed"))
    listed = [Misconception(exercise, mistake, hints[exercise, mistake], count, tried[exercise])
              for (exercise, mistake), count in found.items()]
    return sorted(listed, key=lambda one: (-one.count, one.exercise, one.mistake))


@dataclass(frozen=True)
class Carried:
    """How many had an exercise right for itself although an earlier one that it calls was not."""

    exercise: str
    earlier: str
    count: int


def carried(results: Sequence[Result]) -> list[Carried]:
    """Every right exercise that calls one that is not right, the most frequent first."""
    found = Counter((verdict.id, verdict.carried_from) for result in results for verdict in result.verdicts
                    if verdict.carried_from)
    return sorted((Carried(exercise, earlier, count) for (exercise, earlier), count in found.items()),
                  key=lambda one: (-one.count, one.exercise, one.earlier))


def failures(results: Sequence[Result]) -> dict[str, int]:
    """How many exercises of the class failed in each way."""
    counts = Counter(verdict.kind for result in results for verdict in result.verdicts if not _has_all(verdict))
    return {kind: counts[kind] for kind in FAILURES if counts[kind]}


def to_look_at(results: Sequence[Result]) -> list[tuple[tuple[str, ...], list[str]]]:
    """Why a person should look at submissions, and at whose; what is true of few comes first."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for result in results:
        reasons = [result.problem] if result.problem else list(result.notes)
        if waiting := sum(verdict.kind == "manual" for verdict in result.verdicts):
            reasons.append(f"{waiting} written {'answer waits' if waiting == 1 else 'answers wait'} for a grade")
        if left := [verdict.id for verdict in result.verdicts if verdict.kind == "delegated"]:
            reasons.append(f"{', '.join(left)}: left to a library")
        lost = [verdict.id for verdict in result.verdicts if verdict.kind in ("error", "timeout")]
        if not result.problem and len(lost) > MOST_LOST * len(result.verdicts):
            reasons.append(f"{len(lost)} of {len(result.verdicts)} exercises stopped with an error or ran out of time")
        if reasons:
            groups.setdefault(tuple(reasons), []).append(result.student)
    return sorted(groups.items(), key=lambda group: len(group[1]))
