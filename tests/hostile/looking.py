"""What must hold for one submission of the class, whichever category it is of."""

from typing import Any

from tests.hostile.attack import BREACH, Attack
from tests.hostile.attacks import ATTACKS
from tests.hostile.classroom import Report

MOST_LATE = 8  # attacks of the whole class
MOST_BYTES = 12 << 20  # of a graded notebook, and of a page


def outcome(report: Report, problem_set: str, name: str) -> tuple[Attack, dict[str, Any]]:
    """The attack and what became of it."""
    attack, found = ATTACKS[name], report["sets"][problem_set]
    student = attack.student or attack.name
    assert student not in found["aborted"], f"the run ended with this submission:\n{found['aborted'][student]}"
    return attack, found["results"][student]


def is_late(report: Report, problem_set: str, name: str) -> bool:
    """Whether time was up, on a busy machine, before the attack came to what is expected of it. `MOST_LATE` may be."""
    attack, found = outcome(report, problem_set, name)
    return found["verdicts"][attack.attacked(problem_set)]["kind"] == "timeout" and "timeout" not in attack.kinds


def assert_ends_as_expected(report: Report, problem_set: str, name: str) -> None:
    """Points, verdict and words of the attacked exercise; the points of the others; nothing reached, nothing given away."""
    attack, found = outcome(report, problem_set, name)
    verdicts, attacked = found["verdicts"], attack.attacked(problem_set)
    verdict = verdicts[attacked]
    assert verdict["points"] == (verdict["max"] if attack.full else 0.0), verdict
    late = is_late(report, problem_set, name)
    kinds = {*attack.kinds, *(["mistake"] if "error" in attack.kinds else [])}  # an error may be one that has a name
    assert late or verdict["kind"] in kinds, verdict
    assert late or attack.hint in verdict["hint"], verdict
    assert any(attack.note in note for note in [*found["notes"], ""]) and (not attack.note or found["notes"]), found["notes"]
    assert attack.prints in found["printed"]
    assert BREACH not in found["printed"], found["printed"][:2000]
    names = list(verdicts)
    others = {"all": [name for name in names if name != attacked], "earlier": names[: names.index(attacked)],
              "none": []}[attack.spares]
    lost = {name: verdicts[name] for name in others if verdicts[name]["points"] != verdicts[name]["max"]}
    assert not lost, lost
    if attack.spares == "none":
        assert sum(verdict["points"] for verdict in verdicts.values()) == 0.0
    assert found["unescaped"] == []
    assert found["given_away"] == []
    assert found["notebook"] < MOST_BYTES and found["page"] < MOST_BYTES
