"""What the page asks for when a key is pressed, and what it is told."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grading.errors import CourseError
from grading.pages.html import environment_of
from grading.pages.markdown import to_html
from grading.reading.desk import Desk
from grading.reading.panes import lines_of, panes
from grading.reading.room import Room
from grading.rubrics.reading import Item, Reading

LONGEST_COMMENT, LONGEST_SITTING = 10_000, 600.0  # characters; seconds that one answer is taken to need at most
Reply = dict[str, Any]


class NotUnderstood(Exception):
    """What was sent is nothing that the page sends."""


@dataclass(frozen=True)
class Press:
    """One key: what to do, whose answer is before the reader, and what else was sent."""

    room: Room
    sent: Mapping[str, Any]
    reader: str
    names: bool
    second: bool

    @property
    def student(self) -> str:
        return str(self.sent.get("student", ""))

    @property
    def seen(self) -> int:
        """The last reading of that answer that the page knew of."""
        seen = self.sent.get("seen")
        return seen if isinstance(seen, int) else 0

    def desk(self) -> Desk:
        """What lies before this reader: all answers, or those of the second reading."""
        return self.room.second_desk(self.reader) if self.second else self.room.desk()


def act(room: Room, sent: Mapping[str, Any], reader: str) -> Reply:
    """Do what was asked. Raises NotUnderstood, ReadMeanwhile, and CourseError where something cannot be kept."""
    action = ACTIONS.get(str(sent.get("do")))
    if action is None:
        raise NotUnderstood(f"The page asked for {str(sent.get('do'))[:40]!r}, which is nothing it can ask for.")
    return action(Press(room, sent, reader, sent.get("names") is True, sent.get("second") is True))


def shown(press: Press, student: str, said: str = "", desk: Desk | None = None) -> Reply:
    """Everything about one answer, as the page shows it; with a `desk`, this reader is known to look at it."""
    if desk is None:
        press.room.store.look(press.reader, student)
        desk = press.desk()
    reading = desk.readings.get(student)
    return {"panes": panes(press.room, desk, student, press.reader, press.names), "seen": reading.id if reading else 0,
            "said": said}


def keep(press: Press) -> Reply:
    """Keep what is ticked and written; with `on`, go to the next answer that nobody has read."""
    reading = _reading(press)
    if press.sent.get("on") is True:
        return _give(press, reading, "")
    press.room.keep(reading, press.seen)
    points = press.room.points([reading])[press.student]
    latest = press.room.store.latest(press.second)[press.student]
    return {"seen": latest.id, "points": f"{points:g}", "said": "Kept.", "preview": to_html(reading.comment)}


def same(press: Press) -> Reply:
    """Give an answer what the one before it got, and go on."""
    desk = press.desk()
    neighbour = desk.beside(press.student, -1)
    before = desk.readings.get(neighbour) if neighbour != press.student else None
    if before is None or not before.done:
        return shown(press, press.student, "The answer before has not been read yet.")
    mine = _reading(press)
    reading = replace(mine, items=before.items, typed=before.typed, comment=before.comment, done=True)
    return _give(press, reading, ", as to the answer before")


def go(press: Press) -> Reply:
    """Look at the answer before or after."""
    step = press.sent.get("step")
    if step not in (-1, 1):
        raise NotUnderstood("The page can go one answer forward or back.")
    return shown(press, press.desk().beside(press.student, step))


def show(press: Press) -> Reply:
    """The same answer again, as it is kept."""
    return shown(press, press.student)


def undo(press: Press) -> Reply:
    """Take back this reader's last step, and show its answer."""
    back = press.room.undo(press.reader, press.second)
    return shown(press, back.student, "Undone.") if back else shown(press, press.student, "There is nothing to undo.")


def items(press: Press) -> Reply:
    """The rubric, to be changed."""
    template = environment_of("grading.reading").get_template("items.html.j2")
    return {"items": template.render(lines=lines_of(press.room.store.items()), most=press.room.question.points)}


def change(press: Press) -> Reply:
    """Change the rubric's items, add one, take some off: all of what was sent, or nothing."""
    now, changed, points = press.room.store.items(), 0, set[str]()
    wanted = _items(press.sent.get("items"))
    if any(item.id and item.id not in now for item, _ in wanted):
        raise CourseError("Somebody has changed the rubric meanwhile: open it again (e).")
    for item, off in wanted:
        if not item.id:
            press.room.store.add_item(item.points, item.words)
        elif off:
            points |= press.room.retire_item(item.id)
        elif item != now[item.id]:
            points |= press.room.change_item(item)
        else:
            continue
        changed += 1
    what = f"{changed} {'item' if changed == 1 else 'items'} changed." if changed else "Nothing is changed."
    return shown(press, press.student, f"{what} {_count(len(points))} other points now.")


ACTIONS: Mapping[str, Callable[[Press], Reply]] = {
    "keep": keep, "same": same, "go": go, "show": show, "undo": undo, "items": items, "change": change}


def _give(press: Press, reading: Reading, how: str) -> Reply:
    """Keep a finished reading and go to the next answer that nobody has read."""
    desk = press.desk()
    following = desk.following(press.student, press.room.store.looked_at_by_others(press.reader))
    press.room.keep(reading, press.seen, then=following or press.student)
    points = press.room.points([reading])[press.student]
    said = f"{points:g} of {press.room.question.points:g} points given{how}."
    if following is None:
        return shown(press, press.student, f"{said} All answers are read.")
    return shown(press, following, said, desk.after(reading))


def _reading(press: Press) -> Reading:
    """What is ticked and written on the page. Raises NotUnderstood."""
    sent, answer = press.sent, press.room.answers.get(press.student)
    ticked, typed, comment, took = (sent.get(name) for name in ("items", "typed", "comment", "seconds"))
    if answer is None:
        raise NotUnderstood("This answer is not there any more: load the page again.")
    if not isinstance(ticked, list) or not all(type(item) is int for item in ticked) or not isinstance(comment, str) \
            or not (typed is None or _is_number(typed)) or took is None or not _is_number(took):
        raise NotUnderstood("The page sent ticks, points or a comment that cannot be read: load it again.")
    if typed is not None and not 0 <= typed <= press.room.question.points:
        raise NotUnderstood(f"Points typed by hand must be from 0 to {press.room.question.points:g}.")
    return Reading(press.student, press.reader, answer.fingerprint, frozenset(ticked),
                   None if typed is None else float(typed), comment.strip()[:LONGEST_COMMENT], sent.get("done") is True,
                   press.second, min(float(took), LONGEST_SITTING))


def _count(answers: int) -> str:
    return "No answer has" if not answers else "One answer has" if answers == 1 else f"{answers} answers have"


def _items(sent: Any) -> list[tuple[Item, bool]]:
    """Items, and whether each is to be taken off. Raises NotUnderstood."""
    found = []
    for one in sent if isinstance(sent, list) else [None]:
        if not isinstance(one, Mapping) or not _is_number(one.get("points")) or not str(one.get("words", "")).strip() \
                or not isinstance(one.get("id") or 0, int):
            raise NotUnderstood("An item of the rubric needs a number of points and some words.")
        item = Item(one.get("id") or 0, float(one["points"]), str(one["words"]).strip())
        found.append((item, one.get("off") is True))
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
