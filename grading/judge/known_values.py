"""What the instructor's answers give on the inputs of one exercise, each computed once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from grading.judge.case_outcome import Outcome, run
from grading.judge.cases import Case
from grading.probes.model import Answer, Probe


@dataclass(frozen=True)
class KnownValues:
    """Outcomes of the reference and of known mistakes, kept: an answer may be judged twice, and one class of inputs
    may serve many answers."""

    probe: Probe
    cases: Sequence[Case]
    kept: dict[tuple[int, int], tuple[Answer, Outcome]] = field(default_factory=dict)  # an answer kept keeps its id

    def of(self, answer: Answer, i: int) -> Outcome:
        """What an answer gives on the i-th case."""
        key = id(answer), id(self.cases[i].inputs)  # a case may be there twice
        if key not in self.kept:
            self.kept[key] = answer, run(self.probe, answer, self.cases[i])
        return self.kept[key][1]

    def all_of(self, answer: Answer) -> list[Outcome]:
        """What an answer gives on every case."""
        return [self.of(answer, i) for i in range(len(self.cases))]
