"""Whatever lies in a folder of downloads becomes one notebook of each student or a reason, within bounds."""

import io
import logging
import re
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from grading.handin.archives import MAX_ARCHIVE, files_in
from grading.handin.collect import MAX_FILE
from grading.handin.downloads import NotebookExtractor, student_of
from tests.fuzz.material import damaged, texts

NAMES = ("ps1.ipynb", "PS1.IPYNB", "ps1 (1).ipynb", "ps1.ipynb.txt", "notes.pdf", ".ipynb_checkpoints/ps1-checkpoint.ipynb", "__MACOSX/._ps1.ipynb",
         "../../ps1.ipynb", "/etc/ps1.ipynb", "C:\\work\\ps1.ipynb", "a" * 300 + ".ipynb", "d/" * 120 + "ps1.ipynb", "", "/", "lovelaceada_4711_890123_ps1.ipynb",
         "Ben Oz_12_assignsubmission_file_/ps1.ipynb", "Ada_11_assignsubmission_file_", "x_99999999999999999999999_assignsubmission_file_/ps1.ipynb")
names = st.sampled_from(NAMES) | texts
OUTER = ("Ada Lovelace_11_assignsubmission_file_/ps1.ipynb", "Ben Oz_12_assignsubmission_file_/work.zip", "lovelaceada_LATE_4711_890123_ps1.ipynb",
         "class.zip", "Ada_11_assignsubmission_file_work.zip", "somebody.zip", "x.ipynb")


@st.composite
def archives(draw: st.DrawFn, depth: int = 2) -> bytes:
    """A zip archive of odd names, archives in it, damaged here and there."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in draw(st.lists(names, max_size=5)):
            data = draw(archives(depth - 1)) if depth and draw(st.integers(0, 3)) == 0 else draw(st.binary(max_size=30))
            entry = zipfile.ZipInfo((name + (".zip" if data[:2] == b"PK" else "")).encode(errors="replace").decode() or "?")
            entry.external_attr = draw(st.sampled_from([0, 0o100644 << 16, 0o120777 << 16, 0o010644 << 16]))
            whole.writestr(entry, data)
    return draw(damaged(packed.getvalue())) if draw(st.booleans()) else packed.getvalue()


@given(laid=st.dictionaries(st.sampled_from(OUTER), archives() | st.binary(max_size=40), max_size=4))
def test_downloads_of_any_kind(laid: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        source, target, beside = (Path(name).resolve() / "ps1" / part for part in ("archive", "extracted", "beside"))
        for folder in (source, target, beside):
            folder.mkdir(parents=True)
        for place, data in laid.items():
            (source / place).parent.mkdir(parents=True, exist_ok=True)
            (source / place).write_bytes(data)
        found = list(files_in(source))
        assert all(len(file.data) <= MAX_FILE and not (file.data and file.reason) for file in found)
        assert sum(len(file.data) for file in found) <= MAX_ARCHIVE * len(laid)
        extractor = NotebookExtractor(parent=None, config=Config())
        extractor.log = logging.getLogger("nobody")
        extractor.extract(str(source), str(target))
        written = [path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()]
        assert all(re.fullmatch(r"student_\d{1,20}_assignsubmission_file_/ps1\.ipynb", path) for path in written)
        numbers = {student_of((place.split("/")[0], "")) for place in laid} | {student_of(file.names) for file in found} | {
            student_of(file.names, True) for file in found}
        assert {path.split("_")[1] for path in written} <= numbers
        assert list(beside.iterdir()) == []
        assert {path.name for path in Path(name).iterdir()} == {"ps1"}
