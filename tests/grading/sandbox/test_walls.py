"""What a student's process sees and may do, in every form of isolation."""

import os
import re
import subprocess
import tempfile
from ast import literal_eval
from pathlib import Path

import numpy as np
import pytest

import grading
import helpers
from grading.course.limits import Limits
from grading.errors import SandboxError
from grading.sandbox.client import SYSTEM_FOLDERS, Sandbox
from tests.grading.sandbox.student import error, printed, run, wait_until_nothing_runs
from tests.ordinary import interpreter

ROOT = Path(grading.__file__).parent.parent
SWITCHES = ("/proc/sys/kernel/core_pattern", "/proc/sys/vm/swappiness", "/proc/sysrq-trigger",
            "/proc/self/oom_score_adj")
OUTSIDE = ("/etc/passwd", str(ROOT / "pyproject.toml"), grading.__file__, "/proc/1/environ", "/proc/kcore",
           "/proc/timer_list", "/proc/keys", "/proc/version", "/dev/zero")
OTHER_USER = 12345
REFUSED = ("PermissionError", "FileNotFoundError", "OSError: [Errno 30]")


@pytest.mark.parametrize("switch", SWITCHES)
def test_no_switch_of_the_hosts_kernel_can_be_set(box: Sandbox, switch: str) -> None:
    assert error(run(box, f"open({switch!r}, 'w')")).startswith(REFUSED)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_can_be_read(box: Sandbox, path: str) -> None:
    evaluation = run(box, f"print(repr(open({path!r}, 'rb').read(100)))")
    masked = path.startswith("/proc") and printed(evaluation) == "b''\n"
    public = path == "/proc/version" and "namespaces" in box.layers  # says no more than uname
    assert masked or public or error(evaluation).startswith(REFUSED)


def test_libraries_and_helpers_can_be_read_and_not_written(box: Sandbox) -> None:
    evaluation = run(box, f"print(len(open({helpers.__file__!r}).read()) >= 0, len(open({np.__file__!r}).read()) > 0)",
                     *(f"open({str(Path(module.__file__ or '').parent / 'evil.py')!r}, 'w')" for module in (np, helpers)))
    assert printed(evaluation) == "True True\n"
    assert all(error(evaluation, cell).startswith(REFUSED) for cell in (1, 2))


def test_a_scratch_folder_is_there_and_gone_afterwards(box: Sandbox) -> None:
    evaluation = run(box, "import os, tempfile, numpy as np; np.save('x.npy', np.ones(3)); print(np.load('x.npy').sum())\n"
                          "with tempfile.TemporaryDirectory() as d: open(d + '/y', 'w').write('y')\nprint(os.getcwd())")
    total, folder = printed(evaluation).split()
    assert total == "3.0"
    wait_until_nothing_runs(box)
    assert not Path(folder).exists()
    assert printed(run(box, "import os; print(os.listdir('.'))")) == "[]\n"


def test_a_student_is_nobody(box: Sandbox) -> None:
    words = "[line.split(':')[1].split() for line in open('/proc/self/status') if line.startswith(('Uid', 'CapEff', 'CapBnd', 'NoNewPrivs', 'Seccomp:'))]"
    uids, effective, *_, no_new_privileges, filtered = literal_eval(printed(run(box, f"print({words})")))
    assert "0" not in uids
    assert (effective, no_new_privileges, filtered) == (["0000000000000000"], ["1"], ["2"])


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user is itself")
def test_the_host_does_not_take_a_student_for_root(box: Sandbox) -> None:
    inside = printed(run(box, "import os; print(os.getuid(), *open('/proc/self/uid_map').read().split())")).split()
    assert inside == (["1000", "0", "0", "1", "1000", "65534", "1"] if "namespaces" in box.layers else
                      ["65534", *Path("/proc/self/uid_map").read_text().split()])


@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user is itself")
def test_a_folder_that_a_student_needs_and_cannot_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "libraries").mkdir(mode=0o700)
    monkeypatch.setattr("grading.sandbox.client.SYSTEM_FOLDERS", (*SYSTEM_FOLDERS, str(tmp_path / "libraries")))
    words = f"who may not read {tmp_path}/libraries: chmod -R o+rX {tmp_path}/libraries "
    with Sandbox(Limits()) as refusing, pytest.raises(SandboxError, match=re.escape(words)):
        refusing.start()


