"""MNIST and Fashion-MNIST by way of tensorflow-datasets, without TensorFlow.

Stock `download_and_prepare` opens the files and encodes the images with TensorFlow. The builder below replaces these
two steps and leaves the rest, so that what it prepares is an ordinary data set of tensorflow-datasets: plain
`tfds.data_source("mnist", data_dir=…)` reads it, offline. `helpers.datasets` must import quickly where nothing is
downloaded, hence the imports inside functions.
"""

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from helpers.datasets.dataset import Dataset, DatasetError, Images, Labels, Spec
from helpers.datasets.idx import read_idx

CONNECT_SECONDS = 5.0
BATCH = 1000  # records decoded at a time
INSTALL = "%pip install tensorflow-datasets pyarrow importlib_resources"
# Needs no TensorFlow, and pyarrow has wheels everywhere; array_record has none for Windows and Intel Macs.
FILE_FORMAT = "parquet"


def is_prepared(spec: Spec, data_dir: Path) -> bool:
    """Whether `prepare` has finished here before; does not import tensorflow_datasets."""
    return any(any(info.parent.glob("*.parquet*")) for info in data_dir.glob(f"{spec.name}/*/dataset_info.json"))


def official_urls(spec: Spec, mirror: str | None = None) -> dict[str, Any]:
    """Address of each file → its size and SHA-256 as tensorflow-datasets records them.

    `mirror` is the http(s) address of a folder that holds the same files; the checksums stay the published ones.
    Raises DatasetError for anything else in its place.
    """
    infos: dict[str, Any] = _stock_builder(spec).url_infos
    if mirror and not mirror.startswith(("http://", "https://")):
        raise DatasetError(f"The mirror {mirror!r} must begin with http:// or https://; "
                           f"for files you have, use load({spec.name!r}, folder=…).")
    return {f"{mirror.rstrip('/')}/{info.filename}": info for info in infos.values()} if mirror else infos


def _tensorflow_datasets(spec: Spec) -> Any:
    """The package, which students may leave out. Raises DatasetError that says how to get it."""
    try:
        import pyarrow.parquet  # noqa: F401 (tensorflow-datasets looks for it later, and says less)
        import tensorflow_datasets
    except ImportError as error:
        raise DatasetError(f"The full {spec.title} is had by way of tensorflow-datasets, which is not installed here "
                           f"({error}). In a cell, run  {INSTALL}  and restart the kernel. The embedded images need "
                           "nothing, nor do files that you have: folder=….") from error
    return tensorflow_datasets


def prepare(spec: Spec, data_dir: Path, url_infos: Mapping[str, Any]) -> None:
    """Download, check the SHA-256 of every file, and write the prepared data set; nothing if that is done already.

    Raises DatasetError without network (within seconds), for a wrong checksum, and where nothing can be written.
    """
    tfds = _tensorflow_datasets(spec)
    from tensorflow_datasets.core.download import download_manager, downloader

    if is_prepared(spec, data_dir):
        return
    # Ten attempts with growing pauses would keep a reader without network waiting for minutes.
    downloader.MAX_RETRIES = 1
    _require_network(next(iter(url_infos)))
    advice = (f"Nothing was prepared. Try again, use load({spec.name!r}, folder=…) with files you have, "
              "or set NEURAL_COURSE_DATA to a folder you may write to.")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        # The course kept array_record files here once; tensorflow-datasets would take them for prepared.
        shutil.rmtree(data_dir / spec.name, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=data_dir, prefix=".download-") as downloads:
            _builder(spec, data_dir, url_infos).download_and_prepare(
                download_dir=downloads,
                download_config=tfds.download.DownloadConfig(force_checksums_validation=True))
    except download_manager.NonMatchingChecksumError as error:
        raise DatasetError(f"A downloaded file is not the published one. {error}\n{advice}") from error
    except (tfds.download.DownloadError, OSError) as error:
        raise DatasetError(f"{spec.title} could not be prepared in {data_dir}: {error}\n{advice}") from error


