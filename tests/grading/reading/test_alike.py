"""Answers that are alike stand together."""

from hypothesis import given
from hypothesis import strategies as st

from grading.reading.alike import ALIKE, chain, likeness


def test_equal_texts_are_neighbours_whatever_their_capitals_blanks_and_signs() -> None:
    texts = {"a": "It is linear.", "b": "Numbers grow without bound, says he", "c": "it  is LINEAR", "d": "It is (linear)!"}
    order = chain(texts)
    assert {order.index("a"), order.index("c"), order.index("d")} in ({0, 1, 2}, {1, 2, 3})
    assert likeness(texts["a"], texts["c"]) == 100.0


def test_one_changed_word_is_nearly_the_same_and_another_text_is_not() -> None:
    one = "the error of a unit is the sum over all units above of error times weight times slope"
    assert ALIKE <= likeness(one, one.replace("sum", "total")) < 100.0
    assert likeness(one, "I have no idea, sorry") < ALIKE / 2


def test_families_are_not_mixed() -> None:
    families = {"x": "alpha beta gamma delta epsilon zeta", "y": "one two three four five six", "z": "red green blue white black grey"}
    texts = {f"{family}{number}": f"{words} {number}" for number in range(5) for family, words in families.items()}
    order = "".join(name[0] for name in chain(texts))
    assert sorted(order[start:start + 5] for start in (0, 5, 10)) == ["xxxxx", "yyyyy", "zzzzz"]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.text(max_size=60), max_size=12))
def test_everybody_is_in_the_order_once(texts: dict[str, str]) -> None:
    assert sorted(chain(texts)) == sorted(texts)
