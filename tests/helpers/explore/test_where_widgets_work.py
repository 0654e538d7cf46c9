"""Explorers have sliders where somebody can move them."""

from types import SimpleNamespace

import pytest

from helpers import explore


def test_a_kernel_has_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    assert explore.widgets_work()


def test_a_shell_without_a_kernel_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explore, "get_ipython", SimpleNamespace)
    assert not explore.widgets_work()


def test_validating_waits_for_no_widget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nbgrader runs a notebook with may lose a cell's end after it has answered a widget, and waits half a minute for it."""
    monkeypatch.setattr(explore, "get_ipython", lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    assert not explore.widgets_work()
