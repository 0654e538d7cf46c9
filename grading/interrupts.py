"""Ctrl-C that cannot get lost."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def remembered_interrupts() -> Iterator[Callable[[], None]]:
    """Raise KeyboardInterrupt on Ctrl-C as always, and once more when the yielded function is called.

    Python drops an exception that is raised inside a finalizer or a callback of a library; one that comes just then
    would otherwise pass without effect.
    """
    pressed: list[int] = []

    def check() -> None:
        if pressed:
            raise KeyboardInterrupt

    def handle(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    with _handler(handle):
        yield check


@contextmanager
def held_interrupts() -> Iterator[None]:
    """Let Ctrl-C wait until this is done; a second one does not wait.

    For a library that reports the exception as an error of its own, as SQLAlchemy does while it closes a connection.
    """
    pressed: list[int] = []

    def handle(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            raise KeyboardInterrupt

    with _handler(handle):
        yield
    if pressed:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _handler(handle: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # signals go to the main thread
        return
    previous = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)
