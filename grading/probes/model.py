"""What a hidden test consists of: inputs, an independent reference, named points, and the mistakes it knows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from numpy.random import Generator

Inputs = dict[str, Any]
Draw = Callable[[Generator], Inputs]
Observe = Callable[[Inputs, Any], Any]
Use = Callable[..., Any]
Answer = Callable[..., Any] | Mapping[str, Any]  # a function or class, or the names that a box assigns


def total(points: Iterable[float]) -> float:
    """A sum of points such as 0.1, of which three make 0.3 and not 0.30000000000000004."""
    return round(fsum(points), 9)


@dataclass(frozen=True)
class Cases:
    """`count` inputs drawn by `draw(rng)`; each is a dict whose values are the arguments, in order."""

    draw: Draw
    count: int = 4

    def drawn(self, index: int, rng: Generator) -> Inputs:
        """The inputs of one case."""
        return self.draw(rng)


@dataclass(frozen=True)
class Each:
    """One case for each of these draws: for what every student is to meet."""

    draws: Sequence[Draw]

    @property
    def count(self) -> int:
        return len(self.draws)

    def drawn(self, index: int, rng: Generator) -> Inputs:
        """The inputs of one case."""
        return self.draws[index](rng)


@dataclass(frozen=True)
class Catches:
    """What an answer that is itself a test is to tell apart: implementations of the exercise `exercise`.

    Right ones are its reference, its model answer and those of its variants in `right`; wrong ones are some of its
    slips, each with the idea of it in a few words ("one that does not sum to 1"), the most obvious one first.
    `accepting` is the worth of calling all right ones right, and not the first slip too; `catching` that of each slip.
    Stopping with an exception is as good as calling an implementation wrong.
    """

    exercise: str
    right: Sequence[Callable[..., Any]]
    slips: Mapping[str, str]
    accepting: float
    catching: float


@dataclass(frozen=True)
class Point:
    """A part of the credit that has a name.

    It is earned when every case of `group` is right, looking only at the leaf `part` of the answer ("" means all).
    Groups other than "ordinary" are edge cases: they count only when an ordinary point of the exercise is earned,
    so that an answer that is wrong everywhere cannot collect them by accident. `scaled` is what is left of it where an
    array is right but for a positive factor: a gradient that was summed and not averaged has the right direction.
    """

    name: str
    worth: float
    group: str = "ordinary"
    part: str = ""
    scaled: float = 0.0


@dataclass(frozen=True)
class Slip:
    """A wrong answer that people really give, as an edit of the model answer, and the one hint that helps.

    The model answer is the solution in the source notebook's answer cell. Its text `old`, which must occur there
    exactly once, becomes `new`.
    """

    id: str
    old: str
    new: str
    hint: str


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that is no edit of the model answer, and the one hint that helps.

    `answer` is a function or class with the exercise's interface, named after the mistake; in a box it is the dict of
    wrongly assigned names. `source` is its text in an answer cell, where it was made from a text (see `edits`), and
    `edit` what was done to the model answer.
    """

    answer: Answer
    hint: str
    name: str = ""
    source: str = ""
    edit: Slip | None = None

    @property
    def id(self) -> str:
        return self.name or getattr(self.answer, "__name__", "")


def mistake(hint: str) -> Callable[[Callable[..., Any]], Mistake]:
    """A decorator for a wrong function or class: the hint stands right above it."""
    return lambda answer: Mistake(answer, hint)


@dataclass(frozen=True)
class Probe:
    """A hidden test. The id is the exercise's name and the answer cell's grade_id.

    `use(answer, *inputs)` says how an answer is tried when one plain call is not enough: a class, or a function that
    works on objects. Its source is run in the sandbox, with `np` and `partner` as the only names it knows.
    `observe(inputs, answer)` turns an answer (a dict of arrays, say) into the quantity that is compared, where more
    than one answer is right; `observed` is what a student reads about it.

    A slip is used three times: to recognise a mistake, to prove (`course verify`) that the hidden test catches and
    names it, and to count it over a class. When a problem set is loaded, all slips become whole answers, and `misfits`
    gets a sentence for each that does not fit its solution; `further` are wrong answers that nobody wrote down, made
    when they are looked at, and `sisters` the right answers of the set's other exercises with the same arguments.

    An answer that `catches` wrong implementations gets its cases and points when the set is loaded.

    `no_relations` are ids of relations (`docs/mistakes.md`) that are not worth saying, or not true, of this exercise.
    """

    id: str
    reference: Callable[..., Any]
    cases: Mapping[str, Cases | Each]
    points: Sequence[Point]
    unchanged: float = 0.0  # worth of leaving the arguments as they were
    slips: Sequence[Slip | Mistake] = ()
    variants: Sequence[Answer] = ()
    rtol: float = 5e-6
    atol: float = 5e-8
    use: Use | None = None
    observe: Observe | None = None
    observed: str = "value"
    free_shapes: bool = False  # the number of dimensions is fixed, the sizes are the student's choice
    no_relations: Sequence[str] = ()
    catches: Catches | None = None
    misfits: Sequence[str] = ()
    further: Iterable[Mistake] = ()
    sisters: Sequence[tuple[str, Callable[..., Any]]] = ()

    @property
    def mistakes(self) -> list[Mistake]:
        """The slips as whole answers. Raises ValueError before the problem set is loaded, while some are edits."""
        if edits := [slip.id for slip in self.slips if isinstance(slip, Slip)]:
            raise ValueError(f"{self.id}: the slip {edits[0]!r} is an edit of a solution that has not been read yet; "
                             "load the problem set with grading.probes.loading.load.")
        return [slip for slip in self.slips if isinstance(slip, Mistake)]

    @property
    def max_points(self) -> float:
        return total([*(point.worth for point in self.points), self.unchanged])


@dataclass(frozen=True)
class ProblemSet:
    """All hidden tests of one notebook.

    `imports` are libraries that the set needs beside numpy and matplotlib. A set that is `from_scratch` reports
    work that an answer leaves to a library. `personal(student)` gives the same exercises with other numbers, for
    courses that switch this on.
    """

    name: str
    probes: Sequence[Probe]
    imports: tuple[str, ...] = ()
    from_scratch: bool = True
    personal: "Callable[[str], ProblemSet] | None" = None

    def find(self, probe_id: str) -> Probe:
        """The probe of an exercise; raises KeyError when there is none."""
        for probe in self.probes:
            if probe.id == probe_id:
                return probe
        raise KeyError(probe_id)
