"""Stand-ins of a hidden test find what stands beside an answer."""

from typing import Any

import pytest

from helpers.probe import partner


class Neighbour:
    """A class in a module that can be imported."""


def test_a_partner_is_looked_for_where_the_answer_was_written() -> None:
    notebook: dict[str, Any] = {"__name__": "a_notebook"}
    exec("def first(): pass\ndef second(): pass", notebook)
    assert partner(notebook["first"], "second") is notebook["second"]
    assert partner(Neighbour, "pytest") is pytest
    with pytest.raises(NameError, match="third is not defined"):
        partner(notebook["first"], "third")


def test_partners_of_a_class_made_from_a_text_stand_around_its_methods() -> None:
    names: dict[str, Any] = {"__name__": "no_such_module", "Linear": int}
    exec("class Layer:\n    def forward(self, x):\n        return x", names)
    assert partner(names["Layer"], "Linear") is int
    with pytest.raises(NameError, match="ReLU is not defined"):
        partner(names["Layer"], "ReLU")
