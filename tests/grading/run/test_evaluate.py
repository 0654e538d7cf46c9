"""Cells run apart from everything that must stay unseen, and one cell's end is not the end of the others."""

from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from grading.course.limits import Limits
from grading.judge.cases import draw_cases
from grading.judge.judging import Lost, judge
from grading.probes.model import Cases, Point, Probe, ProblemSet
from grading.probes.source_text import uses
from grading.run.attempt import Attempt, CellRun
from grading.run.evaluate import Evaluation, evaluate
from grading.sandbox.client import Sandbox
from helpers.probe import partner
from tests.grading.sandbox.student import printed, wait_until_nothing_runs

PROBE = Probe("double", lambda x: 2 * x, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=3)}, 4)},
              [Point("twice", 1.0)], unchanged=0.25)
CASES = {"double": draw_cases(PROBE, b"secret", "ada", "ps")}
GOOD = "def double(x):\n    return 2 * x"
TEST = "from helpers.probe import probe\nprobe('double', double)"


def run(sandbox: Sandbox, *cells: str, probes: Mapping[int, list[str]] | None = None) -> Evaluation:
    return evaluate(sandbox, dict(enumerate(cells)), probes or {}, CASES)


def error(run: CellRun) -> str:
    return next((f"{o['ename']}: {o['evalue']}" for o in run.outputs if o["output_type"] == "error"), "")


def test_values_are_shipped_and_judged(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, GOOD, TEST, probes={1: ["double"]})
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right"


def test_printed_text_displayed_values_figures_and_errors_come_back(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "import sys\nprint('out'); print('err', file=sys.stderr)\n41 + 1",
                     "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()", "1 / 0", "7;")
    kinds = [[(o["output_type"], o.get("name")) for o in evaluation.cells[n].outputs] for n in range(4)]
    assert kinds == [[("stream", "stdout"), ("stream", "stderr"), ("execute_result", None)], [("display_data", None)],
                     [("error", None)], []]
    assert printed(evaluation) == "out\n42\n"
    assert error(evaluation.cells[2]) == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize("line", [
    "%cd /nowhere", "%cd", "%reset -f", "%store -r x", "%bookmark here", "%matplotlib widget", "%matplotlib ipympl",
    "%matplotlib qt", "%matplotlib tk", "%matplotlib inline", "%matplotlib nonsense", "%load_ext autoreload", "%autoreload 2",
    "%pip install numpy", "%no_such_magic 1", "%config InlineBackend.figure_format = 'retina'", "%time 1 + 1", "%precision 3",
    "get_ipython().run_line_magic('cd', '/nowhere')", "%%no_such_cell_magic", "%%time", "%%capture"])
def test_a_command_of_ipython_costs_no_answer(sandbox: Sandbox, line: str) -> None:
    evaluation = run(sandbox, "import numpy as np", f"{line}\n{GOOD}", TEST, "np.pi", probes={2: ["double"]})
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right", error(evaluation.cells[1])
    assert printed(evaluation, 3) == ("3.142\n" if "precision" in line else "3.141592653589793\n")


def test_of_a_reply_only_leaves_and_errors_are_kept(sandbox: Sandbox) -> None:
    junk = "\n    half._session.send({'type': 'values', 'probe': 'double', 'case': 0, 'leaves': [], 'junk': 'x' * 99999}, [])"
    evaluation = run(sandbox, "from helpers import probe as half\ndef double(x):" + junk, TEST, probes={1: ["double"]})
    assert evaluation.replies == {} or all(reply.header.keys() <= {"leaves", "error"}
                                           for reply in evaluation.replies["double"].values())
    ended = run(sandbox, "from helpers import probe as half\nimport os\ndef double(x):" + junk + "\n    os._exit(0)", TEST,
                probes={1: ["double"]})
    assert [list(reply.header) for reply in ended.replies["double"].values()] == [["leaves"]]


def test_what_all_attempts_send_has_one_bound(sandbox: Sandbox) -> None:
    cell = "import os\nfrom helpers import probe as half\nfor _ in range(3): print('x' * 60000)\nos._exit(0)"
    few = evaluate(sandbox, dict(enumerate([GOOD, *[cell] * 3, TEST])), {4: ["double"]}, CASES)
    assert judge(PROBE, CASES["double"], few.replies["double"]).kind == "right"
    sent = []

    class Counted(Attempt):
        def run(self) -> Lost | None:
            before = self.job.received
            lost = super().run()
            sent.append((before, self.job.received))
            return lost
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grading.run.evaluate.Attempt", Counted)
        evaluate(sandbox, dict(enumerate([GOOD, *[cell] * 3, TEST])), {4: ["double"]}, CASES)
    assert [before for before, _ in sent] == [0, *[after for _, after in sent[:-1]]]
    assert len(sent) == 4


