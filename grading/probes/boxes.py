"""Written answers: cells that assign names, judged once and to four decimals."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from grading.probes.model import Cases, Mistake, Point, Probe

DECIMALS = Decimal("0.0001")
HALF_A_UNIT = 5e-5 * (1 + 1e-9)  # a tie is half a unit away from both neighbours, and floats add a little


def box(id: str, answers: Mapping[str, Any], points: Sequence[Point], slips: Sequence[Mistake] = (),
        variants: Sequence[Mapping[str, Any]] = ()) -> Probe:
    """A cell that assigns the names in `answers`: numbers, tuples, or sets of ints for multiple choice."""
    return Probe(id, reference=lambda: dict(answers), cases={"ordinary": Cases(lambda rng: {}, 1)}, points=points,
                 slips=slips, variants=variants, rtol=0.0, atol=HALF_A_UNIT)


def choice(id: str, name: str, right: set[int], worth: float, slips: Sequence[tuple[str, set[int], str]]) -> Probe:
    """One multiple-choice question; `slips` are sets that people choose, each with its hint."""
    return box(id, {name: right}, [Point("the choice", worth, part=name)],
               [Mistake({name: chosen}, hint, mistake) for mistake, chosen, hint in slips], [{name: sorted(right)}])


def wrong(id: str, *, hint: str, **answers: Any) -> Mistake:
    """A wrong answer of a box, by the names it assigns."""
    return Mistake(answers, hint, id)


def number_box(id: str, name: str, exact: float, worth: float, slips: Sequence[Mistake] = ()) -> Probe:
    """A cell that assigns one number. Any answer within half a unit of the fourth decimal is right.

    Rounding in a wrong way is a mistake of its own wherever it leads to another number.
    """
    known = [*slips, *_wrong_roundings(name, exact, {float(m.answer[name]) for m in slips
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
