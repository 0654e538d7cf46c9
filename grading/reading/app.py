"""The extension of the Jupyter server: where its pages are, and which course they are about."""

from functools import cached_property
from pathlib import Path

from jupyter_server.extension.application import ExtensionApp

from grading.course.folder import Course
from grading.course.jupyter_config import read_config
from grading.reading.handlers import About, OneQuestion, Overview
from grading.reading.rooms import Rooms

NAME = r"(?P<name>[^/]+)"


def find_course(folder: Path) -> Course:
    """The course in the folder that a server shows, or the one of which nbgrader's configuration speaks.

    Raises CourseError where neither is one.
    """
    if (folder / "source").is_dir():
        return Course.open(folder)
    configured = read_config(folder).CourseDirectory.get("root")
    return Course.open(Path(configured).expanduser() if isinstance(configured, str) and configured else folder)


class Reading(ExtensionApp):  # type: ignore[misc]  # jupyter_server's traits
    """Pages under /course/read."""

    name = "course_read"
    extension_url = "/course/read"
    static_paths = [str(Path(__file__).parent / "static")]  # noqa: RUF012  # a trait

    @cached_property
    def rooms(self) -> Rooms:
        """The rooms of the course that this server was started for. Raises CourseError where it is none."""
        return Rooms(find_course(Path(self.serverapp.root_dir)))

    def initialize_handlers(self) -> None:
        """Say which page is where."""
        self.handlers.extend([
            (r"/course/read/?", Overview), (r"/course/read/about", About), (rf"/course/read/{NAME}/?", Overview),
            (rf"/course/read/{NAME}/(?P<question>\w+)", OneQuestion)])

    async def stop_extension(self) -> None:
        """Close what is open."""
        if "rooms" in self.__dict__:
            self.rooms.close()
