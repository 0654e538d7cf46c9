"""A step of nbgrader's autograding in the place of its own Execute: the cells run in the sandbox, not in a kernel."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

import nbformat

from grading.errors import CourseError
from grading.run.evaluate import evaluate
from grading.sandbox.client import Sandbox

BEFORE = -1  # the cell that puts files beside the notebook
PUT_FILES = """
import base64, os, pathlib, sys
for _name, _content in {files!r}.items():
    _path = pathlib.Path(_name)
    _path.parent.mkdir(parents=True, exist_ok=True)
    _path.write_bytes(base64.b64decode(_content))
sys.path.insert(0, "")
os.environ["NBGRADER_EXECUTION"] = "autograde"
del base64, os, pathlib, sys
"""


def sandboxed(sandbox: Sandbox, files: Mapping[str, bytes]) -> Callable[[Any, Any], tuple[Any, Any]]:
    """The step, for one submission; `files` lie beside its notebooks."""
    put = PUT_FILES.format(files={name: b64encode(content).decode() for name, content in files.items()})

    def run_cells(notebook: Any, resources: Any) -> tuple[Any, Any]:
        language = notebook.metadata.get("kernelspec", {}).get("language", "python")
        if language != "python":
            raise CourseError(f"The notebook is for {language}; only Python runs in the sandbox.")
        code = {number: cell.source for number, cell in enumerate(notebook.cells) if cell.cell_type == "code"}
        evaluation = evaluate(sandbox, {BEFORE: put, **code}, {}, {})
        for number in code:
            run, cell = evaluation.cells[number], notebook.cells[number]
            cell.execution_count = None
            outputs = run.outputs
            if run.lost:
                outputs = [{"output_type": "error", "ename": "Stopped", "evalue": run.lost.message, "traceback": []}]
            cell.outputs = [nbformat.from_dict(output) for output in outputs]
        return notebook, resources
    return run_cells
