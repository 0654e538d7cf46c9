"""Switching the page on in an environment."""

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from grading.cli.main import main
from grading.course.folder import Course

SWITCH = "import sys; sys.prefix = sys.argv[1]\nfrom grading.reading.enable import enable\nenable(); enable()"


def test_the_extension_and_the_menu_are_put_where_jupyter_looks(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SWITCH, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    [switch] = (tmp_path / "etc" / "jupyter" / "jupyter_server_config.d").iterdir()
    assert json.loads(switch.read_text()) == {"ServerApp": {"jpserver_extensions": {"grading.reading": True}}}
    menu = tmp_path / "share" / "jupyter" / "labextensions" / "neural-course-read"
    package = json.loads((menu / "package.json").read_text())
    assert package["name"] == menu.name and (menu / package["jupyterlab"]["_build"]["load"]).is_file()
    [schema] = (menu / package["jupyterlab"]["schemaDir"] / menu.name).iterdir()
    assert json.loads(schema.read_text())["jupyter.lab.menus"]["main"][0]["items"] == [{"command": "course:read"}]
    assert '"course:read"' in (menu / package["jupyterlab"]["_build"]["load"]).read_text()


def test_a_problem_set_that_is_not_there_is_told_before_anything_starts(course: Course) -> None:
    result = CliRunner().invoke(main, ["read", "nothing", "--root", str(course.root)])
    assert result.exit_code == 1 and "There is no problem set 'nothing'" in result.output and "Known: toy_set." in result.output


def test_a_folder_that_is_no_course_is_told_too(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["read", "--root", str(tmp_path)])
    assert result.exit_code == 1 and "is not a course folder" in result.output
