"""Fixtures that tests of the grading machinery share; which tests need a sandbox, and in what order all are run."""

import gc
import logging
import os
import re
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from subprocess import Popen

import pytest

# Tests run side by side; libraries that start a thread for every core would wait for one another. Before numpy.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

gc.disable()  # until all libraries and tests are there, which stay: see pytest_collection_finish

from grading.quick_start import leave_out_what_nobody_uses

leave_out_what_nobody_uses()  # as the `course` command does

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.limits import Limits
from grading.marks.gradebook import Ledger
from grading.sandbox.client import Sandbox
from tests import toy
from tests.dealing import deal
from tests.hostile.conducted import shared, under_way
from tests.warm_servers import WarmServer

# Whoever asks for one of these runs students' code behind walls; `make check` leaves such tests out.
SANDBOXES = {"sandbox", "impatient", "box", "on_host", "cluster", "reports"}


NO_TORCH = "" if find_spec("torch") else "needs torch, which is not installed here"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """As many as this process may use cores, hyper-threads included."""
    return len(os.sched_getaffinity(0))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sandbox: starts a sandbox (set by itself where a fixture does)")
    config.addinivalue_line("markers", "slow(seconds=1): takes longer than `make check` has time for")
    config.addinivalue_line("markers", "waits: for a clock, a server or other processes, more than it computes")


def asks_for_the_class(item: pytest.Item) -> bool:
    return "reports" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a sandbox, and begin with what takes longest, so that all cores have something to do to the end.

    The class of attacks is graded once, beside other tests: those that ask for it come last.
    """
    for item in items:
        if SANDBOXES & set(getattr(item, "fixturenames", ())):
            item.add_marker("sandbox")

    def waits(item: pytest.Item) -> bool:
        return item.get_closest_marker("waits") is not None

    def seconds(item: pytest.Item) -> float:
        slow = item.get_closest_marker("slow")
        return next(iter(slow.args), 1.0) if slow and not asks_for_the_class(item) else float(waits(item))

    def module(item: pytest.Item) -> str:
        return item.nodeid.partition("::")[0]
    items.sort(key=asks_for_the_class)
    items[:] = deal(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), seconds, module, waits)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Where PyTorch is not installed, modules that need it are skipped; they are the eighth set's and references'."""
    report = yield
    if NO_TORCH and report.failed and "No module named 'torch'" in str(report.longrepr):
        report.outcome, report.longrepr = "skipped", (str(collector.path), 0, f"Skipped: {NO_TORCH}")
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """So are tests that come upon a problem set of it."""
    report = yield
    reason = str(call.excinfo.value) if call.excinfo else ""
    if NO_TORCH and report.failed and re.search("needs torch, which is not installed|No module named 'torch'", reason):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, f"Skipped: {NO_TORCH}")
    return report


def pytest_collection_finish() -> None:
    """All libraries and tests are there now: the garbage collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()
    # PyTorch's forty loggers keep to themselves; pytest would give each of them its handlers, six times a test.
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("torch") and isinstance(logger, logging.Logger):
            logger.propagate = True


@pytest.fixture(autouse=True)
def sandboxes_are_marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test without the mark may start no sandbox, or `make check` would not be what it says."""
    def refuse(self: Sandbox) -> None:
        raise AssertionError("this test starts a sandbox: give it @pytest.mark.sandbox")
    if request.node.get_closest_marker("sandbox"):
        monkeypatch.setattr("grading.sandbox.client.Popen", WarmServer)
    else:
        monkeypatch.setattr(Sandbox, "launch", refuse)


@pytest.fixture(scope="session", autouse=True)
def the_class_is_under_way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What becomes of the class of attacks is found out while tests go on that do not ask for it."""
    asked = any(map(asks_for_the_class, request.session.items))
    with under_way(shared(tmp_path_factory), request.session) if asked else nullcontext():
        yield


@pytest.fixture
def cold_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sandboxes' servers are started as anybody's."""
    monkeypatch.setattr("grading.sandbox.client.Popen", Popen)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One fork server for the whole run, with limits small enough to test them."""
    with Sandbox(Limits(memory_bytes=1 << 30, scratch_bytes=8 << 20, file_bytes=4 << 20)) as running:
        yield running


@pytest.fixture(scope="session")
def impatient() -> Iterator[Sandbox]:
    """A fork server that gives a cell little time."""
    with Sandbox(Limits(cell_seconds=1.0, total_seconds=15)) as running:
        yield running


@pytest.fixture(scope="session")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A gradebook with the toy set registered: making one takes nbgrader a second, copying it takes nothing."""
    course = toy.make_course(tmp_path_factory.mktemp("template") / "course")
    with Ledger(course, toy.NAME) as ledger:
        ledger.register(load_assignment(course, toy.NAME))
    return (course.root / "gradebook.db").read_bytes()


@pytest.fixture
def course(tmp_path: Path, new_gradebook: bytes) -> Course:
    """A course with the toy problem set and nothing handed in."""
    made = toy.make_course(tmp_path / "course")
    (made.root / "gradebook.db").write_bytes(new_gradebook)
    return made
