"""A letter of one's own becomes as large as the data set's letters are, and stands where they stand."""

from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image, ImageDraw

from helpers.datasets import load
from helpers.explore.own_digit import prepared as prepared_digit
from helpers.explore.own_letter import own_letter, prepared, usual_size

NAMES = tuple("ABCDEFGHIJ")


def letter_L(paper: int = 235, pen: int = 20, at: tuple[int, int] = (60, 40), thick: int = 24) -> Image.Image:
    """An L, 200 pixels high and 150 wide: its centre of mass is far from the middle of its box."""
    picture = Image.new("L", (500, 400), paper)
    x, y = at
    ImageDraw.Draw(picture).rectangle((x, y, x + thick, y + 199), fill=pen)
    ImageDraw.Draw(picture).rectangle((x, y + 199 - thick, x + 149, y + 199), fill=pen)
    return picture


def box(image: Any) -> tuple[int, int, int, int]:
    """First and last row, first and last column that can be seen."""
    rows, columns = (np.flatnonzero((image > 30).any(axis=axis)) for axis in (1, 0))
    return int(rows[0]), int(rows[-1]), int(columns[0]), int(columns[-1])


@pytest.mark.parametrize("picture", [letter_L(), letter_L(at=(300, 150)), letter_L(paper=25, pen=230)])
def test_a_letter_is_white_on_black_as_high_as_asked_for_and_its_box_is_in_the_middle(picture: Image.Image) -> None:
    image = prepared(picture, 20, 23)
    top, bottom, left, right = box(image)
    assert image.shape == (28, 28)
    assert image.max() > 200
    assert (bottom - top + 1, right - left + 1) == (20, 15)
    assert abs(top - (27 - bottom)) <= 1
    assert abs(left - (27 - right)) <= 1


def test_a_letter_is_centred_by_its_box_and_a_digit_by_its_mass() -> None:
    as_letter, as_digit = box(prepared(letter_L(), 20, 20)), box(prepared_digit(letter_L()))
    assert as_digit[2] > as_letter[2] + 1  # most of an L's ink is on the left, so its mass comes to the middle further right


def test_a_wide_letter_is_no_wider_than_those_of_the_data_set() -> None:
    picture = Image.new("L", (500, 200), 235)
    ImageDraw.Draw(picture).rectangle((20, 80, 480, 130), fill=20)
    top, bottom, left, right = box(prepared(picture, 20, 23))
    assert right - left + 1 == 23
    assert bottom - top + 1 < 5


def test_the_size_is_that_of_most_letters_of_the_data_set() -> None:
    images = np.zeros((20, 28, 28), dtype=np.uint8)
    images[:, 5:23, 9:19] = 255  # 18 rows, 10 columns
    images[3, 0:28, 0:28] = 255  # one that fills its image
    images[4] = 0  # one that is empty
    images[5, 0, 0] = 20  # too faint to be seen
    assert usual_size(images) == (18.0, pytest.approx(10, abs=3))


def test_a_letter_of_the_data_set_keeps_its_size_when_it_is_photographed() -> None:
    images = load("letters").x_train[:200]
    height, width = usual_size(images)
    typical = next(image for image in images if box(image)[1] - box(image)[0] + 1 == height)
    photographed = Image.fromarray(255 - typical).resize((560, 560), Image.Resampling.BICUBIC)
    before, after = box(typical), box(prepared(photographed, height, width))
    np.testing.assert_allclose([after[1] - after[0], after[3] - after[2]], [before[1] - before[0], before[3] - before[2]], atol=1)


def test_what_the_network_says_is_called_by_the_names_of_the_letters(tmp_path: Path) -> None:
    letter_L().save(tmp_path / "mine.png")
    seen = []

    def say(image: Any) -> Any:
        seen.append(image)
        return np.eye(10)[[2]] * 0.9 + 0.01

    own_letter(str(tmp_path / "mine.png"), say, NAMES, load("letters").x_train)
    left, right = plt.gcf().axes
    assert (left.get_title(), right.get_title()) == ("as the network sees it", "“C”, it says")
    assert [label.get_text() for label in right.get_xticklabels()] == list(NAMES)
    assert seen[0].shape == (28, 28)
    assert right.patches[2].get_height() == pytest.approx(0.91)


def test_without_a_file_or_a_letter_a_sentence_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    images = load("letters").x_train[:50]
    own_letter(str(tmp_path / "none.png"), lambda image: image, NAMES, images)
    assert capsys.readouterr().out.startswith("Write one large letter from A to J with a thick pen")
    Image.new("L", (50, 50), 200).save(tmp_path / "empty.png")
    own_letter(str(tmp_path / "empty.png"), lambda image: image, NAMES, images)
    assert "empty.png: there is hardly any contrast" in capsys.readouterr().out
    assert plt.get_fignums() == []
