"""The parts of the page that change while somebody reads, as HTML."""

from collections.abc import Collection, Mapping
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


def panes(room: Room, desk: Desk, student: str, reader: str, names: bool) -> dict[str, Markup]:
    """The rubric, the answer and the progress for one student's answer, by name of the pane."""
    answer, items = room.answers.get(student, NOTHING), room.store.items()
    reading = desk.readings.get(student) or Reading(student, reader, "")
    neighbour = desk.beside(student, -1)
    alike = likeness(room.answers[neighbour].text, answer.text) if neighbour != student else 0.0
    facts = {
        "shown": student if names else pseudonym(room.course, student), "text": to_html(answer.text, answer.pictures),
        "place": desk.order.index(student) + 1 if student in desk.states else 0, "desk": desk, "reading": reading,
        "state": desk.states.get(student, "unread"), "who": WHO.get(reading.reader), "same": alike == 100.0,
        "alike": alike >= ALIKE, "points": points_of(reading, items, room.question.points),
        "most": room.question.points, "lines": lines_of(items, reading.items), "comments": room.store.comments()}
    return {name: Markup(environment_of("grading.reading").get_template(f"{name}.html.j2").render(facts))
            for name in ("rubric", "answer", "progress")}
