"""The explorer of deep networks draws one line for each activation, from the student's own classes."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import gradient_depth as module
from helpers.explore.gradient_depth import gradient_depth, gradient_sizes
from tests.problem_sets import right_answers

ps5 = right_answers("ps5_modular_layers")

ACTIVATIONS = {"sigmoid": ps5.Sigmoid, "ReLU": ps5.ReLU}


def test_there_is_a_size_for_every_layer_and_sigmoids_lose_more_on_the_way_down_than_relus() -> None:
    sigmoid, relu = (gradient_sizes(ps5.define_network, a, depth=5, width=20) for a in ACTIVATIONS.values())
    assert sigmoid.shape == relu.shape == (6,)
    assert np.all(np.diff(np.log(sigmoid)) > 0)
    assert sigmoid[0] / sigmoid[-1] < 0.1 * relu[0] / relu[-1]


def test_without_a_kernel_there_is_one_figure_with_a_line_for_each_activation() -> None:
    gradient_depth(ps5.define_network, ACTIVATIONS)
    [number] = plt.get_fignums()
    [ax] = plt.figure(number).axes
    assert [line.get_label() for line in ax.lines] == ["sigmoid", "ReLU"]
    assert (ax.get_title(), ax.get_yscale()) == ("6 hidden layers of 30 units", "log")


def test_a_stub_gets_a_sentence_and_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    def stub(*arguments: Any) -> Any:
        raise NotImplementedError("5.8")
    gradient_depth(stub, ACTIVATIONS)
    assert capsys.readouterr().out == "Exercise 5.8 is still a stub; this part appears once it is written.\n"
    assert plt.get_fignums() == []


def test_with_a_kernel_there_are_sliders_for_depth_and_width(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr(module, "widgets_work", lambda: True)
    monkeypatch.setattr(module, "display", shown.append)
    gradient_depth(ps5.define_network, ACTIVATIONS)
    depth, width, _ = shown[0].children
    assert (depth.description, depth.value, width.description, width.value) == ("layers", 6, "units each", 30)
    depth.value = 3
    assert "3 hidden layers of 30 units" in [plt.figure(n).axes[0].get_title() for n in plt.get_fignums()]
