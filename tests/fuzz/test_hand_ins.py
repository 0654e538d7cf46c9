"""Any bytes under any name are answers or a reason, found within bounds, and never an exception."""

import json
import os
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grading.course.assignment import Assignment, is_answer
from grading.handin.collect import Handed, collect
from grading.handin.intake import MAX_SOURCE, read_answers
from helpers.handin.delegation import find_delegations
from tests.fuzz.material import any_json, bent, damaged, texts
from tests.hostile.attack import BOTH

NAME = BOTH[0]


@pytest.fixture(scope="module")
def assignment(load: Callable[[str], Assignment]) -> Assignment:
    return load(NAME)


@pytest.fixture(scope="module")
def real(assignment: Assignment) -> Any:
    return json.loads(nbformat.writes(assignment.with_answers(assignment.solutions)))


def assert_answers_or_a_reason(data: bytes, assignment: Assignment) -> None:
    submission = read_answers(Handed(data), assignment)
    names = {cell.metadata.nbgrader.grade_id for cell in assignment.notebook.cells if is_answer(cell)}
    if submission.problem:
        assert not submission.answers
        assert len(submission.problem) < 1000
        submission.problem.encode()
        return
    assert submission.answers.keys() | submission.trouble.keys() == names
    assert not submission.answers.keys() & submission.trouble.keys()
    for source in submission.answers.values():
        assert len(source.encode()) <= 4 * MAX_SOURCE
    for text in [*submission.notes, *submission.trouble.values()]:
        assert len(text.encode()) < 1000
    nbformat.writes(assignment.with_answers(submission.answers)).encode()


@given(data=st.binary(max_size=2000))
@example(data=b"")
@example(data=b"\xef\xbb\xbf")
@example(data=b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "\\ud800"}]}')
def test_any_bytes(assignment: Assignment, data: bytes) -> None:
    assert_answers_or_a_reason(data, assignment)


@given(value=any_json)
def test_any_json(assignment: Assignment, value: Any) -> None:
    assert_answers_or_a_reason(json.dumps(value).encode(), assignment)


@given(cells=any_json, sheets=any_json, version=st.sampled_from([3, 4, 4.0, "4", True]))
def test_anything_in_place_of_cells(assignment: Assignment, cells: Any, sheets: Any, version: Any) -> None:
    assert_answers_or_a_reason(json.dumps({"nbformat": version, "cells": cells, "worksheets": [{"cells": sheets}, sheets]}).encode(), assignment)


@given(draw=st.data())
def test_a_real_notebook_with_bytes_damaged(assignment: Assignment, real: Any, draw: st.DataObject) -> None:
    assert_answers_or_a_reason(draw.draw(damaged(json.dumps(real).encode())), assignment)


@given(draw=st.data())
def test_a_real_notebook_with_its_structure_bent(assignment: Assignment, real: Any, draw: st.DataObject) -> None:
    assert_answers_or_a_reason(json.dumps(draw.draw(bent(real, most=8))).encode(), assignment)


def test_a_notebook_nested_to_the_edge_of_what_can_be_read(assignment: Assignment) -> None:
    for depth, (opened, closed) in product(range(900, 1000, 3), (("[", "]"), ('{"a":', "}"))):
        inner = opened * depth + ("1" if opened != "[" else "") + closed * depth
        for text in (inner, f'{{"nbformat": {inner}, "cells": []}}', f'{{"nbformat": 4, "cells": [{inner}]}}',
                     f'{{"nbformat": 4, "cells": [{{"source": {inner}}}]}}'):
            assert_answers_or_a_reason(text.encode(), assignment)


def _make(folder: Path, name: bytes, kind: str) -> None:
    path = os.fsencode(folder) + b"/" + name
    if os.path.lexists(path):
        return
    if kind == "folder":
        os.mkdir(path)  # noqa: PTH102 (names that are no text)
    elif kind == "link":
        os.symlink(b"/etc/hostname", path)  # noqa: PTH211
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"2020-01-01" if kind == "text" else b"{}")


file_names = (st.sampled_from([NAME.encode() + b".ipynb", b"timestamp.txt", b".ipynb", b"x.ipynb", b"\xff.ipynb", b"\x1b[1m.ipynb", b"a\nb.ipynb"])
              | st.binary(min_size=1, max_size=30).map(lambda name: name + b".ipynb").filter(lambda name: not {0, 47} & set(name)))


@given(files=st.dictionaries(file_names, st.sampled_from(["folder", "link", "pipe", "text", "notebook"]), max_size=4))
def test_any_files_of_any_kind(tmp_path_factory: pytest.TempPathFactory, files: dict[bytes, str]) -> None:
    folder = tmp_path_factory.mktemp("handed")
    for name, kind in files.items():
        _make(folder, name, kind)
    handed = collect(folder, NAME)
    for text in (handed.problem, handed.timestamp, handed.fingerprint, *handed.notes):
        assert len(text.encode()) < 1000
    assert "".join((handed.problem, *handed.notes)).isprintable()
    assert bool(handed.problem) != bool(handed.data)


code = st.lists(st.sampled_from(["import torch", "import scipy.special as s", "s.softmax(z)", "def softmax(z):", "    return torch.softmax(z)", "class A(B):",
                                 "from torch import *", "__import__('torch')", "(", ")", "lambda: ", "x = [", "]", "\n", "    ", ":", "f'{", "}'", "\\", "\0"])
                | texts, max_size=12).map("\n".join)


@given(sources=st.dictionaries(st.sampled_from(["softmax", "A"]), code, max_size=2), setup=code)
def test_any_source_is_searched_for_libraries(sources: dict[str, str], setup: str) -> None:
    for delegation in find_delegations(sources, setup).values():
        assert delegation.line >= 1
        delegation.message.encode()
