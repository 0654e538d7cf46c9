import gzip
import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from helpers.datasets import load
from helpers.datasets.dataset import IDX_FILES, DatasetError, find_spec
from helpers.datasets.folder import fingerprint, read_folder
from helpers.datasets.idx import read_idx

LETTERS = find_spec("letters")


@pytest.fixture
def spec(tiny):
    """The description of the tiny files, with their checksums in the place of MNIST's."""
    contents = {name: gzip.decompress((tiny / f"{name}.gz").read_bytes()) for name in IDX_FILES}
    return replace(find_spec("mnist"), sha256={name: hashlib.sha256(b).hexdigest() for name, b in contents.items()})


def test_files_with_the_published_checksum_are_read_in_file_order(tiny, spec):
    data = read_folder(spec, tiny)
    assert (data.x_train == read_idx(tiny / "train-images-idx3-ubyte.gz")).all()
    assert (data.y_train == read_idx(tiny / "train-labels-idx1-ubyte.gz")).all()
    assert (data.x_test == read_idx(tiny / "t10k-images-idx3-ubyte.gz")).all()
    assert (data.y_test == read_idx(tiny / "t10k-labels-idx1-ubyte.gz")).all()
    assert data.source == f"MNIST, full set: 23 training and 7 test images from {tiny}, SHA-256 as published."


def test_unpacked_files_and_files_packed_by_others_pass_the_same_check(tiny, spec):
    for path in list(tiny.iterdir())[:2]:
        content = gzip.decompress(path.read_bytes())
        path.unlink()
        path.with_suffix("").write_bytes(content)
    for path in tiny.glob("*.gz"):
        path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()), compresslevel=1, mtime=12345))
    assert read_folder(spec, tiny).x_train.shape == (23, 28, 28)


@pytest.mark.parametrize("name", IDX_FILES)
def test_one_changed_value_is_refused(tiny, spec, name):
    path = tiny / f"{name}.gz"
    content = bytearray(gzip.decompress(path.read_bytes()))
    content[-1] ^= 1
    path.write_bytes(gzip.compress(bytes(content)))
    message = (rf"{re.escape(str(path))} is not the published file of MNIST: the SHA-256 of its content is \w{{64}}, "
               rf"published is {spec.sha256[name]}\. Copy or download it again")
    with pytest.raises(DatasetError, match=message):
        read_folder(spec, tiny)


def test_training_and_test_files_in_each_others_place_are_refused(tiny, spec):
    train, test = tiny / "train-labels-idx1-ubyte.gz", tiny / "t10k-labels-idx1-ubyte.gz"
    train.rename(tiny / "aside")
    test.rename(train)
    (tiny / "aside").rename(test)
    with pytest.raises(DatasetError, match=r"train-labels-idx1-ubyte\.gz is not the published file of MNIST"):
        read_folder(spec, tiny)


@pytest.mark.parametrize("name", IDX_FILES)
def test_a_missing_file_is_named_with_what_to_do(tiny, spec, name):
    (tiny / f"{name}.gz").unlink()
    with pytest.raises(DatasetError, match=rf"tiny lacks {name}\.gz; MNIST needs all of .* with or without \.gz"):
        read_folder(spec, tiny)


def test_the_real_checksums_refuse_the_tiny_files(tiny, home):
    for name in ("mnist", "fashion_mnist"):
        with pytest.raises(DatasetError, match=r"train-images-idx3-ubyte\.gz is not the published file of"):
            load(name, folder=tiny)
    assert not home.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path, home):
    with pytest.raises(DatasetError, match="nowhere is not a folder; give the folder that holds the data files"):
        load("mnist", folder=tmp_path / "nowhere")


def test_the_fingerprint_changes_with_the_data_files_and_nothing_else(tiny):
    before = fingerprint(tiny)
    (tiny / "notes.txt").write_text("mine")
    assert fingerprint(tiny) == before
    path = tiny / "t10k-labels-idx1-ubyte.gz"
    os.utime(path, (1, 1))
    assert fingerprint(tiny) != before


def write_notmnist(folder: Path, images: np.ndarray, labels: np.ndarray) -> Path:
    folder.mkdir()
    np.savez(folder / "notMNIST.npz", images=images, labels=labels)
    return folder


@pytest.fixture
def made() -> tuple[np.ndarray, np.ndarray]:
    """110 images sorted by letter, eleven of each; the last of each letter is a copy of its first."""
    images = np.random.default_rng(8).integers(0, 256, (10, 11, 28, 28), dtype=np.uint8)
    images[:, 10] = images[:, 0]
    return images.reshape(110, 28, 28), np.repeat(np.arange(10, dtype=np.uint8), 11)


def test_notmnist_loses_its_copies_and_is_split_evenly(tmp_path, made):
    data = read_folder(LETTERS, write_notmnist(tmp_path / "mine", *made))
    assert np.bincount(data.y_train).tolist() == [8] * 10
    assert np.bincount(data.y_test).tolist() == [2] * 10
    everything = [image.tobytes() for image in (*data.x_train, *data.x_test)]
    assert len(set(everything)) == len(everything) == 100
    assert (data.x_test[0] == made[0][4]).all()


