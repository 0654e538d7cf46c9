"""Changing what belongs to others: the course, the machine, the libraries, other processes."""

from tests.hostile.attack import STOPPED, WRONG_OR_STOPPED, Attack

SAMPLE = [
    Attack("drop_gradebook", """
import sqlite3
try:
    book = sqlite3.connect('$COURSE/gradebook.db', timeout=1)
    book.execute('delete from grade')
    book.commit()
    print('BREACH')
except sqlite3.Error as error: print(error)
$WRONG
"""),
    Attack("overwrite_other_submission", """
import glob
from pathlib import Path
for place in [*glob.glob('$COURSE/submitted/*/*/*.ipynb'), '$COURSE/submitted/next-000/$SET/$SET.ipynb']:
    try: Path(place).write_text('{}'); print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("rm_rf_course", """
import os, shutil
for place in ('$COURSE/submitted', '$COURSE/source', '$COURSE/release', '$COURSE/autograded', '$COURSE', '$OUTSIDE'):
    if os.path.exists(place): print('BREACH', place)
    shutil.rmtree(place, ignore_errors=True)
$WRONG
"""),
]

OWN = [
    Attack("kernel_settings", """
import glob, os
for place in ('/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/proc/sys/vm/overcommit_memory', '/proc/sys/kernel/hostname',
              '/proc/sysrq-trigger', '/proc/sys/fs/binfmt_misc/register', '/sys/kernel/uevent_helper', '/proc/sys/kernel/randomize_va_space',
              '/proc/sys/kernel/hotplug', '/sys/power/state', '/proc/acpi/wakeup', '/proc/irq/default_smp_affinity', '/proc/scsi/scsi'):
    try: os.close(os.open(place, os.O_WRONLY)); print('BREACH', place)
    except OSError as error: print(place, type(error).__name__)
$WRONG
"""),
    Attack("score_of_the_memory_killer", """
for number in ('1', 'self'):
    for place, value in (('oom_score_adj', '-1000'), ('timerslack_ns', '1')):
        try: open(f'/proc/{number}/{place}', 'w').write(value); print('BREACH' if value == '-1000' else '')
        except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("helpers_rewritten", """
import glob, os, helpers
from pathlib import Path
folder = Path(helpers.__file__).parent if helpers.__file__ else Path(list(helpers.__path__)[0])
for place in [folder / 'probe.py', folder / 'new.py', folder / '__pycache__' / 'probe.pyc', Path(np.__file__), Path(np.__file__).parent / 'new.py']:
    for act in (lambda: place.open('a').close(), lambda: place.chmod(0o777), lambda: place.unlink(), lambda: os.utime(place, (1, 1)),
                lambda: place.rename(str(place) + '.old'), lambda: os.chown(place, 0, 0), lambda: os.setxattr(place, 'user.x', b'1'),
                lambda: os.truncate(place, 0)):
        try: act(); print('BREACH', place)
        except OSError as error: pass
$WRONG
"""),
    Attack("interpreter_rewritten", """
import os, sys
for place in (sys.executable, os.path.realpath(sys.executable), os.__file__, '/bin/sh', '/usr/bin/env', '/etc/ld.so.preload', '/etc/ld.so.cache'):
    try: os.close(os.open(place, os.O_WRONLY)); print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("mounts", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
os.mkdir('m')
for source, target, kind, flags in ((b'none', b'm', b'tmpfs', 0), (b'none', b'm', b'proc', 0), (b'/', b'm', b'', 4096), (b'none', b'/', b'', 32 | 4096),
                                    (b'none', b'm', b'sysfs', 0), (b'none', b'm', b'cgroup2', 0)):
    if libc.mount(source, target, kind, ctypes.c_ulong(flags), None) == 0: print('BREACH', kind)
for target in (b'/proc', b'/tmp', b'/home/student', b'/usr', b'/'):
    if libc.umount2(target, 2) == 0: print('BREACH', target)
for act in (lambda: os.chroot('m'), lambda: libc.pivot_root and None):
    try: act(); print('BREACH') if act.__code__.co_names[:1] == ('os',) else None
    except (OSError, AttributeError): pass
$WRONG
"""),
    Attack("mounts_in_a_user_namespace_of_ones_own", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
child = os.fork()
if child == 0:
    won = 0
    if libc.unshare(0x10000000 | 0x20000) == 0:
        os.makedirs('/tmp/own', exist_ok=True)
        for target in (b'/usr', b'/proc', b'/home/student'):
            if libc.umount2(target, 2) == 0: won = 1
        if libc.mount(b'none', b'/', b'', ctypes.c_ulong(32 | 4096), None) == 0:
            try: os.mkdir('/written'); won = 1
            except OSError: pass
    os._exit(won)
if os.waitpid(child, 0)[1]: print('BREACH')
$WRONG
"""),
    Attack("device_nodes", """
import os, stat
for kind, numbers in ((stat.S_IFBLK, (8, 0)), (stat.S_IFBLK, (254, 0)), (stat.S_IFCHR, (1, 1))):
    try:
        os.mknod(f'node{numbers[0]}', 0o600 | kind, os.makedev(*numbers))
        os.open(f'node{numbers[0]}', os.O_RDONLY)
        print('BREACH')
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("set_user_id", """
import os, shutil
for number in (0, 1, 65534):
    for act in (os.setuid, os.setgid, os.seteuid, lambda number: os.setgroups([number])):
        try:
            act(number)
            if os.getuid() == 0: print('BREACH')
        except OSError: pass
shutil.copy('/bin/sh', 'sh')
try: os.chmod('sh', 0o4755)
except OSError: pass
$WRONG
"""),
    Attack("capabilities_taken_back", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)
if libc.capset(header, data) == 0: print('BREACH')
if int(open('/proc/self/status').read().split('CapEff:')[1].split()[0], 16): print('BREACH')
$WRONG
"""),
    Attack("doors_of_the_kernel", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if os.uname().machine == 'x86_64':
    doors = {'bpf': 321, 'perf_event_open': 298, 'io_uring_setup': 425, 'userfaultfd': 323, 'kexec_load': 246, 'init_module': 175,
             'swapon': 167, 'acct': 163, 'quotactl': 179, 'open_by_handle_at': 304, 'fsopen': 430, 'move_mount': 429, 'clock_settime': 227}
    space = ctypes.create_string_buffer(256)
    for name, number in doors.items():
        if libc.syscall(number, 0, space, 0, 0, 0) >= 0: print('BREACH', name)
    if libc.syscall(425, 4, space) >= 0: print('BREACH', 'io_uring_setup')
$WRONG
"""),
    Attack("everybody_killed", """
import os, signal
try: os.kill(-1, signal.SIGKILL)
except OSError as error: print(error)
$WRONG
""", kinds=WRONG_OR_STOPPED),
    Attack("parents_killed", """
import os, signal
for number in (os.getppid(), 1, 2, 3): 
    if number != os.getpid():
        try: os.kill(number, signal.SIGKILL)
        except OSError as error: print(error)
try: os.killpg(os.getpgid(0), signal.SIGKILL)
except OSError as error: print(error)
$WRONG
""", kinds=STOPPED),
    Attack("priority_raised", """
import os
for act in (lambda: os.nice(-20), lambda: os.setpriority(os.PRIO_PROCESS, 1, -20), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))):
    try: act(); print('BREACH')
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("limits_raised", """
import resource
for kind in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CPU, resource.RLIMIT_CORE):
    try: resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); print('BREACH', kind)
    except (OSError, ValueError): pass
$WRONG
"""),
    Attack("clock_and_name_of_the_machine", """
import socket, time
for act in (lambda: time.clock_settime(time.CLOCK_REALTIME, 0), lambda: socket.sethostname('owned')):
    try: act(); print('BREACH')
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("links_into_the_course", """
import os
for place in ('$COURSE/gradebook.db', '$COURSE', '$OUTSIDE', '/etc/passwd'):
    for number, act in enumerate((os.symlink, os.link)):
        try:
            act(place, f'link{number}')
            open(f'link{number}', 'a').close()
            print('BREACH', place)
        except OSError as error: print(type(error).__name__)
        if os.path.lexists(f'link{number}'): os.unlink(f'link{number}')
$WRONG
"""),
    Attack("core_dump_wanted", """
import os, resource
try: resource.setrlimit(resource.RLIMIT_CORE, (0, 1 << 30)); print('BREACH')
except (OSError, ValueError): pass
os.abort()
""", kinds=STOPPED),
]
