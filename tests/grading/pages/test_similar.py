"""Who wrote alike is found among those who did not, and the page accuses nobody."""

import random
import re

import pytest
from click.testing import CliRunner
from copydetect import CodeFingerprint, compare_files

from grading.cli.main import main
from grading.course.assignment import load_assignment
from grading.course.folder import Course
from grading.pages import similar as page
from grading.pages.pseudonyms import pseudonym
from grading.pages.similar import BETWEEN, find_pairs, shorten
from tests import toy

NAMES = ["alpha", "beta", "gamma", "delta", "kappa", "rho", "tau", "zeta", "omega", "sigma"]
STEPS = ["{0} = [v * {1} for v in x if v > {2}]", "while {0} < {1}:\n        {0} += len(x) // {2}", "{0}, {3} = sorted(x)[{1}], max(x[::{2}])",
         "if {1} in x or {2} in x:\n        x.append({0} ** {1})", "for {0} in range({1}, {2}):\n        x[{0}] -= {3} * {1}",
         "{0} = {{k: str(v) for k, v in enumerate(x[{1}:])}}", "try:\n        {0} = int(x[{1}])\n    except ValueError:\n        {0} = {2}",
         "assert all(v != {1} for v in x), '{0}'", "{0} = lambda q: q * {1} + {2} - len(x)", "with open('{0}') as {3}:\n        x += {3}.readlines({1})"]


def program(seed: int, length: int = 14) -> str:
    """Something that nobody else would write so."""
    rng = random.Random(seed)
    lines = [rng.choice(STEPS).format(rng.choice(NAMES), rng.randint(2, 99), rng.randint(2, 99), rng.choice(NAMES)) for _ in range(length)]
    return "def double(x):\n" + "\n".join(f"    {line}" for line in lines)


def renamed(code: str) -> str:
    return re.sub("|".join(NAMES), lambda found: found[0][::-1] + "_", code).replace("    ", "  ")


CLASS = {f"s{number:02d}": program(number) for number in range(20)}


def test_a_renamed_copy_is_found_and_nobody_else() -> None:
    pairs = find_pairs({**CLASS, "copy": renamed(CLASS["s07"])}, known="")
    assert [pair.students for pair in pairs] == [("copy", "s07")]
    assert min(pairs[0].shares) > 0.8


def test_in_an_honest_class_there_are_no_pairs() -> None:
    assert find_pairs(CLASS, known="") == []


def test_code_of_the_hand_out_or_the_solution_says_nothing() -> None:
    given = program(100, 30)
    assert find_pairs({student: given + "\n" + code for student, code in CLASS.items()}, known=given) == []
    assert find_pairs({"a": given, "b": given, **CLASS}, known=given) == []


def test_what_many_write_says_nothing_about_two() -> None:
    idiom = program(200, 10)
    shared = {student: f"{code}\n{idiom if number < 8 else ''}" for number, (student, code) in enumerate(CLASS.items())}
    assert find_pairs(shared, known="") == []


def test_a_line_that_two_have_in_common_is_chance() -> None:
    line = "    y = sorted(x)[:7] + [v * 3 for v in x if v > 41]\n"
    known = program(100, 30)
    assert find_pairs({**CLASS, "a": known + "\n" + line, "b": known + "\n" + line}, known=known) == []


def test_a_class_with_padded_answers_is_cut_to_what_can_be_compared_the_longest_first() -> None:
    codes = {**{student: BETWEEN.join([code, "x = 1"]) for student, code in CLASS.items()},
             "padded": BETWEEN.join(["y = 2", "z = 3\n" * 100_000]), "twice": BETWEEN.join(["z = 3\n" * 50_000, "z = 3\n" * 50_000])}
    cut = shorten(codes, room=60_000)
    assert sum(len(code) - code.count(BETWEEN) for code in cut.values()) <= 60_000
    assert {student for student in codes if codes[student] != cut[student]} == {"padded", "twice"}
    assert cut["padded"].startswith("y = 2" + BETWEEN + "z = 3")
    assert max(len(part) for part in cut["twice"].split(BETWEEN)) == max(len(part) for part in cut["padded"].split(BETWEEN)) > 10_000
    assert shorten(codes) == codes


