"""A photograph becomes an image like MNIST's, whatever its size, its place on the paper and its colours."""

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image, ImageDraw

from helpers.explore.own_digit import own_digit, prepared


def photograph(box: tuple[int, int, int, int], paper: int = 235, pen: int = 20, size: tuple[int, int] = (400, 300)) -> Image.Image:
    """A thick ring, which is a nought."""
    picture = Image.new("L", size, paper)
    ImageDraw.Draw(picture).ellipse(box, outline=pen, width=12)
    return picture


@pytest.mark.parametrize("picture", [
    photograph((20, 30, 120, 200)), photograph((250, 90, 390, 290)), photograph((20, 30, 120, 200), paper=30, pen=220),
    photograph((60, 60, 90, 110), size=(140, 140))])
def test_a_digit_is_white_on_black_twenty_pixels_high_and_in_the_middle(picture: Image.Image) -> None:
    image = prepared(picture)
    assert image.shape == (28, 28)
    rows = np.flatnonzero((image > 30).any(axis=1))
    assert 18 <= rows.max() - rows.min() + 1 <= 20
    centre = [np.arange(28) @ image.sum(axis=1 - axis) / image.sum() for axis in (0, 1)]
    np.testing.assert_allclose(centre, 13.5, atol=0.6)
    assert image.max() > 200
    assert image[0].max() == 0


def test_shadows_on_the_paper_are_no_ink() -> None:
    picture = photograph((20, 30, 120, 200))
    shaded = Image.fromarray((np.asarray(picture, float) * np.linspace(1, 0.8, 400)).astype(np.uint8))
    np.testing.assert_allclose(prepared(shaded), prepared(picture), atol=60)


def say(image: Any) -> Any:
    return np.eye(10)[7] * 0.9 + 0.01


def test_what_the_network_says_stands_beside_the_picture(tmp_path: Path) -> None:
    photograph((20, 30, 120, 200)).save(tmp_path / "mine.png")
    own_digit(str(tmp_path / "mine.png"), say)
    left, right = plt.gcf().axes
    assert (left.get_title(), right.get_title()) == ("as the network sees it", "“7”, it says")


def test_without_a_file_or_a_digit_a_sentence_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_digit(str(tmp_path / "none.png"), say)
    assert capsys.readouterr().out.startswith("Write one large digit with a thick pen")
    (tmp_path / "text.png").write_text("no picture")
    own_digit(str(tmp_path / "text.png"), say)
    assert "text.png: this is no picture that can be read" in capsys.readouterr().out
    Image.new("L", (50, 50), 200).save(tmp_path / "empty.png")
    own_digit(str(tmp_path / "empty.png"), say)
    assert "hardly any contrast" in capsys.readouterr().out
    assert plt.get_fignums() == []
