"""Run the notebooks of an unpacked hand-out from top to bottom, as a student would who has written nothing yet.

    python tools/run_handout.py FOLDER    in the environment that FOLDER's README made; leaves out what needs PyTorch
"""

import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient


class PlainClient(NotebookClient):
    """Widgets' messages have no page to go to here; answering them would make nbclient wait for ever."""

    def handle_comm_msg(self, outs: Any, msg: Any, cell_index: int) -> None:
        """Nobody answers."""


def run(path: Path) -> None:
    """Run one notebook in its folder. Raises nbclient's CellExecutionError at the first error."""
    where = {"metadata": {"path": str(path.parent)}}
    PlainClient(nbformat.read(path, as_version=4), timeout=300, resources=where).execute()


if __name__ == "__main__":
    for notebook in sorted(Path(sys.argv[1]).glob("ps*/*.ipynb")):
        if "import torch" in notebook.read_text(encoding="utf-8"):
            continue
        began = time.monotonic()
        run(notebook)
        print(f"{notebook.name}: no error, {time.monotonic() - began:.0f} s", flush=True)
