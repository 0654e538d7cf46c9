"""What an answer as a whole may be to the right one: nothing at all, one part of it, another exercise's. Pure."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from grading.judge.case_outcome import Outcome, run
from grading.judge.comparison import equal
from grading.judge.evidence import SIZES, Array, Evidence, Named, Part
from grading.judge.part_relations import Claim

LISTED = 4  # names in a sentence


def structure(evidence: Evidence) -> Named | None:
    """What came out is no answer in form: None, a function, one of several parts, more parts than are asked for."""
    name = evidence.probe.id
    shown = [(evidence.given[i], evidence.base[i]) for i in evidence.ordinary]
    kinds = [{leaf: (got.leaves[leaf].kind if leaf in got.leaves else "") for leaf in base.leaves}
             for got, base in shown]
    if all(list(got.leaves) == ["out"] and got.leaves["out"].kind == "NoneType" for got, _ in shown):
        return Named("returns_nothing", f"`{name}` returns nothing: what it works out needs a `return`, at the end of "
                                        "each way through it.")
    empty = [leaf for leaf in kinds[0] if all(kind.get(leaf) == "NoneType" for kind in kinds)]
    if empty and not any(got.error for got, _ in shown):
        labels = [Part(leaf, (), ()).label for leaf in empty[:LISTED]]
        verb = "is" if len(empty) == 1 else "are"
        return Named("returns_nothing", _sentence(f"{', '.join(labels)}{', …' if empty[LISTED:] else ''} {verb} None: "
                                                  "nothing has been worked out there yet."))
    if all(any(leaf.kind in ("function", "builtin_function_or_method", "method") for leaf in got.leaves.values())
           for got, _ in shown):
        return Named("returns_function", f"`{name}` returns a function where numbers are asked for: call it, and "
                                         "return what it gives.")
    return (_other_names(evidence, shown) or _too_few(evidence, shown) or _too_many(evidence, shown)
            or _argument_for_parts(evidence, shown) or _entry_not_taken(evidence, shown))


def _entry_not_taken(evidence: Evidence, shown: Sequence[tuple[Outcome, Outcome]]) -> Named | None:
    """A whole array comes back, of which an argument says which entry is asked for."""
    if any(list(got.leaves) != ["out"] or list(base.leaves) != ["out"] for got, base in shown):
        return None
    for name in evidence.arguments[evidence.ordinary[0]]:
        def holds(i: int, name: str = name) -> bool:
            place = evidence.arguments[i].get(name)
            got, base = evidence.given[i].leaves["out"].value, evidence.base[i].leaves["out"].value
            return (place is not None and place.ndim == 0 and place.dtype.kind in "iu" and got is not None
                    and base is not None and got.ndim == base.ndim + 1 and 0 <= int(place) < len(got)
                    and evidence.agrees(got[int(place)], base))
        if all(holds(i) for i in evidence.ordinary):
            return Named("entry_not_taken", f"All of an array comes back. The entry that `{name}` says is right, and "
                                            "is what is asked for.")
    return None


def _argument_for_parts(evidence: Evidence, shown: Sequence[tuple[Outcome, Outcome]]) -> Named | None:
    """An argument comes back where several values are asked for."""
    asked = len(shown[0][1].leaves)
    if asked < 2 or any(list(got.leaves) != ["out"] for got, _ in shown):
        return None
    given = {i: evidence.given[i].leaves["out"].value for i in evidence.ordinary}
    for name in evidence.arguments[evidence.ordinary[0]]:
        if all(value is not None and name in evidence.arguments[i]
               and evidence.agrees(value, evidence.arguments[i][name]) for i, value in given.items()):
            return Named("returns_argument", f"The argument `{name}` comes back, just as it came in. {asked} values "
                                             "are asked for.")
    return None


def length_written_in(evidence: Evidence) -> Named | None:
    """An axis is as long in every case, while no argument is, nor what is asked for."""
    if evidence.silent or evidence.probe.free_shapes:
        return None
    shown = [(evidence.given[i], evidence.base[i]) for i in evidence.ordinary]
    for leaf in shown[0][1].leaves:
        shapes = [(got.leaves[leaf].shape if leaf in got.leaves else (), base.leaves[leaf].shape)
                  for got, base in shown if leaf in base.leaves]
        met = {length for _, base in shapes for length in base} | {
            int(size) for i in evidence.ordinary for size in evidence.sizes[i].values() if size.is_integer()}
        shared = set.intersection(*({*got} for got, _ in shapes)) - met - {0, 1, 2, 3}
        if shared and len(shapes) > 2:
            return Named(SIZES, f"What comes back has an axis of length {min(shared)} in every case, "
                                            f"though no array that `{evidence.probe.id}` gets is that long: a size "
                                            "seems to be written into it. Take sizes from the arguments.")
    return None


def _other_names(evidence: Evidence, shown: Sequence[tuple[Outcome, Outcome]]) -> Named | None:
    """All values are right, in their order, but some have names that nobody asked for."""
    asked, given = list(shown[0][1].leaves), list(shown[0][0].leaves)
    if len(asked) != len(given) or asked == given or any(list(got.leaves) != given for got, _ in shown):
        return None
    if not all(_same_leaf(evidence, got, mine, base, leaf) for got, base in shown
               for mine, leaf in zip(given, asked, strict=True)):
        return None
    pairs = [(Part(mine, (), ()).label, Part(leaf, (), ()).label) for mine, leaf in zip(given, asked, strict=True)]
    wanted = ", ".join(label for mine, label in pairs[:LISTED] if mine != label)  # no name that an answer chose itself
    return Named("other_names", "The values are right, but some come under names that are not asked for. Asked for: "
                                f"{wanted}{', …' if pairs[LISTED:] else ''}.")


def _too_few(evidence: Evidence, shown: Sequence[tuple[Outcome, Outcome]]) -> Named | None:
    asked = list(shown[0][1].leaves)
    if len(asked) > 1 and all(list(got.leaves) == ["out"] for got, _ in shown):
        for leaf in asked:
            if all(_same_leaf(evidence, got, "out", base, leaf) for got, base in shown):
                label = Part(leaf, (), ()).label
                return Named("one_part_only", f"Only {label} comes back, and it is right. {len(asked)} values are "
                                              "asked for.")
    for part in dict.fromkeys(leaf.split(".")[1] for leaf in asked if leaf.count(".") > 1):  # a list of arrays, say
        of_it = {leaf: f"out.{leaf.split('.', 2)[2]}" for leaf in asked if leaf.startswith(f"out.{part}.")}
        if all(list(got.leaves) == list(of_it.values()) for got, _ in shown) and all(
                _same_leaf(evidence, got, mine, base, leaf) for got, base in shown for leaf, mine in of_it.items()):
            return Named("one_part_only", f"Only {Part(f'out.{part}', (), ()).label} comes back, and it is right. "
                                          "Other values are asked for beside it.")
    missing = [leaf for leaf in asked if all(leaf not in got.leaves and got.leaves for got, _ in shown)]
    there = [leaf for leaf in asked if leaf not in missing]
    if missing and there and all(_same_leaf(evidence, got, leaf, base, leaf) for got, base in shown for leaf in there):
        labels = [Part(leaf, (), ()).label for leaf in missing[:LISTED]]
        return Named("part_missing", f"What comes back is right, as far as it goes. Missing: {', '.join(labels)}"
                                     f"{', …' if missing[LISTED:] else ''}.")
    return None


def _too_many(evidence: Evidence, shown: Sequence[tuple[Outcome, Outcome]]) -> Named | None:
    asked = next((leaf for leaf in shown[0][1].leaves if not all(_same_leaf(evidence, got, leaf, base, leaf)
                                                                 for got, base in shown)), "")
    if not asked or any(asked not in base.leaves or got.error for got, base in shown):
        return None
    for number in range(4):
        def is_there(got: Outcome, base: Outcome, number: int = number) -> bool:
            whole = got.leaves.get(asked)
            if whole is None:
                return _same_leaf(evidence, got, f"{asked}.{number}", base, asked)
            expected = base.leaves[asked].value
            return (whole.kind in ("tuple", "list") and whole.value is not None and expected is not None
                    and whole.value.ndim == expected.ndim + 1 and len(whole.value) > max(number, 1)
                    and evidence.agrees(whole.value[number], expected))
        if all(is_there(got, base) for got, base in shown):
            label, where = Part(f"out.{number}", (), ()).label, Part(asked, (), ()).label
            return Named("more_than_asked", _sentence(f"{label} is right{' as ' + where if where else ''}, but one "
                                                      "value is asked for and more come back."))
    return None


def _same_leaf(evidence: Evidence, got: Outcome, name: str, base: Outcome, other: str) -> bool:
    a, b = got.leaves.get(name), base.leaves.get(other)
    return (a is not None and b is not None and a.value is not None and b.value is not None
            and evidence.agrees(a.value, b.value))


def part_is_elsewhere(evidence: Evidence, part: Part, parts: Sequence[Part]) -> Iterator[Claim]:
    """A part is what another part should be, an argument as it came in, or the same whatever comes in."""
    i = evidence.ordinary[0]
    for other in parts:
        if other.name != part.name and _varies([other.base[k] for k in evidence.ordinary]):
            yield Claim("parts_exchanged", f"what {other.label} should be",
                        lambda k, other=other: evidence.agrees(part.given[k], other.base[k]))  # type: ignore[misc]
    for name, value in evidence.arguments[i].items():
        if value.shape == part.given[i].shape and _varies([arguments.get(name, np.zeros(()))
                                                           for arguments in evidence.arguments]):
            yield Claim("returns_argument", f"the argument `{name}`, just as it came in",
                        lambda k, name=name: name in evidence.arguments[k]  # type: ignore[misc]
                        and evidence.agrees(part.given[k], evidence.arguments[k][name]))
    given = [part.given[k] for k in evidence.ordinary]
    first = given[0]
    if first.size and len(given) > 2 and _varies([part.base[k] for k in evidence.ordinary]) and (
            all(value.size and np.all(value == first.flat[0]) for value in given)
            or all(value.shape == first.shape and np.array_equal(value, first) for value in given)):
        yield Claim("constant_answer", "the same in every case, whatever comes in",
                    lambda k: bool(part.given[k].size) and part.given[k].flat[0] == first.flat[0])


def _varies(values: Sequence[Array]) -> bool:
    """Whether these are more than one number told over and over."""
    flat = np.concatenate([np.ravel(value) for value in values]) if values else np.zeros(0)
    return bool(np.unique(flat).size > 2)


def sister_answer(evidence: Evidence) -> Named | None:
    """The answer of another exercise with the same arguments."""
    for name, reference in evidence.probe.sisters:
        first = True
        for i in evidence.ordinary:
            outcome = run(evidence.probe, reference, evidence.cases[i])
            if outcome.error or not equal(evidence.probe, evidence.cases[i], evidence.given[i], outcome):
                break
            if first and all(equal(evidence.probe, evidence.cases[k], evidence.base[k], outcome)
                             for k in evidence.ordinary):
                break
            first = False
        else:
            return Named("sister_answer", f"These are the values of `{name}`, another exercise of this set: "
                                          f"`{evidence.probe.id}` is asked for here.")
    return None


def square_only(evidence: Evidence) -> Named | None:
    """Right where an argument has as many rows as columns, and nowhere else."""
    def square(i: int, name: str) -> bool:
        value = evidence.arguments[i].get(name)
        return value is not None and value.ndim == 2 and value.shape[0] == value.shape[1] > 1

    def right(i: int) -> bool:
        return equal(evidence.probe, evidence.cases[i], evidence.given[i], evidence.base[i])
    if any(right(i) for i in evidence.ordinary):
        return None
    for group in dict.fromkeys(case.group for case in evidence.cases if case.group != "ordinary"):
        inside = [i for i, case in enumerate(evidence.cases) if case.group == group]
        for name in evidence.arguments[inside[0]]:
            if all(square(i, name) and right(i) for i in inside) and not any(square(i, name)
                                                                             for i in evidence.ordinary):
                return Named("square_only", f"Right where `{name}` has as many rows as columns, and only there: "
                                            "somewhere rows and columns are taken for each other.")
    return None


def other_the_second_time(evidence: Evidence) -> Named | None:
    """The same inputs come twice, and their values differ."""
    for i, k in combinations(range(len(evidence.cases)), 2):
        one, other = evidence.given[i], evidence.given[k]
        twice = evidence.cases[i].inputs is evidence.cases[k].inputs and one.leaves.keys() == other.leaves.keys()
        if twice and one.leaves and not equal(evidence.probe, evidence.cases[i], one, other):
            return Named("other_the_second_time", "The same arguments give other values the second time. Is something "
                                                  "drawn at random, or kept from one call to the next?")
    return None


def changes_argument(evidence: Evidence) -> Named | None:
    """The values are right, but the caller's arrays are no longer what they were."""
    changed = sorted({name for got in evidence.given for name in got.changed})
    if not changed:
        return None
    names = " and ".join(f"`{name}`" for name in changed)
    return Named("changes_argument", f"The values are right, but `{evidence.probe.id}` overwrites its argument "
                                     f"{names}, which the caller may still need: work on a copy, or build a new array.")


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
