"""What a command costs: processor time, wall-clock time and memory, of itself and of everything it waited for."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

LOOK = 0.05  # seconds between two looks at the command's memory
LIMIT = 30.0  # seconds a submission may take; a kernel that has lost a message would be waited for without end
QUIET = 0.05  # cores
PATIENCE = 10.0  # seconds for a command to end after it was asked to
TICKS = os.sysconf("SC_CLK_TCK")  # of /proc/stat, per second


class BenchmarkError(Exception):
    """Something is missing or did not work; the text says what and what to do."""


class Hung(BenchmarkError):
    """A command took far longer than it ever should."""


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes. `cpu` is user and system time of the command and of all descendants that were waited for.

    `busy` is what all cores of the machine worked meanwhile, other people's programs included. `peak` is the largest
    resident set of the command's own process; `memory` is that set over time (seconds since the start, bytes).
    """

    cpu: float
    wall: float
    busy: float
    peak: int
    memory: list[tuple[float, int]] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, to be stored."""
        return asdict(self)


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str], log: Path,
        submissions: int = 10) -> Cost:
    """Run a command in `folder`, its output in the file `log`. Raises BenchmarkError when it fails, Hung past LIMIT."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        busy, start = machine_busy(), time.perf_counter()
        try:
            process = subprocess.Popen(list(map(str, command)), cwd=folder, env=dict(environment), stdout=output,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        except OSError as error:
            raise BenchmarkError(f"{command[0]} cannot be started: {error.strerror}. Run it with make bench.") from None
        try:
            status, usage, memory, peak = _watch(process.pid, start, LIMIT * (submissions + 1))
        except BaseException:
            _end(process)
            raise
        wall, busy = time.perf_counter() - start, machine_busy() - busy
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = log.read_text(errors="replace")[-2000:]
        words = " ".join(map(str, command))
        raise BenchmarkError(f"{words} ended with {process.returncode}:\n{tail}\nAll of it: {log}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, busy, peak, memory)


def _watch(pid: int, start: float, limit: float) -> tuple[int, resource.struct_rusage, list[tuple[float, int]], int]:
    """Wait for a process, looking at its memory. Raises Hung after `limit` seconds."""
    memory: list[tuple[float, int]] = []
    peak = 0
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            return status, usage, memory, peak
        now, highest = resident(pid)
        peak = max(peak, highest)
        memory.append((time.perf_counter() - start, now))
        if memory[-1][0] > limit:
            raise Hung(f"A command did not end within {limit:.0f} s. The machine may be overloaded; run it again.")
        time.sleep(LOOK)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def resident(pid: int) -> tuple[int, int]:
    """Bytes of memory a process holds now, and the most it ever held; zeros when it has ended.

    From /proc/PID/status: ru_maxrss would be the largest of all its descendants.
    """
    lines = dict.fromkeys(("VmRSS", "VmHWM"), 0)
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in lines:
                lines[name] = int(value.split()[0]) << 10
    except (FileNotFoundError, ProcessLookupError):
        pass
    return lines["VmRSS"], lines["VmHWM"]


def machine_busy() -> float:
    """Seconds that all cores together have worked since the machine started (proc(5): user, nice, system, irqs)."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + softirq) / TICKS


def background(seconds: float = 1.0) -> float:
    """How many cores are busy while nothing is measured: other people's programs."""
    before, start = machine_busy(), time.perf_counter()
    time.sleep(seconds)
    return (machine_busy() - before) / (time.perf_counter() - start)


def when_quiet(patience: int = 20) -> float:
    """Wait for the machine to have nothing else to do, so many seconds at most; how many cores are busy even so."""
    noise = background()
    while noise > QUIET and (patience := patience - 1) > 0:
        noise = background()
    return noise


def say(text: str) -> None:
    """Progress, on standard error."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)
