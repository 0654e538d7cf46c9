"""Writing to the channel that grades arrive through: frames that lie, come too early, or are no frames at all."""

from tests.hostile.attack import ENDED, STOPPED, WRONG_OR_STOPPED, Attack

SEND = """
import os, json
from helpers import wire
from helpers import probe as half
def send(data):
    data = memoryview(data)
    while data:
        data = data[os.write(half._session.descriptor, data):]
def frame(blobs=(), **header):
    send(wire.encode_frame(header, blobs))
"""
WROTE = "something other than this course's test cells wrote to the grading channel"


def forged(name: str, lines: str, **more: object) -> Attack:
    """Forge while the answer's own cell runs."""
    return Attack(f"forged_{name}", f"$WRONG\n{SEND}\n{lines}", **{"kinds": STOPPED, "hint": WROTE, **more})  # type: ignore[arg-type]


def called(name: str, lines: str, **more: object) -> Attack:
    """Forge while the test calls the answer, when values of this one exercise are awaited."""
    return Attack(f"forged_{name}", SEND, answer=f"{lines}\nreturn np.zeros_like(x)", **{"kinds": STOPPED, **more})  # type: ignore[arg-type]


RAW = "send(len(text).to_bytes(4, 'little') + text)"
VALUES = "type='values', probe='$NAME'"
LEAF = "{'name': 'out', 'kind': 'array', 'dtype': '<f8', 'shape': [1], 'blob': 0}"

SAMPLE = [
    Attack("write_forged_frames_to_fds", """
$WRONG
import os
for number in range(3, 64):
    try: os.write(number, b'\\0' * 8 + b'{"id": 0, "score": 10, "status": "pass"}' * 1000)
    except OSError: pass
""", kinds=STOPPED, hint=WROTE),
]

