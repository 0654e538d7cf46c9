"""Downloads as Moodle and Canvas name them, through nbgrader's own zip_collect, and archives that mean harm."""

import io
import logging
import os
import shutil
import stat
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from traitlets.config import Config

from grading.course.folder import Course
from grading.handin import archives
from grading.handin.collect import MAX_FILE
from grading.handin.downloads import NotebookExtractor, student_of
from grading.handin.gradescope_export import exported_submissions
from grading.handin.hand_in_times import is_worksheet
from tests import toy

SET = "ps1"
ADA, BEN = "Ada Lovelace_11_assignsubmission_file_", "Ben Oz_12_assignsubmission_file_"


def zipped(files: dict[str, Any], link: str = "", years: dict[str, int] | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, ((years or {}).get(name, 2020), 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def extracted(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Whose work the extractor takes out of these downloads: number of the student → bytes."""
    source, target = folder / SET / "archive", folder / SET / "extracted"
    for name, data in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(data)
    NotebookExtractor(config=Config()).extract(str(source), str(target))
    found = {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*")) if path.is_file()}
    assert all(name.endswith(f"_assignsubmission_file_/{SET}.ipynb") for name in found)
    return {name.split("_")[1]: data for name, data in found.items()}


def zip_collect(course: Course, files: dict[str, bytes]) -> str:
    """nbgrader's own command on downloads with these names; what it says."""
    from nbgrader.apps.zipcollectapp import ZipCollectApp
    from nbgrader.coursedir import CourseDirectory
    archive = course.root / "downloaded" / toy.NAME / "archive"
    archive.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (archive / name).write_bytes(data)
    config = course.config.copy()
    config.CourseDirectory.root = str(course.root)
    app = ZipCollectApp(config=config)
    app.coursedir = CourseDirectory(config=config)
    app.coursedir.assignment_id = toy.NAME
    said = io.StringIO()
    app.log.addHandler(logging.StreamHandler(said))
    app.log.setLevel(logging.INFO)
    app.init_plugins()
    app.extract_archive_files()
    app.process_extracted_files()
    return said.getvalue()


@pytest.mark.parametrize("names", [
    {"ada": f"Ada Lovelace_11_assignsubmission_file_/{toy.NAME}.ipynb", "ben": f"Ben Oz_12_assignsubmission_file_/{toy.NAME} (2).ipynb"},
    {"ada": f"lovelaceada_11_99_{toy.NAME}.ipynb", "ben": f"ozben_LATE_12_98_{toy.NAME}-1.ipynb"},
    {"ada": "Ada_11_assignsubmission_file_my work.ipynb", "ben": "Ben_12_assignsubmission_file_/" + "n" * 240 + ".ipynb"},
])
def test_zip_collect_puts_a_download_where_grading_looks(course: Course, names: dict[str, str]) -> None:
    zip_collect(course, {"submissions.zip": zipped({name: f"work of {who}".encode() for who, name in names.items()})})
    for student, who in (("11", "ada"), ("12", "ben")):
        assert (course.root / "submitted" / student / toy.NAME / f"{toy.NAME}.ipynb").read_text() == f"work of {who}"


@pytest.mark.parametrize("planted", [f"{BEN}/ps1.ipynb", "ozben_12_99_ps1.ipynb", f"deep/{BEN}/ps1.ipynb", f"{BEN}ps1.ipynb",
                                     f"{ADA}/{BEN}/ps1.ipynb"])
@pytest.mark.parametrize("outer", [f"{ADA}/hw.zip", f"{ADA}hw.zip", "lovelaceada_11_98_hw.zip", "lovelaceada_LATE_11_98_hw.zip"])
def test_names_inside_an_archive_never_hand_in_for_another(tmp_path: Path, outer: str, planted: str) -> None:
    mine = zipped({planted: b"planted"})
    of_ben = {f"{BEN}/ps1.ipynb": b"his own"} if "assign" in outer else {"ozben_12_97_ps1.ipynb": b"his own"}
    for number, files in enumerate(({"class.zip": zipped({outer: mine, **of_ben})}, {outer: mine, **of_ben},
                                    {"all/" + outer: mine, **{f"all/{name}": data for name, data in of_ben.items()}})):
        assert extracted(tmp_path / str(number), files) == {"11": b"planted", "12": b"his own"}


@pytest.mark.parametrize(("names", "student"), [
    (("x.zip", "Ann_22_1_x_11_assignsubmission_file_", "ps1.ipynb"), "11"),
    (("x.zip", "Ann_22_assignsubmission_file__11_assignsubmission_file_", "ps1.ipynb"), "11"),
    (("x.zip", "Jörg O'Neill-Öz (jö)_11_assignsubmission_file_", "Übung 2 – Lösung.ipynb"), "11"),
    (("x.zip", f"a_{'1' * 150}_assignsubmission_file_", "ps1.ipynb"), ""), (("NN_2026_11_HW2.zip", "ps1.ipynb"), ""),
    (("x.zip", "ps1.ipynb"), ""), (("x.zip", "aaann_11_901_ps1-Copy1.ipynb"), "11"),
])
def test_the_outermost_name_says_whose_it_is(names: tuple[str, ...], student: str) -> None:
    assert student_of(names, of_class=True) == student


@pytest.mark.parametrize(("files", "taken"), [
    ({"ps1.ipynb": 2020, "ps1 (1).ipynb": 2021}, "ps1 (1).ipynb"), ({"ps1.ipynb": 2022, "ps1-1.ipynb": 2021}, "ps1.ipynb"),
    ({"ps1.ipynb": 2020, "notes.ipynb": 2025}, "ps1.ipynb"), ({"a/ps1.ipynb": 2020, "b/PS1-Copy1.IPYNB": 2023}, "b/PS1-Copy1.IPYNB"),
    ({"one.ipynb": 2020, "two.ipynb": 2021}, "two.ipynb"), ({"ps1.ipynb": 2020, "ps1.ipynb/ps1.ipynb": 2021}, "ps1.ipynb/ps1.ipynb"),
    ({"d/" * 60 + "ps1.ipynb": 2020, "n" * 300 + ".ipynb": 2021}, "d/" * 60 + "ps1.ipynb"),
    ({"course/ps2/ps2.ipynb": 2022, "course/ps1/ps1.ipynb": 2020}, "course/ps1/ps1.ipynb")])
def test_of_several_notebooks_the_newest_of_the_right_name_is_taken_and_the_others_are_listed(
        tmp_path: Path, caplog: pytest.LogCaptureFixture, files: dict[str, int], taken: str) -> None:
    inner = zipped({name: name.encode() for name in files}, years=files)
    whole = zipped({f"{ADA}/hw.zip": inner, f"{BEN}/ps1.ipynb": b"ben"})
    with caplog.at_level(logging.WARNING):
        assert extracted(tmp_path, {"class.zip": whole}) == {"11": taken.encode(), "12": b"ben"}
    assert "11 handed in 2 notebooks. Taken: " in caplog.text


def test_of_two_of_one_date_the_renamed_copy_is_the_later_one(tmp_path: Path) -> None:
    assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/ps1.ipynb": b"first", f"{ADA}/ps1 (1).ipynb": b"again"})}) == {"11": b"again"}


def test_a_whole_course_in_an_archive_is_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    course = zipped({f"helpers/{n}.py": b"x" for n in range(50)} | {"ps1/ps1.ipynb": b"work"})
    with caplog.at_level(logging.WARNING):
        assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/hw.zip": course})}) == {"11": b"work"}
    assert len(caplog.records) == 1
    assert caplog.records[0].getMessage().endswith(" and 45 more")


@pytest.mark.parametrize("name", ["ps1.IPYNB", "ps1.ipynb.txt", "ps1.ipynb.json", "work.ZIP"])
def test_a_notebook_that_a_browser_renamed_is_taken(tmp_path: Path, name: str) -> None:
    data = zipped({"ps1.ipynb": b"work"}) if name.endswith("ZIP") else b"work"
    assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/{name}": data})}) == {"11": b"work"}


@pytest.mark.parametrize(("name", "data", "words"), [
    ("report.html", b"<p>", "neither a notebook nor a zip archive"), ("hw.rar", b"Rar!", "neither a notebook nor a zip"),
    ("hw.zip", b"no archive", "not a readable archive"), ("ps1.ipynb", bytes(MAX_FILE + 1), "larger than 20 MiB")])
def test_what_is_passed_over_is_listed_with_its_student_and_the_reason(
        tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, data: bytes, words: str) -> None:
    with caplog.at_level(logging.WARNING):
        assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/{name}": data, f"{BEN}/ps1.ipynb": b"ben"})}) == {"12": b"ben"}
    assert f"Passed over of 11: {words}" in caplog.text
    assert f": class.zip/{ADA}/{name}" in caplog.text
    assert "11 handed in no notebook." in caplog.text


def test_an_archive_inside_the_archive_is_opened_once(tmp_path: Path) -> None:
    inner = zipped({"ps1.ipynb": b"work", "deeper.zip": zipped({"ps1 (1).ipynb": b"no"})})
    assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/all.zip": inner})}) == {"11": b"work"}


@pytest.mark.slow
def test_a_large_archive_of_a_student_is_opened(tmp_path: Path) -> None:
    inner = zipped({"data.bin": os.urandom(MAX_FILE + 1), "ps1.ipynb": b"work"})
    assert len(inner) > MAX_FILE
    assert extracted(tmp_path, {"class.zip": zipped({f"{ADA}/all.zip": inner})}) == {"11": b"work"}


def test_nothing_is_written_outside_and_links_are_not_followed(tmp_path: Path) -> None:
    evil = zipped({f"../../{ADA}/ps1.ipynb": b"x", f"/{ADA}/ps1.ipynb": b"x", f"a\\..\\..\\{ADA}\\ps1.ipynb": b"x",
                   f"{BEN}/ps1.ipynb": b"y"}, link=f"{ADA}/ps1.ipynb")
    assert extracted(tmp_path / "in", {"class.zip": evil}) == {"12": b"y"}
    assert [path.parent.name for path in tmp_path.rglob("*.ipynb")] == ["student_12_assignsubmission_file_"]


def test_what_comes_out_of_a_students_archive_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                         caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE", 5_000_000)
    read: list[int] = []
    kept = archives._read

    def counted(*arguments: Any) -> tuple[bytes, str]:
        data, reason = kept(*arguments)
        read.append(len(data))
        return data, reason
    monkeypatch.setattr(archives, "_read", counted)
    bomb = zipped({f"{n}.ipynb": bytes(1_000_000) for n in range(80)})
    assert len(bomb) < 200_000
    with caplog.at_level(logging.WARNING):
        found = extracted(tmp_path, {"class.zip": zipped({f"{ADA}/bomb.zip": bomb, f"{BEN}/ps1.ipynb": b"ben"})})
    assert (found["12"], sum(read) < 6_000_000) == (b"ben", True)
    assert "part of an archive that is too large" in caplog.text


def test_a_damaged_archive_costs_nobody_elses_work(tmp_path: Path) -> None:
    whole = zipped({f"{ADA}/ps1.ipynb": b"work" * 1000})
    assert extracted(tmp_path, {"cut.zip": whole[: len(whole) // 2], "text.zip": b"no archive", "good.zip": whole}) == {"11": b"work" * 1000}


def test_what_macos_and_jupyter_leave_is_no_second_notebook(tmp_path: Path) -> None:
    litter = {f"{ADA}/__MACOSX/._ps1.ipynb": b"", f"{ADA}/.ipynb_checkpoints/ps1-checkpoint.ipynb": b"old", f"{ADA}/ps1.ipynb": b"work"}
    assert extracted(tmp_path / "packed", {"class.zip": zipped(litter)}) == {"11": b"work"}
    assert extracted(tmp_path / "unpacked", litter) == {"11": b"work"}


names = st.text(st.sampled_from("ab_/\\. ()-1290ipynbzip") | st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@given(st.dictionaries(names, st.binary(max_size=20) | st.just(zipped({f"{BEN}/ps1.ipynb": b"planted"})), max_size=5))
def test_whatever_a_student_packs_is_that_students(tmp_path_factory: pytest.TempPathFactory, entries: dict[str, bytes]) -> None:
    whole = zipped({f"{ADA}/hw.zip": zipped(entries), f"{BEN}/ps1.ipynb": b"ben"})
    found = extracted(tmp_path_factory.mktemp("downloads"), {"class.zip": whole})
    assert found["12"] == b"ben"
    assert found.keys() <= {"11", "12"}


def timestamps(course: Course) -> dict[str, str]:
    return {path.parent.parent.name: path.read_text().strip() for path in (course.root / "submitted").rglob("timestamp.txt")}


SHEET = """Identifier,Full name,Status,Grade,Maximum grade,Last modified (submission),Last modified (grade)
Participant 11,Ada Lovelace,"Submitted for grading - 2 hours late",,9.50,"Friday, 20 November 2026, 10:00 AM",-
Participant 12,Ben Oz,Submitted for grading,,9.50,"Freitag, 20. November, 10:00",-
Participant 13,Cem Ay,No submission,,9.50,-,-
"""


def test_times_come_from_moodles_worksheet_beside_the_download(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    files = {f"{who}/{toy.NAME}.ipynb": b"{}" for who in (ADA, BEN)}
    try:
        said = zip_collect(course, {"class.zip": zipped(files), "Grades-worksheet.csv": SHEET.replace("20. November, 10:00", "20 Nebelung").encode("utf-8-sig")})
    finally:
        monkeypatch.undo()
        time.tzset()
    assert timestamps(course) == {"11": "2026-11-20 09:00:00"}
    assert "Times of 1 hand-ins from Grades-worksheet.csv" in said
    assert "Passed over" not in said
    assert len(list((course.root / "submitted").rglob("*.ipynb"))) == 2


def test_late_without_a_time_is_the_least_that_it_can_be(course: Course) -> None:
    from nbgrader.api import Gradebook
    files = {f"lovelaceada_LATE_11_99_{toy.NAME}.ipynb": b"{}", f"ozben_12_98_{toy.NAME}.ipynb": b"{}", f"late_13_97_{toy.NAME}.ipynb": b"{}"}
    other = Course.open(shutil.copytree(course.root, course.root.with_name("other")))
    said = zip_collect(other, {"class.zip": zipped(files)})
    assert timestamps(other) == {}
    assert f"Canvas says that 11 is late, but {toy.NAME} has no due date here: nothing is taken off." in said
    with Gradebook(course.db_url, course.course_id) as gradebook:
        gradebook.update_or_create_assignment(toy.NAME, duedate="2026-11-20 23:59:00")
    zip_collect(course, {"class.zip": zipped(files)})
    assert timestamps(course) == {"11": "2026-11-20 23:59:01"}


@pytest.mark.parametrize("text", [b"", b"a,b\n1,2\n", b"\xff\xfe", SHEET.replace("Last modified (submission)", "Zuletzt").encode()])
def test_what_is_no_worksheet_in_english_says_no_times(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "x.csv").write_bytes(text)
    assert not is_worksheet(tmp_path / "x.csv")


EXPORT = """---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '4711'
    :email: ada@example.org
  :created_at: 2026-11-20 09:00:00.500000000 Z
  :score: 5.0
  :results: {}
submission_102:
  :submitters:
  - :name: Ben Oz
    :sid:
    :email: ben@example.org
  :created_at: 2026-11-21 10:30:00.000000000 +01:00
submission_103:
  :submitters: []
submission_104:
  :submitters:
  - :sid: ../../up
"""


@pytest.mark.parametrize("unpacked", [False, True], ids=["as it comes", "unpacked"])
def test_gradescopes_export_is_taken_with_its_names_and_times(course: Course, unpacked: bool) -> None:
    inside = {f"assignment_9_export/submission_{number}/{toy.NAME}.ipynb": f"of {number}".encode() for number in range(101, 105)}
    files = {"assignment_9_export/submission_metadata.yml": EXPORT.encode(), **inside}
    said = _unpacked(course, files) if unpacked else zip_collect(course, {"assignment_9_export.zip": zipped(files)})
    assert {path.parent.parent.name: path.read_text() for path in (course.root / "submitted").rglob("*.ipynb")} == {
        "4711": "of 101", "ben@example.org": "of 102"}
    assert timestamps(course) == {"4711": "2026-11-20 09:00:00", "ben@example.org": "2026-11-21 09:30:00"}
    assert "no name says whose it is" in said
    assert "submission_metadata.yml" not in said


def _unpacked(course: Course, files: dict[str, bytes]) -> str:
    for name, data in files.items():
        path = course.root / "downloaded" / toy.NAME / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return zip_collect(course, {})


@pytest.mark.parametrize("text", ["", "[]", "a: [", "submission_101: 7", "submission_101: {':submitters': [7]}", "&a [*a]", "\x00"])
def test_an_export_whose_list_cannot_be_read_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "submission_metadata.yml").write_text(text)
    assert exported_submissions(tmp_path) == {}
