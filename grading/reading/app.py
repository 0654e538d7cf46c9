"""The extension of the Jupyter server: where its pages are, and which course they are about."""

from functools import cached_property
from pathlib import Path

from jupyter_server.extension.application import ExtensionApp

from grading.course.folder import Course
from grading.reading.handlers import About, OneQuestion, Overview
from grading.reading.rooms import Rooms

NAME = r"(?P<name>[^/]+)"


class Reading(ExtensionApp):  # type: ignore[misc]  # jupyter_server's traits
    """Pages under /course/read."""

    name = "course_read"
    extension_url = "/course/read"
    static_paths = [str(Path(__file__).parent / "static")]  # noqa: RUF012  # a trait

    @cached_property
    def rooms(self) -> Rooms:
        """The rooms of the course that this server was started for. Raises CourseError where it is none."""
        config = self.serverapp.config.get("CourseDirectory", {}).get("root") or self.serverapp.root_dir
        return Rooms(Course.open(Path(str(config)).expanduser()))

    def initialize_handlers(self) -> None:
        """Say which page is where."""
        self.handlers.extend([
            (r"/course/read/?", Overview), (r"/course/read/about", About), (rf"/course/read/{NAME}/?", Overview),
            (rf"/course/read/{NAME}/(?P<question>\w+)", OneQuestion)])

    async def stop_extension(self) -> None:
        """Close what is open."""
        if "rooms" in self.__dict__:
            self.rooms.close()
