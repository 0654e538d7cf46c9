"""Landlock on its own: in a process that nothing else keeps in."""

import subprocess
import sys
from pathlib import Path

import pytest

import grading
from grading.sandbox import landlock

needs_landlock = pytest.mark.skipif(not landlock.abi(), reason="this kernel has no Landlock")
ROOT = str(Path(grading.__file__).parent.parent)
TRY = """
import os
def attempt(name, work):
    try:
        work()
        print(name, 'done')
    except OSError as error:
        print(name, error.errno)
attempt('read', lambda: open('open/a').read())
attempt('list', lambda: os.listdir('open'))
attempt('write', lambda: open('open/a', 'w'))
attempt('secret', lambda: open('secret/b').read())
attempt('scratch', lambda: (open('scratch/c', 'w').write('x'), os.unlink('scratch/c')))
attempt('pipe', lambda: os.mkfifo('scratch/p'))
"""
CONFINE = """
from pathlib import Path
from grading.sandbox import landlock
from grading.sandbox.libc import prctl
version = landlock.abi
landlock.abi = lambda: min(version(), {version})
prctl(38, 1)
landlock.restrict({{Path('open').resolve(): landlock.READ, Path('scratch').resolve(): landlock.ALL & ~landlock.SPECIAL}})
"""


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("open/a", "secret/b", "scratch/x"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("text")
    return tmp_path


def attempts(folder: Path, code: str) -> dict[str, str]:
    done = subprocess.run([sys.executable, "-c", code + TRY], cwd=folder, env={"PYTHONPATH": ROOT}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(line.split() for line in done.stdout.splitlines())


@needs_landlock
@pytest.mark.parametrize("version", range(1, 8))
def test_only_what_is_named_is_open_under_every_abi(folders: Path, version: int) -> None:
    assert attempts(folders, CONFINE.format(version=version)) == {
        "read": "done", "list": "done", "write": "13", "secret": "13", "scratch": "done", "pipe": "13"}


def test_without_it_everything_is_open(folders: Path) -> None:
    assert set(attempts(folders, "").values()) == {"done"}


def test_siblings_of_what_is_hidden_get_rules_of_their_own(tmp_path: Path) -> None:
    for name in ("lib/site/numpy", "lib/site/grading/probes", "lib/other", "bin"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "lib/way_round").symlink_to(tmp_path / "lib/site/grading")
    rights = landlock.without([tmp_path], [tmp_path / "lib/site/grading"])
    assert {str(path.relative_to(tmp_path)): allowed for path, allowed in rights.items()} == {
        ".": landlock.READ_DIR, "lib": landlock.READ_DIR, "lib/site": landlock.READ_DIR, "lib/site/numpy": landlock.READ,
        "lib/other": landlock.READ, "bin": landlock.READ}
