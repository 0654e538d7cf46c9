"""Inside the sandbox: run the cells of one submission in a bare IPython shell and send away what comes out.

Nothing here is trusted by the reader of these frames, and nothing here knows an answer.
"""

import ast
import marshal
import os
import random
import sys
import time
import warnings
from typing import Any

import numpy as np

from grading.course.limits import Limits
from grading.sandbox import family
from grading.sandbox.channel import Channel
from grading.sandbox.magics import quieten_magics
from grading.sandbox.outputs import MAX_DISPLAYED, CappedText, displayed, figures
from helpers import probe, wire


def make_shell() -> Any:
    """An IPython shell without history, colours or a terminal."""
    import matplotlib
    matplotlib.use("agg")
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Context"
    shell = InteractiveShell(config=config)
    shell.system = shell.system_raw  # the other way needs a terminal
    rewrite = shell.transform_cell
    shell.transform_cell = lambda source: source if _is_python(source) else rewrite(source)
    quieten_magics(shell)
    return shell


def _is_python(source: str) -> bool:
    """Whether a cell needs none of IPython's own syntax: looking for it takes longer than most answers."""
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def warm_up(shell: Any) -> None:
    """Run a cell that works and one that fails, so that what is prepared on first use is there before the fork."""
    given = set(shell.user_ns)
    for source in ("import numpy as np\ndef f(x):\n    return np.sum(x)\nprint(f([1]))\nf([1])", "1 / 0"):
        _run_cell(shell, source, Limits(), [])
    for name in set(shell.user_ns) - given:
        del shell.user_ns[name]
    _use_shell(shell)


def run_job(shell: Any, descriptor: int, limits: Limits) -> None:
    """Read what is to be run, once or several times, and run its cells in order.

    Given cells come as code without a text, run before any student code of their run, and say nothing.
    """
    channel = Channel(descriptor)
    probe.connect(channel)
    random.seed()
    np.random.seed()
    if torch := sys.modules.get("torch"):
        torch.seed()
    while frame := wire.decode_frame(channel.read):
        header, blobs = frame
        for index, source in zip(header["cells"], blobs, strict=True):
            channel.send({"type": "started", "cell": index}, [])
            pictures: list[bytes] = []
            if index in header["given"]:
                outputs: list[dict[str, Any]] = []
                exec(marshal.loads(source), shell.user_ns)
            else:
                outputs = _run_cell(shell, source.decode(), limits, pictures)
                _leave_too_many_to_the_watchdog(limits.processes)
            channel.send({"type": "finished", "cell": index, "outputs": outputs}, pictures)
        channel.send({"type": "done"}, [])
        if header["last"]:
            return


def _leave_too_many_to_the_watchdog(limit: int) -> None:
    """Stay in a cell that leaves more processes and threads behind than it may: the next look must not find them later.

    As far as they are to be seen from here, those are counted that the watchdog counts.
    """
    try:
        proc = os.open("/proc", os.O_PATH)
    except OSError:
        return  # the cell has left no file to open, and nothing can be counted
    while family.visible(proc) and max(family.descendants(proc, os.getppid(), limit)[1], family.own(proc)) > limit:
        time.sleep(0.01)  # seconds, until it has looked or they have ended
    os.close(proc)


def _use_shell(shell: Any) -> None:
    """Make the shell the one that `display` and `get_ipython` find, with figures drawn to memory."""
    import builtins

    import matplotlib.pyplot as plt
    from IPython.core.interactiveshell import InteractiveShell
    InteractiveShell._instance = shell
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    shell.user_ns["get_ipython"] = builtins.get_ipython  # type: ignore[attr-defined]
    plt.show = lambda *arguments, **keywords: None  # figures are collected after each cell


def _run_cell(shell: Any, source: str, limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
    """Run one cell; its printed text, displayed values and error as plain dicts, its figures in `pictures`."""
    from IPython.core.displayhook import CapturingDisplayHook
    from IPython.core.displaypub import CapturingDisplayPublisher
    printed, warned = CappedText(limits.output_bytes), CappedText(limits.output_bytes)
    shell.display_pub = CapturingDisplayPublisher()
    shown: list[dict[str, Any]] = []
    hook = CapturingDisplayHook(shell=shell, outputs=shown)
    hook.is_active = True  # run_cell asks; True keeps it from storing a second copy of everything printed
    failure: list[list[str]] = []
    shell._showtraceback = lambda kind, error, lines: failure.append([kind.__name__, probe.text_of(error), *lines])
    shell.displayhook = shell.display_trap.hook = hook
    saved = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = printed, warned
    try:
        shell.run_cell(source, store_history=False)
    finally:
        sys.stdout, sys.stderr = saved
    if source.rstrip().endswith(";"):
        shown.clear()  # as in a notebook, a semicolon at the end keeps the last value quiet
    outputs = [{"stream": name, "text": "".join(stream.parts)}
               for name, stream in (("stdout", printed), ("stderr", warned)) if stream.parts]
    for kind, items in (("stream", shell.display_pub.outputs), ("result", shown)):
        for item in items[:MAX_DISPLAYED]:
            outputs += displayed(item.get("data", {}), kind, limits, pictures)
    outputs += figures(limits, pictures)
    if failure:
        name, message, *lines = failure[0]
        outputs.append({"error": name[:80], "message": message[:2000], "traceback": "\n".join(lines)[-8000:]})
    return outputs
