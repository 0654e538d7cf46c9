"""Data files that the user has: MNIST and Fashion-MNIST as IDX files, notMNIST as IDX files or notMNIST.npz."""

import hashlib
from pathlib import Path

import numpy as np

from helpers.datasets.dataset import IDX_FILES, Dataset, DatasetError, Images, Labels, Spec
from helpers.datasets.idx import find_idx, parse_idx, read_idx, unpack

NPZ = "notMNIST.npz"
EVERY = 5  # of each class in notMNIST, every fifth distinct image is for the test


def read_folder(spec: Spec, folder: Path) -> Dataset:
    """The full set from a user's folder. Raises DatasetError naming what is missing, damaged or not as published."""
    return _read_published(spec, folder) if spec.sha256 else _read_notmnist(spec, folder)


def fingerprint(folder: Path) -> str:
    """Changes when the folder's data files do; names the cached copy. Raises DatasetError when there is no folder."""
    if not folder.is_dir():
        raise DatasetError(f"{folder} is not a folder; give the folder that holds the data files.")
    names = sorted(name for stem in IDX_FILES for name in (stem, f"{stem}.gz"))
    found = [path.stat() for name in [NPZ, *names] if (path := folder / name).is_file()]
    described = [str(folder.resolve()), *(f"{stat.st_size} {stat.st_mtime_ns}" for stat in found)]
    return hashlib.blake2b("\n".join(described).encode(), digest_size=8).hexdigest()


def _read_published(spec: Spec, folder: Path) -> Dataset:
    x_train, y_train, x_test, y_test = (_read_checked(spec, folder, name) for name in IDX_FILES)
    source = (f"{spec.title}, full set: {len(x_train)} training and {len(x_test)} test images "
              f"from {folder}, SHA-256 as published.")
    return Dataset(x_train, y_train.astype(np.int64), x_test, y_test.astype(np.int64), spec.class_names, source)


def _read_checked(spec: Spec, folder: Path, name: str) -> Images:
    path = find_idx(folder, name)
    if path is None:
        raise DatasetError(f"{folder} lacks {name}.gz; {spec.title} needs all of {', '.join(IDX_FILES)}, "
                           "each with or without .gz.")
    content = unpack(path)
    got, published = hashlib.sha256(content).hexdigest(), spec.sha256[name]
    if got != published:
        raise DatasetError(f"{path} is not the published file of {spec.title}: the SHA-256 of its content is {got}, "
                           f"published is {published}. Copy or download it again.")
    return parse_idx(content, path)


def _read_notmnist(spec: Spec, folder: Path) -> Dataset:
    images, labels = _read_npz(folder / NPZ) if (folder / NPZ).is_file() else _read_idx_pairs(folder)
    x, y = _distinct(images, labels)
    for_test = np.zeros(len(y), dtype=bool)
    for label in range(len(spec.class_names)):
        for_test[np.flatnonzero(y == label)[EVERY - 1::EVERY]] = True
    source = (f"notMNIST from {folder}: {len(x)} distinct images of {len(images)}, every fifth of each letter for the "
              "test. No checksum was ever published, so the files could not be checked.")
    return Dataset(x[~for_test], y[~for_test], x[for_test], y[for_test], spec.class_names, source)


def _read_npz(path: Path) -> tuple[Images, Labels]:
    try:
        with np.load(path, allow_pickle=False) as file:
            images, labels = file["images"], file["labels"]
    except Exception as error:  # whatever a damaged archive makes numpy raise, the remedy is the same
        raise DatasetError(f"{path} is damaged or lacks the arrays images and labels ({error}).") from error
    return _checked_pair(images, labels, path)


def _read_idx_pairs(folder: Path) -> tuple[Images, Labels]:
    pairs = []
    for images_name, labels_name in (IDX_FILES[:2], IDX_FILES[2:]):
        images, labels = find_idx(folder, images_name), find_idx(folder, labels_name)
        if images and labels:
            pairs.append(_checked_pair(read_idx(images), read_idx(labels), images))
        elif images or labels:
            raise DatasetError(f"{folder} lacks {labels_name if images else images_name}.gz; "
                               "images and labels are needed together.")
    if not pairs:
        raise DatasetError(f"{folder} holds neither {NPZ} nor IDX files such as {IDX_FILES[2]}.gz "
                           f"with {IDX_FILES[3]}.gz.")
    return np.concatenate([x for x, _ in pairs]), np.concatenate([y for _, y in pairs])


def _checked_pair(images: Images, labels: Images, path: Path) -> tuple[Images, Labels]:
    are_images = images.dtype == np.uint8 and images.ndim == 3 and images.shape[1:] == (28, 28)
    are_labels = labels.dtype.kind in "iu" and labels.shape == images.shape[:1] and np.isin(labels, range(10)).all()
    if not (are_images and are_labels):
        raise DatasetError(f"{path}: expected images (N, 28, 28) uint8 and labels (N,) from 0 to 9, "
                           f"not {images.shape} {images.dtype} and {labels.shape} {labels.dtype}.")
    return images, labels.astype(np.int64)


def _distinct(images: Images, labels: Labels) -> tuple[Images, Labels]:
    """Every image once, at its first place: a copy in both halves of a split would flatter the test accuracy."""
    first: dict[bytes, int] = {}
    for row, image in enumerate(images):
        first.setdefault(image.tobytes(), row)
    rows = list(first.values())
    return images[rows], labels[rows]
