"""The commands of this environment, run in a fork of a process that has their libraries: all that they do, without their start-up.

    python -m tests.commands

runs them as other users: a line of JSON for each person's turn, see `take_turn`, is answered by one.
"""

import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any


def forked(cwd: Path, environment: Mapping[str, str], *words: str) -> CompletedProcess[str]:
    """What `words[0]`, a script of this environment, does and says with these arguments in the folder `cwd`."""
    [script] = entry_points(group="console_scripts", name=words[0])
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        if not (child := os.fork()):
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdout, sys.stderr, sys.argv = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False), list(words)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(environment)
            os._exit(_code(script.load()))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for file in (out, err):
            file.seek(0)
        return CompletedProcess(words, code, out.read(), err.read())


def _code(main: Callable[[], object]) -> int:
    """The exit status with which `main` ends, as a script's process would."""
    try:
        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def take_turn(user: int, folder: str, environment: Mapping[str, str], commands: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Become a user for good and run commands one after another, until one fails: its exit status, and all they said."""
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
    said = ""
    for words in commands:
        done = forked(Path(folder), environment, *words)
        said += done.stdout + done.stderr
        if done.returncode:
            return {"code": done.returncode, "said": said}
    return {"code": 0, "said": said}


def main() -> None:
    """Each turn is taken in a fork, which alone becomes the user."""
    for line in sys.stdin:
        if not (child := os.fork()):
            print(json.dumps(take_turn(**json.loads(line))), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    from grading.quick_start import leave_out_what_nobody_uses
    leave_out_what_nobody_uses()
    import nbgrader.apps  # noqa: F401  once for all commands
    main()
