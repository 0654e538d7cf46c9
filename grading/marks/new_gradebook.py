"""A new gradebook is marked with the layout of its tables, which nbgrader asks a command of Alembic's for."""

from nbgrader import api
from nbgrader.dbutil import ALEMBIC_DIR


def without_a_command() -> None:
    """Have nbgrader ask the library instead: the command takes longer than all the rest, and has to be on the PATH."""
    api.get_alembic_version = _newest_layout


def _newest_layout() -> str:
    """What `alembic heads` says of nbgrader's tables."""
    from alembic.script import ScriptDirectory
    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())
