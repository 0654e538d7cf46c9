"""Only whole pictures reach a page, and no more than it can hold."""

import struct
import zlib
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from grading.pages.figures import is_picture, that_fit

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def png(width: int = 4, height: int = 3) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height)).save(data, "PNG")
    return data.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def text(data: bytes) -> str:
    return b64encode(data).decode()


def test_a_figure_is_a_picture() -> None:
    assert is_picture(text(png()))


@pytest.mark.parametrize("data", [
    SIGNATURE + b"<script>alert(1)</script>" * 10, SIGNATURE, png()[:40], png()[:-20] + b"\0" * 20, b"GIF89a" + bytes(30), b"",
    SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b""),
])
def test_anything_else_with_its_first_eight_bytes_is_none(data: bytes) -> None:
    assert not is_picture(text(data))


@pytest.mark.parametrize("figure", ["", "not base64!", "é"])
def test_text_that_is_no_base64_is_none(figure: str) -> None:
    assert not is_picture(figure)


def test_figures_are_shown_in_their_order_until_the_page_is_full() -> None:
    small, large = text(png()), text(png(300, 300) + b"")
    assert that_fit([[small, "no"], [large], [small]], room=len(small) * 2) == ([[small], [], [small]], 2)
    assert that_fit([[small], [large]]) == ([[small], [large]], 0)