def test_notmnist_says_that_nothing_could_be_checked(tmp_path, made):
    source = read_folder(LETTERS, write_notmnist(tmp_path / "mine", *made)).source
    assert source == (f"notMNIST from {tmp_path / 'mine'}: 100 distinct images of 110, every fifth of each letter for "
                      "the test. No checksum was ever published, so the files could not be checked.")


def test_notmnist_in_idx_files_equals_notmnist_in_npz(tmp_path, made, write_idx):
    images, labels = made
    for rows, prefix in ((slice(0, 60), "train"), (slice(60, None), "t10k")):
        write_idx(tmp_path / "idx" / f"{prefix}-images-idx3-ubyte.gz", images[rows])
        write_idx(tmp_path / "idx" / f"{prefix}-labels-idx1-ubyte", labels[rows])
    idx, npz = read_folder(LETTERS, tmp_path / "idx"), read_folder(LETTERS, write_notmnist(tmp_path / "npz", *made))
    for field in ("x_train", "y_train", "x_test", "y_test"):
        assert (getattr(idx, field) == getattr(npz, field)).all()


@pytest.mark.parametrize(("images", "labels", "message"), [
    (np.zeros((3, 784), np.uint8), np.zeros(3, int), r"expected images \(N, 28, 28\) uint8 .* not \(3, 784\) uint8"),
    (np.zeros((3, 28, 28)), np.zeros(3, int), r"not \(3, 28, 28\) float64"),
    (np.zeros((3, 28, 28), np.uint8), np.zeros(2, int), r"and \(2,\) int64"),
    (np.zeros((3, 28, 28), np.uint8), np.zeros(3), r"and \(3,\) float64"),
    (np.zeros((3, 28, 28), np.uint8), np.array([0, 1, 10]), "labels .* from 0 to 9"),
    (np.array([{}]), np.zeros(1, int), "is damaged or lacks the arrays images and labels"),
])
def test_arrays_that_are_not_notmnist_are_refused_by_name(tmp_path, images, labels, message):
    folder = tmp_path / "mine"
    folder.mkdir()
    np.savez(folder / "notMNIST.npz", images=images, labels=labels)
    with pytest.raises(DatasetError, match=rf"notMNIST\.npz.*{message}"):
        read_folder(LETTERS, folder)


def test_a_broken_notmnist_archive_is_named(tmp_path):
    (tmp_path / "notMNIST.npz").write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(DatasetError, match=r"notMNIST\.npz is damaged or lacks the arrays images and labels"):
        read_folder(LETTERS, tmp_path)


def test_a_folder_without_letters_says_what_it_needs(tmp_path, write_idx):
    with pytest.raises(DatasetError, match=r"holds neither notMNIST\.npz nor IDX files such as t10k-images"):
        read_folder(LETTERS, tmp_path)
    write_idx(tmp_path / "t10k-images-idx3-ubyte.gz", np.zeros((2, 28, 28)))
    with pytest.raises(DatasetError, match=r"lacks t10k-labels-idx1-ubyte\.gz; images and labels are needed together"):
        read_folder(LETTERS, tmp_path)


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_the_published_files_give_the_full_set_and_their_cache_the_same(name, shared, home):
    first, second = load(name, folder=shared(name)), load(name, folder=shared(name))
    assert len(list((home / "cache").glob(f"{name}-*.npz"))) == 1
    for data in (first, second):
        assert (data.x_train.shape, data.x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
        assert np.bincount(data.y_test).sum() == 10000
        assert "60000 training and 10000 test images" in data.source
    assert (first.x_train == second.x_train).all()
    assert (first.y_test == second.y_test).all()


def test_the_full_mnist_begins_as_everybody_knows(shared, home):
    assert load("mnist", folder=shared("mnist")).y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_our_checksums_belong_to_the_packed_files_that_tensorflow_datasets_expects(name, shared):
    mnist = pytest.importorskip("tensorflow_datasets.image_classification.mnist")
    stock = {"mnist": mnist.MNIST, "fashion_mnist": mnist.FashionMNIST}[name]
    assert len(stock.url_infos) == 4
    for info in stock.url_infos.values():
        packed = (shared(name) / info.filename).read_bytes()
        assert (hashlib.sha256(packed).hexdigest(), len(packed)) == (info.checksum, info.size)
        content = hashlib.sha256(gzip.decompress(packed)).hexdigest()
        assert content == find_spec(name).sha256[info.filename.removesuffix(".gz")]


def test_the_real_notmnist_has_9804_distinct_images(shared, home):
    data = load("letters", folder=shared("notmnist"))
    assert len(data.x_train) + len(data.x_test) == 9804
    assert len({image.tobytes() for image in (*data.x_train, *data.x_test)}) == 9804
    assert "9804 distinct images of 10000" in data.source
    in_all = np.bincount(data.y_train) + np.bincount(data.y_test)
    assert (np.bincount(data.y_test) == in_all // 5).all()
