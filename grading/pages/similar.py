"""Which submissions are alike beyond what everybody writes: pairs for a person to look at, never a verdict.

Fingerprints by winnowing (copydetect, after Schleimer, Wilkerson and Aiken 2003) of the answer cells alone. What stands
in the hand-out, in the solution, or in many submissions says nothing about two of them and is left out.
"""

import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from copy import copy
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path
from statistics import median
from typing import Any

from copydetect import CodeFingerprint, compare_files
from copydetect.utils import get_token_coverage
from markupsafe import Markup, escape

from grading.course.assignment import Assignment
from grading.course.folder import Course
from grading.course.headings import notebook_title
from grading.errors import CourseError
from grading.handin.collect import collect
from grading.handin.intake import read_answers
from grading.pages.html import write_page
from grading.pages.pseudonyms import pseudonym

LENGTH, WINDOW = 25, 4  # characters of filtered code in a fingerprint; of how many one is kept
COMMON = 0.2  # a fingerprint that a larger share of the class has, and at least FEW, is how one writes it
FEW = 5
LEAST = 0.3  # of somebody's own code
UNUSUAL = 4.0  # robust standard deviations above the class
LEAST_SHARED = 4 * LENGTH  # characters of filtered code: a line or two are alike by chance
BETWEEN = "\f"  # two answers; whitespace to Python
MOST_PAIRS = 40
ROOM = 3_000_000  # characters of a class that are compared: telling them apart takes most of the time


@dataclass(frozen=True)
class Pair:
    """Two submissions; `shares` say how much of each one's own code stands in the other's too."""

    students: tuple[str, str]
    shares: tuple[float, float]
    codes: tuple[Markup, Markup]


def write_similar(course: Course, assignment: Assignment, names: bool) -> tuple[Path, int]:
    """Write reports/PROBLEM_SET-similar.html; the page and the number of pairs on it.

    Raises CourseError when fewer than two submissions can be read.
    """
    codes = dict(_codes(course, assignment))
    if len(codes) < 2:
        raise CourseError(f"There are {len(codes)} readable submissions of {assignment.name}; two are needed.")
    known = "\n".join([*_answers(assignment, {}), *_answers(assignment, assignment.solutions)])
    pairs = find_pairs(shortened := shorten(codes), known)
    shown = {student: student if names else pseudonym(course, student) for student in codes}
    path = course.root / "reports" / f"{assignment.name}-similar.html"
    write_page(path, "similar.html.j2", title=notebook_title(assignment.notebook, assignment.name), pairs=pairs,
               count=len(codes), shown=shown, named=names,
               cut=[student for student, code in codes.items() if shortened[student] != code])
    return path, len(pairs)


def _codes(course: Course, assignment: Assignment) -> Iterator[tuple[str, str]]:
    for student in course.students(assignment.name):
        submission = read_answers(collect(course.root / "submitted" / student / assignment.name, assignment.name),
                                  assignment)
        if not submission.problem:
            yield student, BETWEEN.join(_answers(assignment, submission.answers))


def _answers(assignment: Assignment, given: Mapping[str, str]) -> list[str]:
    """The code cells students write in, in order, with what is `given` in them."""
    cells = assignment.with_answers(dict(given)).cells
    return [f"# {name}\n{cells[number].source}\n".replace(BETWEEN, "\n") for name, number in assignment.answers.items()
            if cells[number].cell_type == "code"]


def shorten(codes: Mapping[str, str], room: int | None = None) -> dict[str, str]:
    """The codes, with the ends of the longest answers left out where all together are longer than that."""
    room = ROOM if room is None else room
    if sum(map(len, codes.values())) <= room:
        return dict(codes)
    lengths = sorted(len(answer) for code in codes.values() for answer in code.split(BETWEEN))
    longest, left = 0, room
    for place, length in enumerate(lengths):  # the most that all may have
        longest = left // (len(lengths) - place)
        if length > longest:
            break
        left -= length
    return {student: BETWEEN.join(answer[:longest] for answer in code.split(BETWEEN))
            for student, code in codes.items()}


