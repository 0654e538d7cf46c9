"""What one bad (or merely unusual) submission is, and the two answers that attacks are fitted to."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from textwrap import indent

WRONG = ("wrong", "mistake")
STOPPED = ("error",)
WRONG_OR_STOPPED = ("wrong", "mistake", "error")
TIMEOUT = ("timeout",)
ENDED = ("timeout", "error")
RIGHT = ("right",)
MALFORMED = ("malformed",)
MISSING = ("missing",)
BOTH = ("ps2_softmax_jacobian", "ps5_modular_layers")
BREACH = "BREACH"  # what an attack prints when it got where it must not get


@dataclass(frozen=True)
class Places:
    """Where an attack would like to get, made ready for it: all of it must be as it was afterwards."""

    course: Path
    outside: Path  # a folder of the host that is no part of the course
    port: int  # of a listener on 127.0.0.1
    abstract: str  # name of a listening abstract UNIX socket


@dataclass(frozen=True)
class Target:
    """An answer that is attacked."""

    exercise: str
    wrong: str
    head: str  # the line before an answer's body, whose argument is x
    shape: str  # of a right value

    def answering(self, body: str) -> str:
        """An answer that does `body` whenever it is called with x."""
        return f"{self.head}\n{indent(body, '    ')}"


# Nothing else in the set uses the first ones; the last ones are for attacks that harm whatever comes later.
EARLY = {
    "ps2_softmax_jacobian": Target("softmax_batch", "def softmax_batch(Z):\n    return np.zeros_like(Z)",
                                   "def softmax_batch(x):", "np.shape(x)"),
    "ps5_modular_layers": Target(
        "finite_difference_check", "def finite_difference_check(module, x):\n    return 0.0",
        "def finite_difference_check(module, x):", "()"),
}
LATE = {
    "ps2_softmax_jacobian": Target(
        "cross_entropy_grad", "def cross_entropy_grad(z, label):\n    return np.zeros_like(z)",
        "def cross_entropy_grad(x, label):", "np.shape(x)"),
    "ps5_modular_layers": Target(
        "train_network",
        "def train_network(model, dataset, num_epoch, learning_rate, batch_size, seed):\n    return {}",
        "def train_network(x, *others):", "()"),
}


@dataclass(frozen=True)
class Attack:
    """One submission, and what must become of it.

    `code` stands in the attacked answer's cell. In it, $WRONG is a wrong answer, $RIGHT the right one; `answer` is the
    body of an answer that runs whenever the test calls it. $NAME, $SET, $COURSE, $OUTSIDE, $PORT, $ABSTRACT, $SHAPE (of
    a right value) and $CELL (the cell's number) are filled in. `mutate` changes the hand-in on disk. `others` gives
    further answers. `rest` says who else keeps full marks: "all", "earlier" (nothing is said about later ones) or
    "none" (they all get nothing); where it is empty, all do, and for a `late` attack the earlier ones.
    """

    name: str
    code: str = "$RIGHT"
    answer: str = ""
    mutate: Callable[[Path, Places], None] | None = None
    others: Callable[[dict[str, str]], dict[str, str]] | None = None
    full: bool = False
    kinds: tuple[str, ...] = WRONG
    rest: str = ""
    late: bool = False  # aim at one of the last answers of the set, because what comes later may be harmed
    exercise: str = ""  # another answer than the usual one
    sets: tuple[str, ...] = BOTH[:1]  # those of the sample are tried on both
    hint: str = ""  # words that must stand in the hint
    note: str = ""  # words that must stand in the notes
    student: str = ""  # another student id than the attack's name
    prints: str = ""  # words that must be among what the notebook printed

    @property
    def spares(self) -> str:
        """Who else keeps full marks: "all", "earlier" or "none"."""
        return self.rest or ("earlier" if self.late else "all")

    def target(self, problem_set: str) -> Target:
        """The answer that is attacked."""
        return (LATE if self.late else EARLY)[problem_set]

    def attacked(self, problem_set: str) -> str:
        """The exercise that is attacked."""
        return self.exercise or self.target(problem_set).exercise

    def source(self, problem_set: str, right: str, cell: int, places: Places) -> str:
        """What stands in the attacked answer's cell, which has the number `cell`."""
        target = self.target(problem_set)
        given = self.code.strip("\n") if self.code != "$RIGHT" or not self.answer else ""
        text = "\n".join(part for part in (given, target.answering(self.answer.strip("\n")) if self.answer else "") if part)
        # In two steps, because what is filled in may hold dollar signs of its own.
        return Template(text).safe_substitute(
            WRONG=target.wrong, RIGHT=right, NAME=self.attacked(problem_set), SET=problem_set,
            COURSE=str(places.course), OUTSIDE=str(places.outside), PORT=str(places.port), ABSTRACT=places.abstract, SHAPE=target.shape, CELL=str(cell))
