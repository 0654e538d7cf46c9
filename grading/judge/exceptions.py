"""What an exception that stops every ordinary case says about the answer. Pure.

Each entry is a kind of exception that numpy or Python words in one way, and what it means to somebody who is learning.
Where no message is there to be read (the second look ships none), nothing is said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grading.judge.evidence import SIZES, Array, Evidence, Named

SHAPE = r"\((?:\d+,?\s*)+\)"


@dataclass(frozen=True)
class Meaning:
    """An exception's message (a regular expression), and the sentence: {0}, {1}, … are the groups of the message.

    `outside` are exceptions raised where the hidden test takes the answer apart, not in the student's own lines.
    """

    id: str
    message: str
    hint: str
    outside: bool = False


MEANINGS = (
    Meaning("truth_of_an_array", r"truth value of an array", "A whole array is asked for one yes or no, by `if`, "
            "`max`, `min`, `and` or `or`. `{exercise}` gets arrays: numpy's own functions look at each entry."),
    Meaning("one_number_only", r"only (?:length-1|0-dimensional|size-1) arrays can be converted|setting an array "
            r"element with a sequence", "An array stands where one number is needed. Functions of `math` and `float` "
            "take one number; numpy's take arrays."),
    Meaning("axis_missing", r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
            "Axis {0} is asked for, of an array that has {1} of them, counted from 0. How many axes do the arguments "
            "of `{exercise}` have?"),
    Meaning("too_many_indices", r"too many indices for array: array is (\d+)-dimensional, but (\d+) were indexed",
            "An array with {0} axes is indexed as if it had {1}. How many axes do the arguments of `{exercise}` have?"),
    Meaning("shape_index", r"tuple index out of range", "An axis is asked for that is not there: a shape has fewer "
            "lengths than its index says. How many axes do the arguments of `{exercise}` have?"),
    Meaning("float_for_a_count", r"object cannot be interpreted as an integer|slice indices must be integers|only "
            r"integers, slices", "A size or an index is no whole number: `/` always gives a float, `//` a whole "
            "number, and labels may need `astype(int)`."),
    Meaning("undefined_name", r"name '(\w+)' is not defined", "`{exercise}` uses the name `{0}`, which is neither one "
            "of its arguments nor defined in it. What it needs, it gets through its arguments."),
    Meaning("assigned_too_late", r"local variable '?(\w+)'? (?:referenced before assignment|where it is not)",
            "`{0}` is used before it has been given a value."),
    Meaning("sizes_of_a_product", rf"shapes ({SHAPE}) and ({SHAPE}) not aligned", "A matrix product is tried on shapes "
            "{0} and {1}. The columns of the first have to be as many as the rows of the second; `*` multiplies entry "
            "by entry."),
    Meaning("sizes_of_a_product", r"matmul: .*size (\d+) is different from (\d+)", "A matrix product does not fit: the "
            "inner lengths are {1} and {0}, and have to be the same. Which factor comes first, and is one of them "
            "transposed?"),
    Meaning("sizes_of_a_product", r"matmul: Input operand (\d) does not have enough dimensions", "`@` is a product of "
            "arrays, and one of the two factors is a single number: `*` multiplies by numbers."),
    Meaning("shapes_do_not_fit", r"non-broadcastable output operand with shape (\(.*?\)) doesn't match the broadcast "
            r"shape (\(.*?\))", "An array of shape {0} is changed in place by something that makes its shape {1}: one "
            "of the two has an axis too many."),
    Meaning("shapes_do_not_fit", rf"operands could not be broadcast together with shapes ({SHAPE}) ({SHAPE})",
            "Arrays of shapes {0} and {1} are put together entry by entry, and do not fit. Lengths are compared from "
            "the last axis on: they have to be equal, or 1."),
    Meaning("shapes_do_not_fit", rf"could not broadcast input array from shape ({SHAPE}) into shape ({SHAPE})",
            "An array of shape {0} is put where {1} has room."),
    Meaning("float_for_a_count", r"arrays used as indices must be of integer", "Floats are used as an index, which "
            "takes whole numbers. Is that one-hot rows, where labels are needed, or labels that want `astype(int)`?"),
    Meaning("shapes_of_an_index", rf"indexing arrays could not be broadcast together with shapes ({SHAPE}) ({SHAPE})",
            "Two indices of shapes {0} and {1} are used together. They have to have one shape: is one of them one-hot, "
            "where a label is needed?"),
    Meaning("index_out_of_bounds", r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
            "An index goes beyond axis {1} of an array. Along which axis does it count, and from 0 to what?"),
    Meaning("size_of_a_reshape", r"cannot reshape array of size (\d+) into shape (\(.*?\))", "A reshape to {1} is "
            "tried on {0} entries. A new shape has to hold as many entries as the old one."),
    Meaning("number_of_values", r"cannot unpack non-iterable", "`{exercise}` returns one value (or none), where "
            "several are asked for.", outside=True),
    Meaning("number_of_values", r"not enough values to unpack \(expected (\d+), got (\d+)\)", "`{exercise}` returns "
            "fewer values than the {0} that are asked for.", outside=True),
    Meaning("number_of_values", r"too many values to unpack \(expected (\d+)", "`{exercise}` returns more values than "
            "the {0} that are asked for.", outside=True),
    Meaning("more_than_asked", r"float\(\) argument must be .* not '(tuple|list)'", "`{exercise}` returns more than "
            "one value, where one number is asked for.", outside=True),
    Meaning("number_of_arguments", r"takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given|"
            r"missing \d+ required positional argument", "A function is called with another number of arguments than "
            "it has. Those of `{exercise}` are given in the notebook and have to stay."),
    Meaning("nothing_used", r"'NoneType'", "Something on the way is None: a function without a `return`, or a "
            "variable that is never given a value."),
    Meaning("missing_attribute", r"'(\w+)' object has no attribute '(\w+)'", "`{1}` is asked of a `{0}`, which does "
            "not have it."),
    Meaning("calls_itself", r"maximum recursion depth", "`{exercise}` calls itself without end."),
    Meaning("types_do_not_fit", r"unsupported operand type\(s\) for (\S+?):? '(\w+)' and '([\w.]+)'", "`{0}` does not "
            "work between a `{1}` and a `{2}`: is one of them a list, where an array is needed?"),
    Meaning("type_of_the_result", r"Cannot cast ufunc '\w+' output from dtype\('(\w+)'\) to dtype\('(\w+)'\)", "An "
            "array of whole numbers is changed in place by floats, which it cannot hold: build a new array."),
)


def stopped_with(evidence: Evidence) -> Named | None:
    """What the exceptions mean, where all ordinary cases were stopped by one kind."""
    errors = [evidence.given[i] for i in evidence.ordinary]
    if evidence.silent or not all(got.error and got.message for got in errors):
        return None
    for meaning in MEANINGS:
        found = [re.search(meaning.message, got.message) for got in errors]
        if all(found) and not (meaning.outside and any(got.inside for got in errors)):
            first = found[0]
            assert first is not None
            if (number := _written_in(evidence, [got.message for got in errors])) and _is_about_sizes(meaning):
                return Named(SIZES, f"A length of {number} turns up in every case, though no array that "
                                                f"`{evidence.probe.id}` gets is that long: a size seems to be written "
                                                "into it. Take sizes from the arguments.")
            words = [_with_names(group or "", evidence.arguments[evidence.ordinary[0]]) for group in first.groups()]
            return Named(meaning.id, meaning.hint.format(*words, exercise=evidence.probe.id))
    return None


def stops_on_other_shapes(evidence: Evidence, edge: Evidence) -> Named | None:
    """Where an argument has one shape in all ordinary cases, which are right, and others where an answer stops."""
    stopped = [i for i in edge.ordinary if edge.given[i].error]
    if evidence.silent or not all(edge.given[i].error in ("ValueError", "IndexError") for i in stopped):
        return None
    for name, value in evidence.arguments[evidence.ordinary[0]].items():
        def shape(i: int, name: str = name) -> tuple[int, ...]:
            return evidence.arguments[i][name].shape if name in evidence.arguments[i] else ()
        if value.ndim and {shape(i) for i in evidence.ordinary} == {value.shape} and all(
                shape(i) != value.shape for i in stopped):
            return Named("stops_on_other_shapes",
                         f"It stops for some shapes of `{name}` other than {value.shape}. Is a length taken along the "
                         "wrong axis, or written in as a number?")
    return None


def _is_about_sizes(meaning: Meaning) -> bool:
    return meaning.id.startswith(("size", "shapes", "index"))


def _written_in(evidence: Evidence, messages: list[str]) -> int | None:
    """A length in all messages that no argument of any case has, nor a product of its lengths."""
    numbers = [{int(digits) for digits in re.findall(r"\d+", message.partition(" in line ")[0])}
               for message in messages]
    everywhere: set[float] | None = None  # what could come of the sizes of each case
    for sizes in evidence.sizes:
        lengths = set(sizes.values())
        made = lengths | {a * b for a in lengths for b in lengths} | {a + b for a in lengths for b in lengths}
        everywhere = made if everywhere is None else everywhere & made
    lengths_met = {length for sizes in evidence.sizes for length in sizes.values()}
    shared = set.intersection(*numbers) - (everywhere or set()) - lengths_met - {0, 1, 2, 3}
    return int(min(shared)) if len(messages) > 2 and shared else None


def _with_names(group: str, arguments: Mapping[str, Array]) -> str:
    """A shape with the arguments that have it: "(5, 3) (like `target`)"."""
    if not re.fullmatch(SHAPE, group):
        return group[:60]
    shape = tuple(int(digits) for digits in re.findall(r"\d+", group))
    names = [f"`{name}`" for name, value in arguments.items() if value.shape == shape]
    return f"{shape} (like {' and '.join(names[:2])})" if names else str(shape)
