import gzip

import numpy as np
import pytest

from helpers.datasets.dataset import DatasetError
from helpers.datasets.idx import find_idx, parse_idx, read_idx


def test_a_file_written_by_hand_is_read(tmp_path):
    path = tmp_path / "two-by-three"
    path.write_bytes(bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255]))
    assert read_idx(path).tolist() == [[1, 2, 3], [4, 5, 255]]


@pytest.mark.parametrize("name", ["labels.gz", "labels"])
def test_packed_and_unpacked_files_are_read_alike(tmp_path, write_idx, name):
    array = read_idx(write_idx(tmp_path / name, range(7)))
    assert array.tolist() == list(range(7))
    assert array.dtype == np.uint8


def test_the_packed_file_is_found_first_and_the_absent_one_is_none(tmp_path, write_idx):
    assert find_idx(tmp_path, "labels") is None
    write_idx(tmp_path / "labels", [1])
    assert find_idx(tmp_path, "labels") == tmp_path / "labels"
    write_idx(tmp_path / "labels.gz", [1])
    assert find_idx(tmp_path, "labels") == tmp_path / "labels.gz"


@pytest.mark.parametrize(("content", "message"), [
    (b"", "labels is not an IDX file of bytes"),
    (b"PK\x03\x04 something else", "labels is not an IDX file of bytes"),
    (bytes([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0]), "labels is not an IDX file of bytes"),
    (bytes([0, 0, 8, 0, 7]), "labels is not an IDX file of bytes"),
    (bytes([0, 0, 8, 3, 0, 0, 0, 9]), "labels is not an IDX file of bytes"),
    (bytes([0, 0, 8, 1, 0, 0, 0, 3, 1, 2]), r"labels holds 2 values where its header announces \(3,\)"),
    (bytes([0, 0, 8, 1, 0, 0, 0, 1, 1, 2]), r"labels holds 2 values where its header announces \(1,\)"),
    (bytes([0, 0, 8, 2, *[255] * 8, 1]), "labels holds 1 values where its header announces"),
])
def test_what_is_not_idx_is_refused_by_name(tmp_path, content, message):
    with pytest.raises(DatasetError, match=message):
        parse_idx(content, tmp_path / "labels")


def test_a_damaged_gzip_file_is_named(tmp_path):
    whole = gzip.compress(bytes([0, 0, 8, 1, 0, 0, 0, 200]) + bytes(range(200)))
    flipped = bytearray(whole)
    flipped[60] ^= 255
    for content in (whole[:100], b"not gzip", bytes(flipped)):
        path = tmp_path / "images.gz"
        path.write_bytes(content)
        with pytest.raises(DatasetError, match=r"images\.gz is damaged \(.*\); copy or download it again"):
            read_idx(path)