@pytest.mark.parametrize("end", ["import os; os._exit(0)", "import os; os.kill(os.getpid(), 9)",
                                 "import ctypes; ctypes.string_at(0)"])
def test_a_cell_that_ends_the_process_loses_only_itself(sandbox: Sandbox, end: str) -> None:
    evaluation = run(sandbox, GOOD, end, TEST, probes={2: ["double"]})
    lost = evaluation.cells[1].lost
    assert lost and lost.message == "the Python process ended (os._exit, a crash, or too much memory)"
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right"


@pytest.mark.parametrize("loop", [
    "while True: pass",
    "import time\ntime.sleep(1e6)",
    "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    try:\n        while True: pass\n"
    "    except BaseException: pass",
    "9 ** 9 ** 9",
])
@pytest.mark.waits
def test_a_cell_that_never_ends_is_stopped_and_the_rest_is_run(impatient: Sandbox, loop: str) -> None:
    evaluation = run(impatient, GOOD, loop, TEST, probes={2: ["double"]})
    lost = evaluation.cells[1].lost
    assert lost and (lost.kind, lost.message) == ("timeout", "the time limit of 1 s for a cell was reached")
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right"


@pytest.mark.waits
def test_values_shipped_before_a_cell_was_stopped_still_count(impatient: Sandbox) -> None:
    slow = "calls = 0\ndef double(x):\n    global calls\n    calls += 1\n    while calls > 2: pass\n    return 2 * x"
    evaluation = run(impatient, slow, TEST, probes={1: ["double"]})
    assert len(evaluation.replies["double"]) == 2


@pytest.mark.sandbox
@pytest.mark.waits
def test_the_time_of_the_whole_notebook_is_limited_too() -> None:
    with Sandbox(Limits(total_seconds=2)) as short:
        with short.start():
            pass  # the server is ready, and its start takes nothing of the time
        evaluation = run(short, *["import time; time.sleep(1)"] * 6)
    assert [number for number, run in evaluation.cells.items() if not run.lost] in ([0], [])  # two of them take two seconds
    lost = [run.lost for _, run in sorted(evaluation.cells.items()) if run.lost]
    assert len(evaluation.cells) == 6
    assert [(one.kind, one.message) for one in lost] == [("timeout", "the time limit of 2 s for the notebook was reached")] + [
        ("timeout", "earlier cells used up the notebook's time")] * (len(lost) - 1)


def test_memory_files_and_output_are_limited(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "x = bytearray(2 << 30)", "open('big', 'wb').write(bytes(6 << 20))",
                     "for i in range(5): open(str(i), 'wb').write(bytes(3 << 20))", "print('x' * (1 << 20))",
                     "files = [open('/dev/null') for _ in range(500)]")
    assert error(evaluation.cells[0]).startswith("MemoryError")
    assert "File too large" in error(evaluation.cells[1])
    assert "No space left on device" in error(evaluation.cells[2])
    assert 60_000 < len(printed(evaluation, 3)) < 70_000
    assert printed(evaluation, 3).endswith("… output cut here\n")
    assert "Too many open files" in error(evaluation.cells[4])


@pytest.mark.waits
def test_a_cell_that_shows_too_much_is_cut_and_still_counts(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "for i in range(5000): print('line', i, 'x' * 50)",
                     "from IPython.display import display\nfor i in range(1000): display(i)",
                     "import matplotlib.pyplot as plt, numpy as np\nfor i in range(12):\n"
                     "    plt.figure(figsize=(12, 12)); plt.imshow(np.random.rand(600, 600)); plt.axis('off')")
    assert [evaluation.cells[number].lost for number in range(3)] == [None] * 3
    assert printed(evaluation).count("… output cut here") == 1
    assert len(evaluation.cells[1].outputs) == 100
    assert "A figure was left out: the figures of this cell are too large." in str(evaluation.cells[2].outputs[-1])


def test_an_exception_that_cannot_be_printed_is_only_an_exception(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "class E(Exception):\n    def __str__(self): raise ValueError\nraise E", GOOD, TEST,
                     probes={2: ["double"]})
    assert evaluation.cells[0].lost is None
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right"


def test_reading_from_the_keyboard_fails_at_once(sandbox: Sandbox) -> None:
    assert error(run(sandbox, "input('your name? ')").cells[0]).startswith("EOFError")


