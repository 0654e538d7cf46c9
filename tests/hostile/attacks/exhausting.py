"""Using up time, memory, processes, files or space. Every one of these is run inside limits."""

from tests.hostile.attack import ENDED, STOPPED, TIMEOUT, WRONG, WRONG_OR_STOPPED, Attack

TIME = "the time limit of"
SOME = (*WRONG_OR_STOPPED, "timeout")
FOREVER = "import time\nwhile True: time.sleep(60)"  # one loop that is never idle is enough, and there are several

SAMPLE = [
    Attack("c_loop_holds_gil", answer="return 9 ** 9 ** 9", kinds=TIMEOUT, hint=TIME),
    Attack("fd_exhaustion", """
files = []
while True: files.append(open('/dev/null'))
""", kinds=STOPPED),
    Attack("file_fill", """
number = 0
while True:
    open(f'fill{number}', 'wb').write(bytes(1 << 22))
    number += 1
""", kinds=STOPPED, hint="No space left on device"),
    Attack("fork_bomb", """
import os
while True:
    try: os.fork()
    except OSError: pass
""", kinds=ENDED),
    Attack("infinite_loop", answer="while True: pass", kinds=TIMEOUT, hint=TIME),
    Attack("infinite_loop_ignore_sigint", """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
""", answer="""
while True:
    try:
        while True: pass
    except BaseException: pass
""", kinds=TIMEOUT, hint=TIME),
    Attack("regex_backtracking", "import re", answer="re.match(r'(a+)+$', 'a' * 60 + 'b')\nreturn x", kinds=TIMEOUT, hint=TIME),
    Attack("shm_memfd_fill", """
import os
held = []
for _ in range(200):
    held.append(os.memfd_create('x'))
    for _ in range(64): os.write(held[-1], bytes(1 << 20))
""", kinds=ENDED),
    Attack("sleep_forever", "import time\ntime.sleep(1e6)", kinds=TIMEOUT, hint=TIME),
    Attack("wait_for_input", "name = input('your name? ')\n$WRONG", kinds=(*STOPPED, "missing")),
]

