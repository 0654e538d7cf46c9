"""Honest work that other tools punish, and honest slips that cost one answer and nothing else."""

import json
from pathlib import Path
from typing import Any

from tests.hostile.attack import MISSING, RIGHT, STOPPED, Attack, Places


def edited(path: Path, change: Any) -> None:
    """Apply `change` to the notebook's JSON."""
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))


def name_of(cell: Any) -> str:
    """nbgrader's name of a cell, or ""."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _reorder(path: Path, places: Places) -> None:
    edited(path, lambda notebook: notebook["cells"].reverse())


def _extra_cells(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        mine = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 7, "source": "raise ValueError('my own try')"}
        notebook["cells"] = [part for cell in notebook["cells"] for part in (cell, dict(mine))]
    edited(path, change)


def _delete_locked(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        notebook["cells"] = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    edited(path, change)


def _clear_metadata(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"] = {}
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            cell.pop("id", None)
    edited(path, change)


def _edit_tests(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        for cell in notebook["cells"]:
            if name_of(cell).startswith("test_"):
                cell["source"] = "print('tried something here')"
    edited(path, change)


def _split_lines(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        for cell in notebook["cells"]:
            text = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
            cell["source"] = text.replace("\n", "\r\n").splitlines(keepends=True)
    edited(path, change)


def _byte_order_mark(path: Path, places: Places) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def _colab(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        notebook["metadata"] = {"colab": {"provenance": []}, "accelerator": "GPU", "kernelspec": {"name": "python3", "display_name": "Python 3"}}
        notebook["nbformat_minor"] = 0
        for number, cell in enumerate(notebook["cells"]):
            cell["metadata"]["id"] = f"aBc{number}"
            cell.pop("id", None)
    edited(path, change)


def _other_minor(path: Path, places: Places) -> None:
    edited(path, lambda notebook: notebook.update(nbformat_minor=99))


def _baked_markup(path: Path, places: Places) -> None:
    def change(notebook: Any) -> None:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<evil>alert(1)</evil>"}}]
    edited(path, change)


def _side_files(path: Path, places: Places) -> None:
    (path.parent / "notes.txt").write_text("what I thought about")
    (path.parent / "data").mkdir()
    (path.parent / "data" / "matplotlib.py").write_text("raise SystemExit")
    (path.parent / ".ipynb_checkpoints").mkdir()
    (path.parent / ".ipynb_checkpoints" / f"{path.stem}-checkpoint.ipynb").write_text("{}")
    (path.parent / "timestamp.txt").write_text("2031-03-04 12:00:00 Europe/Berlin")


HONEST = [
    Attack("prints_to_stderr", "$RIGHT\nimport sys\nprint('thinking', file=sys.stderr)"),
    Attack("warns", "import warnings\nwarnings.warn('careful')\nwarnings.warn('old', DeprecationWarning)\n$RIGHT"),
    Attack("logs", "import logging\nlogging.basicConfig(level='DEBUG')\nlogging.warning('hello')\n$RIGHT"),
    Attack("divides_by_zero_on_the_way", "np.array([1.0]) / 0\nnp.log(np.zeros(2))\n$RIGHT"),
    Attack("prints_a_lot", "for number in range(3000): print(number, 'of 3000')\n$RIGHT"),
    Attack("leaves_figures_open", "import matplotlib.pyplot as plt\nfor _ in range(3):\n    plt.figure()\n    plt.plot([1, 2])\nplt.show()\n$RIGHT"),
    Attack("shows_a_progress_bar", "from tqdm.auto import tqdm\nfor _ in tqdm(range(50)): pass\n$RIGHT"),
    Attack("uses_magics", "%matplotlib inline\n%precision 3\n!echo hello\n%timeit -n1 -r1 sum(range(10))\n$RIGHT"),
    Attack("times_the_cell", "%%time\n$RIGHT"),
    Attack("asks_for_help", "$RIGHT\nnp.exp?"),
    Attack("writes_emoji_and_other_scripts", "π = 3.14\nтекст = '🙂 ünïcödé 漢字'\nprint(текст, π)\n$RIGHT"),
    Attack("seeds_the_generators", "import random\nrandom.seed(0)\nnp.random.seed(0)\n$RIGHT"),
    Attack("awaits_something", "import asyncio\nawait asyncio.sleep(0)\n$RIGHT"),
    Attack("keeps_an_old_version", "$RIGHT\n\nold_$NAME = $NAME\ndel old_$NAME"),
    Attack("ends_with_an_error_after_the_answer", "$RIGHT\n1 / 0"),
    Attack("shadows_builtins_and_helpers", "sum_ = sum\nlist = [1, 2]\ninput = 'text'\nplotting = datasets = targets = None\n$RIGHT\ndel list"),
    Attack("imports_everything", "from math import *\nfrom numpy import *\nimport numpy as np\n$RIGHT"),
    Attack("threads_of_ones_own", "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool: list(pool.map(abs, [1, 2]))\n$RIGHT"),
    Attack("a_file_of_ones_own", "from pathlib import Path\nPath('notes.txt').write_text('mine')\nprint(Path('notes.txt').read_text())\n$RIGHT"),
    Attack("a_frozen_helper", "from functools import lru_cache\n@lru_cache\ndef helper(n): return n + 1\nhelper(2)\n$RIGHT"),
    Attack("a_display_at_the_end", "$RIGHT\n[$NAME, {'a': 1}]"),
    Attack("prints_when_called", "$RIGHT\nkept_$NAME = $NAME\nprint('ready')"),
    Attack("slow_but_within_the_limit", "import time\ntime.sleep(0.5)\n$RIGHT"),
    Attack("cells_in_another_order", mutate=_reorder),
    Attack("cells_of_ones_own_in_between", mutate=_extra_cells),
    Attack("locked_cells_deleted", mutate=_delete_locked),
    Attack("metadata_cleared", mutate=_clear_metadata, note="had lost its nbgrader label"),
    Attack("test_cells_edited", mutate=_edit_tests),
    Attack("windows_line_ends", mutate=_split_lines),
    Attack("byte_order_mark", mutate=_byte_order_mark),
    Attack("saved_by_another_editor", mutate=_colab),
    Attack("format_of_the_future", mutate=_other_minor),
    Attack("outputs_with_markup", mutate=_baked_markup),
    Attack("files_beside_the_notebook", mutate=_side_files),
]
SLIPS = [
    Attack("a_name_that_numpy_dropped", "$RIGHT\nvalue = np.float_(3)", kinds=RIGHT, full=True),
    Attack("a_name_that_numpy_dropped_inside", answer="return np.float_(x)", kinds=("error", "mistake"), hint="AttributeError"),
    Attack("python_two", "print 'hello'\n$RIGHT", kinds=STOPPED, hint="SyntaxError"),
    Attack("wrong_indentation", "$RIGHT\n  x = 1", kinds=STOPPED),
    Attack("renamed_function", "def my_own_name(x):\n    return x", kinds=STOPPED, hint="and `softmax_batch` is asked for"),
    Attack("nothing_but_a_comment", "# later", kinds=("error", "missing")),
    Attack("only_white_space", " \n\t\n", kinds=MISSING),
    Attack("a_zero_byte_in_the_text", "x = 'a\0b'\n$RIGHT", kinds=STOPPED),
    Attack("lone_surrogate_in_the_text", "x = '\\ud800'\nprint(x)\n$WRONG", kinds=(*STOPPED, "wrong", "mistake")),
]
SAMPLE: list[Attack] = []
OWN = [*(Attack(**{**attack.__dict__, "full": True, "kinds": RIGHT}) for attack in HONEST), *SLIPS]
