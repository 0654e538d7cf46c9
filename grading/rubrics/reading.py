"""One look of a person at one answer: which items of the rubric it meets, and what is said to its student."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import blake2b

# As the reader of an answer: where there was nothing to read, and where points were given in another program.
NOBODY, ELSEWHERE = "nothing written", "formgrader"


@dataclass(frozen=True)
class Item:
    """A line of a rubric: what it is worth (negative where it costs points), and its words, Markdown."""

    id: int
    points: float
    words: str


@dataclass(frozen=True)
class Reading:
    """What one person found in one answer.

    `text` is the answer's fingerprint: an answer whose text changed is read again. `typed` are points given by hand,
    in place of the items' sum. `done`: the reader has gone on; before that it is a beginning. `second`: a second
    reading, which counts for nothing but how far two readers agree. `seconds`: how long the answer was looked at.
    """

    student: str
    reader: str
    text: str
    items: frozenset[int] = frozenset()
    typed: float | None = None
    comment: str = ""
    done: bool = False
    second: bool = False
    seconds: float = 0.0
    id: int = 0  # of its line in the file; later ones are larger
    at: str = ""  # when, UTC


def fingerprint(text: str) -> str:
    """Of an answer's text; blanks at its ends do not matter."""
    return blake2b(text.strip().encode(errors="surrogatepass"), digest_size=12).hexdigest()


def points_of(reading: Reading, items: Mapping[int, Item], most: float) -> float:
    """The points of an answer worth `most`: the sum of its items or what was typed, never below 0 or above it."""
    total = sum(items[item].points for item in reading.items if item in items)
    points = total if reading.typed is None else reading.typed
    return round(min(max(points, 0.0), most), 6)


def in_order(items: Collection[Item]) -> dict[int, Item]:
    """Items by their ids, in the order in which they were written."""
    return {item.id: item for item in sorted(items, key=lambda item: item.id)}
