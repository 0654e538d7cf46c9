"""Pictures in a written answer: pasted into JupyterLab (attachments), or into the text itself, as Colab writes them.

They are carried along as attachments, each drawn anew from its pixels, so that nothing else travels with them.
"""

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from io import BytesIO
from urllib.parse import unquote

Pictures = dict[str, dict[str, str]]  # as a notebook's cell holds them: name → type → base64

FORMATS = ("PNG", "JPEG", "GIF")
MOST = 20
MAX_PIXELS = 25_000_000
MAX_BYTES = 6 << 20  # of all pictures of one answer
IN_THE_TEXT = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]*)")
ATTACHED = re.compile(r"attachment:([^)\s\"'>]+)")


def with_pictures(source: str, attachments: object) -> tuple[str, Pictures, list[str]]:
    """The text with every picture as an attachment, these attachments, and why pictures were left out.

    A picture that is not there, or is none, is told of in the text where it would have stood.
    """
    given = attachments if isinstance(attachments, Mapping) else {}
    kept: Pictures = {}
    remarks: list[str] = []
    room = MAX_BYTES

    def keep(name: str, encoded: object) -> str:
        nonlocal room
        drawn = _drawn_anew(encoded) if len(kept) < MOST else "is one of more than 20"
        if isinstance(drawn, bytes) and len(drawn) > room:
            drawn = f"does not fit into the {MAX_BYTES >> 20} MB that the pictures of an answer may take together"
        if isinstance(drawn, str):
            remarks.append(f"a picture was left out: {name} {drawn}.")
            return f"picture-{name}-was-left-out"
        room -= len(drawn)
        kept[name] = {"image/png": b64encode(drawn).decode()}
        return f"attachment:{name}"

    def from_the_text(found: re.Match[str]) -> str:
        return keep(f"picture-{len(kept) + len(remarks) + 1}.png", unquote(found[1]))

    def attached(found: re.Match[str]) -> str:
        name = unquote(found[1])
        if name in kept:
            return found[0]
        of_name = given.get(name, given.get(found[1]))
        encoded = next(iter(of_name.values()), None) if isinstance(of_name, Mapping) else None
        safe = re.sub(r"[^\w.-]", "_", name)[:80]
        return found[0] if safe in kept else keep(safe, encoded)
    return IN_THE_TEXT.sub(from_the_text, ATTACHED.sub(attached, source)), kept, remarks


def _drawn_anew(encoded: object) -> bytes | str:
    """A picture's pixels as PNG; a string that says why there are none."""
    from PIL import Image, UnidentifiedImageError
    text = "".join(encoded) if isinstance(encoded, list) and all(isinstance(one, str) for one in encoded) else encoded
    if not isinstance(text, str):
        return "is not in the notebook"
    try:
        with Image.open(BytesIO(b64decode(text)), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                return f"has more than {MAX_PIXELS // 10**6} million pixels"
            drawn = BytesIO()
            image.convert("RGBA" if image.mode in ("RGBA", "LA", "P", "PA") else "RGB").save(drawn, "PNG")
            return drawn.getvalue()
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "cannot be read as PNG, JPEG or GIF"
