"""Pictures in written answers reach the person who grades, whatever they are; nothing else travels with them."""

import json
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from PIL import Image

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.handin.collect import collect
from grading.handin.intake import MAX_SOURCE, read_answers
from grading.handin.pictures import with_pictures
from tests import toy


def picture(kind: str = "PNG", size: tuple[int, int] = (3, 2), mode: str = "RGB", junk: bytes = b"") -> str:
    data = BytesIO()
    Image.new(mode, size, 1).save(data, kind)
    return b64encode(data.getvalue() + junk).decode()


def pixels(encoded: str) -> tuple[str | None, tuple[int, int]]:
    with Image.open(BytesIO(b64decode(encoded))) as image:
        return image.format, image.size


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_that_was_pasted_or_stands_in_the_text_is_carried_along(kind: str, mode: str) -> None:
    encoded = picture(kind, mode=mode, junk=b"<script>evil</script>" * 99)
    for source, attachments in (("Look: ![sketch](attachment:my%20sketch.png)", {"my sketch.png": {"image/png": encoded}}),
                                (f"Look: ![sketch](data:image/{kind.lower()};base64,{encoded})", None)):
        text, kept, remarks = with_pictures(source, attachments)
        [(name, of_type)] = kept.items()
        assert text == f"Look: ![sketch](attachment:{name})"
        assert (pixels(of_type["image/png"]), remarks) == (("PNG", (3, 2)), [])
        assert b"script" not in b64decode(of_type["image/png"])


def test_two_mentions_are_one_picture_and_what_nobody_mentions_is_left() -> None:
    text, kept, remarks = with_pictures("![](attachment:a.png) ![](attachment:a.png)",
                                        {"a.png": {"image/png": [picture()]}, "b.png": {"image/png": picture()}})
    assert (text, list(kept), remarks) == ("![](attachment:a.png) ![](attachment:a.png)", ["a.png"], [])


@pytest.mark.parametrize(("attachments", "reason"), [
    (None, "a picture was left out: y.png is not in the notebook."), ({"y.png": 7}, "a picture was left out: y.png is not in the notebook."),
    ({"y.png": {"image/png": {"a": 1}}}, "a picture was left out: y.png is not in the notebook."),
    ({"y.png": {"image/png": "no picture"}}, "a picture was left out: y.png cannot be read as PNG, JPEG or GIF."),
    ({"y.png": {"image/svg+xml": b64encode(b"<svg onload='alert(1)'/>").decode()}},
     "a picture was left out: y.png cannot be read as PNG, JPEG or GIF."),
    ({"y.png": {"image/png": picture(size=(6000, 5000), mode="1")}}, "a picture was left out: y.png has more than 25 million pixels."),
])
def test_what_cannot_be_shown_is_said_and_is_no_attachment(attachments: Any, reason: str) -> None:
    text, kept, remarks = with_pictures("See ![x](attachment:y.png).", attachments)
    assert (text, kept, remarks) == ("See ![x](picture-y.png-was-left-out).", {}, [reason])


def test_a_name_that_cannot_be_printed_is_said_in_signs_that_can() -> None:
    text, _, remarks = with_pictures("![x](attachment:a%1B%5B31mb.png)", None)
    assert text == "![x](picture-a__31mb.png-was-left-out)"
    assert remarks == ["a picture was left out: a__31mb.png is not in the notebook."]


def test_pictures_of_an_answer_have_a_bound() -> None:
    many = " ".join(f"![]({'data:image/png;base64,' + picture(size=(n + 1, 1))})" for n in range(25))
    text, kept, remarks = with_pictures(many, None)
    assert (len(kept), len(remarks), text.count("attachment:")) == (20, 5, 20)


def test_they_are_in_the_notebook_that_a_person_grades(course: Course) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    large = picture("JPEG", size=(600, 400), junk=bytes(MAX_SOURCE))

    def paste(notebook: Any) -> None:
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "toy_why":
                cell["source"] = f"![a](data:image/jpeg;base64,{large}) ![b](attachment:b.png) ![c](attachment:gone.png)"
                cell["attachments"] = {"b.png": {"image/png": picture()}}
    toy.edit(path, paste)
    assignment = load_assignment(course, toy.NAME)
    submission = read_answers(collect(path.parent, toy.NAME), assignment)
    assert (submission.trouble, len(submission.pictures["toy_why"])) == ({}, 2)
    assert submission.notes == ["toy_why: a picture was left out: gone.png is not in the notebook."]
    notebook = nbformat.reads(json.dumps(assignment.with_answers(submission.answers, submission.pictures)), as_version=4)
    html = HTMLExporter().from_notebook_node(notebook)[0]
    assert [f'alt="{alt}" src="data:image/png;base64,' in html for alt in "abc"] == [True, True, False]
