"""A network of four linear layers with ReLU, whatever it is made of: the weights are put in from outside."""

from typing import Any

import numpy as np
import torch
from numpy.random import Generator
from torch import nn

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import TOLERANCE, drawn_seed


def _images(rng: Generator) -> Inputs:
    N = int(rng.choice([3, 5]))
    return {"images": rng.normal(size=(N, 28, 28)), "labels": rng.integers(10, size=N), "seed": drawn_seed(rng)}


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


def use_mlp(MLP: Any, images: np.ndarray, labels: np.ndarray, seed: int) -> dict[str, Any]:
    """The network with weights drawn from `seed`, on images with and without an axis for channels.

    The eight shapes that are asked for all differ, so a weight is put where its shape is found, whatever the name and
    the order. `gradients` are sums of squares; what cannot be had is nan.
    """
    import torch
    shapes = [(256, 784), (256,), (128, 256), (128,), (64, 128), (64,), (10, 64), (10,)]
    model, draw = MLP(), torch.Generator().manual_seed(seed)
    found = {tuple(p.shape): p for p in model.parameters()}
    with torch.no_grad():
        for p in model.parameters():
            p.fill_(0.01)
        for shape in shapes:
            drawn = torch.randn(shape, generator=draw) * (2 / shape[-1] if len(shape) == 2 else 0.1) ** 0.5
            if shape in found:
                found[shape].copy_(drawn)
    x = torch.from_numpy(images).float()
    sizes = sorted([*p.shape, 0, 0][:2] for p in model.parameters())
    logits = model(x)
    try:
        with_channel = model(x[:, None]).detach().numpy()
    except (RuntimeError, ValueError, IndexError):
        with_channel = np.full(tuple(logits.shape), np.nan)
    gradients = np.full(len(shapes), np.nan)
    try:
        torch.nn.functional.cross_entropy(logits, torch.from_numpy(labels)).backward()
        slopes = [found[shape].grad if shape in found else None for shape in shapes]
        gradients = np.array([np.nan if slope is None else float((slope**2).sum()) for slope in slopes])
    except (RuntimeError, ValueError):
        pass
    return {"sizes": np.array(sizes), "logits": logits.detach().numpy(), "channel": with_channel,
            "gradients": gradients}


def network_of_parts() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(784, 256), nn.ReLU()),
                         nn.Sequential(nn.Linear(256, 128), nn.ReLU()), nn.Sequential(nn.Linear(128, 64), nn.ReLU()),
                         nn.Linear(64, 10))


class LayersInAnotherOrder(nn.Module):  # type: ignore[misc]
    """Layers made from the last to the first, activations as a function."""

    def __init__(self) -> None:
        super().__init__()
        self.out = nn.Linear(64, 10)
        self.three, self.two, self.one = nn.Linear(128, 64), nn.Linear(256, 128), nn.Linear(784, 256)

    def forward(self, images: Any) -> Any:
        x = images.view(images.shape[0], -1)
        for layer in (self.one, self.two, self.three):
            x = torch.relu(layer(x))
        return self.out(x)


LAYERS = ("nn.Flatten(), nn.Linear(784, 256), nn.ReLU(),\n"
          "                                    nn.Linear(256, 128), nn.ReLU(),\n"
          "                                    nn.Linear(128, 64), nn.ReLU(),\n"
          "                                    nn.Linear(64, 10)")

PROBE = Probe(
    "MLP", MLP,
    cases={"ordinary": Cases(_images, 1)},
    points=(Point("weights and biases of the sizes asked for", 1.5, part="sizes"),
            Point("logits of images (N, 28, 28)", 2.5, part="logits"),
            Point("logits of images (N, 1, 28, 28)", 1, part="channel"),
            Point("gradients reach every weight", 1, part="gradients")),
    use=use_mlp,
    slips=[
        Slip("softmax_at_the_end", "nn.Linear(64, 10)", "nn.Linear(64, 10), nn.Softmax(dim=1)",
             "The network ends in probabilities. CrossEntropyLoss wants logits and applies softmax itself, so it "
             "would be applied twice."),
        Slip("log_softmax_at_the_end", "nn.Linear(64, 10)", "nn.Linear(64, 10), nn.LogSoftmax(dim=1)",
             "The network ends in logarithms of probabilities. CrossEntropyLoss takes that logarithm itself: end "
             "with the last linear layer."),
        Slip("relu_on_the_output", "nn.Linear(64, 10)", "nn.Linear(64, 10), nn.ReLU()",
             "A ReLU follows the last layer, so no logit can be negative, and one that is stuck at zero gets no "
             "gradient. Logits stay as they are."),
        Slip("without_activations", LAYERS, LAYERS.replace(" nn.ReLU(),", ""),
             "Nothing stands between the linear layers, so all of them together are one linear map."),
        Slip("one_relu_missing", "nn.Linear(128, 64), nn.ReLU()", "nn.Linear(128, 64)",
             "Two linear layers follow each other without an activation. Each of the three hidden layers has its "
             "own."),
        Slip("sigmoids", LAYERS, LAYERS.replace("ReLU", "Sigmoid"),
             "The sizes are right, and the hidden layers use sigmoids. ReLU was asked for."),
        Slip("leaky_relus", LAYERS, LAYERS.replace("ReLU", "LeakyReLU"),
             "The hidden layers let a little of negative inputs through. The plain ReLU was asked for."),
        Slip("activation_before_the_layer", LAYERS,
             "nn.Flatten(), nn.ReLU(), nn.Linear(784, 256),\n"
             "                                    nn.ReLU(), nn.Linear(256, 128),\n"
             "                                    nn.ReLU(), nn.Linear(128, 64),\n"
             "                                    nn.Linear(64, 10)",
             "The activations come one layer too early: the first acts on pixels, and the last hidden layer has "
             "none."),
        Slip("hidden_layers_of_one_width", LAYERS, LAYERS.replace("128", "256").replace("64", "256"),
             "All hidden layers have the same width here. The text asks for 256, then 128, then 64."),
        Slip("one_layer_too_few",
             "nn.Linear(128, 64), nn.ReLU(),\n                                    nn.Linear(64, 10)",
             "nn.Linear(128, 10)",
             "There are two hidden layers. The third one, with 64 units, is missing."),
        Slip("without_biases", LAYERS,
             "nn.Flatten(), nn.Linear(784, 256, bias=False), nn.ReLU(),\n"
             "                                    nn.Linear(256, 128, bias=False), nn.ReLU(),\n"
             "                                    nn.Linear(128, 64, bias=False), nn.ReLU(),\n"
             "                                    nn.Linear(64, 10, bias=False)",
             "The layers have no biases. Each unit should have one."),
        Slip("rows_taken_for_samples", "nn.Flatten(), nn.Linear(784, 256)", "nn.Flatten(0, -2), nn.Linear(28, 256)",
             "Each line of an image goes through the network as a sample of its own. Keep the batch axis and "
             "flatten all the others."),
        Slip("not_flattened", "nn.Flatten(), ", "",
             "The layers do not fit together: a linear layer needs rows of 784 numbers, one row for each image. "
             "Follow the shape from layer to layer."),
    ],
    variants=[network_of_parts, LayersInAnotherOrder],
    rtol=TOLERANCE, atol=TOLERANCE / 10,
)
