"""Hand-ins that are no proper notebooks: each is a graded outcome with words, never an end of the run."""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attack import MALFORMED, MISSING, Attack, Places
from tests.hostile.attacks.honest import name_of
from tests.malformed.spoiling import (
    answer,
    content,
    duplicate,
    empty_lists,
    every_cell,
    folder_is_a_file,
    folder_is_a_link,
    huge_outputs,
    in_place,
    link_to,
    nested,
    notebook,
    nothing_beside,
    of,
    renamed,
    renamed_raw,
    socket_file,
    sources,
    student_is_a_link,
    tagged,
    ten_thousand,
    thousand_notebooks,
    timestamp,
    two_notebooks,
)

AGAIN = "hand it in again"


def unreadable(name: str, mutate: Callable[[Path, Places], None], hint: str = "", **more: Any) -> Attack:
    """Nothing of it can be graded, and the reason says what to do."""
    return Attack(name, mutate=mutate, kinds=MALFORMED, rest="none", hint=hint, **more)


def harmless(name: str, mutate: Callable[[Path, Places], None], **more: Any) -> Attack:
    """It is graded like any other."""
    return Attack(name, mutate=mutate, kinds=("right",), full=True, **more)


def one_answer(name: str, mutate: Callable[[Path, Places], None], kinds: tuple[str, ...] = MALFORMED, **more: Any) -> Attack:
    """One answer cannot be read; the others count."""
    return Attack(name, mutate=mutate, kinds=kinds, **more)


SAMPLE = [
    Attack("tag_raises_exception", "$WRONG", mutate=tagged("raises-exception")),
    Attack("tag_skip_execution", "$WRONG", mutate=tagged("skip-execution")),
    one_answer("answer_cell_to_markdown", answer(lambda cell: (cell.update(cell_type="markdown"), cell.pop("outputs"),
                                                               cell.pop("execution_count"))), hint="is not code"),
    unreadable("binary_garbage", content(random.Random(0).randbytes(5000)), "is not a text file"),
    unreadable("directory_as_notebook", in_place(lambda path, places: path.mkdir()), "is not a regular file"),
    harmless("duplicate_answer_cell", notebook(duplicate), note="2 times: the last one counts"),
    harmless("duplicate_cell_ids", every_cell(lambda cell: cell.update(id="same"))),
    unreadable("huge_baked_outputs", huge_outputs, "is larger than"),
    unreadable("json_not_object", content(b"[1, 2, 3]"), "JSON, but not a notebook"),
    harmless("kernelspec_bash_or_path", notebook(lambda whole: whole["metadata"].update(
        kernelspec={"name": "../../../tmp/evil", "display_name": "x", "language": "python"}))),
    harmless("kernelspec_other_language", notebook(lambda whole: whole["metadata"].update(
        kernelspec={"name": "ir", "display_name": "R", "language": "R"}))),
    harmless("nbformat_3", notebook(lambda whole: (whole.update(nbformat=3, nbformat_minor=0, worksheets=[{"metadata": {}, "cells": [
        {**{key: value for key, value in cell.items() if key != "source"}, "input": cell["source"]} for cell in whole["cells"]]}]),
        whole.pop("cells")))),
    harmless("symlink_data_to_gradebook", lambda path, places: path.with_name("data.txt").symlink_to(places.course / "gradebook.db")),
    unreadable("symlink_to_solution", link_to(), "is a link"),
    unreadable("ten_thousand_cells", notebook(ten_thousand), "more than"),
    harmless("wrong_file_name", lambda path, places: (path.rename(path.with_name(f"{path.stem} (1).ipynb")),), note="The file was named"),
    unreadable("zero_bytes", content(b""), "zero bytes"),
]

