"""The explorers of ps3 draw what the given functions compute, step by step, and wait for stubs."""

from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from grading.probes.ps3_worked_network.small_network import after_steps, squared_error
from helpers.explore import activation_playground, worked_network
from helpers.plotting import BLUE, GREEN, GRID, INK, ORANGE, VERMILLION
from helpers.worked_network import numbers
from tests.problem_sets import right_answers

ps3 = right_answers("ps3_worked_network")

NET = numbers(None)


def stub(*arguments: Any) -> Any:
    raise NotImplementedError("3.7")


def error(name: str, W1: Any, b1: Any, w2: Any, b2: Any) -> Any:
    return squared_error(name, np.concatenate([W1.ravel(), b1, w2, [b2]]))


def nodes(step: int) -> dict[str, str]:
    """The colour of each node's frame, by the text in it."""
    _, ax = plt.subplots()
    worked_network.draw_step(ps3.forward, ps3.backward, NET, step, ax)
    return {text.get_text(): to_hex(text.get_bbox_patch().get_edgecolor()) for text in ax.texts}


def edge_colours(step: int) -> list[set[str]]:
    """The colours of the lines to each hidden unit, then to each output."""
    _, ax = plt.subplots()
    worked_network.draw_step(ps3.forward, ps3.backward, NET, step, ax)
    return [{to_hex(colour[:3]).upper() for colour in lines.get_colors()} for lines in ax.collections]


def test_without_a_kernel_two_moments_are_drawn() -> None:
    worked_network.worked_network(ps3.forward, ps3.backward, NET)
    assert [ax.get_title() for ax in plt.gcf().axes] == [worked_network.TITLES[2], worked_network.TITLES[5]]


def test_the_forward_pass_lights_up_from_left_to_right() -> None:
    assert nodes(0)["x1 = 1"] == INK.lower()
    assert nodes(0)["z1"] == GRID.lower()
    assert nodes(1)["a = -3\nz = 0.047"] == INK.lower()
    assert nodes(1)["ŷ3"] == GRID.lower()
    assert nodes(2)["b = 2.137\nŷ = 0.068"] == GREEN.lower()


def test_the_error_travels_from_right_to_left() -> None:
    assert nodes(3)["∂ℓ/∂b = 0.452"] == ORANGE.lower()
    assert nodes(3)["a = 6\nz = 0.998"] == INK.lower()
    assert nodes(4)["∂ℓ/∂z = -1.4\n∂ℓ/∂a = -0.063"] == ORANGE.lower()


def test_lines_are_lit_where_the_pass_is() -> None:
    assert edge_colours(0) == [{GRID}] * 7
    to_hidden, to_output = edge_colours(1)[:4], edge_colours(1)[4:]
    assert all(BLUE in colours for colours in to_hidden)
    assert to_output == [{GRID}] * 3
    assert edge_colours(2)[:4] == [{GRID}] * 4
    assert VERMILLION in edge_colours(2)[4]
    assert edge_colours(4)[:4] == [{GRID}] * 4
    assert all(GRID in colours for colours in edge_colours(4)[4:])  # the biases' line


def test_a_stub_leaves_a_sentence_and_no_figure(capsys: pytest.CaptureFixture[str]) -> None:
    worked_network.worked_network(ps3.forward, stub, NET)
    activation_playground.activation_playground(stub)
    assert capsys.readouterr().out.count("Exercise 3.7 is still a stub") == 2
    assert not plt.get_fignums()


def test_with_a_kernel_a_slider_walks_through_six_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    steps: list[int] = []
    monkeypatch.setattr(worked_network, "widgets_work", lambda: True)
    monkeypatch.setattr(worked_network, "display", shown.append)
    monkeypatch.setattr(worked_network, "draw_step", lambda forward, backward, network, step, ax: steps.append(step))
    worked_network.worked_network(ps3.forward, ps3.backward, NET)
    slider, _ = shown[0].children
    assert isinstance(slider, ipywidgets.IntSlider)
    assert (slider.min, slider.max) == (0, 5)
    slider.value = 4
    assert steps == [2, 4]


def test_the_playground_descends_as_gradient_descent_does() -> None:
    assert activation_playground.descend(error, "relu", 0.001, 2)[-1] == pytest.approx(after_steps(0.001), rel=1e-6)


def test_a_run_that_diverges_ends_early() -> None:
    errors = activation_playground.descend(error, "relu", 0.9, 50)
    assert len(errors) == 2
    assert np.isfinite(errors).all()


def test_without_a_kernel_the_playground_compares_four_rates() -> None:
    activation_playground.activation_playground(error)
    [ax] = plt.gcf().axes
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["η = 0.1", "η = 0.01", "η = 0.001", "η = 0.0001"]
    assert ax.get_title() and ax.get_xlabel() and ax.get_ylabel()
    assert ax.get_yscale() == "log"


def test_with_a_kernel_activation_rate_and_steps_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    drawn: list[Any] = []
    monkeypatch.setattr(activation_playground, "widgets_work", lambda: True)
    monkeypatch.setattr(activation_playground, "display", shown.append)
    monkeypatch.setattr(activation_playground, "draw", lambda error, name, rates, steps: drawn.append((name, rates, steps)))
    activation_playground.activation_playground(error)
    name, exponent, _, _ = shown[0].children
    name.value = "tanh"
    exponent.value = -2.0
    assert drawn == [("relu", (0.001,), 20), ("tanh", (0.001,), 20), ("tanh", (0.01,), 20)]
