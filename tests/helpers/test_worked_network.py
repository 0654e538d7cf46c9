"""The worked network's numbers are the catalogue's, or each student's own: lively, and the same every time."""

import inspect

import numpy as np
import pytest

from helpers import worked_network
from helpers.worked_network import WorkedNetwork, numbers

STUDENTS = [f"student{number}" for number in range(300)]


def values(network: WorkedNetwork) -> tuple[bytes, bytes, bytes, int]:
    return network.alpha.tobytes(), network.beta.tobytes(), network.x.tobytes(), network.label


def test_without_a_student_it_is_the_network_of_the_text() -> None:
    network = numbers(None)
    assert network.alpha.tolist() == [[1, 1, 2, -3, 0, 1, -3], [1, 2, 1, 1, 1, 0, 2], [1, 3, 2, 2, 2, 2, 1],
                                      [1, 2, 0, 3, 1, -2, 2]]
    assert network.beta.tolist() == [[1, 1, 2, -2, 3], [1, 2, -1, 3, 1], [1, 3, 1, -1, 1]]
    assert network.x.tolist() == [1, 0, 1, 0, 1, 1]
    assert network.y.tolist() == [0, 0, 1]


def test_a_student_gets_the_same_numbers_every_time_and_nobody_else_s() -> None:
    assert values(numbers("ada")) == values(numbers("ada"))
    assert len({values(numbers(student)) for student in STUDENTS}) == len(STUDENTS)


@pytest.mark.parametrize("student", ["", "ada lovelace", "ÅSA", "🦊", "a" * 500])
def test_any_name_is_a_name(student: str) -> None:
    assert numbers(student).alpha.shape == (4, 7)


def test_drawn_networks_are_small_integers_and_never_saturated() -> None:
    for network in map(numbers, STUDENTS):
        assert network.alpha.shape == (4, 7)
        assert network.beta.shape == (3, 5)
        for matrix in (network.alpha, network.beta):
            assert np.array_equal(matrix, np.round(matrix))
            assert np.abs(matrix).max() <= 3
        assert set(network.x) == {0.0, 1.0}
        assert network.x[3] == 0
        assert np.ptp(network.beta[:, 1:], axis=0).all()
        a = network.alpha @ [1, *network.x]
        assert 1 <= np.abs(a).min() <= np.abs(a).max() <= 5
        assert a.min() < 0 < a.max()
        b = network.beta @ [1, *(1 / (1 + np.exp(-a)))]
        probabilities = np.exp(b) / np.exp(b).sum()
        assert probabilities.min() > 0.0005
        assert -np.log(probabilities[network.label]) > 0.05


def test_labels_and_guesses_vary() -> None:
    assert {numbers(student).label for student in STUDENTS[:40]} == {0, 1, 2}


def test_the_module_holds_no_forward_pass() -> None:
    source = inspect.getsource(worked_network)
    assert not any(word in source for word in ("exp", "tanh", "log("))
