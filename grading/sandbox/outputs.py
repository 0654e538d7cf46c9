"""Inside the sandbox: what a cell printed, displayed and drew, no more of it than the limits allow."""

import io
from base64 import b64decode
from contextlib import suppress
from typing import Any

from grading.course.limits import Limits

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


def displayed(data: dict[str, Any], kind: str, limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
    """A value that was displayed ("stream") or is a cell's last ("result"): its picture, or else its text."""
    image = data.get("image/png")
    if isinstance(image, str):
        with suppress(ValueError):
            image = b64decode(image)
    if isinstance(image, bytes) and image.startswith(b"\x89PNG\r\n\x1a\n"):
        return _keep(image, limits, pictures)
    text = str(data.get("text/plain", ""))[: limits.output_bytes]
    if not text:
        return []
    return [{"result": text}] if kind == "result" else [{"stream": "stdout", "text": text + "\n"}]


def figures(limits: Limits, pictures: list[bytes]) -> list[dict[str, Any]]:
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
