"""Written answers: cells that assign names, judged once and to four decimals."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from grading.probes.model import Cases, Mistake, Point, Probe

DECIMALS = Decimal("0.0001")
HALF_A_UNIT = 5e-5 * (1 + 1e-9)  # a tie is half a unit away from both neighbours, and floats add a little


def box(id: str, answers: Mapping[str, Any], points: Sequence[Point], mistakes: Sequence[Mistake] = (),
        variants: Sequence[Mapping[str, Any]] = ()) -> Probe:
    """A cell that assigns the names in `answers`: numbers, tuples, or sets of ints for multiple choice."""
    return Probe(id, reference=lambda: dict(answers), cases={"ordinary": Cases(lambda rng: {}, 1)}, points=points,
                 mistakes=mistakes, variants=variants, rtol=0.0, atol=HALF_A_UNIT)


def number_box(id: str, name: str, exact: float, worth: float, mistakes: Sequence[Mistake] = ()) -> Probe:
    """A cell that assigns one number. Any answer within half a unit of the fourth decimal is right.

    Rounding in a wrong way is a mistake of its own wherever it leads to another number.
    """
    known = [*mistakes, *_wrong_roundings(name, exact, {float(m.answer[name]) for m in mistakes
                                                        if isinstance(m.answer, Mapping)})]
    return box(id, {name: exact}, [Point("the number, to four decimals", worth, part=name)], known,
               variants=[{name: exact}, {name: rounded(exact)}])


def rounded(exact: float, rounding: str = ROUND_HALF_UP) -> float:
    """Four decimals; by default half-up, so that 0.12345 becomes 0.1235 (`round` and numpy would say 0.1234)."""
    return float(Decimal(repr(float(exact))).quantize(DECIMALS, rounding))


def _wrong_roundings(name: str, exact: float, taken: set[float]) -> list[Mistake]:
    """Always up, and cut off, where they are not right by accident."""
    hints = {"rounded_up": (ROUND_CEILING, "Close: this looks rounded upwards. The fifth decimal decides: 5 or more "
                                           "goes up, anything less goes down."),
             "cut_off": (ROUND_DOWN, "Close: the digits after the fourth decimal have been cut off. The fifth decimal "
                                     "decides whether the fourth goes up.")}
    wrong = []
    for id, (rounding, hint) in hints.items():
        value = rounded(exact, rounding)
        if abs(value - exact) > HALF_A_UNIT and value not in taken:
            taken.add(value)
            wrong.append(Mistake({name: value}, hint, id))
    return wrong
