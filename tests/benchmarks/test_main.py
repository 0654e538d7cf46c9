"""What has been measured before stays until it is measured again."""

from benchmarks.__main__ import _renewed


def test_rows_of_one_set_replace_those_of_the_same_set_only() -> None:
    old = [{"set": "a", "cpu": 1}, {"set": "b", "cpu": 2}]
    assert _renewed(old, [{"set": "a", "cpu": 3}]) == [{"set": "b", "cpu": 2}, {"set": "a", "cpu": 3}]
    assert _renewed(None, [{"set": "a", "cpu": 3}]) == [{"set": "a", "cpu": 3}]


def test_stages_of_one_set_replace_those_of_the_same_set_only() -> None:
    assert _renewed({"a": 1, "b": 2}, {"a": 3}) == {"a": 3, "b": 2}
    assert _renewed(None, {"a": 3}) == {"a": 3}
