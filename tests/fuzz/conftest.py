"""How long to look: a bounded number of examples by default, many more with HYPOTHESIS_PROFILE=long (`make fuzz`), few with quick
(`make check`)."""

import os
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, settings

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from tests.hostile.classroom import make_course

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
FIND = (Phase.explicit, Phase.reuse, Phase.generate)  # making a failure small may take minutes: the long profile does that
settings.register_profile("short", max_examples=60, phases=FIND, deadline=None, suppress_health_check=SLOW)
settings.register_profile("quick", max_examples=8, phases=FIND, deadline=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=5_000, deadline=None, suppress_health_check=SLOW)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "short")
settings.load_profile(PROFILE if PROFILE in ("quick", "short", "long") else "short")


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of two real problem sets with nothing handed in."""
    return make_course(tmp_path_factory.mktemp("fuzz") / "course")


@pytest.fixture(scope="session")
def load(small_course: Course) -> Callable[[str], Assignment]:
    """The assignment of one of its problem sets, the same one for every example."""
    return cache(lambda name: load_assignment(small_course, name))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how hard it was tried."""
    terminalreporter.write_line(f"fuzzing: profile {PROFILE!r}, up to {settings().max_examples} examples a test")
