"""The order in which processes that share a run's tests take them: what takes longest first.

pytest-xdist gives every process one stretch of the list to begin with (`--dist worksteal`); who is done takes half of
what another one has left, from its end.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

Test = TypeVar("Test")


def deal(tests: Sequence[Test], processes: int, seconds: Callable[[Test], float], module: Callable[[Test], str],
         waits: Callable[[Test], bool] = lambda test: False) -> list[Test]:
    """The tests, so that each process begins with slow modules of its own, in all about as long as the others', the longest first.

    `seconds` says about how long a test takes, 0 for one that takes no time to speak of. Tests of a module stay together,
    but for those that `waits` names: they come before all others, while the class of attacks keeps the cores busy.
    """
    slow, quick = defaultdict[str, list[Test]](list), []
    for test in tests:
        (slow[module(test)] if seconds(test) else quick).append(test)
    queues: list[list[Test]] = [[] for _ in range(processes)]
    for together in sorted(slow.values(), key=lambda one: -sum(map(seconds, one))):
        min(queues, key=lambda queue: sum(map(seconds, queue))).extend(sorted(together, key=lambda test: -seconds(test)))
    left = len(tests)
    for number, queue in enumerate(queues):
        queue.sort(key=lambda test: not waits(test))
        room = max(left // (processes - number) - len(queue), 0)
        queue += quick[:room]
        del quick[:room]
        left -= len(queue)
    return [test for queue in queues for test in queue] + quick
