"""What must hold for the class as a whole: nobody is harmed by a neighbour, nothing is left, nothing is forgotten."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from grading.handin.collect import MAX_FILE
from tests.hostile.attacks import ATTACKS, BY_CATEGORY, CATEGORIES
from tests.hostile.classroom import ROOT, Report, honest
from tests.hostile.looking import MOST_LATE, assert_ends_as_expected, is_late

SAMPLE = ROOT.parent / "shared" / "hostile" / "corpus.jsonl"
MOST_MEMORY = 10 * MAX_FILE  # for a class: twice what a notebook of digits as large as may be handed in takes


@pytest.fixture(params=["class_report", "ordinary_report"], ids=["whoever runs the tests", "an ordinary user"])
def report(request: pytest.FixtureRequest, reports: dict[str, Report]) -> Report:
    found: Report = request.getfixturevalue(request.param)
    assert found["code"] == 0, found["said"][-3000:]
    return found


def submissions(report: Report) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(problem set, student, what became of it) of the whole class."""
    for problem_set, found in report["sets"].items():
        for student, result in found["results"].items():
            yield problem_set, student, result


def test_nobody_ends_the_run_for_the_others(report: Report) -> None:
    assert {student: trace for found in report["sets"].values() for student, trace in found["aborted"].items()} == {}


def test_honest_students_among_attackers_have_full_marks(report: Report) -> None:
    neighbours = [(problem_set, student, result) for problem_set, student, result in submissions(report) if student.startswith("next-")]
    assert len(neighbours) > 20
    assert [(problem_set, student, result["verdicts"]) for problem_set, student, result in neighbours
            if any(verdict["points"] != verdict["max"] for verdict in result["verdicts"].values())] == []


def test_everybody_has_a_grade_and_it_is_the_one_that_was_found(report: Report) -> None:
    points = {(problem_set, student): sum(verdict["points"] for verdict in result["verdicts"].values())
              for problem_set, student, result in submissions(report)}
    stored = {(problem_set, student): score for problem_set, found in report["sets"].items()
              for student, score in found["gradebook"].items() if student not in found["aborted"]}
    assert stored == {key: value for key, value in points.items() if key in stored}
    assert stored.keys() == points.keys()


def test_the_course_and_the_folder_beside_it_are_as_they_were(report: Report) -> None:
    assert report["changed"] == []
    assert report["poisoned"] == []


def test_no_process_is_left(report: Report) -> None:
    assert report["alive"] == []


def test_nobody_was_reached_over_any_socket(report: Report) -> None:
    assert report["reached"] == []


def test_nothing_a_student_wrote_reaches_the_terminal(report: Report) -> None:
    assert "\x1b" not in report["said"]
    assert "BREACH" not in report["said"]
    assert "evil" not in report["said"]


def test_the_grading_process_stays_small_whatever_is_handed_in(report: Report) -> None:
    assert report["memory"] - report["memory_before"] < MOST_MEMORY


def test_every_page_is_written_and_shows_what_a_student_wrote_as_text(report: Report) -> None:
    pages = list(submissions(report))
    assert [student for _, student, result in pages if not result["page"] or result["unescaped"] or result["given_away"]] == []
    assert sum(result["escaped"] for _, _, result in pages) >= 2  # the marks were there, and harmless


def test_an_ordinary_user_gives_the_same_points(class_report: Report, ordinary_report: Report) -> None:
    def points(report: Report) -> dict[str, dict[str, float]]:
        return {f"{problem_set} {student}": {name: verdict["points"] for name, verdict in result["verdicts"].items()}
                for problem_set, student, result in submissions(report)}
    here, there = points(class_report), points(ordinary_report)
    attacks = {name for name in there if " next-" not in name}
    assert len(attacks) > 150
    assert {name: (here.get(name), there[name]) for name in attacks if here.get(name) != there[name]} == {}


def test_hardly_any_attack_has_to_be_ended_by_the_clock_unexpectedly(report: Report) -> None:
    late = [(problem_set, attack.name) for problem_set, found in report["sets"].items() for attack in ATTACKS.values()
            if (attack.student or attack.name) in found["results"] and is_late(report, problem_set, attack.name)]
    assert len(late) <= MOST_LATE, late


def test_every_attack_ends_as_expected_for_an_ordinary_user_too(ordinary_report: Report) -> None:
    """As expected, not alike: which limit comes first is the machine's business, and each attack says which may."""
    tried = [(problem_set, attack) for problem_set, found in ordinary_report["sets"].items() for attack in ATTACKS.values()
             if (attack.student or attack.name) in found["results"]]
    assert len(tried) > 150
    for problem_set, attack in tried:
        assert_ends_as_expected(ordinary_report, problem_set, attack.name)


def test_a_difference_in_points_would_be_seen() -> None:
    assert honest(7) == "next-007"
    assert [attack for attack in ATTACKS.values() if not attack.kinds] == []


def test_there_are_many_attacks_of_every_category() -> None:
    counts = Counter({category: len(attacks) for category, attacks in BY_CATEGORY.items()})
    assert min(counts.values()) >= 10
    assert len(ATTACKS) == counts.total(), "two attacks share a name"
    assert sum(len(module.OWN) for module in CATEGORIES.values()) >= 60


def test_every_attack_of_the_published_sample_is_fitted_to_this_course() -> None:
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not here")
    names = {json.loads(line)["name"] for line in SAMPLE.read_text().splitlines()}
    fitted = {attack.name for module in CATEGORIES.values() for attack in module.SAMPLE}
    assert names == fitted
