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

    if threading.current_thread() is not threading.main_thread():
        yield check  # signals go to the main thread
        return
    previous = signal.signal(signal.SIGINT, handle)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, previous)
