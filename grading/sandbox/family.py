"""The processes of a submission, read from the host's /proc: who descends from whom, and how to end them all.

Source: proc(5). `proc` is a descriptor of the host's /proc. A process may end while it is looked at: then it
has nothing.
"""

import os
import signal
import time
from contextlib import suppress

PAGE = os.sysconf("SC_PAGESIZE")


def visible(proc: int) -> bool:
    """Whether this kernel tells who is whose child."""
    return os.access(f"self/task/{os.getpid()}/children", os.R_OK, dir_fd=proc)


def _children(proc: int, process: int) -> list[int]:
    """The children of a process, whichever of its threads started them."""
    found = []
    for task in _tasks(proc, process):
        found += [int(child) for child in _read(proc, f"{process}/task/{task}/children").split()]
    return found


def descendants(proc: int, root: int, enough: int = 1000) -> tuple[list[int], int]:
    """Processes below `root`, and how many threads they have; not all when there are more than `enough`."""
    processes, tasks, waiting = list[int](), 0, _children(proc, root)
    while waiting and tasks <= enough:
        process = waiting.pop()
        processes.append(process)
        tasks += len(_tasks(proc, process))
        waiting += _children(proc, process)
    return processes, tasks


def own(proc: int) -> int:
    """This process's threads and all that it started, of which each counts once at least: they may be closed to it."""
    processes, tasks = descendants(proc, os.getpid())
    return len(_tasks(proc, os.getpid())) + max(tasks, len(processes))


def _tasks(proc: int, process: int) -> list[str]:
    try:
        folder = os.open(f"{process}/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=proc)
    except OSError:  # it has just ended
        return []
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []
    finally:
        os.close(folder)


def _read(proc: int, name: str) -> bytes:
    try:
        descriptor = os.open(name, os.O_RDONLY, dir_fd=proc)
    except OSError:
        return b""
    try:
        return b"".join(iter(lambda: os.read(descriptor, 1 << 16), b""))
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def resident(proc: int, process: int) -> int:
    """Bytes of memory that a process uses, alone or together with others."""
    numbers = _read(proc, f"{process}/statm").split()
    return int(numbers[1]) * PAGE if numbers else 0


def share(proc: int, process: int) -> int:
    """Bytes, where a page that several processes share counts for each in part; in full where that cannot be read."""
    for line in _read(proc, f"{process}/smaps_rollup").splitlines():
        if line.startswith(b"Pss:"):
            return int(line.split()[1]) << 10
    return resident(proc, process)


def end(proc: int) -> None:
    """Kill every descendant until there is none. All are stopped first: what stands still starts no others."""
    while True:
        stopped: set[int] = set()
        while new := set(descendants(proc, os.getpid())[0]) - stopped:
            _signal(new, signal.SIGSTOP)
            stopped |= new
        _signal(stopped, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.001)


def _signal(processes: set[int], number: int) -> None:
    for process in processes:
        with suppress(OSError):
            os.kill(process, number)
