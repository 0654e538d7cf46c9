"""A cluster gives the grades one process gives; losing a worker changes none; a cluster that is not there is said."""

import os
import signal
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from grading.classes.batch import grade_class
from grading.classes.cluster import Cluster
from grading.classes.pool import InTurn
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.sandbox.client import Sandbox
from tests import toy
from tests.grading.classes.test_pool import ANSWERS, points

pytestmark = pytest.mark.skipif(not find_spec("distributed"), reason="needs distributed, which is not installed here")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster that somebody has started: two workers on this machine, which take seconds to begin."""
    from distributed import LocalCluster
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_kwargs={"dashboard_address": "127.0.0.1:0"}) as nodes:
        yield nodes.scheduler_address


@pytest.fixture
def cluster(course: Course, scheduler: str) -> Iterator[Cluster]:
    """The cluster, seen from this course."""
    with Cluster(course, scheduler) as nodes:
        yield nodes


def test_a_cluster_gives_the_same_grades_as_one_process(course: Course, sandbox: Sandbox, cluster: Cluster) -> None:
    for student, answers in ANSWERS.items():
        toy.submit(course, student, answers)
    toy.submit_text(course, "broken", "{")
    assert points(course, cluster) == points(course, InTurn(sandbox))


def test_a_worker_killed_in_mid_run_changes_no_grade(course: Course, cluster: Cluster) -> None:
    for number in range(8):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    results = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), cluster)
    first = next(results)
    os.kill(next(iter(cluster.client.run(os.getpid).values())), signal.SIGKILL)
    assert {result.student: result.points for result in (first, *results)} == {f"s{n}": 7.5 for n in range(8)}


@pytest.mark.sandbox
def test_a_lost_scheduler_is_said_and_the_next_run_continues(course: Course, sandbox: Sandbox) -> None:
    for number in range(6):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    with Cluster(course, "local:1") as nodes:
        results = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), nodes)
        done = [next(results).student]
        nodes.parts[0].close()
        with pytest.raises(CourseError, match=r"^The cluster local:1 was lost \(.*\)\. Grades so far are saved; run the same "):
            done += [result.student for result in results]
    assert course.autograded(done[0], toy.NAME).exists()
    graded = grade_class(course, load_assignment(course, toy.NAME), course.students(toy.NAME), InTurn(sandbox))
    assert {result.student: result.points for result in graded} == {f"s{n}": 7.5 for n in range(6)}


@pytest.mark.parametrize("address", ["local:0", "local:", "local:many"])
def test_an_address_that_is_none_is_named(course: Course, address: str) -> None:
    with pytest.raises(CourseError, match=f"^{address} is no cluster: say local:4, or tcp://HOST:8786.$"), Cluster(course, address):
        pass


@pytest.mark.sandbox
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x"])
@pytest.mark.waits
def test_a_cluster_that_is_not_there_is_named(course: Course, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grading.classes.cluster.WAIT", 2)
    with pytest.raises(CourseError, match=f"^There is no cluster with a worker at {address} .* Start one with `dask "), \
            Cluster(course, address):
        pass


@pytest.mark.sandbox
def test_a_worker_with_another_version_of_the_package_is_refused(course: Course, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grading.classes.cluster.package_version", lambda: str(os.getpid()))
    with pytest.raises(CourseError, match=r"^The worker tcp://.* has another version of this course's package, or none: "), \
            Cluster(course, scheduler):
        pass
