"""A sandbox of every form of isolation that this machine and this user have."""

from collections.abc import Iterator

import pytest

from grading.course.limits import Limits
from grading.errors import SandboxError
from grading.sandbox.client import Sandbox

SMALL = Limits(cell_seconds=8, total_seconds=60, memory_bytes=400 << 20, scratch_bytes=8 << 20, file_bytes=4 << 20,
               processes=24)


@pytest.fixture(scope="session", params=["namespaces", "landlock"])
def box(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A fork server with small limits; skipped where this form of isolation is not to be had."""
    with Sandbox(SMALL, isolation=request.param) as running:  # started here, before any test: as anybody's, not a warm server
        try:
            with running.start():
                pass
        except SandboxError as error:
            pytest.skip(str(error))
        yield running


@pytest.fixture
def on_host(box: Sandbox) -> Sandbox:
    """The form without namespaces, where a student's process sees the host's."""
    if "namespaces" in box.layers:
        pytest.skip("in namespaces there is nothing of the host to touch")
    return box