def read_prepared(spec: Spec, data_dir: Path) -> Dataset:
    """All images of a prepared data set, in the order of the published files. Takes some 10 seconds. Offline."""
    tfds = _tensorflow_datasets(spec)
    try:
        parts = tfds.data_source(spec.name, data_dir=data_dir)
        x_train, y_train = _read_part(parts["train"], f"{spec.title} train")
        x_test, y_test = _read_part(parts["test"], f"{spec.title} test")
    except Exception as error:  # whatever damaged records make the reader raise, the remedy is the same
        raise DatasetError(f"{data_dir / spec.name} is damaged ({error}); delete it and fetch again.") from error
    source = (f"{spec.title}, full set: {len(x_train)} training and {len(x_test)} test images "
              "from tensorflow-datasets, SHA-256 as published.")
    return Dataset(x_train, y_train, x_test, y_test, spec.class_names, source)


def _read_part(records: Any, title: str) -> tuple[Images, Labels]:
    from tqdm.auto import tqdm

    told = records.dataset_info.splits[records.split].num_examples
    if len(records) != told:
        raise ValueError(f"{len(records)} images where {told} were written")
    images, labels = np.empty((len(records), 28, 28), np.uint8), np.empty(len(records), np.int64)
    with tqdm(total=len(records), desc=title, unit=" images") as bar:
        for start in range(0, len(records), BATCH):
            rows = range(start, min(start + BATCH, len(records)))
            for row, record in zip(rows, records.__getitems__(list(rows)), strict=True):
                images[row], labels[row] = record["image"][:, :, 0], record["label"]
            bar.update(len(rows))
    return images, labels


def _require_network(url: str) -> None:
    """Fail now where a download would hang: tensorflow-datasets sets no time limit on a connection."""
    import urllib.error
    import urllib.request

    try:
        urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=CONNECT_SECONDS).close()
    except urllib.error.HTTPError:
        pass  # somebody answers; the download itself will say what is wrong
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise DatasetError(f"No network: {url} cannot be reached ({reason}). The embedded images need none; "
                           "or give files you have with folder=….") from error


def _stock_builder(spec: Spec) -> Any:
    _tensorflow_datasets(spec)
    from tensorflow_datasets.image_classification import mnist

    return {"mnist": mnist.MNIST, "fashion_mnist": mnist.FashionMNIST}[spec.name]


def _builder(spec: Spec, data_dir: Path, urls: Mapping[str, Any]) -> Any:
    from PIL import Image
    from tensorflow_datasets.core.writer import ExampleWriter

    stock: Any = _stock_builder(spec)

    class WholeLists(ExampleWriter):  # type: ignore[misc]  # no types are known of it
        def write(self, path: Any, examples: Iterable[Any]) -> Any:
            # tensorflow-datasets 4.9.10 slices what it is given anew for each batch of 100: of an iterator it would
            # skip ever more, and lose most records.
            return super().write(path, list(examples))

    class InFileOrder(stock, skip_registration=True):  # type: ignore[misc, call-arg]  # the base is known at run time
        name = spec.name
        url_infos = urls

        def _info(self) -> Any:
            info = super()._info()
            # Seeded experiments must agree between this source and the IDX files.
            info.as_proto.disable_shuffling = True
            return info

        def _split_generators(self, dl_manager: Any) -> dict[str, Iterator[tuple[int, dict[str, Any]]]]:
            # One after another: when one fails, no other is still being written to a folder that is cleared away.
            paths = {info.filename: dl_manager.download(url) for url, info in urls.items()}
            return {part: self._generate_examples(Path(paths[f"{prefix}-images-idx3-ubyte.gz"]),
                                                  Path(paths[f"{prefix}-labels-idx1-ubyte.gz"]))
                    for part, prefix in (("train", "train"), ("test", "t10k"))}

        def _generate_examples(self, images: Path, labels: Path) -> Iterator[tuple[int, dict[str, Any]]]:
            for row, (image, label) in enumerate(zip(read_idx(images), read_idx(labels), strict=True)):
                png = io.BytesIO()
                Image.fromarray(image).save(png, "PNG")
                png.seek(0)
                yield row, {"image": png, "label": int(label)}

        def _example_writer(self) -> WholeLists:
            return WholeLists(file_format=self.info.file_format)

    return InFileOrder(data_dir=data_dir, file_format=FILE_FORMAT)
