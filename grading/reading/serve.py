"""Where the page is opened: in a Jupyter server that runs in the course's folder, or in one of its own."""

import json
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from grading.course.folder import Course


def page_of(problem_set: str) -> str:
    """The page's path in a server."""
    return f"course/read/{problem_set}" if problem_set else "course/read"


def open_in_running_server(course: Course, problem_set: str) -> str:
    """Open the page where a server shows this course already; its address, or "" where none does."""
    from jupyter_server.serverapp import list_running_servers
    for server in list_running_servers():
        if Path(server["root_dir"]).resolve() == course.root and _has_the_page(server["url"], server["token"]):
            token = f"?{urlencode({'token': server['token']})}" if server["token"] else ""
            webbrowser.open(f"{server['url']}{page_of(problem_set)}{token}")
            return f"{server['url']}{page_of(problem_set)}"
    return ""


def _has_the_page(url: str, token: str) -> bool:
    """Whether a server answers, and has the extension switched on."""
    asked = Request(f"{url}course/read/about", headers={"Authorization": f"token {token}"} if token else {})
    try:
        with urlopen(asked, timeout=5) as reply:
            return bool(json.load(reply).get("reads"))
    except (OSError, ValueError):
        return False


def serve(course: Course, problem_set: str, options: Sequence[str]) -> None:
    """Start a server in the course's folder that opens the page, until it is stopped. `options` go to Jupyter."""
    from jupyter_server.serverapp import ServerApp
    ServerApp.launch_instance(argv=[
        f"--ServerApp.root_dir={course.root}", f"--ServerApp.default_url=/{page_of(problem_set)}",
        "--ServerApp.jpserver_extensions=grading.reading=True", "--ServerApp.answer_yes=True", *options])
