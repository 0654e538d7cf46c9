"""One look for every figure, readable by everyone."""

from itertools import combinations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from helpers import plotting
from helpers.plotting import bars, heatmap, once_written, use_style

matplotlib.use("agg")
LINES = (plotting.BLUE, plotting.VERMILLION, plotting.GREEN, plotting.PURPLE, plotting.ORANGE, plotting.SKY)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(a: str, b: str) -> float:
    light, dark = sorted([luminance(a), luminance(b)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_from_the_sheet_and_the_first_lines_do_too() -> None:
    assert contrast(plotting.INK, plotting.SHEET) > 7
    assert all(contrast(colour, plotting.SHEET) > 3 for colour in LINES[:3])


def test_all_line_colours_differ_for_red_green_blind_eyes() -> None:
    # Viénot, Brettel and Mollon 1999, on linear RGB: what a deuteranope sees.
    seen = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])
    for a, b in combinations(LINES, 2):
        assert np.linalg.norm(seen @ np.array(to_rgb(a)) - seen @ np.array(to_rgb(b))) > 0.08


def test_the_sheet_is_opaque_so_that_a_dark_theme_does_not_swallow_the_ink() -> None:
    with matplotlib.rc_context():
        use_style()
        assert plt.rcParams["figure.facecolor"] == plt.rcParams["savefig.facecolor"] == plotting.SHEET
        assert plt.rcParams["savefig.transparent"] is False


def test_a_heat_map_is_white_at_zero_and_writes_its_numbers() -> None:
    ax = heatmap([[0.0, -2.0], [0.5, 1.0]], title="t", xlabel="x", ylabel="y")
    [image] = ax.images
    assert image.get_clim() == (-2.0, 2.0)
    assert [text.get_text() for text in ax.texts] == ["0", "-2", "0.5", "1"]
    assert [text.get_color() for text in ax.texts] == [plotting.INK, "white", plotting.INK, plotting.INK]
    assert (ax.get_title(), ax.get_xlabel(), ax.get_ylabel()) == ("t", "x", "y")
    plt.close("all")


def test_a_heat_map_of_zeros_has_a_scale_and_a_limit_can_be_given() -> None:
    assert heatmap(np.zeros((2, 2)), title="", xlabel="", ylabel="").images[0].get_clim() == (-1.0, 1.0)
    assert heatmap(np.ones((2, 2)), title="", xlabel="", ylabel="", limit=4).images[0].get_clim() == (-4, 4)
    plt.close("all")


def test_bars_are_numbered_from_zero() -> None:
    ax = bars([0.2, 0.8], title="t", xlabel="class", ylabel="y", ax=plt.figure().subplots())
    assert [bar.get_height() for bar in ax.patches] == [0.2, 0.8]
    assert list(ax.get_xticks()) == [0, 1]
    plt.close("all")


@pytest.mark.parametrize(("error", "words"), [
    (NotImplementedError("2.3"), "Exercise 2.3 is still a stub; this part appears once it is written.\n"),
    (NotImplementedError(), "An exercise above is still a stub; this part appears once it is written.\n"),
])
def test_a_stub_gives_a_sentence_and_no_half_drawn_figure(error: NotImplementedError, words: str,
                                                          capsys: pytest.CaptureFixture[str]) -> None:
    with once_written():
        plt.figure()
        raise error
    assert (capsys.readouterr().out, plt.get_fignums()) == (words, [])


def test_any_other_error_is_shown_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), once_written():
        raise ZeroDivisionError
