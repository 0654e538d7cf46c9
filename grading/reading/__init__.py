"""A page of the Jupyter server on which people read written answers, one question at a time."""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from grading.reading.app import Reading
    return [{"module": "grading.reading.app", "app": Reading}]
