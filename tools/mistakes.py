"""Write docs/mistakes.md: every mistake that the hidden tests recognise, with the words a student reads.

    python tools/mistakes.py
"""

from collections.abc import Iterator
from pathlib import Path

from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.course.headings import mistake_in_words, notebook_title
from grading.judge.adapted_inputs import ADAPTED
from grading.judge.properties import PROPERTIES
from grading.judge.relations import RELATIONS, STOPPED

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mistakes.md"


def page(course: Course) -> str:
    """The whole page."""
    return "\n".join(_lines(course)) + "\n"


def _lines(course: Course) -> Iterator[str]:
    sets = [load_assignment(course, name) for name in course.problem_sets()]
    total = sum(len(probe.mistakes) for assignment in sets for probe in assignment.problem_set.probes)
    yield "# Known mistakes"
    yield ""
    yield f"The hidden tests recognise {total} mistakes by the values they lead to. `course verify` hands in each of"
    yield "them and fails unless it is caught and named. This page is made from the hidden tests (`make mistakes`) and"
    yield "holds answers between the lines: it is for instructors."
    yield from _relations()
    for assignment in sets:
        yield ""
        yield f"## {notebook_title(assignment.notebook, assignment.name)}"
        for exercise in assignment.exercises:
            known = () if exercise.manual else assignment.problem_set.find(exercise.id).mistakes
            if known:
                yield ""
                yield f"**`{exercise.id}`**"
                yield ""
                yield from (f"- *{mistake_in_words(mistake.id)}* — {mistake.hint}" for mistake in known)


def _relations() -> Iterator[str]:
    yield ""
    yield "## Relations"
    yield ""
    yield "What is said of a wrong answer that is no known mistake, in any exercise, if it holds on all ordinary"
    yield "cases. An exercise switches off what is not true of it with `no_relations=(\"scaled\",)`. A known mistake"
    yield "may come with a relation (`name + scaled`), two known mistakes at once (`name + other`), a mistake of an"
    yield "exercise that is called (`name in other`), right values for other arguments (`x_and_y_exchanged`), or one"
    yield "thing done otherwise in a right program (`log_left_out`)."
    yield ""
    yield from (f"- `{id}` — {meaning}" for id, meaning in RELATIONS.items())
    yield from (f"- `{id}` — {words}, and in what comes back that does not hold" for id, words, _ in PROPERTIES)
    yield ""
    yield "What is tried where nothing of that holds: the answer is called again, on other arguments than its own."
    yield ""
    yield from (f"- `{id}` — {meaning}" for id, meaning in ADAPTED.items())
    yield ""
    yield "Exceptions that stop every ordinary case, by their messages:"
    yield ""
    yield from (f"- `{id}` — {meaning}" for id, meaning in STOPPED.items())


if __name__ == "__main__":
    PAGE.write_text(page(Course.open(ROOT)), encoding="utf-8")
