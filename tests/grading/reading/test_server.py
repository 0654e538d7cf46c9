"""The page in a Jupyter server of its own: who gets in, what is refused, and what the headers say."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from grading.course.folder import Course
from tests import toy
from tests.grading.reading import classroom
from tests.grading.reading.classroom import WHY, given

TOKEN = "a-token-for-tests"
pytestmark = pytest.mark.slow


@dataclass
class Server:
    """A running server, and a browser that keeps its cookies."""

    url: str
    course: Course
    browser: Any

    def ask(self, path: str, body: Any = None, xsrf: bool = True, token: str = TOKEN) -> tuple[int, Any, dict[str, str]]:
        """The status, the text and the headers of an answer."""
        headers = {"Authorization": f"token {token}"} if token else {}
        if body is not None and xsrf:
            headers |= {"X-XSRFToken": next((one.value for one in self.cookies if one.name == "_xsrf"), "")}
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            with self.browser.open(Request(self.url + path, data, headers)) as reply:
                return reply.status, reply.read().decode(), dict(reply.headers)
        except HTTPError as error:
            return error.code, error.read().decode(), dict(error.headers)

    @property
    def cookies(self) -> CookieJar:
        return next(one.cookiejar for one in self.browser.handlers if isinstance(one, HTTPCookieProcessor))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    course = classroom.with_scheme(toy.make_course(tmp_path_factory.mktemp("reading") / "course"))
    classroom.hand_in(course, classroom.ANSWERS)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "grading.cli.main", "read", toy.NAME, "--root", str(course.root), "--no-browser", "--allow-root",
               f"--port={port}", "--ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path_factory.mktemp("elsewhere")) as process:
        try:
            url = f"http://127.0.0.1:{port}/"
            wait_for(url + "api", process)
            yield Server(url, course, build_opener(HTTPCookieProcessor(CookieJar())))
        finally:
            process.terminate()
            process.communicate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            urlopen(address, timeout=2)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(process.stderr.read().decode() if process.stderr else "no server")


PAGE = f"course/read/{toy.NAME}/{WHY}"


def test_the_list_says_what_waits_and_links_to_it(server: Server) -> None:
    status, html, _ = server.ask("course/read")
    assert status == 200 and f'href="/{PAGE}"' in html and "A toy" in html


def test_without_the_token_nobody_gets_in(server: Server) -> None:
    for path in ("course/read", PAGE, "course/read/about"):
        status, html, _ = Server(server.url, server.course, build_opener(HTTPCookieProcessor(CookieJar()))).ask(path, token="")
        assert "Because it is linear" not in html and (status == 403 or "Password or token" in html)


def test_a_key_from_another_site_is_refused(server: Server) -> None:
    alone = Server(server.url, server.course, build_opener(HTTPCookieProcessor(CookieJar())))
    alone.browser.open(Request(f"{server.url}{PAGE}?token={TOKEN}")).read()  # signed in, by cookie
    status, _, _ = alone.ask(PAGE, {"do": "show", "student": "ada"}, xsrf=False, token="")
    assert status == 403


def test_the_page_lets_nothing_run_that_is_not_its_own(server: Server) -> None:
    _, html, headers = server.ask(PAGE)
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "script-src 'self';" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert html.count("<script") == 1 and 'src="/static/course_read/reading.js' in html and " onclick" not in html
    for asset in ("reading.js", "reading.css"):
        assert server.ask(f"static/course_read/{asset}")[0] == 200


def test_a_key_is_done_and_an_older_look_is_asked_about(server: Server) -> None:
    server.ask(PAGE)
    press = {"do": "keep", "student": "cyd", "seen": 0, "items": [2], "typed": None, "comment": "", "done": True, "seconds": 3.0}
    status, text, _ = server.ask(PAGE, {**press, "reader": "rae"})
    assert status == 200 and json.loads(text)["points"] == "0.5" and given(server.course, "cyd") == (0.5, False)
    status, text, _ = server.ask(PAGE, {**press, "items": [1], "reader": "sam"})
    assert status == 409 and json.loads(text)["message"].startswith("rae has read this answer meanwhile: 0.5 of 2 points")
    status, _, _ = server.ask(PAGE, {**press, "items": [1], "reader": "sam", "seen": json.loads(text)["seen"]})
    assert status == 200 and given(server.course, "cyd") == (1.0, False)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"do": "keep"}', b"\xff"])
def test_what_is_no_key_is_refused_in_words(server: Server, body: bytes) -> None:
    server.ask(PAGE)
    status, text, _ = server.ask(PAGE, body)
    assert status == 400 and json.loads(text)["message"]


@pytest.mark.parametrize(("path", "words"), [
    ("course/read/nothing", "There is no problem set &#39;nothing&#39;"), (f"course/read/{toy.NAME}/double", "has no question &#39;double&#39;"),
    ("course/read/..%2F..%2Fetc/passwd", "There is no problem set")])
def test_what_is_not_there_is_told_in_words(server: Server, path: str, words: str) -> None:
    status, html, _ = server.ask(path)
    assert status == 404 and words in html


def test_course_read_finds_the_server_that_runs(server: Server, tmp_path: Path) -> None:
    opener = tmp_path / "opener"
    opener.write_text(f"#!/bin/sh\necho \"$1\" > {tmp_path}/opened\n")
    opener.chmod(0o755)
    done = subprocess.run([sys.executable, "-m", "grading.cli.main", "read", "--root", str(server.course.root)], capture_output=True,
                          text=True, env={"PATH": "/usr/bin:/bin", "HOME": str(Path.home()), "BROWSER": f"{opener} %s"}, check=True)
    assert done.stdout == f"Opened in the Jupyter server that runs here: {server.url}course/read\n"
    assert TOKEN in (tmp_path / "opened").read_text() and TOKEN not in done.stdout
