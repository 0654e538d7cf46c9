"""Tiny IDX files, a web server on loopback, and the real full sets where they lie beside the repository."""

import functools
import gzip
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from helpers.datasets.dataset import IDX_FILES

SHARED = Path(__file__).parents[4] / "shared" / "data"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder that does not exist yet; removed afterwards, since a full set takes 55 MB."""
    folder = tmp_path / "data-home"
    monkeypatch.setenv("NEURAL_COURSE_DATA", str(folder))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """The folder of a full data set; skips where it is absent."""
    def find(name: str) -> Path:
        if not (SHARED / name).is_dir():
            pytest.skip(f"no full data in {SHARED / name}")
        return SHARED / name
    return find


def idx_bytes(array: np.ndarray) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    return bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes()


@pytest.fixture
def write_idx() -> Callable[..., Path]:
    def write(path: Path, values: object) -> Path:
        content = idx_bytes(np.asarray(values))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        return path
    return write


@pytest.fixture
def tiny(tmp_path: Path, write_idx: Callable[..., Path]) -> Path:
    """A folder with 23 training and 7 test images in four packed IDX files; no two images are equal."""
    rng = np.random.default_rng(5)
    folder = tmp_path / "tiny"
    for images, labels, count in ((*IDX_FILES[:2], 23), (*IDX_FILES[2:], 7)):
        write_idx(folder / f"{images}.gz", rng.integers(0, 256, (count, 28, 28)))
        write_idx(folder / f"{labels}.gz", rng.integers(0, 10, count))
    return folder


class Server(http.server.ThreadingHTTPServer):
    """Serves `folder`; answers every GET with `status` when that is set, and counts the GETs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
        self.status: int | None = None
        self.gets: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.SimpleHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.gets.append(self.path)
        if self.server.status is None:
            super().do_GET()
        else:
            self.send_error(self.server.status)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], Server]]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    servers: list[Server] = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        threading.Thread(target=servers[-1].serve_forever, args=(0.01,), daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
