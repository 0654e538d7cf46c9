"""The points that a mark scheme gives, and for what: lines like "- 1 point: the quotient rule"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SCHEME = re.compile(r"^[^\n]*BEGIN MARK SCHEME[^\n]*$(.*?)^[^\n]*END MARK SCHEME", re.M | re.S)
ENTRY = re.compile(r"(?:^|\n)[-*] +(.*?)(?=\n[-*] |\n\s*\n|\n(?! )|\Z)", re.S)  # with the indented lines below it
WORTH = re.compile(r"(?P<sign>[-−–+]?) ?(?P<worth>\d+(?:[.,]\d+)?(?: ?[½¼¾])?|[½¼¾]|half a|one|a) points?"
                   r"(?P<label> \(\w+\))?: *(?P<words>.*)", re.S | re.I)
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "half a": 0.5, "one": 1.0, "a": 1.0}


@dataclass(frozen=True)
class Entry:
    """What earns `points`, or costs them where they are negative; `words` are Markdown."""

    points: float
    words: str


def read_scheme(source: str) -> tuple[list[Entry], str]:
    """The entries of a rubric cell's mark scheme, and what else stands in it."""
    found = SCHEME.search(source)
    text = found[1].strip("\n") if found else ""
    entries = list(_entries(text))
    rest = ENTRY.sub(lambda entry: "" if WORTH.fullmatch(entry[1]) else entry[0], text)
    return entries, rest.strip()


def _entries(text: str) -> Iterator[Entry]:
    for entry in ENTRY.finditer(text):
        if of := WORTH.fullmatch(entry[1]):
            words = f"{of['label'].strip()} {of['words']}" if of["label"] else of["words"]
            points = _number(of["worth"].lower())
            yield Entry(-points if of["sign"] in tuple("-−–") else points, " ".join(words.split()))


def _number(text: str) -> float:
    if text in FRACTIONS:
        return FRACTIONS[text]
    return (float(text.rstrip("½¼¾ ").replace(",", ".")) + FRACTIONS.get(text[-1], 0.0))
