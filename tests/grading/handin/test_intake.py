"""Whatever is handed in becomes answers or a reason, never an exception and never something read through a link."""

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grading.course.assignment import Assignment, load_assignment
from grading.course.folder import Course
from grading.handin.collect import MAX_FILE, collect
from grading.handin.intake import Submission, read_answers
from tests import toy


@pytest.fixture
def assignment(course: Course) -> Assignment:
    return load_assignment(course, toy.NAME)


def handed_in(course: Course, assignment: Assignment, student: str = "ada") -> Submission:
    return read_answers(collect(course.root / "submitted" / student / toy.NAME, toy.NAME), assignment)


def test_answers_are_taken_and_nothing_else(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def tamper(notebook: Any) -> None:
        for cell in notebook["cells"]:
            cell["metadata"]["tags"] = ["skip-execution"]
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == "test_double":
                cell["source"] = "pass"
        notebook["metadata"]["kernelspec"] = {"name": "../../evil", "display_name": "x"}
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "extra", "outputs": []})
    toy.edit(path, tamper)
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    assert (submission.problem, submission.trouble, submission.notes) == ("", {}, [])
    rebuilt = assignment.with_answers(submission.answers)
    assert "skip-execution" not in nbformat.writes(rebuilt)
    assert "extra" not in nbformat.writes(rebuilt)
    assert rebuilt.metadata.kernelspec.name == "python3"


AGAIN = "Open it in JupyterLab, save it, and hand it in again."


@pytest.mark.parametrize(("content", "reason"), [
    (b"", f"toy_set.ipynb is empty (zero bytes). {AGAIN}"),
    (b"\n \n", f"toy_set.ipynb is empty (zero bytes). {AGAIN}"),
    (random.Random(0).randbytes(500), f"toy_set.ipynb is not a text file. {AGAIN}"),
    (b'{"cells": [', "toy_set.ipynb is not complete JSON (Expecting value: line 1 column 12 (char 11)). " + AGAIN),
    (b"[1, 2, 3]", f"toy_set.ipynb is JSON, but not a notebook. {AGAIN}"),
    (b"[" * 100_000, f"toy_set.ipynb is nested too deeply to be a notebook. {AGAIN}"),
    (b'{"nbformat": 4}', f"toy_set.ipynb has no list of cells. {AGAIN}"),
    (b'{"nbformat": 2, "cells": []}', f"toy_set.ipynb has notebook format 2; expected 4. {AGAIN}"),
    (b'{"cells": []}', f"toy_set.ipynb has notebook format None; expected 4. {AGAIN}"),
    (rb'{"nbformat": "\ud800\u001b[31m", "cells": []}', f"toy_set.ipynb has notebook format ??[31m; expected 4. {AGAIN}"),
    (json.dumps({"nbformat": 4, "cells": [{}] * 3000}).encode(), "toy_set.ipynb has 3000 cells; more than 2000 are not "
     "read. Remove the extra ones and hand it in again."),
])
def test_a_broken_file_is_a_reason_that_says_what_to_do(course: Course, assignment: Assignment, content: bytes,
                                                        reason: str) -> None:
    toy.submit_text(course, "ada", "").write_bytes(content)
    assert handed_in(course, assignment).problem == reason


def _link_to_source(folder: Path, course: Course) -> None:
    (folder / "toy_set.ipynb").symlink_to(course.source(toy.NAME))


def _dangling_link(folder: Path, course: Course) -> None:
    (folder / "toy_set.ipynb").symlink_to("nowhere")


def _pipe(folder: Path, course: Course) -> None:
    os.mkfifo(folder / "toy_set.ipynb")


def _folder(folder: Path, course: Course) -> None:
    (folder / "toy_set.ipynb").mkdir()


def _huge(folder: Path, course: Course) -> None:
    with (folder / "toy_set.ipynb").open("wb") as file:
        file.truncate(MAX_FILE + 1)


def _nothing(folder: Path, course: Course) -> None:
    (folder / "notes.txt").write_text("I will do it tomorrow")


def _two_others(folder: Path, course: Course) -> None:
    (folder / "a.ipynb").touch()
    (folder / "b.ipynb").touch()


