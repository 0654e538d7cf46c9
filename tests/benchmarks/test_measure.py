import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import measure

ENVIRONMENT = {"PATH": "/usr/bin:/bin"}
BURN = "import time\nwhile time.process_time() < 0.3: pass\n"


def run(code: str, folder: Path) -> measure.Cost:
    return measure.run([sys.executable, "-c", code], folder, ENVIRONMENT, folder / "log")


@pytest.mark.slow
def test_processor_time_of_the_command_is_counted(tmp_path: Path) -> None:
    cost = run(BURN, tmp_path)
    assert cost.cpu >= 0.3
    assert cost.wall >= 0.3
    assert run("pass", tmp_path).cpu < cost.cpu


@pytest.mark.slow
def test_processor_time_of_a_child_that_was_waited_for_is_counted(tmp_path: Path) -> None:
    assert run(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BURN!r}])", tmp_path).cpu >= 0.3


def test_the_machine_has_worked_at_least_as_much_as_the_command(tmp_path: Path) -> None:
    cost = run(BURN, tmp_path)
    assert cost.busy >= 0.8 * cost.cpu  # /proc/stat counts in hundredths of a second


@pytest.mark.slow
def test_sleeping_costs_wall_clock_time_only(tmp_path: Path) -> None:
    cost = run("import time; time.sleep(0.5)", tmp_path)
    assert cost.wall >= 0.5
    assert cost.cpu < run(BURN, tmp_path).cpu


@pytest.mark.slow
def test_the_peak_is_that_of_the_command_and_not_of_its_children(tmp_path: Path) -> None:
    hold = "data = bytearray(100 << 20)\nimport time; time.sleep(0.4)"
    assert run(hold, tmp_path).peak > 100 << 20
    assert run(f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {hold!r}])", tmp_path).peak < 80 << 20


def test_a_command_that_fails_is_reported_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(measure.BenchmarkError, match=r"ended with 3:\nno such course"):
        run("import sys; print('no such course'); sys.exit(3)", tmp_path)


def test_a_command_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(measure.BenchmarkError, match="/nowhere/nbgrader cannot be started: No such file"):
        measure.run(["/nowhere/nbgrader"], tmp_path, ENVIRONMENT, tmp_path / "log")


@pytest.mark.slow
def test_a_command_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "LIMIT", 0.05)
    code = f"import time; time.sleep(600)  # {tmp_path}"
    with pytest.raises(measure.Hung, match="did not end within"):
        run(code, tmp_path)
    assert code not in subprocess.run(["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_memory_of_a_process_that_has_ended_is_nothing() -> None:
    assert measure.resident(2**22 + 1) == (0, 0)
