"""The commands of this environment, run in a fork of the test's process: all that they do, without their start-up.

    python -m tests.commands FOLDER COMMANDS_AS_JSON

runs several as another user, and stops at the first that fails.
"""

import json
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
            sys.stdout, sys.stderr, sys.argv = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False), list(words)
            os.chdir(cwd)
            os.environ.clear()
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


def main(cwd: Path, commands: list[list[str]]) -> int:
    """Run the commands one after another; the exit status of the first that fails, with all it said."""
    for words in commands:
        done = forked(cwd, dict(os.environ), *words)
        print(done.stdout, end="")
        print(done.stderr, end="", file=sys.stderr)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    from grading.quick_start import leave_out_what_nobody_uses
    leave_out_what_nobody_uses()
    import nbgrader.apps  # noqa: F401  once for all commands
    sys.exit(main(Path(sys.argv[1]), json.loads(sys.argv[2])))
