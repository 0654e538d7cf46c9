"""A new gradebook's layout, without the command that nbgrader asks for it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.dbutil import _temp_alembic_ini

from grading.course.folder import Course


@pytest.mark.slow
def test_a_new_gradebook_is_marked_with_the_layout_that_alembic_names(course: Course) -> None:
    with _temp_alembic_ini("sqlite://") as ini:
        named = subprocess.run([Path(sys.executable).parent / "alembic", "-c", ini, "heads"], capture_output=True, text=True, check=True)
    with sqlite3.connect(course.root / "gradebook.db") as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(named.stdout.split()[0],)]