def find_pairs(codes: Mapping[str, str], known: str) -> list[Pair]:
    """Pairs whose own code is unusually alike, the most alike first. `known` is code that everybody has."""
    first = {student: _print(code) for student, code in codes.items()}
    owners = Counter(one for prints in first.values() for one in prints.hashes)
    common = {one for one, count in owners.items() if count >= max(FEW, COMMON * len(codes))}
    boilerplate = common | _print(known).hashes
    prints = {student: _without(one, boilerplate) for student, one in first.items()}
    found = {pair: shares for pair in _sharing(prints) if (shares := _shares(prints, pair))}
    pairs = len(codes) * (len(codes) - 1) // 2
    usual = [*map(max, found.values()), *[0.0] * (pairs - len(found))]
    middle = median(usual)
    bar = max(LEAST, middle + UNUSUAL * 1.4826 * median(abs(one - middle) for one in usual))
    alike = sorted(((pair, shares) for pair, shares in found.items() if max(shares) >= bar),
                   key=lambda item: (-max(item[1]), item[0]))
    return [Pair(pair, shares, _marked(prints, pair)) for pair, shares in alike[:MOST_PAIRS]]


def _print(code: str) -> Any:
    return CodeFingerprint("answers.py", LENGTH, WINDOW, fp=io.StringIO(code))


def _without(whole: Any, boilerplate: Set[int]) -> Any:
    """The same fingerprints but for these: to read the code again would take as long as the first time."""
    own = copy(whole)
    own.hash_idx = {one: places for one, places in whole.hash_idx.items() if one not in boilerplate}
    own.hashes = set(own.hash_idx)
    own.token_coverage = get_token_coverage(own.hash_idx, LENGTH, len(whole.filtered_code))
    return own


def _sharing(prints: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs that may have enough in common, so that a large class does not compare everybody with everybody."""
    having: defaultdict[int, list[str]] = defaultdict(list)
    for student in sorted(prints):
        for one in prints[student].hashes:
            having[one].append(student)
    most: Counter[tuple[str, str]] = Counter()
    for one, students in having.items():
        for first, second in combinations(students, 2):
            most[first, second] += LENGTH * min(len(prints[first].hash_idx[one]), len(prints[second].hash_idx[one]))
    return sorted(pair for pair, shared in most.items() if shared >= LEAST_SHARED)


def _shares(prints: Mapping[str, Any], pair: tuple[str, str]) -> tuple[float, float] | None:
    first, second = (prints[student] for student in pair)
    if not first.token_coverage or not second.token_coverage:
        return None
    shared, (one, other), _ = compare_files(first, second)
    return (min(1.0, float(one)), min(1.0, float(other))) if shared >= LEAST_SHARED else None


def _marked(prints: Mapping[str, Any], pair: tuple[str, str]) -> tuple[Markup, Markup]:
    """Of both, the answers in which they share something, with that marked; everything escaped."""
    first, second = (prints[student] for student in pair)
    _, _, (mine, theirs) = compare_files(first, second)
    return _mark(first.raw_code, mine), _mark(second.raw_code, theirs)


def _mark(code: str, slices: Any) -> Markup:
    shared = [False] * len(code)
    for start, end in zip(*([int(place) for place in row] for row in slices), strict=True):
        shared[start:min(end, len(code))] = [True] * (min(end, len(code)) - start)
    parts: list[Markup] = []
    begin = 0
    for answer in code.split(BETWEEN):
        end = begin + len(answer)
        if any(shared[begin:end]):
            for here, run in groupby(range(begin, end), key=shared.__getitem__):
                text = escape("".join(code[place] for place in run))
                parts.append(Markup("<mark>{}</mark>").format(text) if here else text)
            parts.append(Markup("\n"))
        begin = end + len(BETWEEN)
    return Markup("").join(parts)
