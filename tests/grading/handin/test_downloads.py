"""Downloads as Moodle and Canvas name them, through nbgrader's own zip_collect, and archives that mean harm."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from traitlets.config import Config

from grading.course.folder import Course
from grading.handin.collect import MAX_FILE
from grading.handin.downloads import NotebookExtractor
from tests import toy

MOODLE = "Ada Lovelace_1234567_assignsubmission_file_"


def zipped(files: dict[str, bytes], link: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def extracted(folder: Path, **archives: bytes) -> dict[str, bytes]:
    """What the extractor makes of these archives: name in the target folder → bytes."""
    source, target = folder / "archive", folder / "extracted"
    source.mkdir(parents=True)
    for name, data in archives.items():
        (source / f"{name}.zip").write_bytes(data)
    NotebookExtractor(config=Config()).extract(str(source), str(target))
    return {str(path.relative_to(target)): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("names", [
    {"ada": f"Ada Lovelace_11_assignsubmission_file_/{toy.NAME}.ipynb", "ben": f"Ben Oz_12_assignsubmission_file_/{toy.NAME} (2).ipynb"},
    {"ada": f"lovelaceada_11_99_{toy.NAME}.ipynb", "ben": f"ozben_LATE_12_98_{toy.NAME}-1.ipynb"},
])
def test_zip_collect_puts_a_download_where_grading_looks(course: Course, names: dict[str, str]) -> None:
    from nbgrader.apps.zipcollectapp import ZipCollectApp
    from nbgrader.coursedir import CourseDirectory
    archive = course.root / "downloaded" / toy.NAME / "archive"
    archive.mkdir(parents=True)
    (archive / "submissions.zip").write_bytes(zipped({name: f"work of {who}".encode() for who, name in names.items()}))
    config = course.config.copy()
    config.CourseDirectory.root = str(course.root)
    app = ZipCollectApp(config=config)
    app.coursedir = CourseDirectory(config=config)
    app.coursedir.assignment_id = toy.NAME
    app.init_plugins()
    app.extract_archive_files()
    app.process_extracted_files()
    for student, who in (("11", "ada"), ("12", "ben")):
        assert (course.root / "submitted" / student / toy.NAME / f"{toy.NAME}.ipynb").read_text() == f"work of {who}"


def test_an_archive_inside_the_archive_is_opened_once(tmp_path: Path) -> None:
    inner = zipped({"ps1.ipynb": b"work", "deeper.zip": zipped({"no.ipynb": b"no"})})
    assert extracted(tmp_path, download=zipped({f"{MOODLE}/all.zip": inner})) == {f"download/{MOODLE}/all/ps1.ipynb": b"work"}


def test_nothing_is_written_outside_and_links_are_not_followed(tmp_path: Path) -> None:
    evil = zipped({"../../out.ipynb": b"x", "/abs.ipynb": b"x", "a\\..\\..\\out.ipynb": b"x", "fine.ipynb": b"y"}, link="link.ipynb")
    assert extracted(tmp_path / "in", download=evil) == {"download/fine.ipynb": b"y"}
    assert [path.name for path in tmp_path.rglob("*.ipynb")] == ["fine.ipynb"]


def test_a_bomb_is_left_in_its_archive_whatever_its_header_says(tmp_path: Path) -> None:
    bomb = zipped({"bomb.ipynb": bytes(MAX_FILE + 1), "fine.ipynb": b"y"})
    assert len(bomb) < 100_000
    assert extracted(tmp_path, download=bomb) == {"download/fine.ipynb": b"y"}


def test_a_damaged_archive_costs_nobody_elses_work(tmp_path: Path) -> None:
    whole = zipped({"ps1.ipynb": b"work" * 1000})
    found = extracted(tmp_path, cut=whole[: len(whole) // 2], text=b"no archive", good=whole)
    assert list(found) == ["good/ps1.ipynb"]


def test_what_macos_and_jupyter_leave_is_no_submission(tmp_path: Path) -> None:
    litter = zipped({"__MACOSX/._ps1.ipynb": b"", ".ipynb_checkpoints/ps1-checkpoint.ipynb": b"old", "report.pdf": b"pdf"})
    assert extracted(tmp_path, download=litter) == {}