def test_each_code_is_read_once_and_few_pairs_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    read, compared = [], []
    monkeypatch.setattr(page, "CodeFingerprint", lambda *given, **named: read.append(1) or CodeFingerprint(*given, **named))
    monkeypatch.setattr(page, "compare_files", lambda *given: compared.append(1) or compare_files(*given))
    find_pairs({**CLASS, "copy": renamed(CLASS["s07"])}, known="")
    assert len(read) == len(CLASS) + 2
    assert len(compared) < len(CLASS)


def test_what_is_common_is_left_out_however_often_somebody_writes_it() -> None:
    idiom = program(200, 10)
    shared = {student: f"{code}\n{idiom * (1 + number % 3)}" for number, (student, code) in enumerate(CLASS.items())}
    assert find_pairs(shared, known="") == []


def test_the_page_says_whose_answers_were_cut(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "ROOM", 4000)
    for student in ("ada", "ben", "cy"):
        toy.submit(course, student, {**toy.SOLUTION, "double": program(3) + ("\n    x = 1" * 2000 if student == "ben" else "")})
    path, _ = page.write_similar(course, load_assignment(course, toy.NAME), names=True)
    assert "Of the longest answers only the beginnings were, those of\nben: look at these yourself." in path.read_text()


def test_only_answers_with_something_in_common_are_shown() -> None:
    alone = {"a": "# centre\nreturn x - x.mean()\n", "b": "# centre\nwhile True: pass\n"}
    [found] = find_pairs({**CLASS, **{name: code + BETWEEN + program(500) for name, code in alone.items()}}, known="")
    for code in found.codes:
        assert "centre" not in code
        assert re.sub("</?mark>", "", code).count("def double(x):") == 1


def test_empty_answers_are_not_alike() -> None:
    assert find_pairs({"a": "", "b": "", "c": "# toy\n"}, known="") == []


def test_what_is_shared_is_marked_and_everything_is_escaped() -> None:
    evil = program(300) + "\n    note = '<script>alert(1)</script>'"
    [pair] = find_pairs({**CLASS, "a": evil, "b": evil}, known="")
    for code in pair.codes:
        assert "<script" not in code
        assert "&lt;script&gt;" in code
        assert re.sub("</?mark>", "", code).count("def double(x):") == 1
        assert code.count("<mark>") == code.count("</mark>") >= 1


def similar(course: Course, *words: str) -> tuple[str, str]:
    done = CliRunner().invoke(main, ["similar", toy.NAME, "--root", str(course.root), *words])
    assert done.exit_code == 0, done.output
    return done.output, (course.root / "reports" / f"{toy.NAME}-similar.html").read_text()


def test_the_page_shows_both_sides_by_pseudonym_and_names_on_request(course: Course) -> None:
    for student, code in {**CLASS, "ada": program(400), "ben": renamed(program(400))}.items():
        toy.submit(course, student, {"double": code})
    toy.submit_text(course, "cut", "{")
    said, page = similar(course)
    assert said.startswith("1 pair to look at: ")
    assert f"{pseudonym(course, 'ada')} and {pseudonym(course, 'ben')}" in page
    assert not re.search(r"\b(ada|ben)\b", page)
    assert "ada and ben" in similar(course, "--names")[1]


def test_the_words_never_accuse(course: Course) -> None:
    for student in ("ada", "ben"):
        toy.submit(course, student, {"double": program(1)})
    _, page = similar(course)
    assert "a reason to look, not a finding" in page
    assert not re.search(r"plagiar|cheat|copied|suspect|guilt|fraud", page, re.IGNORECASE)


@pytest.mark.parametrize("count", [0, 1])
def test_one_submission_alone_is_like_nobodys(course: Course, count: int) -> None:
    for number in range(count):
        toy.submit(course, f"s{number}", toy.SOLUTION)
    done = CliRunner().invoke(main, ["similar", toy.NAME, "--root", str(course.root)])
    assert done.exit_code == 1
    assert f"There are {count} readable submissions of {toy.NAME}; two are needed." in done.output
