"""Hand-ins that are no proper notebooks: each is a graded outcome with words, never an end of the run."""

import copy
import json
import os
import random
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attack import EARLY, MALFORMED, MISSING, Attack, Places
from tests.hostile.attacks.honest import edited, name_of

AGAIN = "hand it in again"


def content(data: bytes) -> Callable[[Path, Places], None]:
    """Hand in these bytes."""
    def mutate(path: Path, places: Places) -> None:
        path.write_bytes(data)
    return mutate


def of(text: Callable[[bytes], bytes]) -> Callable[[Path, Places], None]:
    """Hand in what `text` makes of the right notebook's bytes."""
    def mutate(path: Path, places: Places) -> None:
        path.write_bytes(text(path.read_bytes()))
    return mutate


def notebook(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    """Hand in the right notebook with a change of its JSON."""
    def mutate(path: Path, places: Places) -> None:
        edited(path, change)
    return mutate


def answer(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    """Change the JSON of the attacked answer's cell."""
    def mutate(path: Path, places: Places) -> None:
        def only(whole: Any) -> None:
            for cell in whole["cells"]:
                if name_of(cell) == EARLY[path.stem].exercise:
                    change(cell)
        edited(path, only)
    return mutate


def in_place(make: Callable[[Path, Places], None]) -> Callable[[Path, Places], None]:
    """Remove the notebook and put something else there."""
    def mutate(path: Path, places: Places) -> None:
        path.unlink()
        make(path, places)
    return mutate


def tagged(*tags: str) -> Callable[[Path, Places], None]:
    """Put tags on the test cells."""
    def change(whole: Any) -> None:
        for cell in whole["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                cell["metadata"]["tags"] = list(tags)
    return notebook(change)


def _duplicate(whole: Any) -> None:
    for cell in list(whole["cells"]):
        if name_of(cell) in {target.exercise for target in EARLY.values()}:
            first = copy.deepcopy(cell)
            first.pop("id", None)
            first["source"] = "raise RuntimeError('an older try')"
            whole["cells"].insert(whole["cells"].index(cell), first)


def _huge_outputs(path: Path, places: Places) -> None:
    def change(whole: Any) -> None:
        for cell in whole["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (8 << 20)}]
    edited(path, change)


def _socket(path: Path, places: Places) -> None:
    here = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)  # the path itself may be too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


def _link_to(*parts: str) -> Callable[[Path, Places], None]:
    def make(path: Path, places: Places) -> None:
        path.symlink_to(places.course.joinpath(*parts) if parts else places.course / "source" / path.stem / path.name)
    return in_place(make)


def _renamed(name: str) -> Callable[[Path, Places], None]:
    def mutate(path: Path, places: Places) -> None:
        path.rename(path.with_name(name))
    return mutate


def _renamed_raw(path: Path, places: Places) -> None:
    os.rename(path, os.fsencode(path.parent) + b"/\xff\xfe caf\xe9.ipynb")  # noqa: PTH104 (no text has these bytes)


def _two_notebooks(path: Path, places: Places) -> None:
    path.rename(path.with_name("first\n<evil>\x1b[31m.ipynb"))
    path.with_name("second.ipynb").write_text("{}")


def _thousand_notebooks(path: Path, places: Places) -> None:
    path.unlink()
    for number in range(1000):
        path.with_name(f"{number:04d}{'x' * 200}.ipynb").touch()


def _folder_is_a_link(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(places.course / "source" / path.stem)


def _student_is_a_link(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    path.parent.parent.symlink_to(places.course / "source")


def _folder_is_a_file(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("here is my homework")


def _nested(path: Path, places: Places) -> None:
    inner = path.parent / path.stem / path.stem
    inner.mkdir(parents=True)
    path.rename(inner / path.name)


def _timestamp(make: Callable[[Path, Places], None]) -> Callable[[Path, Places], None]:
    def mutate(path: Path, places: Places) -> None:
        make(path.with_name("timestamp.txt"), places)
    return mutate


def _empty_lists(data: bytes) -> bytes:
    """A notebook whose metadata is millions of empty lists: small on disk, large in memory."""
    whole = json.loads(data)
    whole["metadata"]["filler"] = "FILLER"
    return json.dumps(whole).replace('"FILLER"', "[" + "[]," * 6_300_000 + "[]]").encode()


def _sources(value: Any) -> Callable[[Path, Places], None]:
    return answer(lambda cell: cell.update(source=value))


def _ten_thousand(whole: Any) -> None:
    whole["cells"] += [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "pass", "id": f"x{n}"}
                       for n in range(10_000)]


def _all(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    def every(whole: Any) -> None:
        for cell in whole["cells"]:
            change(cell)
    return notebook(every)


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
    harmless("duplicate_answer_cell", notebook(_duplicate), note="2 times: the last one counts"),
    harmless("duplicate_cell_ids", _all(lambda cell: cell.update(id="same"))),
    unreadable("huge_baked_outputs", _huge_outputs, "is larger than"),
    unreadable("json_not_object", content(b"[1, 2, 3]"), "JSON, but not a notebook"),
    harmless("kernelspec_bash_or_path", notebook(lambda whole: whole["metadata"].update(
        kernelspec={"name": "../../../tmp/evil", "display_name": "x", "language": "python"}))),
    harmless("kernelspec_other_language", notebook(lambda whole: whole["metadata"].update(
        kernelspec={"name": "ir", "display_name": "R", "language": "R"}))),
    harmless("nbformat_3", notebook(lambda whole: (whole.update(nbformat=3, nbformat_minor=0, worksheets=[{"metadata": {}, "cells": [
        {**{key: value for key, value in cell.items() if key != "source"}, "input": cell["source"]} for cell in whole["cells"]]}]),
        whole.pop("cells")))),
    harmless("symlink_data_to_gradebook", lambda path, places: path.with_name("data.txt").symlink_to(places.course / "gradebook.db")),
    unreadable("symlink_to_solution", _link_to(), "is a link"),
    unreadable("ten_thousand_cells", notebook(_ten_thousand), "more than"),
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
    unreadable("millions_of_empty_lists", of(_empty_lists), "parts"),
    unreadable("twenty_megabytes_of_digits", content(b'{"nbformat": 4, "cells": [' + b"1," * 9_000_000 + b"1]}")),
    unreadable("a_pipe", in_place(lambda path, places: os.mkfifo(path)), "is not a regular file"),
    unreadable("a_socket", in_place(_socket), "cannot be opened"),
    unreadable("a_loop_of_links", in_place(lambda path, places: path.symlink_to(path)), "is a link"),
    unreadable("a_link_to_the_terminal", in_place(lambda path, places: path.symlink_to("/dev/stdin")), "is a link"),
    unreadable("a_link_to_a_neighbour", _link_to("submitted", "next-000", "ps2_softmax_jacobian", "ps2_softmax_jacobian.ipynb"), "is a link"),
    unreadable("folder_is_a_link", _folder_is_a_link, "is not a folder"),
    unreadable("student_is_a_link", _student_is_a_link),
    unreadable("folder_is_a_file", _folder_is_a_file, "is not a folder"),
    unreadable("folder_of_the_folder", _nested, "No notebook was handed in"),
    unreadable("nothing_handed_in", lambda path, places: path.unlink(), "No notebook was handed in"),
    unreadable("two_notebooks", _two_notebooks, "Hand in one notebook"),
    unreadable("a_thousand_notebooks", _thousand_notebooks, "Hand in one notebook"),
    harmless("file_name_with_line_break", _renamed("line\nbreak.ipynb"), note="The file was named"),
    harmless("file_name_with_escapes", _renamed("\x1b[31mred\x1b]0;owned\x07.ipynb"), note="The file was named"),
    harmless("file_name_with_markup", _renamed("<evil onload=alert(1)>&quot;[red].ipynb"), note="The file was named"),
    harmless("file_name_of_strange_bytes", _renamed_raw, note="The file was named"),
    harmless("file_name_turned_round", _renamed("ps2\u202egnp.ipynb"), note="The file was named"),
    harmless("file_name_very_long", _renamed("x" * 249 + ".ipynb"), note="The file was named"),
    harmless("hard_link", lambda path, places: os.link(path, path.with_name("same.txt"))),
    harmless("side_file_of_a_gigabyte", lambda path, places: (path.with_name("big.bin").touch(),
                                                              os.truncate(path.with_name("big.bin"), 1 << 30))),
    harmless("side_pipe_and_links", lambda path, places: (os.mkfifo(path.with_name("pipe.csv")),
                                                          path.with_name("round").symlink_to("."),
                                                          path.with_name("passwd").symlink_to("/etc/passwd"))),
    harmless("timestamp_is_a_link", _timestamp(lambda path, places: path.symlink_to(places.course / "gradebook.db"))),
    harmless("timestamp_is_a_pipe", _timestamp(lambda path, places: os.mkfifo(path))),
    harmless("timestamp_is_a_folder", _timestamp(lambda path, places: path.mkdir())),
    harmless("timestamp_is_huge", _timestamp(lambda path, places: path.write_text("2020-01-01 " * 1_000_000))),
    harmless("timestamp_is_garbage", _timestamp(lambda path, places: path.write_bytes(random.Random(2).randbytes(150)))),
    harmless("timestamp_names_a_file", _timestamp(lambda path, places: path.write_text("2020-01-01 10:00:00 /etc/passwd"))),
    harmless("timestamp_out_of_range", _timestamp(lambda path, places: path.write_text("9999-12-31 23:59:59 -99999999999999999999"))),
    harmless("timestamp_of_year_one", _timestamp(lambda path, places: path.write_text("0001-01-01 00:00:00 +14"))),
    one_answer("source_as_number", _sources(5), hint="no readable text"),
    one_answer("source_as_lists_in_lists", _sources([["def f():"], ["pass"]]), hint="no readable text"),
    one_answer("source_as_dict", _sources({"text": "pass"}), hint="no readable text"),
    one_answer("source_missing", answer(lambda cell: cell.pop("source")), hint="no readable text"),
    one_answer("source_too_long", _sources("x = 1\n" * 100_000), hint="longer than 50000 characters"),
    one_answer("source_of_lone_surrogates", _sources("\ud800\udfff = '\udc80'"), kinds=("error",)),
    one_answer("answer_deleted", notebook(lambda whole: whole.update(cells=[
        cell for cell in whole["cells"] if name_of(cell) != "softmax_batch"])), kinds=MISSING, hint="not in the notebook"),
    harmless("metadata_as_lists", notebook(lambda whole: (whole.update(metadata=[]), [
        cell.update(metadata=[]) for cell in whole["cells"]])), note="had lost its nbgrader label"),
    harmless("labels_of_the_wrong_type", _all(lambda cell: cell["metadata"].update(nbgrader=[1, {"grade_id": "softmax"}])),
             note="had lost its nbgrader label"),
    harmless("grade_ids_as_lists", _all(lambda cell: cell["metadata"].get("nbgrader", {}).update(grade_id=["softmax"])),
             note="had lost its nbgrader label"),
    harmless("ids_as_numbers", _all(lambda cell: cell.update(id=float("nan")))),
    harmless("ids_that_are_dicts", _all(lambda cell: cell.update(id={"a": []}))),
    harmless("cells_that_are_no_cells", notebook(lambda whole: whole["cells"].extend([None, 1, "x", [], {}, {"metadata": None}, {"source": None}]))),
    harmless("schema_of_the_future", _all(lambda cell: cell["metadata"].get("nbgrader", {}).update(schema_version=99, points=1e9, grade=True))),
    harmless("points_raised", _all(lambda cell: cell["metadata"].get("nbgrader", {}).update(points=float("inf")))),
    harmless("execution_counts_of_the_wrong_type", _all(lambda cell: cell.update(execution_count=[], outputs="none", attachments=7))),
    harmless("duplicate_keys", of(lambda data: data.rstrip()[:-1] + b', "nbformat": 4}')),
    harmless("student_with_markup", lambda path, places: None, student="<evil onload=alert(1)>'\"&amp;[red]{{7*7}}"),
    harmless("student_with_escapes", lambda path, places: None, student="\x1b[31mred\nline\x07"),
    harmless("student_very_long", lambda path, places: None, student="y" * 200),
    harmless("student_turned_round", lambda path, places: None, student="ada\u202e\u200badmin"),
    harmless("student_in_another_script", lambda path, places: None, student="Ώμέγα 漢字 🙂 %s ..; --"),
    harmless("student_named_like_an_option", lambda path, places: None, student="--force"),
]
