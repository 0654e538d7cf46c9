"""Trying to be there still when grading is over: daemons, threads, handlers, adoption."""

from tests.hostile.attack import STOPPED, Attack

LATER = """
import os, time
def outlive():
    while True:
        time.sleep(0.2)
        for place in ('$COURSE/submitted/late', '$OUTSIDE/late'):
            try: open(place, 'w').write('x')
            except OSError: pass
"""

SAMPLE: list[Attack] = []
OWN = [
    Attack("daemon_by_double_fork", LATER + """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(3, 64)
        outlive()
    os._exit(0)
$WRONG
"""),
    Attack("daemon_that_keeps_the_channel", LATER + """
if os.fork() == 0:
    os.setsid()
    outlive()
$WRONG
"""),
    Attack("daemon_deaf_to_signals", LATER + """
import ctypes, signal
if os.fork() == 0:
    for number in range(1, 65):
        try: signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError): pass
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)  # PR_SET_PDEATHSIG
    os.setsid()
    outlive()
$WRONG
"""),
    Attack("foster_parent", LATER + """
import ctypes
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
for _ in range(3):
    if os.fork() == 0:
        if os.fork() == 0: outlive()
        os._exit(0)
$WRONG
"""),
    Attack("daemon_under_another_name", LATER + """
import ctypes
if os.fork() == 0:
    ctypes.CDLL(None).prctl(15, b'systemd', 0, 0, 0)  # PR_SET_NAME
    os.execv('/bin/sh', ['-bash', '-c', 'trap "" TERM HUP; while :; do sleep 1; done'])
$WRONG
"""),
    Attack("daemon_in_a_namespace_of_its_own", LATER + """
import ctypes
libc = ctypes.CDLL(None)
if os.fork() == 0:
    libc.unshare(0x10000000 | 0x20000000)  # CLONE_NEWUSER, CLONE_NEWPID
    if os.fork() == 0: outlive()
    outlive()
$WRONG
"""),
    Attack("threads_at_the_end", LATER + """
import threading
for daemon in (True, False): threading.Thread(target=outlive, daemon=daemon).start()
$WRONG
"""),
    Attack("atexit_that_sleeps", LATER + """
import atexit, signal
atexit.register(outlive)
signal.signal(signal.SIGTERM, lambda *given: outlive())
$WRONG
"""),
    Attack("children_then_exit", LATER + """
for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        outlive()
os._exit(0)
""", kinds=STOPPED),
    Attack("process_one_stopped", """
import os, signal
for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTERM, signal.SIGHUP):
    try: os.kill(1, number)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("traced_child_that_cannot_be_killed", LATER + """
import ctypes
child = os.fork()
if child == 0:
    ctypes.CDLL(None).ptrace(0, 0, 0, 0)  # PTRACE_TRACEME
    os.kill(os.getpid(), 19)
    outlive()
$WRONG
"""),
]
