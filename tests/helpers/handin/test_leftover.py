"""Which lines are left over, and which answers are stubs still."""

import ast

import pytest

from helpers.handin.leftover import leftovers, nothing_written, without

LINE = 'raise NotImplementedError("4.1")'


def texts(source: str, given: str = "") -> list[str]:
    return [f"{one.first}: {one.text}" for one in leftovers(source, given)]


@pytest.mark.parametrize(("source", "found"), [
    (f"def f(x):\n    y = x\n    {LINE}", [f"3: {LINE}"]),
    (f"def f(x):\n    {LINE}\n    return x", [f"2: {LINE}"]),
    (f"def f(x):\n    {LINE}\n    return x\n    {LINE}", [f"2: {LINE}"]),
    (f"def f(x):\n    return x\n    {LINE}", []),
    (f"def f(x):\n    if x:\n        return x\n    else:\n        return 1\n    {LINE}", []),
    (f"def f(x):\n    if x:\n        return x\n    elif x > 1:\n        raise ValueError\n    else:\n        return 1\n    {LINE}", []),
    (f"def f(x):\n    with x:\n        return x\n    {LINE}", []),
    (f"def f(x):\n    while True:\n        return x\n    {LINE}", []),
    (f"def f(x):\n    try:\n        return x\n    except ValueError:\n        return 1\n    {LINE}", []),
    (f"def f(x):\n    if x:\n        return x\n    {LINE}", [f"4: {LINE}"]),
    ("def f(x):\n    if x:\n        return x\n    raise NotImplementedError", []),
    ("def f(x):\n    if x:\n        return x\n    raise NotImplementedError('what?')", []),
    ("def f(x):\n    y = x\n    raise NotImplementedError(f'{x}')", []),
    ("def f(x):\n    y = x\n    raise NotImplementedError()", ["3: raise NotImplementedError()"]),
    (f"def f(x):\n    if x == 3:\n        {LINE}\n    return x", []),
    (f"def f(x):\n    {LINE}", []),
    (f"def f(x):\n    '''Words.'''\n    pass\n    ...\n    {LINE}\n    return None", []),
    (f"class A:\n    def f(self):\n        self.x = 3\n        {LINE}\n\n    def g(self):\n        {LINE}", [f"4: {LINE}"]),
    (f"def f(x):\n    return x\n{LINE}", [f"3: {LINE}"]),
    (f"%time\ndef f(x):\n    y = x\n    {LINE}", [f"4: {LINE}"]),
    ("def f(x):\n    y = x\n    raise NotImplementedError(\n        '4.1')", ["3: raise NotImplementedError(…)"]),
    ("def f(x:", []), ("", []), ("(" * 5000, []), ("\0", []),
])
def test_a_line_is_left_over_where_it_is_reached_in_what_has_been_written(source: str, found: list[str]) -> None:
    assert texts(source) == found


def test_code_that_the_hand_out_gave_is_no_answer() -> None:
    given = f"class A:\n    def f(self):\n        self.x = 3\n        {LINE}\n\n    def g(self):\n        {LINE}"
    assert texts(given, given) == []
    assert texts(given.replace("3", "4"), given) == [f"4: {LINE}"]


@pytest.mark.parametrize(("source", "changed"), [
    (f"def f(x):\n    é = x  # a\n    {LINE}  # delete\n    return é", "def f(x):\n    é = x  # a\n    pass  # delete\n    return é"),
    (f"def f(x):\n    'é'; y = 'é'; {LINE}; z = 2\n    return y", "def f(x):\n    'é'; y = 'é'; pass; z = 2\n    return y"),
    ("def f(x):\n    y = x\n    raise NotImplementedError(\n        '4.1')\n    return y", "def f(x):\n    y = x\n    pass\n\n    return y"),
    (f"def f(x):\r\n    y = x\r\n    {LINE}\r\n    return y", "def f(x):\n    y = x\n    pass\n    return y"),
])
def test_without_it_every_line_keeps_its_number(source: str, changed: str) -> None:
    assert without(source, leftovers(source)) == changed
    assert ast.parse(changed).body[0].end_lineno == ast.parse(source).body[0].end_lineno


@pytest.mark.parametrize("body", ["pass", "...", "return None", "return", "raise NotImplemented", "raise NotImplemented('4.1')",
                                  "raise NotImplementedError", "'''Words.'''\n    pass", "pass\n    return None"])
def test_what_holds_no_code_is_not_written(body: str) -> None:
    assert nothing_written(f"import numpy as np\n\n\ndef f(x):\n    {body}\n", "f")


@pytest.mark.parametrize("source", [
    "def f(x):\n    return x", "def f(x):\n    x + 1", "def g(x):\n    pass", "def g(x):\n    return x\n\ndef f(x):\n    pass",
    "def f(x):\n    pass\n\nf = abs", "f = abs", "def f(x:", "", "a = None"])
def test_what_holds_code_is_written(source: str) -> None:
    assert not nothing_written(source, "f")


def test_a_class_is_not_written_while_its_methods_are_as_given_or_empty() -> None:
    given = "class A:\n    def __init__(self):\n        self.x = 3\n\n    def f(self):\n        raise NotImplementedError"
    assert nothing_written(given.replace("raise NotImplementedError", "pass"), "A", given)
    assert not nothing_written(given.replace("3", "4"), "A", given)
    assert not nothing_written(given.replace("raise NotImplementedError", "return 3"), "A", given)
