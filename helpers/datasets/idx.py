"""IDX, the format MNIST was published in: two zero bytes, a type code, the number of dimensions, sizes, values.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section on file formats.
"""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.datasets.dataset import DatasetError

UNSIGNED_BYTE = 8


def find_idx(folder: Path, name: str) -> Path | None:
    """The IDX file `name` in a folder, packed (`name.gz`) or not; None when there is neither."""
    return next((path for path in (folder / f"{name}.gz", folder / name) if path.is_file()), None)


def unpack(path: Path) -> bytes:
    """The content of an IDX file, without the gzip wrapping. Raises DatasetError for a damaged one."""
    try:
        return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DatasetError(f"{path} is damaged ({error}); copy or download it again.") from error


def parse_idx(content: bytes, path: Path) -> NDArray[np.uint8]:
    """The array in an IDX file of bytes; `path` is only named in errors. Raises DatasetError."""
    dimensions = content[3] if len(content) > 3 else 0
    start = 4 + 4 * dimensions
    if content[:3] != bytes([0, 0, UNSIGNED_BYTE]) or not dimensions or len(content) < start:
        raise DatasetError(f"{path} is not an IDX file of bytes; expected one that begins with 00 00 08.")
    shape = tuple(int(size) for size in np.frombuffer(content, ">u4", dimensions, offset=4))
    if len(content) - start != math.prod(shape):
        raise DatasetError(f"{path} holds {len(content) - start} values where its header announces {shape}; "
                           "copy or download it again.")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def read_idx(path: Path) -> NDArray[np.uint8]:
    """The array in an IDX file, packed or not. Raises DatasetError."""
    return parse_idx(unpack(path), path)
