"""The hand-out can be installed on every system, with ready-made wheels; the page for students says so."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import platforms  # noqa: E402

NO_TORCH = {("PyTorch, for set 8", "Mac, Intel")}


def test_the_page_for_students_shows_the_table() -> None:
    found = {(part, system, python): "no builds" if (part, system) in NO_TORCH else ""
             for part in platforms.PARTS for system in platforms.SYSTEMS for python in platforms.PYTHONS}
    assert platforms.table(found) in (ROOT / "docs" / "student.md").read_text(encoding="utf-8")
    assert "| Linux | 3.14 |" in platforms.table(found | {("problem sets 1 to 7", "Linux", old): "no" for old in ("3.11", "3.12", "3.13")})


@pytest.mark.slow(10)
@pytest.mark.waits
def test_the_systems_that_lack_most_wheels_have_them_on_the_newest_python(tmp_path: Path) -> None:
    """Only resolved. The others: python tools/platforms.py."""
    asked = subprocess.run([sys.executable, "-m", "uv", "pip", "compile", "--quiet", "-"], input="idna", text=True,
                           capture_output=True, check=False)
    if asked.returncode:
        pytest.skip(f"no package registry: {asked.stderr.strip()[-200:]}")
    folder = platforms.handout(tmp_path)
    obstacles = {("full data", "Windows"): "", ("PyTorch, for set 8", "Mac, Intel"): "PyTorch has no builds for it"}
    with ThreadPoolExecutor() as pool:  # they wait for the network, mostly
        found = pool.map(lambda case: platforms.obstacle(folder, platforms.PARTS[case[0]], platforms.SYSTEMS[case[1]], "3.14"), obstacles)
        assert dict(zip(obstacles, found, strict=True)) == obstacles
