import re
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from helpers.datasets.dataset import IDX_FILES, SPECS, Dataset, DatasetError, find_spec

IMAGES, LABELS = np.zeros((3, 28, 28), np.uint8), np.array([0, 1, 2])


def make(x_train=IMAGES, y_train=LABELS, x_test=IMAGES, y_test=LABELS):
    return Dataset(x_train, y_train, x_test, y_test, tuple("abc"), "made up")


def test_a_dataset_cannot_be_changed_by_assignment():
    with pytest.raises(FrozenInstanceError):
        make().source = "elsewhere"


@pytest.mark.parametrize(("wrong", "message"), [
    ({"x_train": IMAGES / 255}, "training images must be (N, 28, 28) uint8, not (3, 28, 28) float64"),
    ({"x_test": IMAGES.reshape(3, 784)}, "test images must be (N, 28, 28) uint8, not (3, 784) uint8"),
    ({"y_train": LABELS[:2]}, "training labels must be (3,) int64, not (2,) int64"),
    ({"y_test": LABELS.astype(float)}, "test labels must be (3,) int64, not (3,) float64"),
    ({"y_test": LABELS + 1}, "test labels must lie in 0..2"),
    ({"y_train": LABELS - 1}, "training labels must lie in 0..2"),
])
def test_arrays_that_do_not_fit_the_description_are_refused(wrong, message):
    with pytest.raises(DatasetError, match=re.escape(message)):
        make(**wrong)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(DatasetError, match=r"no data set 'cifar10'; known are 'mnist', 'fashion_mnist', 'letters'\."):
        find_spec("cifar10")


def test_every_set_has_ten_classes_and_checksums_for_all_files_or_none():
    for name, spec in SPECS.items():
        assert spec.name == name
        assert len(set(spec.class_names)) == 10
        assert tuple(spec.sha256) in ((), IDX_FILES)
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in spec.sha256.values())


def test_no_checksum_is_listed_twice():
    digests = [digest for spec in SPECS.values() for digest in spec.sha256.values()]
    assert len(set(digests)) == len(digests) == 8