OWN = [
    forged("values_before_the_test", f"for number in range(20): frame({VALUES}, case=number, leaves=[])"),
    forged("values_of_the_next_exercise", "for name in half._session.inputs: frame(type='values', probe=name, case=0, leaves=[])"),
    forged("done_early", "frame(type='done')"),
    forged("broken_sandbox", "frame(type='broken', message='the machine is at fault, give everybody full marks')"),
    forged("finished_with_html", "frame(type='finished', cell=0, outputs=[{'html': '<script>alert(1)</script>'}])"),
    forged("unknown_type", "frame(type='score', points=10)"),
    forged("no_type", "frame(points=10)"),
    forged("header_too_long", "send(b'\\xff' * 64)"),
    forged("header_of_nothing", "send(bytes(4096))"),
    forged("header_nested_deeply", f"text = b'[' * 400000 + b']' * 400000\n{RAW}"),
    forged("header_that_is_no_object", f"text = b'[1, 2, 3]'\n{RAW}"),
    forged("nan_and_infinity", "text = b'{\"type\": NaN, \"cell\": Infinity, \"blobs\": []}'\n" + RAW),
    forged("duplicate_keys", "text = b'{\"type\": \"done\", \"type\": \"finished\", \"cell\": -1, \"blobs\": []}'\n" + RAW),
    forged("more_blobs_than_counted", f"frame({VALUES}, case=0, leaves=[])\nsend(b'x' * 1000)"),
    forged("blob_that_never_comes", "text = b'{\"type\": \"values\", \"blobs\": [30000000]}'\n" + RAW + "\nimport time\ntime.sleep(60)",
           kinds=ENDED, hint=""),
    forged("blob_count_that_is_negative", "text = b'{\"type\": \"values\", \"blobs\": [-5, true, 1e3]}'\n" + RAW),
    forged("forty_megabytes", "send(len(t := b'{\"blobs\": [33554432, 33554432]}').to_bytes(4, 'little') + t)\nsend(bytes(1 << 20) * 40)"),
    called("value_twice", f"frame({VALUES}, case=0, leaves=[])", hint=WROTE),
    called("junk_beside_the_values", "text = json.dumps({'type': 'values', 'probe': '$NAME', 'case': 0, 'leaves': [], 'blobs': [],\n"
           "                   'junk': [[]] * 200000}).encode()\n" + RAW, hint=WROTE),
    called("value_of_a_case_that_is_not", f"frame({VALUES}, case=99, leaves=[])", hint=WROTE),
    called("value_of_case_true", f"frame({VALUES}, case=True, leaves=[])", hint=WROTE),
    called("value_of_case_minus_one", f"frame({VALUES}, case=-1, leaves=[])", hint=WROTE),
    called("value_of_case_text", f"frame({VALUES}, case='0', leaves=[])", hint=WROTE),
    called("values_replayed_from_another_case", f"for number in range(20): frame([bytes(8)], {VALUES}, case=number, leaves=[{LEAF}])"),
    called("all_values_then_exit", f"for number in range(3): frame([bytes(8)], {VALUES}, case=number, leaves=[{LEAF}])\nos._exit(0)",
           kinds=WRONG_OR_STOPPED),
    called("error_in_place_of_values", f"frame({VALUES}, case=0, error='NotImplementedError')\nos._exit(0)"),
    called("stub_without_words", f"frame({VALUES}, case=0, error={{'type': 'NotImplementedError', 'message': ' '}})\nos._exit(0)",
           kinds=("missing", "error")),
    called("error_nested_deeply", "for case in (0, 1):\n"
           "    text = b'{\"type\": \"values\", \"probe\": \"$NAME\", \"case\": %d, \"blobs\": [], \"error\": {\"type\": ' % case\n"
           "    text += b'[' * 900 + b']' * 900 + b'}}'\n    " + RAW + "\nos._exit(0)"),
    called("error_with_markup", f"frame({VALUES}, case=0, error={{'type': '<evil>', 'message': '<evil onload=alert(1)>[red]\\x1b[31m', 'line': 3}})\n"
           "os._exit(0)"),
    called("leaf_of_impossible_shape", f"frame([b''], {VALUES}, case=0, leaves=[{{**{LEAF}, 'shape': [0, 33554432, 33554432, 33554432, 33554432]}}])\n"
           "os._exit(0)", kinds=WRONG_OR_STOPPED),
    called("leaves_with_lying_sizes", f"frame([bytes(3)], {VALUES}, case=0, leaves=[{LEAF}] * 64)\nos._exit(0)", kinds=WRONG_OR_STOPPED),
    called("leaf_of_object_dtype", f"frame([bytes(8)], {VALUES}, case=0, leaves=[{{**{LEAF}, 'dtype': '|O'}}])\nos._exit(0)",
           kinds=WRONG_OR_STOPPED),
    called("pickle_in_a_blob", f"import pickle\nclass Run:\n    def __reduce__(self): return os.system, ('touch $OUTSIDE/pickled',)\n"
           f"frame([pickle.dumps(Run())], {VALUES}, case=0, leaves=[{LEAF}])\nos._exit(0)", kinds=WRONG_OR_STOPPED),
    Attack("forged_picture_without_measure", SEND + """
picture = b'\\x89PNG\\r\\n\\x1a\\n' + bytes(30 << 20)
frame([picture], type='finished', cell=$CELL, outputs=[{'png': 0}])
frame(type='started', cell=$CELL + 1)
frame([picture], type='finished', cell=$CELL + 1, outputs=[{'png': 0}])
$WRONG
""", kinds=WRONG_OR_STOPPED, late=True),
    Attack("forged_text_without_measure", SEND + """
for number in range(2):
    frame(type='finished', cell=$CELL + number, outputs=[{'stream': 'stdout', 'text': 'x' * 1000000}])
    if not number: frame(type='started', cell=$CELL + 1)
$WRONG
""", kinds=WRONG_OR_STOPPED, late=True),
    Attack("forged_outputs_in_thousands", SEND + """
frame(type='finished', cell=$CELL, outputs=[{'stream': 'stdout', 'text': 'x'}] * 501)
$WRONG
""", kinds=STOPPED, hint=WROTE),
    Attack("forged_end_of_the_own_cell", SEND + """
frame(type='finished', cell=$CELL, outputs=[])
frame(type='started', cell=$CELL + 1)
for number in range(9): frame(type='values', probe='$NAME', case=number, leaves=[])
frame(type='finished', cell=$CELL + 1, outputs=[])
$WRONG
""", kinds=WRONG_OR_STOPPED, late=True),
    Attack("forged_time_for_all_cells", SEND + """
import time
frame(type='finished', cell=$CELL, outputs=[])
for number in range($CELL + 1, 99):
    frame(type='started', cell=number)
    time.sleep(1)
    frame(type='finished', cell=number, outputs=[])
$WRONG
""", kinds=("error", "timeout"), late=True),
]
