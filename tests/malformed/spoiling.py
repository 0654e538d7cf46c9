"""Ways to spoil a hand-in: its bytes, its JSON, one answer's cell, or what lies in its folder."""

import copy
import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attack import EARLY, Places
from tests.hostile.attacks.honest import edited, name_of


def content(data: bytes) -> Callable[[Path, Places], None]:
    """Hand in these bytes."""
    def mutate(path: Path, places: Places) -> None:
        path.write_bytes(data)
    return mutate


def of(text: Callable[[bytes], bytes]) -> Callable[[Path, Places], None]:
    """Hand in what `text` makes of the right notebook's bytes."""
    def mutate(path: Path, places: Places) -> None:
        path.write_bytes(text(path.read_bytes()))
    return mutate


def notebook(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    """Hand in the right notebook with a change of its JSON."""
    def mutate(path: Path, places: Places) -> None:
        edited(path, change)
    return mutate


def answer(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    """Change the JSON of the attacked answer's cell."""
    def mutate(path: Path, places: Places) -> None:
        def only(whole: Any) -> None:
            for cell in whole["cells"]:
                if name_of(cell) == EARLY[path.stem].exercise:
                    change(cell)
        edited(path, only)
    return mutate


def in_place(make: Callable[[Path, Places], None]) -> Callable[[Path, Places], None]:
    """Remove the notebook and put something else there."""
    def mutate(path: Path, places: Places) -> None:
        path.unlink()
        make(path, places)
    return mutate


def tagged(*tags: str) -> Callable[[Path, Places], None]:
    """Put tags on the test cells."""
    def change(whole: Any) -> None:
        for cell in whole["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade"):
                cell["metadata"]["tags"] = list(tags)
    return notebook(change)


def duplicate(whole: Any) -> None:
    for cell in list(whole["cells"]):
        if name_of(cell) in {target.exercise for target in EARLY.values()}:
            first = copy.deepcopy(cell)
            first.pop("id", None)
            first["source"] = "raise RuntimeError('an older try')"
            whole["cells"].insert(whole["cells"].index(cell), first)


def huge_outputs(path: Path, places: Places) -> None:
    def change(whole: Any) -> None:
        for cell in whole["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (8 << 20)}]
    edited(path, change)


def socket_file(path: Path, places: Places) -> None:
    here = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)  # the path itself may be too long for a socket
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"/proc/self/fd/{here}/{path.name}")
    finally:
        os.close(here)


def link_to(*parts: str) -> Callable[[Path, Places], None]:
    def make(path: Path, places: Places) -> None:
        path.symlink_to(places.course.joinpath(*parts) if parts else places.course / "source" / path.stem / path.name)
    return in_place(make)


def renamed(name: str) -> Callable[[Path, Places], None]:
    def mutate(path: Path, places: Places) -> None:
        path.rename(path.with_name(name))
    return mutate


def renamed_raw(path: Path, places: Places) -> None:
    os.rename(path, os.fsencode(path.parent) + b"/\xff\xfe caf\xe9.ipynb")  # noqa: PTH104 (no text has these bytes)


def two_notebooks(path: Path, places: Places) -> None:
    path.with_name("second.ipynb").write_bytes(path.read_bytes())
    path.rename(path.with_name("first\n<evil>\x1b[31m.ipynb"))


def nothing_beside(path: Path, places: Places) -> None:
    path.rename(path.with_name("first\n<evil>\x1b[31m.ipynb"))
    path.with_name("second.ipynb").write_text("{}")


def thousand_notebooks(path: Path, places: Places) -> None:
    path.unlink()
    for number in range(1000):
        path.with_name(f"{number:04d}{'x' * 200}.ipynb").touch()


def folder_is_a_link(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(places.course / "source" / path.stem)


def student_is_a_link(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.parent.rmdir()
    path.parent.parent.symlink_to(places.course / "source")


def folder_is_a_file(path: Path, places: Places) -> None:
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("here is my homework")


def nested(path: Path, places: Places) -> None:
    inner = path.parent / path.stem / path.stem
    inner.mkdir(parents=True)
    path.rename(inner / path.name)


def timestamp(make: Callable[[Path, Places], None]) -> Callable[[Path, Places], None]:
    def mutate(path: Path, places: Places) -> None:
        make(path.with_name("timestamp.txt"), places)
    return mutate


def empty_lists(data: bytes) -> bytes:
    """A notebook whose metadata is millions of empty lists: small on disk, large in memory."""
    whole = json.loads(data)
    whole["metadata"]["filler"] = "FILLER"
    return json.dumps(whole).replace('"FILLER"', "[" + "[]," * 6_300_000 + "[]]").encode()


def sources(value: Any) -> Callable[[Path, Places], None]:
    return answer(lambda cell: cell.update(source=value))


def ten_thousand(whole: Any) -> None:
    whole["cells"] += [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": "pass", "id": f"x{n}"}
                       for n in range(10_000)]


def every_cell(change: Callable[[Any], Any]) -> Callable[[Path, Places], None]:
    def every(whole: Any) -> None:
        for cell in whole["cells"]:
            change(cell)
    return notebook(every)