@pytest.mark.parametrize(("make", "reason"), [
    (_link_to_source, "toy_set.ipynb is a link. Hand in the notebook file itself."),
    (_dangling_link, "toy_set.ipynb is a link. Hand in the notebook file itself."),
    (_pipe, "toy_set.ipynb is not a regular file. Hand in the notebook file itself."),
    (_folder, "toy_set.ipynb is not a regular file. Hand in the notebook file itself."),
    (_huge, "toy_set.ipynb is larger than 20 MiB. Clear its outputs (Edit → Clear Outputs of All Cells), save, and hand "
            "it in again."),
    (_nothing, "No notebook was handed in: expected toy_set.ipynb."),
    (_two_others, "Expected toy_set.ipynb, found a.ipynb, b.ipynb. Hand in one notebook under the expected name."),
])
def test_what_is_no_regular_file_is_refused_with_a_reason(course: Course, assignment: Assignment,
                                                          make: Callable[[Path, Course], None], reason: str) -> None:
    folder = course.root / "submitted" / "ada" / toy.NAME
    folder.mkdir(parents=True)
    make(folder, course)
    assert handed_in(course, assignment).problem == reason


def test_a_link_in_place_of_the_folder_is_refused(course: Course, assignment: Assignment) -> None:
    (course.root / "submitted" / "eve").mkdir()
    (course.root / "submitted" / "eve" / toy.NAME).symlink_to(course.source(toy.NAME).parent)
    assert handed_in(course, assignment, "eve").problem == "toy_set is not a folder. Hand in a folder with your notebook in it."


def test_a_file_in_place_of_the_folder_is_refused(course: Course, assignment: Assignment) -> None:
    (course.root / "submitted" / "eve").mkdir()
    (course.root / "submitted" / "eve" / toy.NAME).write_text("{}")
    assert handed_in(course, assignment, "eve").problem == "toy_set is not a folder. Hand in a folder with your notebook in it."


def test_the_only_notebook_under_another_name_is_taken_with_a_note(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name("toy_set (1).ipynb"))
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    assert submission.notes == ["The file was named toy_set (1).ipynb; expected toy_set.ipynb."]


@pytest.mark.parametrize("other", ["toy_set-Copy1.ipynb", "toy_set (1).ipynb", "Kopie von toy_set.ipynb", "final.ipynb"])
def test_work_in_a_copy_beside_an_untouched_notebook_is_graded_with_a_note(course: Course, assignment: Assignment, other: str) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name(other))
    toy.submit(course, "ada", {})
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    assert submission.notes == [f"toy_set.ipynb is as it was given out: {other}, where the work is, was graded."]


def test_a_stub_with_another_docstring_is_no_work(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name("copy.ipynb"))
    toy.submit(course, "ada", {"double": "def double(x):\n    pass"})
    assert handed_in(course, assignment).answers == toy.SOLUTION


