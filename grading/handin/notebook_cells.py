"""From the bytes of a notebook file to its cells; what cannot be read has a reason, in words for the student."""

import json
from typing import Any

from grading.handin.collect import Unreadable, shown

MAX_CELLS = 2000
MAX_PARTS = 300_000  # lists and objects, each of which takes memory many times its size in the file


def cells_of(data: bytes, name: str) -> list[dict[str, Any]]:
    """The cells of a notebook. Raises Unreadable."""
    again = "Open it in JupyterLab, save it, and hand it in again."
    if data.count(b"[") + data.count(b"{") > MAX_PARTS:
        raise Unreadable(f"{name}.ipynb has more than {MAX_PARTS} parts. Clear its outputs (Edit → Clear Outputs of "
                         "All Cells), save, and hand it in again.")
    if not data.strip():
        raise Unreadable(f"{name}.ipynb is empty (zero bytes). {again}")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(f"{name}.ipynb is not a text file. {again}") from None
    except ValueError as error:
        raise Unreadable(f"{name}.ipynb is not complete JSON ({error}). {again}") from None
    except RecursionError:
        raise Unreadable(f"{name}.ipynb is nested too deeply to be a notebook. {again}") from None
    if not isinstance(notebook, dict):
        raise Unreadable(f"{name}.ipynb is JSON, but not a notebook. {again}")
    cells = notebook.get("cells")
    if notebook.get("nbformat") == 3 and isinstance(notebook.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    elif notebook.get("nbformat") != 4:
        form = shown(str(notebook.get("nbformat"))[:20])
        raise Unreadable(f"{name}.ipynb has notebook format {form}; expected 4. {again}")
    if not isinstance(cells, list):
        raise Unreadable(f"{name}.ipynb has no list of cells. {again}")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"{name}.ipynb has {len(cells)} cells; more than {MAX_CELLS} are not read. Remove the extra "
                         "ones and hand it in again.")
    return [cell for cell in cells if isinstance(cell, dict)]
