import os
import sys
from pathlib import Path

import numpy as np
import pytest

from helpers.datasets.dataset import SPECS, Dataset, DatasetError, find_spec
from helpers.datasets.store import cached, data_home, read_npz, write_npz

SPEC = find_spec("mnist")


def make(count: int = 6) -> Dataset:
    images = np.random.default_rng(count).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return Dataset(images, np.arange(count) % 10, images[:2], np.array([3, 4]), SPEC.class_names, "made in a test")


def same(a: Dataset, b: Dataset) -> bool:
    fields = ("x_train", "y_train", "x_test", "y_test")
    return all(np.array_equal(getattr(a, field), getattr(b, field)) for field in fields)


def refuse() -> Dataset:
    raise AssertionError("built although the file is good")


def test_what_is_written_is_read_back_with_its_source(tmp_path):
    path = tmp_path / "new" / "folder" / "mnist.npz"
    write_npz(path, make())
    assert same(read_npz(path, SPEC), make())
    assert read_npz(path, SPEC).source == "made in a test"
    assert list(path.parent.iterdir()) == [path]


def test_a_good_cache_is_not_rebuilt(tmp_path):
    write_npz(tmp_path / "mnist.npz", make())
    assert same(cached(tmp_path / "mnist.npz", SPEC, refuse), make())


def test_an_absent_cache_is_built_and_kept(tmp_path):
    assert same(cached(tmp_path / "mnist.npz", SPEC, make), make())
    assert same(cached(tmp_path / "mnist.npz", SPEC, refuse), make())


def truncated(content: bytes) -> bytes:
    return content[: len(content) // 2]


def one_pixel_changed(content: bytes) -> bytes:
    return content[:1000] + bytes([content[1000] ^ 1]) + content[1001:]


def empty(content: bytes) -> bytes:
    return b""


def text(content: bytes) -> bytes:
    return b"<html>not found</html>"


@pytest.mark.parametrize("damage", [truncated, one_pixel_changed, empty, text])
def test_a_broken_cache_is_rebuilt(tmp_path, damage):
    path = tmp_path / "mnist.npz"
    write_npz(path, make())
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DatasetError, match=r"mnist\.npz is damaged"):
        read_npz(path, SPEC)
    assert same(cached(path, SPEC, make), make())
    assert same(cached(path, SPEC, refuse), make())


@pytest.mark.parametrize("arrays", [
    {"x_train": np.zeros((2, 28, 28), np.uint8)},
    {"x_train": np.zeros((2, 784), np.uint8), "y_train": np.zeros(2), "x_test": 0, "y_test": np.zeros(2), "source": ""},
    {"x_train": np.array([{}])},
])
def test_an_archive_with_other_arrays_counts_as_broken(tmp_path, arrays):
    np.savez(tmp_path / "mnist.npz", **arrays)
    assert same(cached(tmp_path / "mnist.npz", SPEC, make), make())
    assert same(cached(tmp_path / "mnist.npz", SPEC, refuse), make())


def test_a_lone_npy_file_counts_as_broken(tmp_path):
    with (tmp_path / "mnist.npz").open("wb") as file:
        np.save(file, np.zeros(3))
    assert same(cached(tmp_path / "mnist.npz", SPEC, make), make())


def test_a_write_that_dies_half_way_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "mnist.npz"
    write_npz(path, make(6))

    def die(file, **arrays):
        Path(file).write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(np, "savez", die)
    with pytest.raises(OSError, match="disk full"):
        write_npz(path, make(8))
    assert same(read_npz(path, SPEC), make(6))
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_the_data_come_all_the_same(tmp_path):
    (tmp_path / "file").write_text("in the way of a folder")
    assert same(cached(tmp_path / "file" / "mnist.npz", SPEC, make), make())


def test_the_data_folder_is_chosen_by_the_environment_and_else_by_the_system(monkeypatch, tmp_path):
    monkeypatch.setenv("NEURAL_COURSE_DATA", str(tmp_path))
    assert data_home() == tmp_path
    monkeypatch.delenv("NEURAL_COURSE_DATA")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert data_home() == tmp_path / ".cache" / "neural-course"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert data_home() == tmp_path / "Library" / "Caches" / "neural-course"
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert data_home() == tmp_path / "AppData" / "Local" / "neural-course"
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    assert data_home() == tmp_path / "local" / "neural-course"


def test_an_account_without_a_home_has_a_data_folder_that_cannot_exist(monkeypatch):
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("NEURAL_COURSE_DATA", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert not os.access(data_home(), os.F_OK)
    with pytest.raises(OSError):
        write_npz(data_home() / "mnist.npz", make())


def test_every_known_set_has_its_embedded_file():
    from helpers.datasets.store import EMBEDDED
    assert {path.stem for path in EMBEDDED.glob("*.npz")} == set(SPECS)
