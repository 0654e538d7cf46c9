"""What relations are looked for in: the parts of an answer on every case, beside what they are compared with. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from grading.judge.case_outcome import Outcome
from grading.judge.cases import Case, Sizes
from grading.judge.comparison import near, observe, part_label
from grading.probes.model import Probe

Array = np.ndarray[Any, Any]
SIZES = "sizes_written_in"  # seen in the source, in an exception, in the values or on arguments of those sizes


@dataclass(frozen=True)
class Named:
    """What an answer is called, and the sentence that a student reads."""

    id: str
    hint: str


@dataclass(frozen=True)
class Part:
    """One part of an answer on every case: what came out, and what it is compared with."""

    name: str
    given: Sequence[Array]
    base: Sequence[Array]

    @property
    def label(self) -> str:
        """What a student calls it: `dW1`, the second value."""
        return part_label(self.name)


@dataclass(frozen=True)
class Evidence:
    """An answer's outcomes on all cases, beside those of the right answer, or of a known mistake.

    When `silent`, nothing that a student's process may choose freely gets into a sentence: no exception's words, and no
    length but those of the exercise.
    """

    probe: Probe
    cases: Sequence[Case]
    given: Sequence[Outcome]
    base: Sequence[Outcome]
    group: str = "ordinary"
    silent: bool = False

    @cached_property
    def ordinary(self) -> list[int]:
        """Which cases are of the group that is looked at: what is said has to hold on all of these."""
        return [i for i, case in enumerate(self.cases) if case.group == self.group]

    @cached_property
    def arguments(self) -> list[dict[str, Array]]:
        """The numeric arguments of each case, by name: `x`, `weights[0]`."""
        return [case.arrays for case in self.cases]

    @cached_property
    def sizes(self) -> list[Sizes]:
        """The sizes among the arguments of each case, by their names in words."""
        return [case.sizes for case in self.cases]

    def parts(self) -> list[Part] | None:
        """The parts that are asked for; None where one of them did not come out as numbers on an ordinary case."""
        if self.probe.observe is not None and self.probe.observed != "value":
            return self._observed()
        names = [name for name, leaf in self.base[self.ordinary[0]].leaves.items() if leaf.value is not None]
        found = []
        for name in names:
            pairs = [(_value(got, name), _value(base, name)) for got, base in zip(self.given, self.base, strict=True)]
            if any(pairs[i][0] is None or pairs[i][1] is None for i in self.ordinary):
                return None
            nothing = np.full((), np.nan)
            found.append(Part(name, [nothing if a is None else a for a, _ in pairs],
                              [nothing if b is None else b for _, b in pairs]))
        return found

    def _observed(self) -> list[Part] | None:
        """Where more than one answer is right: the one quantity that is compared, if it can be had."""
        seen: list[tuple[Array, Array]] = []
        for i, case in enumerate(self.cases):
            both = []
            for outcome in (self.given[i], self.base[i]):
                fits = not outcome.error and self.base[i].leaves.keys() <= outcome.leaves.keys() and all(
                    outcome.leaves[name].value is not None for name in self.base[i].leaves)
                values = observe(self.probe, case, outcome) if fits else ""
                if isinstance(values, str) or set(values) != {"out"}:
                    if case.group == self.group:
                        return None
                    values = {"out": np.full((), np.nan)}
                both.append(np.asarray(values["out"]))
            seen.append((both[0], both[1]))
        return [Part("out", [got for got, _ in seen], [base for _, base in seen])]

    def agrees(self, got: Array, expected: Array) -> bool:
        """Whether two arrays are the same, in form and within the tolerance of the exercise."""
        return got.shape == expected.shape and bool(near(self.probe, got, expected).all())

    def wrong(self, part: Part) -> bool:
        """Whether a part is not what it is compared with on some ordinary case."""
        return not all(self.agrees(part.given[i], part.base[i]) for i in self.ordinary)


def _value(outcome: Outcome, name: str) -> Array | None:
    leaf = outcome.leaves.get(name)
    return None if leaf is None or leaf.value is None or leaf.kind == "set" else leaf.value


def subject(probe: Probe, parts: Sequence[Part], all_of_them: bool) -> str:
    """The beginning of a sentence about these parts: "`dW1` and `dW2` are"."""
    if probe.observe is not None and probe.observed != "value":
        return f"{probe.observed[0].upper()}{probe.observed[1:]} is"
    if len(parts) == 1:
        label = parts[0].label or ("your value" if all(value.ndim == 0 for value in parts[0].given) else "")
        return f"{label[0].upper()}{label[1:]} is" if label else "Your values are"
    if all_of_them:
        return "All your values are"
    labels = [part.label for part in parts]
    listed = f"{', '.join(labels[:-1])} and {labels[-1]} are"
    return listed[0].upper() + listed[1:]
