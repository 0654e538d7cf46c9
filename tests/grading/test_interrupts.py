"""Ctrl-C stops grading even when a library drops it."""

import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from grading.interrupts import held_interrupts, remembered_interrupts


@pytest.fixture(autouse=True)
def interrupts_are_not_ignored() -> Iterator[None]:
    """As for who presses Ctrl-C; a shell that starts the tests in the background has them ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_was_swallowed_is_raised_at_the_next_check() -> None:
    with remembered_interrupts() as check:
        check()
        with suppress(KeyboardInterrupt):  # as in a finalizer
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            check()


def test_the_earlier_handler_is_back_afterwards() -> None:
    before = signal.getsignal(signal.SIGINT)
    with remembered_interrupts():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_an_interrupt_waits_for_the_end_of_what_must_not_be_disturbed() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), remembered_interrupts(), held_interrupts():
        with held_interrupts():
            signal.raise_signal(signal.SIGINT)
            done.append("inside")
        done.append("outside")
    assert done == ["inside", "outside"]


def test_a_second_interrupt_does_not_wait() -> None:
    with pytest.raises(KeyboardInterrupt), held_interrupts():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
