"""`load` and `fetch`, as notebooks and the command line use them."""

import subprocess
import sys

import numpy as np
import pytest

from helpers.datasets import NAMES, Dataset, DatasetError, fetch, load
from helpers.datasets.dataset import find_spec
from helpers.datasets.store import write_npz


def make(spec, source):
    images = np.random.default_rng(1).integers(0, 256, (20, 28, 28), dtype=np.uint8)
    labels = np.arange(20) % 10
    return Dataset(images, labels, images[:10], labels[:10], spec.class_names, source)


@pytest.mark.parametrize("name", NAMES)
def test_without_preparation_the_embedded_images_come_and_nothing_is_written(name, home):
    data = load(name)
    assert data.x_train.dtype == np.uint8
    assert data.x_train.shape[1:] == data.x_test.shape[1:] == (28, 28)
    assert data.y_train.dtype == data.y_test.dtype == np.int64
    assert data.source == find_spec(name).embedded
    assert len(data.class_names) == 10
    assert not home.exists()


def test_embedded_images_need_no_tensorflow_datasets_no_home_and_no_network():
    code = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network used")
socket.socket.connect = refuse
from helpers.datasets import NAMES, load
for name in NAMES: load(name)
heavy = {"tensorflow_datasets", "tensorflow", "torch", "PIL", "matplotlib", "requests"} & set(sys.modules)
assert not heavy, heavy
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={"HOME": "/nonexistent", "PATH": ""}, timeout=60)


@pytest.mark.parametrize("absent", ["tensorflow_datasets", "pyarrow", "pyarrow.parquet"])
def test_without_the_packages_for_full_sets_fetching_says_how_to_get_them(home, monkeypatch, absent):
    monkeypatch.setitem(sys.modules, absent, None)
    advice = (r"The full MNIST is had by way of tensorflow-datasets, which is not installed here \(.*\)\. In a cell, run  "
              r"%pip install tensorflow-datasets pyarrow importlib_resources  and restart the kernel\. The embedded images")
    with pytest.raises(DatasetError, match=advice):
        fetch("mnist")
    assert load("mnist").source == find_spec("mnist").embedded
    prepared = home / "tensorflow_datasets" / "mnist" / "3.0.1"
    prepared.mkdir(parents=True)
    (prepared / "dataset_info.json").touch()
    (prepared / "mnist-train.parquet-00000-of-00001").touch()
    with pytest.raises(DatasetError, match=advice):
        load("mnist")


def test_every_call_gives_fresh_arrays(home):
    load("mnist").x_train[:] = 0
    assert load("mnist").x_train.any()


def test_an_unknown_name_lists_the_known_ones(home):
    for function in (load, fetch):
        with pytest.raises(DatasetError, match="known are 'mnist', 'fashion_mnist', 'letters'"):
            function("MNIST")


def test_the_first_images_are_kept_and_the_source_says_so(home):
    full, few = load("letters"), load("letters", train=100, test=30)
    assert (few.x_train == full.x_train[:100]).all()
    assert (few.y_test == full.y_test[:30]).all()
    assert np.bincount(few.y_train).tolist() == [10] * 10
    assert few.source == full.source + " Here: the first 100 training and 30 test images."
    assert len(load("letters", train=100).x_test) == 1000


@pytest.mark.parametrize("asked", [{"train": 60000}, {"test": 1001}, {"train": 0}, {"test": -1}])
def test_more_images_than_there_are_is_an_error_that_says_how_many_there_are(asked, home):
    with pytest.raises(DatasetError, match=r"there are 4000 and 1000\. MNIST, embedded .* `helpers\.datasets\.fetch\(\"mnist\"\)`"):
        load("mnist", **asked)


def test_what_was_fetched_comes_before_the_embedded_images(home):
    write_npz(home / "cache" / "mnist.npz", make(find_spec("mnist"), "fetched once"))
    assert load("mnist").source == "fetched once"
    assert load("fashion_mnist").source == find_spec("fashion_mnist").embedded


def test_a_fetched_copy_is_not_fetched_again(home):
    write_npz(home / "cache" / "mnist.npz", make(find_spec("mnist"), "fetched once"))
    assert fetch("mnist", mirror="http://127.0.0.1:9").source == "fetched once"


def test_a_damaged_copy_without_anything_to_rebuild_it_from_is_named(home):
    (home / "cache").mkdir(parents=True)
    (home / "cache" / "mnist.npz").write_bytes(b"half a file")
    with pytest.raises(DatasetError, match=r"mnist\.npz is damaged .* delete it, or fetch or install it again"):
        load("mnist")


def test_a_folder_in_the_data_folder_is_found_by_its_name(home, shared):
    home.mkdir()
    (home / "mnist").symlink_to(shared("mnist"))
    assert len(load("mnist").x_train) == 60000
    assert len(load("fashion_mnist").x_train) == 4000


def test_a_folder_in_the_data_folder_that_lacks_files_is_an_error_not_a_subset(home):
    (home / "mnist").mkdir(parents=True)
    with pytest.raises(DatasetError, match=r"mnist lacks train-images-idx3-ubyte\.gz"):
        load("mnist")


def test_the_cache_of_one_folder_is_not_given_for_another(home, tmp_path):
    images = np.random.default_rng(3).integers(0, 256, (40, 28, 28), dtype=np.uint8)
    for folder, picture in (("a", images), ("b", 255 - images)):
        (tmp_path / folder).mkdir()
        np.savez(tmp_path / folder / "notMNIST.npz", images=picture, labels=np.arange(40) % 10)
    first, second = load("letters", folder=tmp_path / "a"), load("letters", folder=tmp_path / "b")
    assert (first.x_train == 255 - second.x_train).all()
    assert load("letters").source == find_spec("letters").embedded


def test_a_changed_folder_is_read_anew_and_a_broken_cache_is_rebuilt(home, tmp_path):
    path = tmp_path / "notMNIST.npz"
    images = np.random.default_rng(3).integers(0, 256, (40, 28, 28), dtype=np.uint8)
    np.savez(path, images=images, labels=np.arange(40) % 10)
    before = load("letters", folder=tmp_path)
    [copy] = (home / "cache").glob("letters-*.npz")
    copy.write_bytes(copy.read_bytes()[:500])
    assert (load("letters", folder=str(tmp_path)).x_train == before.x_train).all()
    np.savez(path, images=images[:30], labels=np.arange(30) % 10)
    assert len(load("letters", folder=tmp_path).x_train) < len(before.x_train)


def test_letters_cannot_be_fetched_and_the_message_names_the_other_way(home):
    with pytest.raises(DatasetError, match=r"cannot be downloaded.*load\('letters', folder=…\)"):
        fetch("letters")
