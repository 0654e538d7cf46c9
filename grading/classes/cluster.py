"""Grading on the workers of a dask.distributed cluster.

Workers belong to the trusted side: they are sent the secret and know the hidden inputs. Each starts its own sandbox.
"""

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any

from grading.classes.pool import Job, spread
from grading.classes.portable_task import grade_portable, pack, package_version
from grading.course.folder import Course
from grading.errors import CourseError
from grading.run.submission import Graded, Task

WAIT = 30  # seconds for a scheduler to answer, and for it to have a first worker


class Cluster:
    """The workers of a cluster. Use as a context manager.

    `address` is that of a scheduler ("tcp://HOST:8786"), or "local:N" for N workers on this machine, started for this
    run.
    """

    def __init__(self, course: Course, address: str, isolate: bool = True) -> None:
        self.course, self.address, self.isolate = course, address, isolate
        self.parts: list[Any] = []  # to be closed, the last one first

    def __enter__(self) -> "Cluster":
        """Connect. Raises CourseError where there is no such cluster, no worker, or another version of this package."""
        try:
            self._connect()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _connect(self) -> None:
        try:
            from distributed import Client, LocalCluster
        except ModuleNotFoundError:
            raise CourseError("A cluster needs dask.distributed: pip install -c requirements.lock -e '.[cluster]'"
                              ) from None
        logging.getLogger("distributed").setLevel(logging.ERROR)  # what matters is said by us, in a sentence
        kind, _, count = self.address.partition(":")
        if kind == "local" and not (count.isdecimal() and int(count)):
            raise CourseError(f"{self.address} is no cluster: say local:4, or tcp://HOST:8786.")
        try:
            if kind == "local":
                self.parts.append(LocalCluster(n_workers=int(count), threads_per_worker=1, dashboard_address=None,
                                               scheduler_kwargs={"dashboard_address": "127.0.0.1:0"}))  # any free port
            self.client = Client(self.parts[0] if self.parts else self.address, timeout=WAIT)
            self.parts.append(self.client)
            self.client.wait_for_workers(1, timeout=WAIT)
        except (OSError, ValueError) as error:  # a timeout is an OSError
            raise CourseError(f"There is no cluster with a worker at {self.address} ({error or 'no worker came'}). "
                              "Start one with `dask scheduler` and `dask worker tcp://HOST:8786`.") from None
        for worker, version in self.client.run(package_version, on_error="return").items():
            if version != package_version():
                raise CourseError(f"The worker {worker} has another version of this course's package, or none: install "
                                  "the same one there.")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        while self.parts:
            with suppress(Exception):  # a cluster that is gone cannot be told that we go
                self.parts.pop().close(timeout=5)

    def run(self, task: Task, jobs: Iterable[Job]) -> Iterator[Graded]:
        """What was graded, as it comes. Raises CourseError when the cluster is lost."""
        from distributed import KilledWorker
        from distributed.client import ClosedClientError
        from distributed.comm import CommClosedError
        # A computed value, unlike scattered data, is computed again when the worker that holds it is lost.
        portable = self.client.submit(_same, pack(self.course, task, self.isolate), pure=False)
        window = 2 * max(1, sum(self.client.nthreads().values()))
        try:
            yield from spread(partial(_Nodes, self.client, portable), grade_portable, jobs, window)
        except (KilledWorker, ClosedClientError, CommClosedError, CancelledError, TimeoutError) as error:
            raise CourseError(f"The cluster {self.address} was lost ({type(error).__name__}). Grades so far are saved; "
                              "run the same command to continue.") from None


class _Nodes(Executor):
    """The cluster as an executor whose calls get the task as their first argument."""

    def __init__(self, client: Any, portable: Any) -> None:
        self.executor, self.portable = client.get_executor(pure=False), portable

    def submit(self, grade: Any, /, *arguments: Any, **keywords: Any) -> Future[Any]:
        return self.executor.submit(grade, self.portable, *arguments, **keywords)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        with suppress(Exception):  # the same
            self.executor.shutdown(wait=wait)


def _same(value: Any) -> Any:
    return value
