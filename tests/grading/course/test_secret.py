"""The seed of the hidden inputs is made once, and kept from others."""

import stat
from pathlib import Path

import pytest

from grading.course.secret import read_secret


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "grading.secret"
    assert read_secret(path) == read_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_secret_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "grading.secret").write_text("not hex")
    with pytest.raises(ValueError, match=r"grading\.secret is damaged\. Restore it from a backup"):
        read_secret(tmp_path / "grading.secret")
