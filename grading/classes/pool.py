"""Who grades: this process, or several of them. Each gives back what it graded, and writes nothing."""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice
from typing import Protocol

from grading.errors import SandboxError
from grading.handin.collect import Handed
from grading.interrupts import ignore_interrupts
from grading.run.submission import Graded, Task, grade_submission
from grading.sandbox.client import Sandbox
from grading.sandbox.privileges import die_with_parent

Job = tuple[str, Handed]  # a student, and what was handed in
PATIENCE = 3  # times that all workers may be lost before one of them has graded anything


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))


class Workers(Protocol):
    """Grades jobs in any order. Jobs are taken only when there is room for them, so that memory stays bounded."""

    def run(self, task: Task, jobs: Iterable[Job]) -> Iterator[Graded]:
        """What was graded, as it comes."""


class InTurn:
    """Grades one submission after another in this process."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def run(self, task: Task, jobs: Iterable[Job]) -> Iterator[Graded]:
        """What was graded, in the order of the jobs."""
        for student, handed in jobs:
            yield grade_submission(task, self.sandbox, student, handed)


class Processes:
    """Grades in `count` processes that share one sandbox server."""

    def __init__(self, sandbox: Sandbox, count: int) -> None:
        self.sandbox, self.count = sandbox, count

    def run(self, task: Task, jobs: Iterable[Job]) -> Iterator[Graded]:
        """What was graded, as it comes. Raises SandboxError when there is no isolation or workers cannot live."""
        global _inherited
        with self.sandbox.start():
            pass  # no isolation is said here, once; and workers are forked when the server is ready
        _inherited = task, self.sandbox
        try:
            yield from spread(self._executor, _grade_inherited, jobs, 2 * self.count)
        except BaseException:  # at once: what is under way will not be stored
            for process in multiprocessing.active_children():
                process.terminate()
                process.join()
            raise

    def _executor(self) -> Executor:
        return ProcessPoolExecutor(self.count, multiprocessing.get_context("fork"), _prepare_worker)


_inherited: tuple[Task, Sandbox]  # what a worker process grades with; it comes with the fork


def _prepare_worker() -> None:
    ignore_interrupts()
    die_with_parent()


def _grade_inherited(student: str, handed: Handed) -> Graded:
    return grade_submission(*_inherited, student, handed)


def spread(start: Callable[[], Executor], grade: Callable[..., Graded], jobs: Iterable[Job],
           window: int) -> Iterator[Graded]:
    """Give jobs to an executor, at most `window` at a time, and yield results as they come.

    When the executor's processes are lost, what was under way is done again in a new one.
    """
    left, failures = iter(jobs), 0
    todo: dict[str, Handed] = {}
    while True:
        executor, futures = start(), dict[Future[Graded], str]()
        try:
            while True:
                todo |= dict(islice(left, window - len(todo)))
                if not todo:
                    executor.shutdown()
                    return
                new = todo.keys() - futures.values()
                futures |= {executor.submit(grade, student, todo[student]): student for student in new}
                for future in wait(futures, return_when=FIRST_COMPLETED).done:
                    graded = future.result()
                    del todo[futures.pop(future)]
                    failures = 0
                    yield graded
        except BrokenExecutor:
            failures += 1
            if failures == PATIENCE:
                raise SandboxError(f"The processes that grade were ended {PATIENCE} times in a row, while they worked "
                                   f"on {', '.join(todo)}. Is there enough memory? Grades so far are saved.") from None
        except BaseException:
            for future in futures:
                future.cancel()
            executor.shutdown(wait=False)
            raise
