"""The student-side half of a hidden test: call the student's function on hidden inputs, collect, ship.

Nothing is judged here. While grading, a session gives the inputs and takes the values away to another process. Where
the grading package is installed (an instructor runs a source notebook), it provides a session that judges on the spot.
"""

import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import entry_points
from types import FunctionType, TracebackType
from typing import Any, Protocol

from helpers.wire import Leaf, encode_leaves, flatten

IMPLEMENTATION = "implementation"  # the name under which a case hands over what may be called and not seen


class Session(Protocol):
    """Where hidden inputs come from and where values go."""

    def cases(self, name: str) -> Iterable[tuple[int, dict[str, Any]]]:
        """Case numbers and fresh inputs of a probe."""

    def use(self, name: str) -> Callable[..., Any] | None:
        """How an answer is tried, `use(answer, *inputs)`; None where it is called and no more."""

    def send(self, header: Mapping[str, Any], blobs: list[bytes]) -> None:
        """Take one case's values away."""

    def finish(self, name: str) -> None:
        """All cases of a probe have been tried."""


_session: Session | None = None


def connect(session: Session | None) -> None:
    """Use `session` for every later probe in this process."""
    global _session
    _session = session


def grading() -> bool:
    """Whether answers are being graded elsewhere: then nobody reads what an instant check prints."""
    return _session is not None


def probe(name: str, function: Callable[..., Any] | None = None) -> "Block | None":
    """Run a hidden test. With `function`: call it on every case. Without: a block that ships values by name.

        probe("softmax_jacobian", softmax_jacobian)
        probe("Linear", Linear)  # what to do with a class, the session knows

        with probe("ps1_shapes") as p:
            p.ship(X=shape_X, y=shape_y)
    """
    session = _find_session()
    if function is None:
        return Block(name, session)
    use = session.use(name)
    for case, inputs in session.cases(name):
        try:
            value = use(function, *inputs.values()) if use else function(*inputs.values())
            leaves = [*flatten("args", _arrays_only(inputs)), *flatten("out", value)]
        except Exception as error:
            session.send({"type": "values", "probe": name, "case": case, "error": describe(error, function)}, [])
        else:
            _ship(session, name, case, leaves)
    session.finish(name)
    return None


class Block:
    """One case of a probe whose values the hidden cell ships itself."""

    def __init__(self, name: str, session: Session) -> None:
        self.name, self.session = name, session
        [(self.case, self.inputs)] = session.cases(name)

    def __getitem__(self, key: str) -> Any:
        return self.inputs[key]

    def ship(self, **values: Any) -> None:
        """Send named values to be judged."""
        _ship(self.session, self.name, self.case, flatten("out", values))

    def __enter__(self) -> "Block":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> bool:
        if isinstance(error, Exception):
            header = {"type": "values", "probe": self.name, "case": self.case, "error": describe(error)}
            self.session.send(header, [])
        self.session.finish(self.name)
        return isinstance(error, Exception)


def partner(answer: Any, name: str) -> Any:
    """Another function or class from the notebook (or module) that `answer` was written in.

    Raises NameError when it is not defined there.
    """
    module = sys.modules.get(answer.__module__)  # there is none where a class was made from a text
    around = [answer, *([] if module else vars(answer).values())]
    names = next((part.__globals__ for part in around if hasattr(part, "__globals__")), vars(module) if module else {})
    if name not in names:
        raise NameError(f"{name} is not defined")
    return names[name]


def describe(error: BaseException, answer: Any = None) -> dict[str, Any]:
    """An exception as plain data: type, message, the last line of a cell it came through, and whether that is the
    `answer`'s own cell (each cell has a file name of its own).
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.name != "<module>" and ("ipykernel" in frame.filename or "<ipython" in frame.filename)]
    written = [answer, *vars(answer).values()] if isinstance(answer, type) else [answer]
    own = {part.__code__.co_filename for part in written if isinstance(part, FunctionType)}
    return {"type": type(error).__name__[:80], "message": text_of(error)[:500],
            "line": frames[-1].lineno if frames else None, "own": bool(frames) and frames[-1].filename in own}


def text_of(error: BaseException) -> str:
    """An exception's message, also of one whose __str__ fails."""
    try:
        return str(error)
    except Exception:
        return "(an exception that cannot be printed)"


def _ship(session: Session, name: str, case: int, leaves: list[Leaf]) -> None:
    headers, blobs = encode_leaves(leaves)
    session.send({"type": "values", "probe": name, "case": case, "leaves": headers}, blobs)


def _arrays_only(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as they stand after the call; a changed one costs its own small point."""
    return {key: value for key, value in inputs.items() if not callable(value)}


def _find_session() -> Session:
    if _session is not None:
        return _session
    for entry in entry_points(group="neural_course.probe"):
        session: Session = entry.load()()
        return session
    raise RuntimeError("Hidden tests run when your instructor grades; nothing to do here.")
