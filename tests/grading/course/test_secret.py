"""The seed of the hidden inputs is made once, and kept from others."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grading.course.secret import read_secret
from grading.errors import CourseError


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "grading.secret"
    assert read_secret(path) == read_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(("content", "reason"), [
    (b"not hex", r"cannot be read \(non-hexadecimal"), (b"", "holds 0 bytes; a secret has 32"), (b"\n", "holds 0 bytes"),
    (b"ab" * 31, "holds 31 bytes"), (b"ab" * 33, "holds 33 bytes"), (b"\xff\xfe", r"cannot be read \('utf-8'")])
def test_a_damaged_secret_is_no_secret_and_says_what_to_do(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "grading.secret").write_bytes(content)
    with pytest.raises(CourseError, match=rf"grading\.secret {reason}.*Restore it from a backup; or delete it"):
        read_secret(tmp_path / "grading.secret")


def test_of_two_commands_that_are_the_first_both_have_the_same(tmp_path: Path) -> None:
    path = tmp_path / "grading.secret"
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(read_secret, [path] * 8))) == 1
    assert [one.name for one in tmp_path.iterdir()] == ["grading.secret"]


def test_where_it_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"grading\.secret cannot be written: No such file or directory\. Check"):
        read_secret(tmp_path / "gone" / "grading.secret")