def test_the_expected_notebook_counts_where_both_have_work_and_a_note_names_the_other(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", {**toy.SOLUTION, "double": "def double(x):\n    return x"})
    path.rename(path.with_name("toy_set-Copy1.ipynb"))
    toy.submit(course, "ada", toy.SOLUTION)
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    assert submission.notes == ["toy_set-Copy1.ipynb lies beside it with answers too: only toy_set.ipynb counts."]


def test_other_notebooks_are_read_while_there_is_room_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grading.handin.collect.MAX_FILE", 1000)
    for name, size in (("toy_set", 900), ("a", 300), ("b", 800), ("c", 600)):
        (tmp_path / f"{name}.ipynb").write_bytes(b" " * size)
    handed = collect(tmp_path, "toy_set")
    assert [(name, len(data)) for name, data in handed.beside] == [("a.ipynb", 300), ("c.ipynb", 600)]


def test_work_beside_a_notebook_that_cannot_be_read_is_graded(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name("toy_set-Copy1.ipynb"))
    toy.submit_text(course, "ada", "")
    submission = handed_in(course, assignment)
    assert (submission.answers, submission.problem) == (toy.SOLUTION, "")
    assert submission.notes == ["toy_set.ipynb is empty (zero bytes): toy_set-Copy1.ipynb, where the work is, was graded."]


def test_of_several_under_other_names_the_only_one_with_work_is_graded(course: Course, assignment: Assignment) -> None:
    for name, answers in (("a.ipynb", {}), ("b.ipynb", toy.SOLUTION)):
        path = toy.submit(course, "ada", answers)
        path.rename(path.with_name(name))
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    assert submission.notes == ["Expected toy_set.ipynb, found a.ipynb, b.ipynb: b.ipynb, where the work is, was graded."]


def test_two_with_work_under_other_names_are_refused_in_words(course: Course, assignment: Assignment) -> None:
    for name in ("a.ipynb", "b.ipynb"):
        path = toy.submit(course, "ada", toy.SOLUTION)
        path.rename(path.with_name(name))
    assert handed_in(course, assignment).problem == (
        "Several notebooks have work in them (a.ipynb, b.ipynb), and toy_set.ipynb has not. Hand in one notebook under the expected name.")


def test_work_in_a_copy_that_changes_is_another_hand_in(course: Course, assignment: Assignment) -> None:
    folder = course.root / "submitted" / "ada" / toy.NAME
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.rename(path.with_name("copy.ipynb"))
    toy.submit(course, "ada", {})
    first = collect(folder, toy.NAME).fingerprint
    (folder / "copy.ipynb").write_text((folder / "copy.ipynb").read_text().replace("return", "return 0 +"))
    assert collect(folder, toy.NAME).fingerprint != first


def cell_of(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") == name)


def test_of_a_duplicated_answer_the_last_one_counts(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def duplicate(notebook: Any) -> None:
        notebook["cells"].append({**cell_of(notebook, "double"), "source": "def double(x): return 0"})
    toy.edit(path, duplicate)
    submission = handed_in(course, assignment)
    assert submission.answers["double"] == "def double(x): return 0"
    assert submission.notes == ["double was there 2 times: the last one counts."]


WHOLE = "def double(x):\n    y = x + x\n    return y"


@pytest.mark.parametrize(("name", "pieces", "answer", "note"), [
    ("double", ["def double(x):\n    y = x + x", "    return y"], WHOLE, "was there in 2 pieces, which were joined."),
    ("double", ["def twice(x):\n    return 2 * x", "def double(x):\n    return twice(x)"],
     "def twice(x):\n    return 2 * x\ndef double(x):\n    return twice(x)", "was there in 2 pieces, which were joined."),
    ("double", ["FACTOR = 2", "%matplotlib inline", "def double(x):\n    return FACTOR * x"],
     "FACTOR = 2\n%matplotlib inline\ndef double(x):\n    return FACTOR * x", "was there in 3 pieces, which were joined."),
    ("double", [WHOLE, ""], WHOLE, "was there 2 times: copies that are empty, untouched or equal do not count."),
    ("double", [WHOLE, WHOLE, "  \n"], WHOLE, "was there 3 times: copies that are empty, untouched or equal do not count."),
    ("double", ["GIVEN", WHOLE, "GIVEN"], WHOLE, "was there 3 times: copies that are empty, untouched or equal do not count."),
    ("double", ["def double(x:", WHOLE], WHOLE, "was there 2 times: the last one counts."),
    ("double", ["GIVEN", "GIVEN"], "GIVEN", "was there 2 times, and always as it was given."),
    ("toy_why", ["Because", "it is so."], "Because\n\nit is so.", "was there in 2 pieces, which were joined."),
])
def test_pieces_of_one_answer_are_joined_and_copies_passed_over(course: Course, assignment: Assignment, name: str,
                                                                pieces: list[str], answer: str, note: str) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    given = assignment.notebook.cells[assignment.answers[name]].source

    def split(notebook: Any) -> None:
        place = notebook["cells"].index(cell_of(notebook, name))
        notebook["cells"][place:place + 1] = [{**notebook["cells"][place], "source": piece.replace("GIVEN", given)}
                                              for piece in pieces]
    toy.edit(path, split)
    submission = handed_in(course, assignment)
    assert submission.answers == {**toy.SOLUTION, name: answer.replace("GIVEN", given)}
    assert submission.notes == [f"{name} {note}"]


def test_answers_without_labels_and_ids_are_found_between_their_neighbours(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def strip(notebook: Any) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            cell.pop("id")
        notebook["cells"].insert(0, {"cell_type": "markdown", "metadata": {}, "source": "My notes"})
    toy.edit(path, strip)
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    found = "had lost its nbgrader label and was found by what stands above and below it."
    assert {f"toy_numbers {found}", f"toy_why {found}"} <= set(submission.notes)


def test_where_neighbours_leave_a_choice_nothing_is_guessed(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def scramble(notebook: Any) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            cell.pop("id")
            cell["source"] = text if (text := "".join(cell["source"])) in toy.SOLUTION.values() else "changed"
    toy.edit(path, scramble)
    assert handed_in(course, assignment).answers.keys() == {"double", "centre"}


def test_a_deleted_answer_is_trouble_for_that_answer_only(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    toy.edit(path, lambda notebook: notebook["cells"].remove(cell_of(notebook, "double")))
    submission = handed_in(course, assignment)
    assert submission.trouble == {"double": "This answer's cell is not in the notebook you handed in."}
    assert submission.answers.keys() == toy.SOLUTION.keys() - {"double"}


def test_deleted_tests_change_nothing(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    toy.edit(path, lambda notebook: notebook["cells"].remove(cell_of(notebook, "test_double")))
    assert handed_in(course, assignment).answers == toy.SOLUTION


def test_an_answer_turned_into_text_is_named(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    toy.edit(path, lambda notebook: cell_of(notebook, "double").update(cell_type="markdown"))
    trouble = handed_in(course, assignment).trouble
    assert trouble == {"double": "This answer's cell is not code: change the type of the cell back."}


@pytest.mark.parametrize("keep_ids", [True, False])
def test_stripped_metadata_is_repaired_where_the_answer_can_be_recognised(course: Course, assignment: Assignment,
                                                                          keep_ids: bool) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def strip(notebook: Any) -> None:
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            if not keep_ids:
                cell.pop("id")
    toy.edit(path, strip)
    submission = handed_in(course, assignment)
    assert submission.answers == toy.SOLUTION
    how = "its cell id" if keep_ids else "the definition of double"
    assert submission.notes[0] == f"double had lost its nbgrader label and was found by {how}."


def test_a_notebook_of_format_3_is_read(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    old = nbformat.convert(nbformat.read(path, as_version=4), 3)
    path.write_text(json.dumps(old))
    assert handed_in(course, assignment).answers["double"] == toy.SOLUTION["double"]


def test_a_lone_surrogate_in_an_answer_is_replaced(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.write_text(path.read_text().replace("Because it is so.", "\\ud800 so."))
    handed_in(course, assignment).answers["toy_why"].encode()


def test_the_timestamp_beside_the_notebook_is_read_unless_it_is_a_link(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.with_name("timestamp.txt").write_text("2026-03-01 12:00:00 UTC\n")
    assert collect(path.parent, toy.NAME).timestamp == "2026-03-01 12:00:00 UTC"
    path.with_name("timestamp.txt").unlink()
    path.with_name("timestamp.txt").symlink_to(course.source(toy.NAME))
    assert collect(path.parent, toy.NAME).timestamp == ""


@pytest.mark.parametrize(("text", "time"), [
    ("2026-03-01 12:00 +01:00", "2026-03-01 11:00:00.000000 UTC"), ("2026-03-01 12:00:00 -0530", "2026-03-01 17:30:00.000000 UTC"), ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00 UTC"),
    ("2026-03-01 12:00:00", "2026-03-01 12:00:00 UTC"), ("\ufeff2026-03-01 12:00:00 GMT\r\n", "2026-03-01 12:00:00 UTC"),
    ("2026-07-01 12:00:00 Europe/Berlin", "2026-07-01 10:00:00.000000 UTC"),
    ("2026-07-01 12:00:00 America/New_York", "2026-07-01 16:00:00.000000 UTC")])
def test_a_time_of_a_zone_is_understood(course: Course, text: str, time: str) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.with_name("timestamp.txt").write_bytes(text.encode())
    assert (collect(path.parent, toy.NAME).timestamp, collect(path.parent, toy.NAME).notes) == (time, ())


@pytest.mark.parametrize("text", ["2026-03-01 12:00:00 PST", "2026-03-01 12:00:00 IST", "yesterday, I think", "",
                                  "2026-03-01 12:00:00 Europe/berlin/..", "01.03.2026 12:00", "\x00" * 9, "9" * 300])
def test_a_time_that_cannot_be_told_is_said(course: Course, text: str) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)
    path.with_name("timestamp.txt").write_text(text)
    handed = collect(path.parent, toy.NAME)
    assert handed.timestamp == ""
    assert [note.partition(" (")[0] for note in handed.notes] == ["timestamp.txt does not say when this was handed in"]


def test_what_cells_of_ones_own_define_is_handed_on(course: Course, assignment: Assignment) -> None:
    path = toy.submit(course, "ada", toy.SOLUTION)

    def write(notebook: Any) -> None:
        for source in ("import numpy as jnp\ndef flat(x):\n    inside = 3\n    return x.ravel()", "N, (a, b) = 3, (4, 5)", "def (", "%time z = 3\nw = 4",
                       "for i in range(3):\n    global_too = i"):
            notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": source, "outputs": []})
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "text = 3"})
    toy.edit(path, write)
    assert handed_in(course, assignment).own_names == {"jnp", "flat", "N", "a", "b", "w", "i", "global_too"}


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
                        st.sampled_from(["cells", "metadata", "nbgrader", "grade_id", "source", "cell_type", "id",
                                         "nbformat", "worksheets", "input"]), inner, max_size=5), max_leaves=20)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=JSON | st.builds(lambda cells, v: {"nbformat": v, "cells": cells, "worksheets": [{"cells": cells}]},
                                JSON, st.sampled_from([3, 4])))
def test_any_json_is_answers_or_a_reason(course: Course, assignment: Assignment, content: Any) -> None:
    toy.submit_text(course, "ada", json.dumps(content))
    submission = handed_in(course, assignment)
    assert submission.problem or submission.answers.keys() | submission.trouble.keys() == toy.SOLUTION.keys()
