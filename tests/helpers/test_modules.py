"""The base class says who has not been written yet; parameters are drawn as the text of ps5 says."""

import numpy as np
import pytest

from helpers.modules import Module, init_params


class Half(Module):
    def forward(self, x: float) -> float:
        return x / 2


def test_calling_a_module_runs_its_forward_pass() -> None:
    assert Half()(3.0) == 1.5


def test_what_is_not_written_is_named() -> None:
    with pytest.raises(NotImplementedError, match=r"^Half\.backward$"):
        Half().backward(1.0)
    with pytest.raises(NotImplementedError, match=r"^Module\.forward$"):
        Module()(1.0)


def test_parameters_are_uniform_weights_first_and_decided_by_the_seed() -> None:
    np.random.seed(4)
    weights, biases = init_params(50, 16)
    np.random.seed(4)
    both = np.random.uniform(-0.25, 0.25, 51 * 16)
    np.testing.assert_array_equal(np.concatenate([weights.ravel(), biases.ravel()]), both)
    assert (weights.shape, biases.shape) == ((50, 16), (1, 16))
