"""The parts of the page that change while somebody reads, as HTML."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grading.pages.html import environment_of
from grading.pages.markdown import to_html
from grading.pages.pseudonyms import pseudonym
from grading.reading.alike import ALIKE, likeness
from grading.reading.answers import NOTHING
from grading.reading.desk import Desk
from grading.reading.room import Room
from grading.rubrics.reading import ELSEWHERE, NOBODY, Item, Reading, points_of

WHO = {NOBODY: "Nothing is written here.", ELSEWHERE: "Points were given with formgrader."}


@dataclass(frozen=True)
class Line:
    """An item of the rubric as the page shows it; `key` is the digit that ticks it, "" from the tenth on."""

    id: int
    key: str
    points: float
    words: Markup
    source: str
    ticked: bool


def lines_of(items: Mapping[int, Item], ticked: Collection[int] = ()) -> list[Line]:
    """The rubric's items, the first nine with their keys."""
    return [Line(item.id, str(number) if number < 10 else "", item.points, to_html(item.words), item.words,
                 item.id in ticked) for number, item in enumerate(items.values(), 1)]


def panes(room: Room, desk: Desk, student: str, reader: str, names: bool, second: Mapping[str, Reading] | None = None,
          among: Sequence[str] = ()) -> dict[str, Markup]:
    """The rubric, the answer and the progress for one student's answer, by name of the pane.

    `second` are the second readings where these are being made, of the answers `among`; first ones are not shown then.
    """
    answers = room.answers
    answer, order = answers.get(student, NOTHING), list(among) if second is not None else list(desk.order)
    reading = (desk.readings if second is None else second).get(student) or Reading(student, reader, "")
    items, place = room.store.items(), order.index(student) if student in order else 0
    before = answers.get(order[place - 1], NOTHING) if place else NOTHING
    facts = {
        "shown": student if names else pseudonym(room.course, student), "text": to_html(answer.text, answer.pictures),
        "place": place + 1, "count": len(order), "state": desk.states.get(student, "unread") if second is None else "",
        "reading": reading, "who": WHO.get(reading.reader), "points": points_of(reading, items, room.question.points),
        "most": room.question.points, "alike": likeness(before.text, answer.text) >= ALIKE if place else False,
        "same": bool(place) and likeness(before.text, answer.text) == 100.0, "desk": desk,
        "second": second is not None, "comments": room.store.comments(),
        "lines": lines_of(items, reading.items),
        "left": sum(not (second or {}).get(one, Reading("", "", "")).done for one in order) if second is not None
        else len(desk.open)}
    return {name: Markup(environment_of("grading.reading").get_template(f"{name}.html.j2").render(facts))
            for name in ("rubric", "answer", "progress")}
