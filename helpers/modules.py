"""What ps5's library starts from: the base class of its modules, and how a linear layer's parameters are drawn."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Module:
    """A step of a computation that can be walked forwards and backwards.

    `forward` computes outputs from inputs and remembers what `backward` will need; `backward` takes the gradient with
    respect to the outputs and returns the gradient with respect to the inputs. Calling a module runs `forward`.
    """

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Outputs for these inputs. Raises NotImplementedError until a subclass writes it."""
        raise NotImplementedError(f"{type(self).__name__}.forward")

    def backward(self, *gradients: Any, **options: Any) -> Any:
        """Gradient with respect to the last inputs. Raises NotImplementedError until a subclass writes it."""
        raise NotImplementedError(f"{type(self).__name__}.backward")

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        return self.forward(*inputs, **options)


def init_params(n_in: int, n_out: int) -> tuple[Array, Array]:
    """Weights (n_in, n_out), then biases (1, n_out), both uniform between −1/√n_out and 1/√n_out.

    Draws from numpy's global generator, so that `np.random.seed` decides what comes out.
    """
    bound = 1 / np.sqrt(n_out)
    weights = np.random.uniform(-bound, bound, (n_in, n_out))
    biases = np.random.uniform(-bound, bound, (1, n_out))
    return weights, biases
