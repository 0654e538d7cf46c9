"""nbgrader's settings for a course folder, read from the same files and in the same order as nbgrader reads them."""

from pathlib import Path
from typing import Any

from grading.course.settings import CONFIG_FILE
from grading.errors import CourseError


def read_config(root: Path) -> Any:
    """What the user's and this machine's Jupyter configuration say, and over them the course's nbgrader_config.py.

    A gradebook that somebody has set for all courses (c.CourseDirectory.db_url) is that of every command then. Raises
    CourseError naming a file that cannot be read.
    """
    from jupyter_core.paths import jupyter_config_path
    from traitlets.config import Config, ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

    from grading.course.nbgrader_settings import configure
    config = Config()
    for folder in [*reversed(jupyter_config_path()), str(root)]:
        if folder == str(root):
            configure(config)  # also for a course without an nbgrader_config.py that does
        for loader, name in ((PyFileConfigLoader, CONFIG_FILE), (JSONFileConfigLoader, CONFIG_FILE[:-2] + "json")):
            try:
                config.merge(loader(name, path=folder).load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise CourseError(f"{Path(folder) / name} cannot be read: {type(error).__name__}: {error}.") from None
    return config
