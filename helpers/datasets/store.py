"""Data sets in `.npz` files: the embedded ones, and the cache of full sets that are slow to read otherwise."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from helpers.datasets.dataset import Dataset, DatasetError, Spec

EMBEDDED = Path(__file__).parent / "embedded"


def data_home() -> Path:
    """The data folder: $NEURAL_COURSE_DATA, or neural-course where the system keeps caches. It need not exist."""
    chosen = os.environ.get("NEURAL_COURSE_DATA")
    if chosen:
        return Path(chosen).expanduser()
    try:
        home = Path.home()
    except RuntimeError:  # an account without a home: nothing is found there, nothing can be written there
        return Path(os.devnull) / "neural-course"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "neural-course"
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "neural-course"


def read_embedded(spec: Spec) -> Dataset:
    """The images that come with the course; reads one file, writes nothing. Raises DatasetError where they do not."""
    if not (EMBEDDED / f"{spec.name}.npz").is_file():
        raise DatasetError(f"{spec.title} is not part of this course: its hand-out holds the data that its notebooks "
                           "use.")
    return read_npz(EMBEDDED / f"{spec.name}.npz", spec, spec.embedded)


def read_npz(path: Path, spec: Spec, source: str | None = None) -> Dataset:
    """What `write_npz` wrote, with the `source` it recorded unless another is given.

    Raises DatasetError when the file is damaged, OSError when it cannot be opened.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return Dataset(
                file["x_train"], file["y_train"].astype(np.int64), file["x_test"], file["y_test"].astype(np.int64),
                spec.class_names, source or str(file["source"]))
    except OSError:
        raise
    except Exception as error:  # whatever a damaged archive makes numpy raise, the remedy is the same
        raise DatasetError(f"{path} is damaged ({error}); delete it, or fetch or install it again.") from error


def write_npz(path: Path, dataset: Dataset) -> None:
    """Write the whole file or none of it: readers see the old file or the new one, never half. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
        whole = Path(folder) / path.name
        np.savez(whole, x_train=dataset.x_train, y_train=dataset.y_train, x_test=dataset.x_test,
                 y_test=dataset.y_test, source=np.array(dataset.source))
        whole.replace(path)


def cached(path: Path, spec: Spec, build: Callable[[], Dataset]) -> Dataset:
    """The data set in the file `path`; when it is absent or damaged, build it and keep it there if that is possible."""
    with contextlib.suppress(OSError, DatasetError):
        return read_npz(path, spec)
    dataset = build()
    with contextlib.suppress(OSError):
        write_npz(path, dataset)
    return dataset
