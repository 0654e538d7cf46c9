"""The figures of problem set 1 draw what the given functions compute, and wait for stubs."""

from collections.abc import Callable
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers.explore import box_builder, box_figures
from helpers.targets import sine
from tests.problem_sets import right_answers

ps1 = right_answers("ps1_box_functions")

matplotlib.use("agg")


def stub(*arguments: Any) -> Any:
    raise NotImplementedError("1.3")


def test_without_a_kernel_the_builder_is_one_static_figure() -> None:
    box_builder.box_builder(ps1.box_parameters, ps1.boxes_parameters, ps1.network, ps1.max_error_bound)
    assert len(plt.get_fignums()) == 1
    left, right = plt.gcf().axes
    assert left.get_title() == "one box: h = 1.5, δ = 1"
    assert right.get_title() == "n = 12: largest error 0.492, bound 0.550"


def test_a_staircase_shows_the_network_that_was_given() -> None:
    _, ax = plt.subplots()
    box_builder.draw_staircase(ps1.boxes_parameters, lambda x, params: np.zeros(len(x)), sine, 5, ax)
    target, network = (line.get_ydata() for line in ax.lines)
    assert np.max(np.abs(target)) == pytest.approx(1, abs=1e-4)
    assert not np.any(network)
    assert ax.get_title() == "n = 5: largest error 1.000"


FIGURES: dict[str, Callable[..., None]] = {
    "builder": lambda f: box_builder.box_builder(f, f, f, f),
    "staircases": lambda f: box_builder.draw_staircases(f, f, sine, (2, 3)),
    "errors": lambda f: box_builder.draw_errors(f, f, f),
    "neurons": lambda f: box_figures.draw_neurons(f, [(1, 0), (-2, 2)]),
    "two steps": lambda f: box_figures.draw_two_steps(f, 1.5, 1.0),
    "strips": lambda f: box_figures.draw_strips(f, f, 1.0, 1.5),
    "plane": lambda f: box_figures.draw_plane(f, f),
    "l1": lambda f: box_figures.draw_l1(f, f),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_stub_leaves_a_sentence_and_no_empty_figure(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    FIGURES[name](stub)
    assert "Exercise 1.3 is still a stub" in capsys.readouterr().out
    assert not plt.get_fignums()


def drawn() -> dict[str, Callable[[], None]]:
    return {
        "staircases": lambda: box_builder.draw_staircases(ps1.boxes_parameters, ps1.network, sine, (2, 3)),
        "errors": lambda: box_builder.draw_errors(ps1.boxes_parameters, ps1.network, ps1.max_error_bound),
        "neurons": lambda: box_figures.draw_neurons(ps1.step, [(1, 0), (-2, 2)]),
        "one neuron": lambda: box_figures.draw_neurons(ps1.step, [(1, 0)]),
        "two steps": lambda: box_figures.draw_two_steps(ps1.step, 1.5, 1.0),
        "strips": lambda: box_figures.draw_strips(ps1.box_parameters, ps1.network, 1.0, 1.5),
        "plane": lambda: box_figures.draw_plane(ps1.box2d_parameters, ps1.network2d),
        "l1": lambda: box_figures.draw_l1(ps1.l1_loss, ps1.l1_subgradient)}


@pytest.mark.parametrize("name", drawn())
def test_every_panel_has_a_title_and_named_axes(name: str) -> None:
    drawn()[name]()
    panels = [ax for ax in plt.gcf().axes if ax.get_label() != "<colorbar>"]
    assert all(ax.get_title() and ax.get_xlabel() for ax in panels)
    assert panels[0].get_ylabel()


def test_the_sum_of_two_strips_has_the_values_0_1_and_2() -> None:
    box_figures.draw_strips(ps1.box_parameters, ps1.network, 1.0, 1.5)
    images = [ax.images[0].get_array() for ax in plt.gcf().axes if ax.images and ax.get_title()]
    assert set(np.unique(np.asarray(images[-1]))) == {0.0, 1.0, 2.0}
