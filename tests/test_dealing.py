"""A run ends when its slowest process does."""

from tests.dealing import deal

SECONDS = {"a1": 40.0, "a2": 10.0, "b1": 30.0, "c1": 10.0, "c2": 5.0} | {f"q{number}": 0.0 for number in range(10)}


def dealt(processes: int) -> list[str]:
    return deal(list(SECONDS), processes, SECONDS.__getitem__, lambda name: name[0])


def test_every_stretch_begins_with_its_share_of_what_takes_long() -> None:
    tests = dealt(3)
    assert [stretch[:2] for stretch in (tests[:5], tests[5:10], tests[10:])] == [["a1", "a2"], ["b1", "q3"], ["c1", "c2"]]


def test_nothing_is_lost_and_nothing_twice() -> None:
    for processes in (1, 2, 3, 7, 40):
        assert sorted(dealt(processes)) == sorted(SECONDS)


def test_a_process_alone_begins_with_the_longest() -> None:
    assert dealt(1)[:5] == ["a1", "a2", "b1", "c1", "c2"]


def test_what_waits_comes_before_all_that_computes() -> None:
    waiting = {"c2", "a2"}
    tests = deal(list(SECONDS), 2, SECONDS.__getitem__, lambda name: name[0], waiting.__contains__)
    assert sorted(tests) == sorted(SECONDS)
    for stretch in (tests[:7], tests[7:]):
        assert stretch[0] in waiting
        assert waiting.isdisjoint(stretch[1:])
