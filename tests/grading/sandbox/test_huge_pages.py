"""A server that forks for a class has its memory in large pages; nothing that stands in it changes."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from grading.sandbox.client import Sandbox
from grading.sandbox.server import FORKS_OF_A_CLASS
from tests.grading.sandbox.conftest import SMALL
from tests.grading.sandbox.student import printed, run

ROOT = Path(__file__).parents[3]
GATHER = """
import os, re
from grading.sandbox.huge_pages import collapse
def large(): return int(re.search(r"AnonHugePages:\\s+(\\d+)", open("/proc/self/smaps_rollup").read())[1])
kept = [bytes([number]) * 4000 for number in range(256)] * 40
kept = [bytearray(one) for one in kept]
before = large()
if child := os.fork(): os.waitpid(child, 0)
else: os._exit(0)
collapse()
assert all(one == bytes([number % 256]) * 4000 for number, one in enumerate(kept))
print(before, large())
"""


@cache
def gathered() -> tuple[int, int]:
    """KiB in large pages before and after, in a process with 40 MB of its own."""
    done = subprocess.run([sys.executable, "-c", GATHER], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, done.stdout.split())
    return before, after


def large_pages_of(process: int) -> int:
    found = re.search(r"AnonHugePages:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text())
    return int(found[1]) if found else 0


@pytest.mark.slow
def test_memory_is_gathered_and_holds_what_it_held() -> None:
    before, after = gathered()
    if after == before:
        pytest.skip(f"Linux {os.uname().release} has no MADV_COLLAPSE, or no free memory in large pieces")
    assert after - before > 20 << 10


@pytest.mark.sandbox
@pytest.mark.slow(2)
@pytest.mark.usefixtures("cold_servers")
def test_only_a_server_that_forks_for_a_class_gathers_its_memory() -> None:
    with Sandbox(SMALL) as sandbox:
        for _ in range(FORKS_OF_A_CLASS - 1):
            assert printed(run(sandbox, "print(1)")) == "1\n"
        assert sandbox.process
        few = large_pages_of(sandbox.process.pid)
        for _ in range(3):
            assert printed(run(sandbox, "print(2)")) == "2\n"
        many = large_pages_of(sandbox.process.pid)
    if gathered()[0] == gathered()[1]:
        pytest.skip("this kernel gathers nothing")
    assert few < many
