"""Images to learn from, and where they came from.

    data = load("mnist")
    print(data.source)
    data.x_train.shape, data.y_train.shape   # (4000, 28, 28), (4000,)

Without any preparation these are the embedded images. Full sets come from `fetch("mnist")`, once, or from files you
have: `load("mnist", folder="…")`, or a folder `mnist` inside the data folder ($NEURAL_COURSE_DATA, by default
neural-course where the system keeps caches: on Linux ~/.cache).
"""

import os
from dataclasses import replace
from pathlib import Path

from helpers.datasets import published
from helpers.datasets.dataset import SPECS, Dataset, DatasetError, Spec, find_spec
from helpers.datasets.folder import fingerprint, read_folder
from helpers.datasets.store import cached, data_home, read_embedded, read_npz

NAMES = tuple(SPECS)
PREPARED = "tensorflow_datasets"  # inside the data folder


def load(name: str, *, train: int | None = None, test: int | None = None,
         folder: str | os.PathLike[str] | None = None) -> Dataset:
    """A data set: "mnist", "fashion_mnist" or "letters".

    `train` and `test` keep the first so many images; the embedded sets are balanced at every multiple of ten.
    `folder` holds the published IDX files (.gz or unpacked), for "letters" those of notMNIST or notMNIST.npz.

    Looks in this order: the cache of a folder or of `fetch`; the folder itself; what `fetch` prepared; the embedded
    images. Only the first three ever write, and only into the cache; embedded images need no home and no network.
    Raises DatasetError naming the file and what to do.
    """
    spec, home = find_spec(name), data_home()
    own = Path(folder).expanduser() if folder is not None else home / name
    if folder is not None or os.access(own, os.R_OK):
        copy = home / "cache" / f"{name}-{fingerprint(own)}.npz"
        dataset = cached(copy, spec, lambda: read_folder(spec, own))
    else:
        dataset = _read_fetched(spec, home) or read_embedded(spec)
    return _first(dataset, train, test)


def fetch(name: str, *, mirror: str | None = None) -> Dataset:
    """Bring the full "mnist" or "fashion_mnist" into the data folder, with progress bars; `load` finds it from then on.

    Downloads with tensorflow-datasets, an extra that students may leave out, or from the folder at the address
    `mirror`; the published SHA-256 is required either way. Does nothing when the set is there already. Raises
    DatasetError: without the extra, and, within seconds, without network.
    """
    spec, home = find_spec(name), data_home()
    if not spec.sha256:
        raise DatasetError(f"{spec.title} cannot be downloaded: the embedded images are all there are. "
                           f"To use notMNIST instead, give your copy with load({name!r}, folder=…).")

    def build() -> Dataset:
        published.prepare(spec, home / PREPARED, published.official_urls(spec, mirror))
        return published.read_prepared(spec, home / PREPARED)

    return cached(home / "cache" / f"{name}.npz", spec, build)


def _read_fetched(spec: Spec, home: Path) -> Dataset | None:
    """What `fetch` brought; None when it never did, or when this account may not read it."""
    copy = home / "cache" / f"{spec.name}.npz"
    if published.is_prepared(spec, home / PREPARED):
        return cached(copy, spec, lambda: published.read_prepared(spec, home / PREPARED))
    try:
        return read_npz(copy, spec)
    except OSError:
        return None


def _first(dataset: Dataset, train: int | None, test: int | None) -> Dataset:
    if train is None and test is None:
        return dataset
    there = len(dataset.x_train), len(dataset.x_test)
    train, test = there[0] if train is None else train, there[1] if test is None else test
    if not (0 < train <= there[0] and 0 < test <= there[1]):
        raise DatasetError(f"{train} training and {test} test images were asked for; "
                           f"there are {there[0]} and {there[1]}. {dataset.source}")
    return replace(
        dataset, x_train=dataset.x_train[:train], y_train=dataset.y_train[:train],
        x_test=dataset.x_test[:test], y_test=dataset.y_test[:test],
        source=f"{dataset.source} Here: the first {train} training and {test} test images.")


__all__ = ["NAMES", "Dataset", "DatasetError", "fetch", "load"]
