"""The commands of this environment, run in a fork of the test's process: all that they do, without their start-up."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from subprocess import CompletedProcess


def forked(cwd: Path, environment: Mapping[str, str], *words: str) -> CompletedProcess[str]:
    """What `words[0]`, a script of this environment, does and says with these arguments in the folder `cwd`."""
    [script] = entry_points(group="console_scripts", name=words[0])
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        if not (child := os.fork()):
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdout, sys.stderr, sys.argv = open(1, "w", closefd=False), open(2, "w", closefd=False), list(words)
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
