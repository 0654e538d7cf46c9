"""Inside the sandbox: IPython's own commands, of which those that belong to somebody's own session are passed over.

`%cd`, `%reset` or an interactive backend make sense at a desk. Here they would stop a cell, or take names away from the
cells that follow; a command that is not known here costs no answer either.
"""

import sys
from typing import Any

PASSED_OVER = frozenset({"autosave", "bookmark", "cd", "conda", "connect_info", "dhist", "gui", "history", "load_ext",
                         "mamba", "micromamba", "notebook", "pip", "popd", "pushd", "qtconsole", "recall", "reload_ext",
                         "reset", "reset_selective", "rerun", "store", "uv", "xdel"})


def quieten_magics(shell: Any) -> None:
    """Let the shell pass over what does not belong here, and `%matplotlib` of any kind mean what is drawn anyway."""
    line_magic, cell_magic = shell.run_line_magic, shell.run_cell_magic

    def run_line_magic(name: str, line: str, *arguments: Any, **keywords: Any) -> Any:
        if name == "matplotlib":
            return None
        if name in PASSED_OVER or shell.find_line_magic(name) is None:
            print(f"%{name} was passed over: it has no meaning while an answer is graded.", file=sys.stderr)
            return None
        return line_magic(name, line, *arguments, **keywords)

    def run_cell_magic(name: str, line: str, cell: str) -> Any:
        if shell.find_cell_magic(name) is None:
            print(f"%%{name} was passed over: it has no meaning while an answer is graded.", file=sys.stderr)
            return shell.run_cell(cell, store_history=False).result
        return cell_magic(name, line, cell)
    shell.run_line_magic, shell.run_cell_magic = run_line_magic, run_cell_magic