def forge(header: str) -> str:
    """A cell that writes its own frame to every descriptor it has."""
    return ("import os, json\nfrom helpers import wire\n"
            f"for fd in range(3, 64):\n    try: os.write(fd, {header})\n    except OSError: pass")


@pytest.mark.parametrize("frame", [
    "wire.encode_frame({'type': 'values', 'probe': 'double', 'case': 0, 'leaves': []})",
    "wire.encode_frame({'type': 'finished', 'cell': 5, 'outputs': []})",
    "wire.encode_frame({'type': 'done'})",
    "wire.encode_frame({'type': 'broken', 'message': 'x'})",
    "wire.encode_frame({'type': 'finished', 'cell': 1, 'outputs': [{'html': '<script>'}]})",
    "b'\\xff' * 64",
])
def test_a_forged_frame_ends_its_cell_and_wins_nothing(sandbox: Sandbox, frame: str) -> None:
    evaluation = run(sandbox, GOOD, forge(frame), TEST, probes={2: ["double"]})
    lost = evaluation.cells[1].lost
    assert lost and lost.message == "something other than this course's test cells wrote to the grading channel"
    assert judge(PROBE, CASES["double"], evaluation.replies["double"]).kind == "right"


def test_a_value_sent_twice_is_refused(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, GOOD, TEST + "\nprobe('double', double)", probes={1: ["double"]})
    assert evaluation.cells[1].lost
    assert "double" not in evaluation.replies


def test_random_numbers_differ_between_submissions(sandbox: Sandbox) -> None:
    cell = "import random, numpy as np; print(random.random(), np.random.rand())"
    assert printed(run(sandbox, cell)) != printed(run(sandbox, cell))


def test_one_submission_leaves_nothing_for_the_next(sandbox: Sandbox) -> None:
    run(sandbox, "import numpy as np, builtins; np.allclose = None; builtins.left = 1; mine = 1")
    evaluation = run(sandbox, "import numpy as np, builtins; print(np.allclose is None, hasattr(builtins, 'left'), "
                              "'mine' in globals())")
    assert printed(evaluation) == "False False False\n"


def test_no_process_is_left_when_a_submission_ends(sandbox: Sandbox) -> None:
    run(sandbox, "import os\nfor _ in range(5):\n    if os.fork() == 0:\n        os.setsid()\n        import time; "
                 "time.sleep(1e6)")
    wait_until_nothing_runs(sandbox)


def use_layer(Layer: Any, x: np.ndarray) -> Any:
    layer = Layer(2.0)
    y = layer.forward(x)
    return {"y": y, "kept": layer.x, "twice": partner(Layer, "twice")(x)}


LAYER = """
def twice(x): return x + x
class Layer:
    def __init__(self, factor): self.factor = factor
    def forward(self, x):
        self.x = x
        return self.factor * x
"""


def test_a_class_is_tried_as_the_hidden_test_says(sandbox: Sandbox) -> None:
    class Layer:
        """The reference: its partner is this module's `twice`."""

        def __init__(self, factor: float) -> None:
            self.factor = factor

        def forward(self, x: np.ndarray) -> np.ndarray:
            self.x = x
            return np.multiply(x, self.factor)

    tried = Probe("Layer", Layer, {"ordinary": Cases(lambda rng: {"x": rng.normal(size=3)}, 3)},
                  [Point("forward", 1.0, part="y"), Point("keeps its input", 1.0, part="kept"),
                   Point("twice", 1.0, part="twice")], use=use_layer)
    cases = {"Layer": draw_cases(tried, b"secret", "ada", "ps")}
    for source, points in ((LAYER, 3.0), (LAYER.replace("self.x = x", "self.x = -x"), 2.0)):
        result = evaluate(sandbox, {0: source, 1: "from helpers.probe import probe\nprobe('Layer', Layer)"}, {1: ["Layer"]},
                          cases, uses(ProblemSet("ps", (tried,))))
        assert judge(tried, cases["Layer"], result.replies["Layer"]).points == points


def twice(x: np.ndarray) -> np.ndarray:
    return np.multiply(2, x)


@pytest.mark.sandbox
@pytest.mark.skipif(not find_spec("torch"), reason="needs torch, which is not installed here")
def test_torch_is_there_before_the_first_fork_and_every_child_has_its_own_random_numbers() -> None:
    cell = "import sys; early = 'torch' in sys.modules; import torch; print(early, torch.get_num_threads(), float(torch.rand(1)))"
    with Sandbox(Limits(), imports=["torch"]) as box:
        first, second = (printed(run(box, cell)).split() for _ in range(2))
    assert first[:2] == second[:2] == ["True", "1"]
    assert first[2] != second[2]
