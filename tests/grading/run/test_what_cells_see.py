"""What a student's cell sees: helpers and libraries, and nothing of the course, the machine or its network."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grading
from grading.course.limits import Limits
from grading.sandbox.client import Sandbox
from tests.grading.sandbox.student import error, printed, run


@pytest.mark.parametrize("what", ["grading", "source", "gradebook.db", "tests", "submitted"])
def test_nothing_of_the_course_is_there_but_helpers(sandbox: Sandbox, what: str) -> None:
    root = Path(grading.__file__).parent.parent
    evaluation = run(sandbox, f"import os; print(os.path.exists({str(root / what)!r}), os.path.exists({str(root / 'helpers')!r}))")
    assert printed(evaluation) == "False True\n"


def test_grading_can_neither_be_imported_nor_found_in_memory(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "import sys; print([m for m in sys.modules if m.split('.')[0] == 'grading'])",
                     "import grading")
    assert printed(evaluation) == "[]\n"
    assert error(evaluation, 1) == "ModuleNotFoundError: No module named 'grading'"


@pytest.mark.sandbox
def test_a_course_inside_a_visible_folder_is_covered(tmp_path: Path) -> None:
    import helpers
    inside = Path(helpers.__file__).parent / "datasets"
    with Sandbox(Limits(), hidden=[inside]) as covering:
        evaluation = run(covering, f"import os; print(os.listdir({str(inside)!r}))")
    assert printed(evaluation) == "[]\n"


@pytest.mark.sandbox
def test_helpers_are_seen_wherever_the_course_lies(tmp_path: Path) -> None:
    import helpers
    copy = tmp_path / "place" / "helpers"  # below /tmp, where the sandbox has its scratch
    shutil.copytree(Path(helpers.__file__).parent, copy, ignore=shutil.ignore_patterns("embedded", "__pycache__"))
    code = ("from grading.sandbox.client import Sandbox; from grading.course.limits import Limits\n"
            "from grading.run.evaluate import evaluate\n"
            "with Sandbox(Limits()) as box: run = evaluate(box, {0: 'import helpers.explore.box_figures as b; "
            "print(b.__file__)'}, {}, {}).cells[0]\nprint(run.outputs)")
    root = str(Path(grading.__file__).parent.parent)
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": f"{copy.parent}:{root}"}, cwd=tmp_path,
                          capture_output=True, text=True)
    assert str(copy / "explore" / "box_figures.py") in done.stdout, done.stdout + done.stderr


def test_nothing_can_be_written_but_a_private_scratch(sandbox: Sandbox) -> None:
    site = str(Path(np.__file__).parent)
    run(sandbox, "open('left-behind', 'w').write('x'); open('/tmp/too', 'w').write('x')")
    evaluation = run(sandbox, "import os; print(os.listdir('.'), os.path.exists('/tmp/too'))",
                     f"open({site!r} + '/evil.py', 'w')", "open('/evil', 'w')")
    assert printed(evaluation) == "[] False\n"
    assert error(evaluation, 1).startswith("OSError: [Errno 30] Read-only file system")
    assert error(evaluation, 2).startswith("OSError: [Errno 30] Read-only file system")


def test_there_is_no_network(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "import socket\nsocket.create_connection(('127.0.0.1', 22), timeout=1)")
    assert error(evaluation) == "PermissionError: [Errno 1] Operation not permitted"


@pytest.mark.sandbox
def test_the_environment_holds_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANVAS_TOKEN", "secret")
    with Sandbox(Limits()) as fresh:
        evaluation = run(fresh, "import os; print('CANVAS_TOKEN' in os.environ, "
                                "b'secret' in open('/proc/self/environ', 'rb').read())")
    assert printed(evaluation) == "False False\n"


def test_other_processes_are_not_seen(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "import os; print(max(int(p) for p in os.listdir('/proc') if p.isdigit()) < 10)")
    assert printed(evaluation) == "True\n"


def test_no_capability_and_no_file_of_the_host_is_inherited(sandbox: Sandbox) -> None:
    evaluation = run(sandbox, "import os; print(open('/proc/self/status').read().split('CapEff:')[1].split()[0], "
                              "len(os.listdir('/proc/self/fd')), os.getuid())")
    assert printed(evaluation) == "0000000000000000 5 1000\n"


@pytest.mark.sandbox
def test_unsafe_runs_without_isolation_only_when_asked() -> None:
    root: Any = str(Path(grading.__file__).parent)
    with Sandbox(Limits(), isolate=False) as open_door:
        assert printed(run(open_door, f"import os; print(os.path.exists({root!r}))")) == "True\n"
