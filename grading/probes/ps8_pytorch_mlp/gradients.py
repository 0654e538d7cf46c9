"""The gradients of one sample's loss in numpy, held to the 1e-10 that the text promises."""

from typing import Any

import numpy as np
import torch
from numpy.random import Generator
from torch import nn

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import Array


def _sample(rng: Generator) -> Inputs:
    """A network of four widths; the two hidden ones differ."""
    sizes = rng.permutation([3, 4, 5, 6]).tolist()
    shapes = list(zip(sizes[:-1], sizes[1:], strict=True))
    return {"sample": rng.normal(size=sizes[0]), "label": int(rng.integers(sizes[-1])),
            "weights": [rng.normal(size=shape) for shape in shapes], "biases": [rng.normal(size=n) for _, n in shapes]}


def gradients(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> tuple[list[Array], list[Array]]:
    """Automatic differentiation in float64."""
    W = [torch.tensor(w, requires_grad=True) for w in weights]
    b = [torch.tensor(c, requires_grad=True) for c in biases]
    z = torch.tensor(sample)
    for layer, (w, c) in enumerate(zip(W, b, strict=True)):
        z = (torch.sigmoid(z) if layer else z) @ w + c
    nn.functional.cross_entropy(z[None], torch.tensor([label])).backward()
    return [w.grad.numpy() for w in W], [c.grad.numpy() for c in b]


def gradients_by_rows(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample[None, :]]
    for W, b in zip(weights, biases, strict=True):
        outs.append(np.tanh((outs[-1] @ W + b) / 2) / 2 + 0.5)
    z = outs[-2] @ weights[-1] + biases[-1]
    error = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    error[0, label] -= 1
    dW: Any = []
    db: Any = []
    for out, W in zip(outs[-2::-1], weights[::-1], strict=True):
        dW.append(out.T @ error)
        db.append(error[0])
        error = error @ W.T * out * (1 - out)
    return dW[::-1], db[::-1]


def gradients_by_layers(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    h1 = 1 / (1 + np.exp(-(sample @ weights[0] + biases[0])))
    h2 = 1 / (1 + np.exp(-(h1 @ weights[1] + biases[1])))
    z = h2 @ weights[2] + biases[2]
    d3 = np.exp(z) / np.sum(np.exp(z)) - (np.arange(len(z)) == label)
    d2 = weights[2] @ d3 * h2 * (1 - h2)
    d1 = weights[1] @ d2 * h1 * (1 - h1)
    return (np.outer(sample, d1), np.outer(h1, d2), np.outer(h2, d3)), (d1, d2, d3)


PROBE = Probe(
    "gradients", gradients,
    cases={"ordinary": Cases(_sample)},
    points=(Point("the gradients that automatic differentiation finds", 0.75),),
    unchanged=0.25,
    rtol=1e-10,
    atol=1e-10,
    slips=[
        Slip("slope_at_the_activation", "delta = (W @ delta) * a * (1 - a)",
             "s = 1 / (1 + np.exp(-a))\n        delta = (W @ delta) * s * (1 - s)",
             "The slope of the sigmoid is taken at a value that has been through it already. What went into the "
             "unit?"),
        Slip("slope_missing", " * a * (1 - a)", "",
             "The last layer is right. On the way back the error passes the sigmoids as if they were not there."),
        Slip("sign_flipped", "delta[label] -= 1", "delta = np.eye(len(delta))[label] - delta",
             "Every sign is the other way round: more of the right logit makes the loss smaller."),
        Slip("updated_on_the_way", "(W @ delta)", "((W - 0.1 * weight_gradients[0]) @ delta)",
             "The last layer is right. The layers below it see weights that have moved already: take all gradients "
             "first."),
        Slip("last_layer_first",
             "weight_gradients.insert(0, np.outer(a, delta))\n        bias_gradients.insert(0, delta)",
             "weight_gradients.append(np.outer(a, delta))\n        bias_gradients.append(delta)",
             "The gradients of the last layer come first in your lists; the order should be that of the weights."),
        Slip("biases_left_out",
             "activations.append(1 / (1 + np.exp(-(activations[-1] @ W + b))))\n"
             "    z = activations[-1] @ weights[-1] + biases[-1]",
             "activations.append(1 / (1 + np.exp(-(activations[-1] @ W))))\n    z = activations[-1] @ weights[-1]",
             "The forward pass inside leaves the biases out, so every gradient is taken at another place."),
    ],
    variants=[gradients_by_rows, gradients_by_layers],
)
