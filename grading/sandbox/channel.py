"""Inside the sandbox: the job's socket, through which hidden inputs come and values go."""

import builtins
import os
from collections.abc import Callable
from typing import Any

import numpy as np

from helpers import probe, targets, wire


class Channel:
    """The job's socket, through which hidden inputs are asked for: the session behind `probe(...)`."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.read = os.fdopen(descriptor, "rb", closefd=False).read  # as many bytes as asked for, fewer only at the end
        self.inputs: dict[str, list[tuple[int, Any]]] = {}
        self.uses: dict[str, str] = {}

    def send(self, header: Any, blobs: list[bytes]) -> None:
        """Write one frame."""
        frame = memoryview(wire.encode_frame(header, blobs))
        while frame:
            frame = frame[os.write(self.descriptor, frame):]

    def _fetch(self, name: str) -> None:
        """Ask for a probe's inputs; they come only while its test cell runs."""
        if name in self.inputs:
            return
        self.send({"type": "wants", "probe": name}, [])
        self.inputs[name] = []
        while (frame := wire.decode_frame(self.read)) and frame[0]["type"] == "case":
            header, blobs = frame
            self.inputs[name].append((header["case"], (header["inputs"], blobs)))
        self.uses[name] = frame[0]["source"] if frame else ""

    def cases(self, name: str) -> list[tuple[int, Any]]:
        """Fresh inputs of a probe, in the order in which they are to be tried."""
        self._fetch(name)
        return [(number, wire.unpack(spec, blobs, targets.TARGETS | {probe.IMPLEMENTATION: self._asking(name, number)}))
                for number, (spec, blobs) in self.inputs[name]]

    def _asking(self, name: str, number: int) -> Callable[..., Any]:
        """What stands for an implementation that this process may call and not see."""
        def implementation(*arguments: Any, **keywords: Any) -> Any:
            leaves = wire.flatten("args", {**dict(enumerate(arguments)), **keywords})
            headers, blobs = wire.encode_leaves(leaves)
            self.send({"type": "asks", "probe": name, "case": number, "leaves": headers}, blobs)
            frame = wire.decode_frame(self.read)
            header, blobs = frame or ({"error": "EOFError", "message": "the grader is gone"}, [])
            if "error" in header:
                raise getattr(builtins, header["error"])(header["message"])
            return wire.unpack(header["value"], blobs, {})
        return implementation

    def use(self, name: str) -> Any:
        """How an answer is tried, from the source that came with the inputs."""
        self._fetch(name)
        names: dict[str, Any] = {"np": np, "partner": probe.partner}
        exec(self.uses[name], names)
        return names.get("use")

    def finish(self, name: str) -> None:
        """Nothing to do: values are judged elsewhere."""
