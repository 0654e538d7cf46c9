"""Where the running notebook is: JupyterLab and VS Code tell its file, Colab shows it, elsewhere it is out of sight."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from IPython.core import getipython

from helpers.handin import progress, timing
from helpers.handin.outline import Cell
from helpers.handin.submit import look
from helpers.handin.where import Place, here
from tests.helpers.handin.test_submit import ANSWER, OUTLINE, PASSED, STUB, TEST, save

DOWNLOAD = "Download the notebook before you hand it in (File → Download → Download .ipynb), under the name ps0.ipynb."


@pytest.fixture(autouse=True)
def no_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A kernel of which nothing is known, in an empty folder, whose checks have said nothing."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.delenv("KAGGLE_KERNEL_RUN_TYPE", raising=False)
    monkeypatch.delitem(sys.modules, "google.colab", raising=False)
    monkeypatch.setattr(progress, "_outcomes", {})
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def colab(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Colab's own module, answering the question for the notebook."""
    def pretend(answer: Any) -> None:
        def blocking_request(kind: str, timeout_sec: float) -> Any:
            assert kind == "get_ipynb"
            if isinstance(answer, Exception):
                raise answer
            return answer
        module = ModuleType("google.colab")
        module._message = SimpleNamespace(blocking_request=blocking_request)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "google", ModuleType("google"))
        monkeypatch.setitem(sys.modules, "google.colab", module)
    return pretend


def test_jupyterlab_tells_the_file_and_a_copy_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, "ps0-Copy1")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "ps0-Copy1.ipynb"))
    assert look(OUTLINE, {}, [Cell("", ANSWER)], here()).found == [
        "You are working in ps0-Copy1.ipynb, and grading expects ps0.ipynb. Rename it before you hand it in (right-click on it in the list of files)."]
    save(tmp_path, double=STUB)
    assert look(OUTLINE, {}, [Cell("", ANSWER)], here()).found == [
        "You are working in ps0-Copy1.ipynb, and grading expects ps0.ipynb. A ps0.ipynb lies beside it: make sure that the one you hand in "
        "holds your answers, under that name."]


def test_vs_code_tells_the_file_wherever_the_kernel_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    save(tmp_path / "elsewhere")
    shell = SimpleNamespace(user_ns={"__vsc_ipynb_file__": str(tmp_path / "elsewhere" / "ps0.ipynb")})
    monkeypatch.setattr(getipython, "get_ipython", lambda: shell)
    assert look(OUTLINE, {}, [], here()).found == []
    shell.user_ns = {"__vsc_ipynb_file__": "Untitled-1.ipynb"}
    assert here().own is None


def test_colab_shows_the_notebook_and_the_checks_are_remembered(tmp_path: Path, colab: Callable[[Any], None]) -> None:
    save(tmp_path, "other", printed="")
    colab({"ipynb": json.loads((tmp_path / "other.ipynb").read_text())})
    assert repr(look(OUTLINE, {}, [], here())) == (
        f"{DOWNLOAD}\n✗ The check has not been run since the last change: Exercise 1.1 · double.\n0 of 5 points have a check that passes.")
    progress.note("double", progress.RIGHT)
    assert repr(look(OUTLINE, {}, [], here())) == f"{DOWNLOAD}\n✓ Nothing missing, nothing changed; 2 of 5 points have a check that passes."


@pytest.mark.parametrize("answer", [None, {}, {"ipynb": {}}, TimeoutError("no frontend")])
def test_where_no_file_is_in_sight_it_speaks_of_what_has_run_and_never_of_renaming(tmp_path: Path, colab: Callable[[Any], None], answer: Any) -> None:
    save(tmp_path, "somebody_elses", printed=PASSED)
    colab(answer)
    seen = f"The notebook's file cannot be seen from here, so this looked only at what has run since the kernel started. {DOWNLOAD}"
    assert repr(look(OUTLINE, {}, [], here())) == f"{seen}\n✗ Not run yet: Exercise 1.1 · double.\n0 of 5 points have a check that passes."
    progress.note("double", progress.RIGHT)
    said = repr(look(OUTLINE, {}, [Cell("", STUB), Cell("", ANSWER), Cell("", TEST)], here()))
    assert said == f"{seen}\n✓ Nothing missing, nothing changed; 2 of 5 points have a check that passes."
    assert look(OUTLINE, {}, [Cell("", ANSWER), Cell("", STUB)], here()).found == ["Not written yet: Exercise 1.1 · double."]


def test_kaggle_is_out_of_sight_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAGGLE_KERNEL_RUN_TYPE", "Interactive")
    assert here() == Place(hidden=True)


def test_an_ipython_that_tells_no_cells_id_is_listened_to() -> None:
    """IPython 7, which Colab has."""
    watch = timing.Watch()
    watch._begin(None)
    watch._end(SimpleNamespace(info=SimpleNamespace(raw_cell=ANSWER)))
    assert watch.ran == [Cell("", ANSWER)]
