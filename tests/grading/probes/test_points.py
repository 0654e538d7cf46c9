"""A point that looks at nothing would be given to everybody: it is refused when the problem set is loaded."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.errors import CourseError
from grading.probes.model import Cases, Point, Probe
from grading.probes.points import refuse_points_of_nothing
from tests import toy


def probe(*points: Point, **changes: Any) -> Probe:
    made = Probe("svd", lambda A: {"U": A, "V": A.T}, {"ordinary": Cases(lambda rng: {"A": rng.normal(size=(2, 3))})}, points)
    return replace(made, **changes)


@pytest.mark.parametrize(("made", "words"), [
    (probe(Point("the factor V", 6, part="v")), "svd: the point 'the factor V' looks at the part 'v', which the reference does not give; "
                                                "there are 'U', 'V'. Parts of a tuple are numbered: '0', '1'."),
    (probe(Point("second", 1, part="second"), reference=lambda A: (A, A)), "there are '0', '1'."),
    (probe(Point("one", 1, part="out"), reference=lambda A: A), "there are none, it is one value."),
    (probe(Point("after", 1, part="V"), observe=lambda inputs, answer: {"product": answer["U"] @ answer["V"]}), "there are 'product'."),
    (probe(Point("after", 1, part="V"), use=lambda answer, A: {"first": answer(A)["U"]}), "there are 'first'."),
    (probe(Point("huge", 1, group="huge")), "svd: the point 'huge' is for the group 'huge', which has no cases; there are 'ordinary'."),
])
def test_a_point_of_nothing_is_refused_with_what_there_is(made: Probe, words: str) -> None:
    with pytest.raises(ValueError, match="svd: the point") as refused:
        refuse_points_of_nothing(made)
    assert words in str(refused.value)


@pytest.mark.parametrize("made", [
    probe(Point("U", 1, part="U"), Point("V", 1, part="V")),
    probe(Point("second", 1, part="1"), reference=lambda A: (A, A.T)),
    probe(Point("all", 1)),
    probe(Point("product", 1, part="product"), observe=lambda inputs, answer: {"product": answer["U"] @ answer["V"]}),
    probe(Point("lost", 1), observe=lambda inputs, answer: np.sum(answer), reference=lambda A: A),
])
def test_a_point_of_something_is_not(made: Probe) -> None:
    refuse_points_of_nothing(made)


def test_a_course_with_such_a_point_is_told_so_when_it_is_read(tmp_path: Path) -> None:
    course = toy.make_course(tmp_path)
    path = course.root / "probes" / f"{toy.NAME}.py"
    path.write_text(path.read_text().replace('Point("a", 1.0, part="a")', 'Point("a", 1.0, part="A")'))
    with pytest.raises(CourseError, match=r"toy_set\.ipynb: toy_numbers: the point 'a' looks at the part 'A', which the reference does not "
                                          r"give; there are 'a', 'b'\."):
        load_assignment(Course.open(course.root), toy.NAME)
