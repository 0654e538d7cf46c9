"""Wrong answers that nobody wrote down: made of a set's right answers and known slips, each when it is looked at.

They are tried, the likeliest first, when an answer equals no known mistake.
"""

import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Protocol

import numpy as np

from grading.probes.model import Mistake, Probe
from grading.probes.mutations import UNLIKELY, mutations
from grading.probes.pairs import Pairs
from grading.probes.source_text import plain_source

BECOMES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "logarithm": ("as if `{0}` had been through a logarithm first", np.log),
    "exponential": ("as if `{0}` had been through exp first", np.exp),
    "negative": ("as if `{0}` came with the other sign", np.negative),
    "transposed": ("as if `{0}` came transposed", np.transpose),
    "divided_by_255": ("as if `{0}` had been divided by 255 first", lambda value: np.asarray(value) / 255),
    "without": ("as if `{0}` were 0 all over", np.zeros_like),
    "ones": ("as if `{0}` were 1 all over", np.ones_like),
}


class Answers(Protocol):
    """The right answers of a notebook."""

    @property
    def solutions(self) -> Mapping[str, str]: ...

    def answer(self, exercise: str, source: str) -> Any: ...

    def answer_among(self, exercise: str, others: Mapping[str, Any]) -> Any: ...


@dataclass(frozen=True)
class Further:
    """The further wrong answers of an exercise, kept once they are made."""

    probe: Probe
    others: Sequence[Probe]  # the other exercises of the set, their slips made into whole answers
    answers: Answers
    made: list[Mistake] = field(default_factory=list)
    source: list[Iterator[Mistake]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Mistake]:
        if not self.source:
            self.source.append(chain(self._of_other_arguments(), self._inherited(), self._mutations(),
                                     Pairs(self.probe.id, self.probe.mistakes, self.answers)))
        place = 0
        while True:
            if place == len(self.made):
                following = next(self.source[0], None)
                if following is None:
                    return
                self.made.append(following)
            yield self.made[place]
            place += 1

    def _of_other_arguments(self) -> Iterator[Mistake]:
        """Right, but for arguments that are exchanged, or have been through something first."""
        reference = self.probe.reference
        names = [] if _may_not_end(reference) else _arguments(self.probe)
        here = f"These values are right for other arguments: `{self.probe.id}` works "
        for k, name in enumerate(names):
            for other in (one for one in range(len(names)) if one != k):
                if k < other:
                    yield _made(f"{name}_and_{names[other]}_exchanged", here + f"as if `{name}` and `{names[other]}` "
                                "had changed places.", _exchanged(reference, k, other))
                yield _made(f"{names[other]}_for_{name}", here + f"as if `{names[other]}` stood for `{name}` too.",
                            _put_for(reference, k, other))
        of_one = {probe.id: probe.reference for probe in self.others if len(_arguments(probe)) == 1 and not probe.use}
        for k, name in enumerate(names):
            for id, (words, become) in BECOMES.items():
                yield _made(f"{name}_{id}", here + words.format(name) + ".", _with(reference, k, become))
            for id, function in of_one.items():
                yield _made(f"{id}_of_{name}", here + f"as if `{name}` had been through `{id}` first (once more than "
                            "it should).", _with(reference, k, function))

    def _inherited(self) -> Iterator[Mistake]:
        """Slips of the exercises that this one's solution calls, made here."""
        solution = self.answers.solutions.get(self.probe.id, "")
        for other in self.others:
            if other.id != self.probe.id and f"{other.id}(" in solution:
                for mistake in other.mistakes:
                    try:
                        answer = self.answers.answer_among(self.probe.id, {other.id: mistake.answer})
                    except Exception:  # no program together
                        continue
                    yield _made(f"{mistake.id} in {other.id}", f"The slip is in the step that `{other.id}` is for. "
                                f"There: {mistake.hint}", answer)

    def _mutations(self) -> Iterator[Mistake]:
        """One thing done otherwise, in the solution or in another right answer."""
        callees = {probe.id: len(_arguments(probe)) for probe in self.others if _arguments(probe)}
        seen: set[str] = set()
        sources: list[tuple[str, Any]] = [(self.answers.solutions.get(self.probe.id, ""), None)]
        for variant in [*self.probe.variants, self.probe.reference]:
            if callable(variant):
                try:
                    sources.append((plain_source(variant, self.probe.id), variant))
                except (OSError, TypeError, AssertionError, ValueError):
                    continue
        made = [(one, variant) for source, variant in sources for one in mutations(source, callees)]
        for one, variant in sorted(made, key=lambda pair: pair[0].id in UNLIKELY):
            if one.source not in seen:
                seen.add(one.source)
                try:
                    with warnings.catch_warnings(action="ignore"):  # about programs that nobody wrote
                        answer = self._defined(one.source, variant)
                except Exception:  # no program any more
                    continue
                yield _made(one.id, f"These are the values that come out where {one.words} on the way.", answer)

    def _defined(self, source: str, variant: Any) -> Any:
        if variant is None:
            return self.answers.answer(self.probe.id, source)
        names = dict(getattr(variant, "__globals__", None) or vars(inspect.getmodule(variant)))
        exec(source, names)
        return names[self.probe.id]


def _made(id: str, hint: str, answer: Any) -> Mistake:
    return Mistake(answer, hint, id)


def _arguments(probe: Probe) -> list[str]:
    if not callable(probe.reference) or isinstance(probe.reference, type):
        return []
    return [name for name, one in inspect.signature(probe.reference).parameters.items()
            if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]


def _may_not_end(reference: Any) -> bool:
    """Whether there is a loop that runs until something holds."""
    try:
        return "while " in inspect.getsource(reference)
    except (OSError, TypeError):
        return True


def _with(reference: Callable[..., Any], k: int, become: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda *inputs: reference(*(become(one) if place == k else one for place, one in enumerate(inputs)))


def _exchanged(reference: Callable[..., Any], k: int, other: int) -> Callable[..., Any]:
    return lambda *inputs: reference(*(_stand_in(inputs, place, other if place == k else k if place == other else place)
                                       for place in range(len(inputs))))


def _put_for(reference: Callable[..., Any], k: int, other: int) -> Callable[..., Any]:
    return lambda *inputs: reference(*(_stand_in(inputs, place, other if place == k else place)
                                       for place in range(len(inputs))))


def _stand_in(inputs: Sequence[Any], place: int, taken: int) -> Any:
    """Another argument for one. A seed for a number of units would take all memory: such exchanges are left alone."""
    new, old = inputs[taken], inputs[place]
    if isinstance(new, int | np.integer) and isinstance(old, int | np.integer) and new > 100 * max(old, 1):
        raise ValueError("too large to be tried")
    return new
