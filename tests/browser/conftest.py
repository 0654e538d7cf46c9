"""A real browser, and JupyterLab in a folder of its own. `make browser-test` runs these; other runs skip them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
FOLDER = Path(__file__).parent
SHOTS = FOLDER.parent.parent / "build" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without `make browser-test`, or without Chromium, there is nothing to look with."""
    reason = "" if os.environ.get("BROWSER_TESTS") else "make browser-test runs it"
    reason = reason or ("" if CHROMIUM else "there is no Chromium here")
    for item in items:
        if reason and FOLDER in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@contextmanager
def jupyter_lab(folder: Path) -> Iterator[str]:
    """JupyterLab in `folder`; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = folder.parent / "home"
    settings = home / ".jupyter/lab/user-settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('{"fetchNews": "false"}')  # or JupyterLab asks, over the notebook
    environment = {**os.environ, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ip=127.0.0.1", "--allow-root",
               "--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"]
    with (folder.parent / "lab.log").open("w") as log, subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log
                                                                        ) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/api", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start")


def shoot(page: Any, name: str) -> None:
    """Keep a picture of what is there, for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SHOTS / f"{name}.png"), full_page=True)


@contextmanager
def opened(browser: Any, name: str, width: int = 1280, height: int = 1000, **options: Any) -> Iterator[Any]:
    """A page in a window of its own; a picture of it is kept when a test fails on it."""
    with browser.new_context(viewport={"width": width, "height": height}, **options) as context:
        page = context.new_page()
        try:
            yield page
        except BaseException:
            shoot(page, f"failed-{name}")
            raise
