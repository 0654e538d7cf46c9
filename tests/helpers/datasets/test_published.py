"""The way through tensorflow-datasets, for real: files over http on loopback, prepared, read back offline."""

import gzip
import hashlib
import os
import socket
import subprocess
import sys
import threading

import numpy as np
import pytest

from helpers.datasets import fetch, load, published
from helpers.datasets.dataset import DatasetError, find_spec
from helpers.datasets.idx import read_idx

checksums = pytest.importorskip("tensorflow_datasets.core.download.checksums")
SPEC = find_spec("mnist")


def url_infos(folder, url):
    """What tensorflow-datasets records about files: address → size and SHA-256, here of the tiny ones."""
    return {f"{url}/{path.name}": checksums.UrlInfo(size=path.stat().st_size, filename=path.name,
                                                    checksum=hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(folder.iterdir())}


@pytest.fixture
def prepared(tiny, serve, tmp_path):
    server = serve(tiny)
    published.prepare(SPEC, tmp_path / "prepared", url_infos(tiny, server.url))
    return tmp_path / "prepared"


def test_good_checksums_are_prepared_and_read_in_file_order(tiny, prepared):
    data = published.read_prepared(SPEC, prepared)
    assert (data.x_train == read_idx(tiny / "train-images-idx3-ubyte.gz")).all()
    assert (data.y_train == read_idx(tiny / "train-labels-idx1-ubyte.gz")).all()
    assert (data.x_test == read_idx(tiny / "t10k-images-idx3-ubyte.gz")).all()
    assert (data.y_test == read_idx(tiny / "t10k-labels-idx1-ubyte.gz")).all()
    assert data.source == ("MNIST, full set: 23 training and 7 test images from tensorflow-datasets, "
                           "SHA-256 as published.")


def test_no_image_is_lost_however_many_batches_they_are_written_in(serve, tmp_path, write_idx):
    rng, folder = np.random.default_rng(6), tmp_path / "more"
    images, labels = rng.integers(0, 256, (250, 28, 28)), rng.integers(0, 10, 250)
    for part in ("train", "t10k"):
        write_idx(folder / f"{part}-images-idx3-ubyte.gz", images)
        write_idx(folder / f"{part}-labels-idx1-ubyte.gz", labels)
    published.prepare(SPEC, tmp_path / "prepared", url_infos(folder, serve(folder).url))
    data = published.read_prepared(SPEC, tmp_path / "prepared")
    assert np.array_equal(data.x_train, images)
    assert np.array_equal(data.y_test, labels)


def test_records_that_are_fewer_than_were_written_are_no_data_set(prepared):
    [info] = prepared.rglob("dataset_info.json")
    info.write_text(info.read_text().replace('"23"', '"24"'))
    with pytest.raises(DatasetError, match=r"mnist is damaged \(23 images where 24 were written\); delete it"):
        published.read_prepared(SPEC, prepared)


def test_what_an_older_course_prepared_in_another_format_is_replaced(tiny, serve, tmp_path):
    old = tmp_path / "prepared" / "mnist" / "3.0.1"
    old.mkdir(parents=True)
    (old / "dataset_info.json").write_text('{"fileFormat": "array_record", "name": "mnist", "version": "3.0.1"}')
    assert not published.is_prepared(SPEC, tmp_path / "prepared")
    published.prepare(SPEC, tmp_path / "prepared", url_infos(tiny, serve(tiny).url))
    assert len(published.read_prepared(SPEC, tmp_path / "prepared").x_train) == 23


def test_downloads_are_cleared_away_and_preparing_again_downloads_nothing(tiny, serve, tmp_path):
    server = serve(tiny)
    for _ in range(2):
        published.prepare(SPEC, tmp_path / "prepared", url_infos(tiny, server.url))
    assert len(server.gets) == 4
    assert [path.name for path in (tmp_path / "prepared").iterdir()] == ["mnist"]


@pytest.mark.slow
def test_plain_tensorflow_datasets_reads_the_prepared_folder_offline_and_without_tensorflow(tiny, prepared):
    code = """
import socket, sys
def refuse(*args, **kwargs): raise AssertionError("network used")
socket.socket.connect = refuse
import tensorflow_datasets as tfds
parts = tfds.data_source("mnist", data_dir=sys.argv[1])
print([int(record["label"]) for record in parts["train"]], len(parts["test"]), parts["test"][0]["image"].shape)
assert "tensorflow" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code, str(prepared)], check=True, capture_output=True, text=True,
                          timeout=120)
    labels = read_idx(tiny / "train-labels-idx1-ubyte.gz").tolist()
    assert done.stdout.strip() == f"{labels} 7 (28, 28, 1)"


def test_fashion_mnist_keeps_its_own_name_and_classes(tiny, serve, tmp_path):
    import tensorflow_datasets as tfds

    server = serve(tiny)
    published.prepare(find_spec("fashion_mnist"), tmp_path / "p", url_infos(tiny, server.url))
    names = tfds.builder("fashion_mnist", data_dir=tmp_path / "p").info.features["label"].names
    assert tuple(names) == find_spec("fashion_mnist").class_names


@pytest.mark.parametrize("victim", range(4))
def test_a_bad_checksum_is_refused_and_nothing_is_prepared(tiny, serve, tmp_path, victim):
    server = serve(tiny)
    infos = url_infos(tiny, server.url)
    path = sorted(tiny.iterdir())[victim]
    content = bytearray(gzip.decompress(path.read_bytes()))
    content[-1] ^= 1
    path.write_bytes(gzip.compress(bytes(content)))
    with pytest.raises(DatasetError, match=rf"(?s)not the published one.*{path.name}.*wrong checksum.*Nothing was"):
        published.prepare(SPEC, tmp_path / "prepared", infos)
    assert not published.is_prepared(SPEC, tmp_path / "prepared")
    assert not list((tmp_path / "prepared").rglob("*.gz"))


def test_after_a_bad_checksum_good_files_are_accepted(tiny, serve, tmp_path):
    server = serve(tiny)
    infos = url_infos(tiny, server.url)
    path = tiny / "t10k-labels-idx1-ubyte.gz"
    good = path.read_bytes()
    path.write_bytes(good[:-1])
    with pytest.raises(DatasetError, match="wrong checksum"):
        published.prepare(SPEC, tmp_path / "prepared", infos)
    path.write_bytes(good)
    published.prepare(SPEC, tmp_path / "prepared", infos)
    assert len(published.read_prepared(SPEC, tmp_path / "prepared").x_test) == 7


def test_a_mirror_with_other_files_is_refused_by_the_published_checksums(tiny, serve, home):
    with pytest.raises(DatasetError, match="A downloaded file is not the published one"):
        fetch("mnist", mirror=serve(tiny).url)
    assert load("mnist").source == SPEC.embedded


def test_the_published_addresses_and_checksums_are_those_of_tensorflow_datasets():
    for name, host in (("mnist", "storage.googleapis.com"), ("fashion_mnist", "fashion-mnist.s3-website")):
        infos = published.official_urls(find_spec(name))
        assert len(infos) == 4
        assert all(host in url and len(info.checksum) == 64 for url, info in infos.items())
        mirrored = published.official_urls(find_spec(name), "http://localhost/here/")
        assert list(mirrored.values()) == list(infos.values())
        assert all(url == f"http://localhost/here/{info.filename}" for url, info in mirrored.items())


def test_a_mirror_must_be_a_web_address(home):
    with pytest.raises(DatasetError, match=r"mirror '/my/files' must begin with http.*load\('mnist', folder=…\)"):
        fetch("mnist", mirror="/my/files")


def test_without_network_the_error_comes_at_once(home, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(DatasetError, match=rf"No network: {address}/\S+ cannot be reached .* folder=…"):
            fetch("mnist", mirror=address)
    assert not home.exists()


@pytest.mark.slow
def test_a_host_that_never_answers_is_given_up(home, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(published, "CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hung_up = threading.Timer(60, silent.close)  # which is another error than giving up
        hung_up.start()
        with pytest.raises(DatasetError, match=r"No network: .* cannot be reached .*timed out"):
            fetch("mnist", mirror=f"http://127.0.0.1:{silent.getsockname()[1]}")
        hung_up.cancel()


@pytest.mark.parametrize("status", [404, 503])
def test_a_failing_server_is_not_asked_for_minutes(tiny, serve, tmp_path, status):
    server = serve(tiny)
    server.status = status
    with pytest.raises(DatasetError, match=r"(?s)MNIST could not be prepared in .*Nothing was prepared\. Try again"):
        published.prepare(SPEC, tmp_path / "prepared", url_infos(tiny, server.url))
    assert len(server.gets) <= 8


def test_a_folder_that_cannot_be_written_is_named(tiny, serve, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatasetError, match=r"(?s)could not be prepared in .*file.*set NEURAL_COURSE_DATA to a folder"):
        published.prepare(SPEC, tmp_path / "file" / "prepared", url_infos(tiny, serve(tiny).url))


def test_a_prepared_folder_with_damaged_records_is_named(prepared):
    [records] = prepared.rglob("mnist-train.parquet*")
    os.truncate(records, 100)
    with pytest.raises(DatasetError, match=r"mnist is damaged .* delete it and fetch again"):
        published.read_prepared(SPEC, prepared)


def test_a_broken_cache_is_rebuilt_from_the_prepared_folder(tiny, serve, home):
    published.prepare(SPEC, home / "tensorflow_datasets", url_infos(tiny, serve(tiny).url))
    first = load("mnist")
    assert "from tensorflow-datasets" in first.source
    copy = home / "cache" / "mnist.npz"
    copy.write_bytes(copy.read_bytes()[:300])
    assert (load("mnist").x_train == first.x_train).all()
    assert copy.stat().st_size > 300 + first.x_train.nbytes


def test_the_real_files_have_the_published_checksums(shared):
    for name in ("mnist", "fashion_mnist"):
        infos = published.official_urls(find_spec(name))
        found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in shared(name).iterdir()}
        assert {info.filename: info.checksum for info in infos.values()}.items() <= found.items()


@pytest.mark.slow
def test_real_images_from_a_mirror_equal_the_idx_files(shared, serve, home, tmp_path, monkeypatch):
    """The 10 000 test images of MNIST stand for both parts: what 60 000 more would take is time."""
    for part in ("train", "t10k"):
        for kind in ("images-idx3-ubyte.gz", "labels-idx1-ubyte.gz"):
            (tmp_path / f"{part}-{kind}").write_bytes((shared("mnist") / f"t10k-{kind}").read_bytes())
    server = serve(tmp_path)
    monkeypatch.setattr(published, "official_urls", lambda spec, mirror=None: url_infos(tmp_path, server.url))
    fetched = fetch("mnist", mirror=server.url)
    cached = load("mnist")
    images, labels = (read_idx(shared("mnist") / f"t10k-{kind}-ubyte.gz") for kind in ("images-idx3", "labels-idx1"))
    for data in (fetched, cached):
        for part in ("train", "test"):
            assert np.array_equal(getattr(data, f"x_{part}"), images)
            assert np.array_equal(getattr(data, f"y_{part}"), labels)
    assert "10000 training and 10000 test images from tensorflow-datasets" in cached.source
