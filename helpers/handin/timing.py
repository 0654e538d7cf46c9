"""Which cells ran in this kernel, as they were when they ran, and how long each took."""

import time
from typing import Any

from helpers.handin.outline import Cell, digest


class Watch:
    """Listens to IPython. `seconds` maps a cell text's digest to how long it took last; `ran` holds cells in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.ran: list[Cell] = []
        self.listening = False

    def start(self) -> None:
        """Listen from now on; outside IPython there is nothing to listen to."""
        from IPython import get_ipython
        shell: Any = get_ipython()
        if shell is None or self.listening:
            return
        self.listening = True
        shell.events.register("pre_run_cell", self._begin)
        shell.events.register("post_run_cell", self._end)

    def _begin(self, info: Any) -> None:
        self.began = time.monotonic()

    def _end(self, result: Any) -> None:
        if result.info is not None and hasattr(self, "began"):
            self.seconds[digest(result.info.raw_cell)] = time.monotonic() - self.began
            # Colab's IPython tells no cell's id.
            self.ran.append(Cell(getattr(result.info, "cell_id", None) or "", result.info.raw_cell))


watch = Watch()
