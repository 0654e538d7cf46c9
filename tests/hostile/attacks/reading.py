"""Looking for answers: in files, in memory, in the history, in what helpers and the hidden test bring along."""

from tests.hostile.attack import WRONG_OR_STOPPED, Attack

SAMPLE = [
    Attack("gradebook_read_hidden", """
import sqlite3
from pathlib import Path
for place in ('$COURSE/gradebook.db', 'gradebook.db', '../../../gradebook.db'):
    if Path(place).exists(): print('BREACH', place)
    try: print('BREACH', sqlite3.connect(f'file:{place}?mode=ro', uri=True).execute('select source from source_cell').fetchall())
    except sqlite3.Error: pass
$WRONG
"""),
    Attack("read_tests_from_cwd_notebook", """
import os
print(os.getcwd(), os.listdir('.'))
for folder, _, files in os.walk('/'):
    if folder == '/': continue
    if any(name.startswith('$SET') and name.endswith('.ipynb') for name in files): print('BREACH', folder)
    if folder.count('/') > 5: _.clear()
    _[:] = [name for name in _ if name not in ('proc', 'usr', 'sys')]
$WRONG
"""),
    Attack("read_tests_via_history", """
shell = get_ipython()
history = str(shell.history_manager.input_hist_raw) + str(shell.user_ns.get('In')) if shell.history_manager else ''
if 'probe(' in history: print('BREACH')
$WRONG
"""),
    Attack("run_source_solution", """
import glob, json
for place in ('$COURSE/source/*/*.ipynb', '../../../source/*/*.ipynb', '/*/*/source/*/*.ipynb', '/home/*/*/source/*/*.ipynb'):
    for path in glob.glob(place):
        print('BREACH', path)
        for cell in json.load(open(path))['cells']:
            text = ''.join(cell['source'])
            if 'BEGIN SOLUTION' in text and '$NAME' in text: exec(text)
if '$NAME' not in globals():
    exec('''$WRONG''')
"""),
    Attack("env_secrets", """
import os
from pathlib import Path
words = ('TOKEN', 'SECRET', 'PASSWORD', 'HOSTILE_CANARY', 'SSH')
found = str(dict(os.environ)) + Path('/proc/self/environ').read_text()
print([('BREACH', word) for word in words if word in found.upper()])
$WRONG
"""),
    Attack("read_etc_and_ssh", """
from pathlib import Path
for place in ('/etc/passwd', '/etc/shadow', '/etc/hostname', '/root/.ssh/id_rsa', '/root', '/home', '/var/lib'):
    try:
        found = Path(place).read_text() if Path(place).is_file() else [str(p) for p in Path(place).iterdir()]
        if set(found) - {'/home/student'}: print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
]

OWN = [
    Attack("memory_of_every_process", """
import os
for number in [name for name in os.listdir('/proc') if name.isdigit() and int(name) != os.getpid()]:
    try:
        with open(f'/proc/{number}/mem', 'rb') as memory:
            memory.seek(int(open(f'/proc/{number}/maps').readline().split('-')[0], 16))
            if memory.read(1): print('BREACH', number)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("environment_and_files_of_process_one", """
import os
for what in ('environ', 'root', 'cwd', 'fd', 'maps'):
    for number in (1, os.getppid()):
        place = f'/proc/{number}/{what}'
        try:
            found = os.listdir(place) if os.path.isdir(place) else open(place).read()
            if what == 'environ' and 'HOSTILE_CANARY' in found: print('BREACH', place)
            if what in ('root', 'cwd') and os.path.exists(place + '$COURSE'): print('BREACH', place)
        except OSError as error: print(type(error).__name__)
$WRONG
"""),
    Attack("secrets_in_a_command_line", """
import glob
for place in glob.glob('/proc/*/cmdline'):
    if 'HOSTILE_CANARY' in open(place).read(): print('BREACH')
$WRONG
"""),
    Attack("traced_from_a_child", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
for number in (1, os.getppid()):
    if libc.ptrace(16, number, 0, 0) == 0: print('BREACH', number)
here, there = ctypes.create_string_buffer(8), (ctypes.c_size_t * 2)(0x400000, 8)
local = (ctypes.c_size_t * 2)(ctypes.addressof(here), 8)
if libc.process_vm_readv(1, local, 1, there, 1, 0) > 0: print('BREACH')
$WRONG
"""),
    Attack("open_descriptors", """
import os
for number in range(64):
    try: where = os.readlink(f'/proc/self/fd/{number}')
    except OSError: continue
    if not where.startswith(('/dev/null', 'socket:', '/proc')): print('BREACH', number, where)
$WRONG
"""),
    Attack("the_grading_package_and_its_bytecode", """
import sys, glob, importlib, importlib.metadata
try:
    import grading.probes
    print('BREACH')
except ImportError: pass
for folder in sys.path:
    for place in glob.glob(f'{folder}/grading/**/*.py*', recursive=True) + glob.glob(f'{folder}/../grading/**/*.py*', recursive=True):
        print('BREACH', place)
for entry in importlib.metadata.entry_points(group='neural_course.probe'):
    try: print('BREACH', entry.load())
    except ImportError: pass
$WRONG
"""),
    Attack("through_the_editable_install", """
import glob, re, sys
from pathlib import Path
for folder in sys.path:
    for place in glob.glob(f'{folder}/__editable__*') + glob.glob(f'{folder}/*.pth') + glob.glob(f'{folder}/neural_course*/*'):
        for path in [] if Path(place).is_dir() else re.findall(r'/[^\\s\\'\\"]+', Path(place).read_text(errors='replace')):
            for inner in ('source', 'grading', 'gradebook.db', 'grading.secret', '../grading', '../source'):
                if (Path(path) / inner).exists(): print('BREACH', path, inner)
$WRONG
"""),
    Attack("remains_of_the_grading_package_in_memory", """
import gc, sys
print([('BREACH', name) for name in sys.modules if name.split('.')[0] == 'grading' and '.probes' in name])
for thing in gc.get_objects():
    if str(type(thing).__module__).startswith('grading.probes'): print('BREACH', thing)
    if isinstance(thing, dict) and str(thing.get('__name__', '')).startswith(('grading.probes', 'grading.judge')): print('BREACH')
$WRONG
"""),
    Attack("references_among_all_functions", """
import gc, types
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and thing.__name__ in ('softmax_jacobian', 'softmax_batch', 'train_network', 'ReLU'):
        if not thing.__module__.startswith(('__main__', 'helpers.checks')): print('BREACH', thing.__module__)
$WRONG
"""),
    Attack("secret_and_other_folders", """
from pathlib import Path
for name in ('grading.secret', 'source', 'release', 'submitted', 'autograded', 'feedback', 'nbgrader_config.py', ''):
    if (Path('$COURSE') / name).exists(): print('BREACH', name)
if Path('$OUTSIDE').exists(): print('BREACH')
$WRONG
"""),
    Attack("a_right_layer_from_the_hidden_test", """
import re, textwrap
from helpers import probe as half
text = half._session.uses.get('train_network', '')
found = re.search(r'class Line\\(Linear\\):\\n(.*?)\\n    class ', text, re.S)
body = textwrap.dedent(found.group(1)) if found else 'pass'
exec('class Linear(Module):\\n' + textwrap.indent(body, '    ').replace('weights, biases):', 'parameters):').replace(
    '= (weights, biases)', '= parameters'))
""", exercise="Linear", sets=("ps5_modular_layers",), kinds=WRONG_OR_STOPPED, rest="earlier"),
    Attack("what_the_last_student_left", """
import os
for place in ('/tmp', '/dev/shm', '/home/student', '/var/tmp', '/run'):
    try: print([('BREACH', name) for name in os.listdir(place) if os.path.isfile(os.path.join(place, name)) and 'fontlist' not in name])
    except OSError as error: print(type(error).__name__)
for kind in ('shm', 'sem', 'msg'):
    try:
        if len(open(f'/proc/sysvipc/{kind}').readlines()) > 1: print('BREACH', kind)
    except OSError: pass
$WRONG
"""),
    Attack("the_keyring_of_the_grader", """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
add_key = {'x86_64': 248, 'aarch64': 217}.get(os.uname().machine)
if add_key and libc.syscall(add_key, b'user', b'answers', b'42', 2, -3) > 0: print('BREACH')
$WRONG
"""),
    Attack("the_address_of_everything", """
from pathlib import Path
for place in ('/proc/kallsyms', '/proc/kcore', '/proc/kmsg', '/dev/mem', '/sys/kernel/debug', '/proc/1/stack'):
    try:
        text = Path(place).open('rb').read(200)
        if text.strip() and not text.startswith(b'0000000000000000'): print('BREACH', place)
    except OSError as error: print(type(error).__name__)
$WRONG
"""),
]
