"""Figures are drawn to memory, stay open until the end of a test, and can be looked at."""

from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def figures_stay_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    matplotlib.use("agg")
    monkeypatch.setattr(plt, "show", lambda: None)
    yield
    plt.close("all")