OWN = [
    Attack("memory_in_one_process", "held = bytearray(3 << 30)", kinds=STOPPED, hint="MemoryError"),
    Attack("memory_in_many_arrays", "held = []\nwhile True: held.append(np.ones(1 << 22))", kinds=STOPPED),
    Attack("memory_by_children", """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(os.urandom(1 << 20)) * 250
        time.sleep(60)
        os._exit(0)
time.sleep(60)
""", kinds=ENDED),
    Attack("memory_shared_with_nobody", """
import mmap
held = mmap.mmap(-1, 1500 << 20)
for start in range(0, len(held), 4096): held[start] = 1
$WRONG
""", kinds=ENDED),
    Attack("files_in_shared_memory", """
number = 0
while True:
    open(f'/dev/shm/fill{number}', 'wb').write(bytes(1 << 22))
    number += 1
""", kinds=STOPPED, hint="No space left on device"),
    Attack("system_v_shared_memory", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
for _ in range(12):
    number = libc.shmget(0, 100 << 20, 0o1600)
    if number < 0: raise MemoryError('refused')
    place = libc.shmat(number, None, 0)
    ctypes.memset(place, 1, 100 << 20)
$WRONG
""", kinds=ENDED),
    Attack("pipes_full_of_bytes", """
import fcntl, os
held = []
while True:
    reading, writing = os.pipe2(os.O_NONBLOCK)
    held += [reading, writing]
    try: fcntl.fcntl(writing, 1031, 1 << 20)
    except OSError: pass
    try:
        while True: os.write(writing, bytes(1 << 16))
    except BlockingIOError: pass
""", kinds=STOPPED),
    Attack("socket_buffers", """
import socket
held = []
while True:
    pair = socket.socketpair()
    held += pair
    pair[0].setblocking(False)
    try:
        while True: pair[0].send(bytes(1 << 16))
    except BlockingIOError: pass
""", kinds=STOPPED),
    Attack("threads_by_the_thousand", """
import threading, time
for _ in range(10000): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
$WRONG
""", kinds=STOPPED),
    Attack("files_by_the_hundred_thousand", """
for number in range(200000): open(f'f{number}', 'w').close()
""", kinds=STOPPED, hint="No space left on device"),
    Attack("folders_in_folders", """
import os
for _ in range(100000):
    os.mkdir('d')
    os.chdir('d')
""", kinds=ENDED),
    Attack("sparse_file", """
import os
with open('sparse', 'wb') as file: os.truncate('sparse', 1 << 45)
""", kinds=STOPPED, hint="File too large"),
    Attack("flood_of_printed_lines", "while True: print('x' * 1000)", kinds=TIMEOUT, hint=TIME),
    Attack("flood_of_one_line", "print('x' * (100 << 20))\n$WRONG"),
    Attack("flood_on_stderr", "import sys\nfor _ in range(2000): sys.stderr.write('y' * 10000)\n$WRONG"),
    Attack("flood_past_the_capture", """
import os
for _ in range(200):
    for number in (1, 2): os.write(number, b'z' * (1 << 16))
$WRONG
"""),
    Attack("flood_of_displayed_values", "from IPython.display import display\nfor number in range(20000): display(number)\n$WRONG",
           kinds=SOME),
    Attack("figure_of_a_hundred_thousand_inches", """
import matplotlib.pyplot as plt
plt.figure(figsize=(1e5, 1e5))
plt.plot([1, 2])
$WRONG
""", kinds=SOME),
    Attack("figures_by_the_thousand", """
import matplotlib.pyplot as plt
for _ in range(2000): plt.figure()
$WRONG
""", kinds=SOME),
    Attack("giant_view_returned", answer="return np.broadcast_to(1.0, (1 << 20, 1 << 13))", hint="got an array of shape (1048576, 8192)"),
    Attack("giant_array_returned", answer="return np.zeros(1 << 26)", kinds=WRONG_OR_STOPPED),
    Attack("giant_number_returned", answer="return 10 ** 200000", kinds=WRONG_OR_STOPPED),
    Attack("giant_text_returned", answer="return 'x' * (100 << 20)", kinds=SOME),
    Attack("list_nested_in_itself", answer="made = []\nmade.append(made)\nreturn made"),
    Attack("dict_nested_without_end", answer="made = {}\nfor _ in range(5000): made = {'again': made}\nreturn made"),
    Attack("generator_without_end", "import itertools", answer="return itertools.count()"),
    Attack("list_without_end", "import itertools", answer="return list(itertools.count())", kinds=SOME),
    Attack("recursion_without_end", answer="def again(): return again()\nreturn again()", kinds=("error", "mistake"), hint="calls itself without end"),
    Attack("recursion_into_the_stack", "import sys\nsys.setrecursionlimit(10 ** 9)", kinds=ENDED,
           answer="class Deep:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nmade = []\n"
                  "for _ in range(10 ** 6): made = [made]\nreturn repr(made)"),
    Attack("exception_of_a_hundred_megabytes", answer="raise ValueError('x' * (100 << 20))", kinds=SOME),
    Attack("exception_in_the_cell_of_a_hundred_megabytes", "raise ValueError('x' * (100 << 20))", kinds=(*STOPPED, "missing")),
    Attack("traceback_without_end", """
error = None
for number in range(3000):
    try:
        try: raise ValueError(number) from error
        except ValueError as caught: raise RuntimeError('y' * 1000) from caught
    except RuntimeError as caught: error = caught
raise error
""", kinds=(*ENDED, "missing")),
    Attack("group_of_exceptions", answer="raise ExceptionGroup('many', [ValueError(str(n)) for n in range(5000)])", kinds=("error", "mistake")),
    Attack("warnings_by_the_thousand", "import warnings\nfor number in range(3000): warnings.warn(f'number {number}')\n$WRONG", kinds=SOME),
    Attack("sleep_in_del", """
import time
class Slow:
    def __del__(self): time.sleep(60)
""", answer="Slow()\nreturn x", kinds=TIMEOUT, hint=TIME),
    Attack("sleep_in_repr", """
import time
class Slow:
    def __repr__(self): time.sleep(60)
Slow()
""", kinds=TIMEOUT, hint=TIME),
    Attack("sleep_in_eq_and_len", """
import time
class Slow(list):
    def __eq__(self, other): time.sleep(60)
    def __len__(self): time.sleep(60)
    def __iter__(self): time.sleep(60); return iter([])
""", answer="return Slow()", kinds=TIMEOUT, hint=TIME),
    Attack("a_little_under_the_limit_in_every_cell", others=lambda right: {
        name: f"import time\ntime.sleep(0.9)\n{source}" for name, source in right.items()}, code="import time\ntime.sleep(0.9)\n$WRONG",
        kinds=(*WRONG, "timeout", "error"), rest="earlier"),
    Attack("every_cell_ends_the_process", others=lambda right: dict.fromkeys(right, "import os\nos._exit(1)"),
           code="import os\nos._exit(1)", kinds=STOPPED, rest="none"),
    Attack("every_cell_takes_forever", others=lambda right: dict.fromkeys(right, FOREVER), code=FOREVER, kinds=ENDED, rest="none"),
    Attack("exit_just_before_the_whole_time_is_up", others=lambda right: dict.fromkeys(list(right)[:4], FOREVER) | {
        name: "import time, os\ntime.sleep(1)\nos._exit(1)" for name in list(right)[4:]}, code=FOREVER,
        kinds=ENDED, rest="none"),
    # The first line makes the grader look closer.
    Attack("source_of_many_thousand_names", "# torch\n" + "a," * 8_000, others=lambda right: {
        name: "# torch\n" + "a," * 8_000 for name in list(right)[-3:]}, kinds=(*SOME, "missing"), rest="earlier"),
    Attack("source_nested_deeply", "-" * 49_000 + "1", kinds=(*ENDED, "missing")),
    Attack("source_with_parentheses", "(" * 150 + ")" * 150 + "\n" + "x" + "[0]" * 16_000, kinds=(*ENDED, "missing")),
    Attack("source_that_folds_into_gigabytes", "made = 'x' * (1 << 34)\nother = [0] * (1 << 33)\n$WRONG", kinds=(*ENDED, "missing")),
    Attack("shell_commands_by_the_hundred", "for _ in range(300): get_ipython().system('sleep 60 &')\n$WRONG", kinds=SOME),
]
