"""What lets a command start sooner: two libraries go without a part of theirs that grading does not use."""

import sys
from importlib.util import find_spec, module_from_spec


def leave_out_what_nobody_uses() -> None:
    """To be called before nbgrader or nbformat is imported; afterwards it changes nothing.

    jsonschema takes more than half of any nbgrader command's start-up for checking a kind of text (IRIs) that
    notebooks do not have, and goes without it where `rfc3987_syntax` is not there. nbgrader's package imports its
    server extensions, with all of jupyter_server; its modules work without them, so the package is put in place and
    not run.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    spec = find_spec("nbgrader")
    if spec and "nbgrader" not in sys.modules:
        package = sys.modules["nbgrader"] = module_from_spec(spec)
        from nbgrader._version import __version__
        package.__version__ = __version__  # type: ignore[attr-defined]