@pytest.mark.parametrize("work", [
    "import threading; t = threading.Thread(target=print, args=('done',)); t.start(); t.join()",
    "import subprocess; print(subprocess.run(['/bin/echo', 'done'], capture_output=True, text=True).stdout.strip())",
    "import os\nif os.fork() == 0: os._exit(7)\nprint('done' if os.waitstatus_to_exitcode(os.wait()[1]) == 7 else '')",
    "import asyncio\nasync def f(): return 'done'\nprint(await f(), end=''); await asyncio.sleep(0); print()",
    "import matplotlib.pyplot as plt, numpy as np; plt.imshow(np.eye(3)); plt.savefig('f.png'); plt.close(); print('done')",
    "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as p: print(*p.map(str, ['done']))",
    "import multiprocessing as m\nwith m.get_context('fork').Pool(2) as p: r = p.map(abs, [-1, 2])\nprint('done' if r == [1, 2] else r)",
])
def test_honest_work_goes_on(box: Sandbox, work: str) -> None:
    if "multiprocessing" in work and "namespaces" not in box.layers:
        pytest.skip("the last form lets no process end another, as a pool does")
    evaluation = run(box, work)
    assert printed(evaluation) == "done\n", evaluation


def test_signals_reach_nobody_else(on_host: Sandbox) -> None:
    victim = subprocess.Popen(["/bin/sleep", "60"])
    try:
        evaluation = run(on_host, f"import os; os.kill({victim.pid}, 9)", "os.kill(-1, 9)", "os.killpg(0, 9)",
                         f"import signal; signal.pidfd_send_signal(os.pidfd_open({victim.pid}), 9)",
                         f"import resource; resource.prlimit({victim.pid}, resource.RLIMIT_CPU, (0, 0))",
                         f"os.sched_setaffinity({victim.pid}, [0])", f"os.setpriority(os.PRIO_PROCESS, {victim.pid}, 19)",
                         f"import fcntl; fcntl.fcntl(0, fcntl.F_SETOWN, {victim.pid})", "os.kill(os.getpid(), 0); print('own')")
        assert [error(evaluation, cell).split(":")[0] for cell in range(8)] == ["PermissionError"] * 8
        assert printed(evaluation, 8) == "own\n"
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()


def test_what_the_grader_owns_cannot_be_changed_though_it_is_the_same_user(on_host: Sandbox, tmp_path: Path) -> None:
    mine = tmp_path / "gradebook.db"
    mine.write_text("grades")
    before = mine.stat()
    evaluation = run(on_host, *(f"import os; {code}" for code in (
        f"os.chmod({str(mine)!r}, 0)", f"os.utime({str(mine)!r}, (1, 1))", f"os.setxattr({str(mine)!r}, 'user.x', b'x')",
        f"os.truncate({str(mine)!r}, 0)", f"os.unlink({str(mine)!r})", f"os.rename({str(mine)!r}, 'x')",
        f"open({str(mine)!r}, 'a')", f"os.link({str(mine)!r}, 'x')", f"open({str(mine)!r})")))
    assert all(error(evaluation, cell) for cell in range(9))
    assert mine.read_text() == "grades"
    assert mine.stat() == before or mine.stat().st_mtime == before.st_mtime


@pytest.mark.sandbox
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.slow(40)
@pytest.mark.waits
def test_all_of_this_holds_for_an_ordinary_user_too() -> None:
    python, why_not = interpreter(OTHER_USER)
    with tempfile.TemporaryDirectory() as home:
        if why_not:
            pytest.skip(why_not)
        os.chown(home, OTHER_USER, OTHER_USER)
        environment = {"PATH": "/usr/bin:/bin", "HOME": home, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([python, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={home}/tests",
                               "tests/grading/sandbox"], user=OTHER_USER, group=OTHER_USER, extra_groups=[], cwd=ROOT,
                              env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
