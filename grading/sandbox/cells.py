"""Inside the sandbox: run the cells of one submission in a bare IPython shell and send away what comes out.

Nothing here is trusted by the reader of these frames, and nothing here knows an answer.
"""

import io
import os
import random
import sys
from base64 import b64decode
from contextlib import suppress
from typing import Any

import numpy as np

from grading.sandbox.limits import Limits
from helpers import probe, targets, wire


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
    return InteractiveShell(config=config)


class Channel:
    """The job's socket, and the hidden inputs that came through it: the session behind `probe(...)`."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.inputs: dict[str, list[tuple[int, Any]]] = {}
        self.uses: dict[str, str] = {}

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer at the end of the stream."""
        parts = []
        while size and (part := os.read(self.descriptor, min(size, 1 << 20))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def send(self, header: Any, blobs: list[bytes]) -> None:
        """Write one frame."""
        frame = memoryview(wire.encode_frame(header, blobs))
        while frame:
            frame = frame[os.write(self.descriptor, frame):]

    def cases(self, name: str) -> list[tuple[int, Any]]:
        """Fresh inputs of a probe, in the order in which they are to be tried."""
        return [(number, wire.unpack(spec, blobs, targets.TARGETS)) for number, (spec, blobs) in self.inputs[name]]

    def use(self, name: str) -> Any:
        """How an answer is tried, from the source that came with the inputs."""
        names: dict[str, Any] = {"np": np, "partner": probe.partner}
        exec(self.uses.get(name, ""), names)
        return names.get("use")

    def finish(self, name: str) -> None:
        """Nothing to do: values are judged elsewhere."""


def run_job(shell: Any, descriptor: int, limits: Limits) -> None:
    """Read a job (hidden inputs, how they are used, then the cells) and run its cells in order."""
    channel = Channel(descriptor)
    while True:
        frame = wire.decode_frame(channel.read)
        if frame is None:
            return
        header, blobs = frame
        if header["type"] == "run":
            break
        if header["type"] == "use":
            channel.uses[header["probe"]] = header["source"]
            continue
        channel.inputs.setdefault(header["probe"], []).append((header["case"], (header["inputs"], blobs)))
    probe.connect(channel)
    random.seed()
    np.random.seed()
    if torch := sys.modules.get("torch"):
        torch.seed()
    _use_shell(shell)
    for index, source in zip(header["cells"], blobs, strict=True):
        channel.send({"type": "started", "cell": index}, [])
        pictures: list[bytes] = []
        outputs = _run_cell(shell, source.decode(), limits, pictures)
        channel.send({"type": "finished", "cell": index, "outputs": outputs}, pictures)
    channel.send({"type": "done"}, [])


def _use_shell(shell: Any) -> None:
    """Make the shell the one that `display` and `get_ipython` find, with figures drawn to memory."""
    import builtins

    import matplotlib.pyplot as plt
    from IPython.core.interactiveshell import InteractiveShell
    InteractiveShell._instance = shell
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]
    shell.user_ns["get_ipython"] = builtins.get_ipython  # type: ignore[attr-defined]
    plt.show = lambda *arguments, **keywords: None  # figures are collected after each cell


MAX_DISPLAYED = 100  # values, and figures, of one cell


class CappedText(io.TextIOBase):
    """A text stream that keeps the first `limit` characters."""

    def __init__(self, limit: int) -> None:
        self.left, self.parts, self.cut = limit, list[str](), False

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.left:
            self.parts.append(text[: self.left])
        if len(text) > self.left and not self.cut:
            self.parts.append("\n… output cut here\n")
            self.cut = True
        self.left = max(0, self.left - len(text))
        return len(text)


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
    for item in [*shell.display_pub.outputs, *shown][:MAX_DISPLAYED]:
        outputs += _displayed(item.get("data", {}), limits, pictures)
    outputs += _figures(limits, pictures)
    if failure:
        name, message, *lines = failure[0]
        outputs.append({"error": name[:80], "message": message[:2000], "traceback": "\n".join(lines)[-8000:]})
    return outputs


def _displayed(data: dict[str, Any], limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
    image = data.get("image/png")
    if isinstance(image, str):
        with suppress(ValueError):
            image = b64decode(image)
    if isinstance(image, bytes):
        return _keep(image, limits, pictures)
    text = str(data.get("text/plain", ""))
    return [{"stream": "stdout", "text": text[: limits.output_bytes] + "\n"}] if text else []


def _figures(limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
    """Every open figure as PNG, closing them."""
    import matplotlib.pyplot as plt
    outputs: list[dict[str, Any]] = []
    for number in plt.get_fignums()[:MAX_DISPLAYED]:
        buffer = io.BytesIO()
        try:
            plt.figure(number).savefig(buffer, format="png", dpi=80, bbox_inches="tight")
        except Exception as error:
            outputs.append({"stream": "stderr", "text": f"A figure could not be drawn: {type(error).__name__}\n"})
            continue
        outputs += _keep(buffer.getvalue(), limits, pictures)
    plt.close("all")
    return outputs


def _keep(image: bytes, limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
    """Put a picture among those of the cell, unless it or all of them together are too large."""
    if sum(map(len, pictures)) + len(image) > limits.figure_bytes:
        return [{"stream": "stderr", "text": "A figure was left out: the figures of this cell are too large.\n"}]
    pictures.append(image)
    return [{"png": len(pictures) - 1}]
