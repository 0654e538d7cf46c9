"""Reference answers of ps8, each by another road than the notebook's solution; mistakes and variants build on them.

The network is written with plain matrices, training as gradient steps by hand, and evaluation in numpy.
"""

from typing import Any

import numpy as np
import torch
from torch import nn

Array = np.ndarray


class MLP(nn.Module):  # type: ignore[misc]
    """Matrices and vectors in a list; no nn.Linear, no nn.ReLU."""

    def __init__(self) -> None:
        super().__init__()
        sizes = (784, 256, 128, 64, 10)
        shapes = [shape for a, b in zip(sizes[:-1], sizes[1:], strict=True) for shape in ((b, a), (b,))]
        self.weights = nn.ParameterList([nn.Parameter(torch.zeros(shape)) for shape in shapes])

    def forward(self, x: Any) -> Any:
        z = x.reshape(len(x), -1)
        for layer in range(4):
            if layer:
                z = z.clamp(min=0)
            z = torch.einsum("nd,hd->nh", z, self.weights[2 * layer]) + self.weights[2 * layer + 1]
        return z


def train_one_epoch(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    """Gradients from torch.autograd.grad, the step of plain descent by hand."""
    model.train()
    [group] = optimizer.param_groups
    losses = []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        slopes = torch.autograd.grad(loss, group["params"])
        with torch.no_grad():
            for weight, slope in zip(group["params"], slopes, strict=True):
                weight -= group["lr"] * slope
        losses.append(loss.item())
    return float(np.mean(losses))


def evaluate(model: Any, loader: Any, loss_fn: Any) -> tuple[float, float]:
    """All batches as one."""
    x, y = (torch.cat(parts) for parts in zip(*loader, strict=True))
    logits = _logits(model, x)
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    rows = np.arange(len(y))
    return float(-np.mean(log_p[rows, y.numpy()])), float(np.mean(logits.argmax(axis=1) == y.numpy()))


def predict_probabilities(model: Any, images: Any) -> Any:
    logits = _logits(model, images)
    return torch.from_numpy(np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)))


def predictions(model: Any, images: Any) -> Any:
    ordered = predict_probabilities(model, images).sort(dim=1)
    return ordered.indices[:, -1], ordered.values[:, -1]


def _logits(model: Any, x: Any) -> Array:
    """The model's output in evaluation mode as float64, without a graph; the mode is put back."""
    mode = model.training
    model.eval()
    with torch.inference_mode():
        logits = model(x).double().numpy()
    model.train(mode)
    return np.asarray(logits)


def gradients(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> tuple[list[Array], list[Array]]:
    """Automatic differentiation in float64."""
    W = [torch.tensor(w, requires_grad=True) for w in weights]
    b = [torch.tensor(c, requires_grad=True) for c in biases]
    z = torch.tensor(sample)
    for layer, (w, c) in enumerate(zip(W, b, strict=True)):
        z = (torch.sigmoid(z) if layer else z) @ w + c
    nn.functional.cross_entropy(z[None], torch.tensor([label])).backward()
    return [w.grad.numpy() for w in W], [c.grad.numpy() for c in b]