OWN = [
    unreadable("cut_off", of(lambda data: data[: len(data) // 2]), "is not complete JSON"),
    unreadable("utf_16", of(lambda data: data.decode().encode("utf-16")), "is not a text file"),
    unreadable("zero_bytes_in_between", of(lambda data: data.replace(b'"cells"', b'"ce\0lls"')), "is not complete JSON"),
    unreadable("only_zero_bytes", content(bytes(100_000)), AGAIN),
    unreadable("nested_lists", content(b"[" * 250_000), "nested too deeply"),
    unreadable("nested_to_the_edge", content(b'{"nbformat": ' + b"[" * 960 + b"]" * 960 + b', "cells": []}'), AGAIN),
    unreadable("format_of_many_digits", content(b'{"nbformat": ' + b"9" * 10_000 + b', "cells": []}'), AGAIN),
    unreadable("format_as_text", notebook(lambda whole: whole.update(nbformat="4")), "notebook format"),
    unreadable("cells_as_dict", notebook(lambda whole: whole.update(cells={"0": whole["cells"][0]})), "no list of cells"),
    unreadable("cells_as_text", notebook(lambda whole: whole.update(cells="cells")), "no list of cells"),
    unreadable("a_web_page", content(b"<!doctype html><title>Sign in</title><evil>"), "is not complete JSON"),
    unreadable("a_zip_archive", content(b"PK\x03\x04" + random.Random(1).randbytes(4000)), "is not a text file"),
    unreadable("millions_of_empty_lists", of(empty_lists), "parts"),
    unreadable("twenty_megabytes_of_digits", content(b'{"nbformat": 4, "cells": [' + b"1," * 9_000_000 + b"1]}")),
    unreadable("a_pipe", in_place(lambda path, places: os.mkfifo(path)), "is not a regular file"),
    unreadable("a_socket", in_place(socket_file), "cannot be opened"),
    unreadable("a_loop_of_links", in_place(lambda path, places: path.symlink_to(path)), "is a link"),
    unreadable("a_link_to_the_terminal", in_place(lambda path, places: path.symlink_to("/dev/stdin")), "is a link"),
    unreadable("a_link_to_a_neighbour", link_to("submitted", "next-000", "ps2_softmax_jacobian", "ps2_softmax_jacobian.ipynb"), "is a link"),
    unreadable("folder_is_a_link", folder_is_a_link, "is not a folder"),
    unreadable("student_is_a_link", student_is_a_link),
    unreadable("folder_is_a_file", folder_is_a_file, "is not a folder"),
    unreadable("folder_of_the_folder", nested, "No notebook was handed in"),
    unreadable("nothing_handed_in", lambda path, places: path.unlink(), "No notebook was handed in"),
    unreadable("two_notebooks", two_notebooks, "Hand in one notebook"),
    unreadable("a_thousand_notebooks", thousand_notebooks, "Hand in one notebook"),
    harmless("notebook_with_nothing_in_it_beside", nothing_beside, note="where the work is, was graded"),
    harmless("file_name_with_line_break", renamed("line\nbreak.ipynb"), note="The file was named"),
    harmless("file_name_with_escapes", renamed("\x1b[31mred\x1b]0;owned\x07.ipynb"), note="The file was named"),
    harmless("file_name_with_markup", renamed("<evil onload=alert(1)>&quot;[red].ipynb"), note="The file was named"),
    harmless("file_name_of_strange_bytes", renamed_raw, note="The file was named"),
    harmless("file_name_turned_round", renamed("ps2\u202egnp.ipynb"), note="The file was named"),
    harmless("file_name_very_long", renamed("x" * 249 + ".ipynb"), note="The file was named"),
    harmless("hard_link", lambda path, places: os.link(path, path.with_name("same.txt"))),
    harmless("side_file_of_a_gigabyte", lambda path, places: (path.with_name("big.bin").touch(),
                                                              os.truncate(path.with_name("big.bin"), 1 << 30))),
    harmless("side_pipe_and_links", lambda path, places: (os.mkfifo(path.with_name("pipe.csv")),
                                                          path.with_name("round").symlink_to("."),
                                                          path.with_name("passwd").symlink_to("/etc/passwd"))),
    harmless("timestamp_is_a_link", timestamp(lambda path, places: path.symlink_to(places.course / "gradebook.db"))),
    harmless("timestamp_is_a_pipe", timestamp(lambda path, places: os.mkfifo(path))),
    harmless("timestamp_is_a_folder", timestamp(lambda path, places: path.mkdir())),
    harmless("timestamp_is_huge", timestamp(lambda path, places: path.write_text("2020-01-01 " * 1_000_000))),
    harmless("timestamp_is_garbage", timestamp(lambda path, places: path.write_bytes(random.Random(2).randbytes(150)))),
    harmless("timestamp_names_a_file", timestamp(lambda path, places: path.write_text("2020-01-01 10:00:00 /etc/passwd"))),
    harmless("timestamp_out_of_range", timestamp(lambda path, places: path.write_text("9999-12-31 23:59:59 -99999999999999999999"))),
    harmless("timestamp_of_year_one", timestamp(lambda path, places: path.write_text("0001-01-01 00:00:00 +14"))),
    one_answer("source_as_number", sources(5), hint="no readable text"),
    one_answer("source_as_lists_in_lists", sources([["def f():"], ["pass"]]), hint="no readable text"),
    one_answer("source_as_dict", sources({"text": "pass"}), hint="no readable text"),
    one_answer("source_missing", answer(lambda cell: cell.pop("source")), hint="no readable text"),
    one_answer("source_too_long", sources("x = 1\n" * 100_000), hint="longer than 50000 characters"),
    one_answer("source_of_lone_surrogates", sources("\ud800\udfff = '\udc80'"), kinds=("error",)),
    one_answer("answer_deleted", notebook(lambda whole: whole.update(cells=[
        cell for cell in whole["cells"] if name_of(cell) != "softmax_batch"])), kinds=MISSING, hint="not in the notebook"),
    harmless("metadata_as_lists", notebook(lambda whole: (whole.update(metadata=[]), [
        cell.update(metadata=[]) for cell in whole["cells"]])), note="had lost its nbgrader label"),
    harmless("labels_of_the_wrong_type", every_cell(lambda cell: cell["metadata"].update(nbgrader=[1, {"grade_id": "softmax"}])),
             note="had lost its nbgrader label"),
    harmless("grade_ids_as_lists", every_cell(lambda cell: cell["metadata"].get("nbgrader", {}).update(grade_id=["softmax"])),
             note="had lost its nbgrader label"),
    harmless("ids_as_numbers", every_cell(lambda cell: cell.update(id=float("nan")))),
    harmless("ids_that_are_dicts", every_cell(lambda cell: cell.update(id={"a": []}))),
    harmless("cells_that_are_no_cells", notebook(lambda whole: whole["cells"].extend([None, 1, "x", [], {}, {"metadata": None}, {"source": None}]))),
    harmless("schema_of_the_future", every_cell(lambda cell: cell["metadata"].get("nbgrader", {}).update(schema_version=99, points=1e9, grade=True))),
    harmless("points_raised", every_cell(lambda cell: cell["metadata"].get("nbgrader", {}).update(points=float("inf")))),
    harmless("execution_counts_of_the_wrong_type", every_cell(lambda cell: cell.update(execution_count=[], outputs="none", attachments=7))),
    harmless("duplicate_keys", of(lambda data: data.rstrip()[:-1] + b', "nbformat": 4}')),
    harmless("student_with_markup", lambda path, places: None, student="<evil onload=alert(1)>'\"&amp;[red]{{7*7}}"),
    harmless("student_with_escapes", lambda path, places: None, student="\x1b[31mred\nline\x07"),
    harmless("student_very_long", lambda path, places: None, student="y" * 200),
    harmless("student_turned_round", lambda path, places: None, student="ada\u202e\u200badmin"),
    harmless("student_in_another_script", lambda path, places: None, student="Ώμέγα 漢字 🙂 %s ..; --"),
    harmless("student_named_like_an_option", lambda path, places: None, student="--force"),
]
