"""What in the source of a saved answer would cost points: read off the file, without running anything."""

from collections.abc import Iterator, Mapping, Sequence

from helpers.handin.delegation import find_delegations
from helpers.handin.leftover import leftovers
from helpers.handin.outline import Cell, Outline, Part
from helpers.handin.source import defined, names, parse

Saved = Mapping[str, Sequence[Cell]]


def in_answers(outline: Outline, saved: Saved, written: Sequence[Part]) -> Iterator[str]:
    """A sentence for each thing; `written` are the answer cells with something in them."""
    sources = {part.id: saved[part.id][0].text for part in written}
    for part in written:
        yield from (f"{part.title}: {what}" for what in _in_cell(part, sources[part.id]))
    yield from _names(outline, saved, written)
    if outline.from_scratch:
        found = find_delegations(sources, "\n".join(_texts(outline, saved, "given")))
        yield from (f"{part.title}: {found[part.id].message}" for part in written
                    if part.id in found and part.id not in outline.any_tool)


def _in_cell(part: Part, source: str) -> Iterator[str]:
    try:
        here = defined(parse(source))
    except SyntaxError as error:
        where = f"line {error.lineno} of its answer cell" if error.lineno else "its answer cell"
        yield f"{where} is not Python ({error.msg}), so nothing in the cell would run."
        return
    bound = names(source).bound
    for name in part.defines:
        if name not in bound:
            told = " and ".join(f"`{one}`" for one in here if one not in part.defines)
            yield f"its answer cell defines {told or 'nothing'}, and `{name}` is asked for."
    for text in dict.fromkeys(line.text for line in leftovers(source)):
        yield f"delete the line `{text}` in its answer cell: it is left over."


def _names(outline: Outline, saved: Saved, written: Sequence[Part]) -> Iterator[str]:
    """Names that an answer needs and grading would not find."""
    setup = _texts(outline, saved, "given")
    if any("import *" in text for text in setup):
        return
    answers = {part.id: names(saved[part.id][0].text) for part in written}
    taken = frozenset(outline.examples).union(*(names(text).bound for text in setup),
                                              *(answer.bound for answer in answers.values()))
    own = frozenset[str]().union(*(names(cell.text).bound for cell in saved.get("", ()) if cell.code))
    for part in written:
        for name in sorted(answers[part.id].needed - taken):
            where = ("only a cell of your own defines, and such cells are not taken. Copy it into the answer cell."
                     if name in own else "no cell of the saved file defines.")
            yield f"{part.title}: it uses `{name}`, which {where}"


def _texts(outline: Outline, saved: Saved, kind: str) -> list[str]:
    return [saved[part.id][0].text for part in outline.parts if part.kind == kind and saved.get(part.id)
            and saved[part.id][0].code]
