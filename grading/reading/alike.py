"""An order of answers in which equal and nearly equal ones come one after another.

It helps to mark alike what is alike, and says nothing about who copied from whom: that is `course similar`.
"""

import re
from collections.abc import Mapping, Sequence

ALIKE = 75.0  # of 100: from here on an answer is announced as nearly the same as the one before


def plain(text: str) -> tuple[str, ...]:
    """A text's words, without what writing the same twice leaves different: capitals, blanks, signs."""
    return tuple(re.findall(r"\w+", text.lower()))


def chain(texts: Mapping[str, str]) -> list[str]:
    """The names of the texts, each followed by the one nearest to it of those that are left.

    It begins with the text that is most like all others, so that what most have written is read first.
    """
    import numpy as np
    from rapidfuzz import fuzz, process
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in sorted(texts):
        groups.setdefault(plain(texts[name]), []).append(name)
    distinct = _signs(list(groups))
    near = process.cdist(distinct, distinct, scorer=fuzz.ratio, dtype=np.uint8, workers=-1).astype(float)
    left = np.ones(len(distinct), dtype=bool)
    here = int(np.argmax(near @ [len(names) for names in groups.values()])) if groups else 0
    order: list[list[str]] = []
    for _ in distinct:
        order.append(list(groups.values())[here])
        left[here] = False
        here = int(np.argmax(np.where(left, near[here], -1.0)))
    return [name for names in order for name in names]


def likeness(one: str, other: str) -> float:
    """How much alike two texts are word by word, from 0 to 100 (they differ in capitals, blanks and signs at most)."""
    from rapidfuzz import fuzz
    return float(fuzz.ratio(*_signs([plain(one), plain(other)])))


def _signs(texts: Sequence[tuple[str, ...]]) -> list[str]:
    """Each text with one sign for a word: comparing words is what is meant, and takes a fraction of the time."""
    numbers: dict[str, int] = {}
    return ["".join(chr(0x10000 + numbers.setdefault(word, len(numbers)) % 0xF0000) for word in text) for text in texts]
