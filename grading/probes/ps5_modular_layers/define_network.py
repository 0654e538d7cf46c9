"""Linear layers with an activation between any two, and the parameters that the given function draws from a seed."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from helpers.modules import init_params

from .reference import Linear, MultiLayerPerceptron


def _sizes(rng: Generator) -> Inputs:
    sizes = [[4, 7, 3], [5, 3, 6, 2], [3, 8, 4, 5]][rng.integers(3)]
    return {"sizes": sizes, "seed": int(rng.integers(1, 10_000))}


def _default_seed(rng: Generator) -> Inputs:
    return {"sizes": [4, 6, 5, 3], "seed": None}


def define_network(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    """Draws for itself, from a generator of its own."""
    generator = np.random.RandomState(seed)
    layers: list[Any] = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        if layers:
            layers.append(activation())
        weights = (2 * generator.random_sample((n_in, n_out)) - 1) / np.sqrt(n_out)
        biases = (2 * generator.random_sample((1, n_out)) - 1) / np.sqrt(n_out)
        layers.append(Linear((weights, biases)))
    return MultiLayerPerceptron(layers)


def use_define_network(define_network: Any, sizes: Any, seed: Any) -> Any:
    """Seeds numpy otherwise first, so that an answer that forgets to seed is the same every time."""
    class Bend:
        def forward(self, x: Any) -> Any:
            return np.arctan(x)

        def __call__(self, x: Any) -> Any:
            return np.arctan(x)

    np.random.seed(5)
    model = define_network(sizes, Bend) if seed is None else define_network(sizes, Bend, seed)
    linear = [layer for layer in model.layers if hasattr(layer, "weights")]
    bends = [layer for layer in model.layers if isinstance(layer, Bend)]
    return {"order": np.array([isinstance(layer, Bend) for layer in model.layers]),
            "shapes": np.array([np.shape(layer.weights) + np.shape(layer.biases) for layer in linear]),
            "weights": np.concatenate([np.ravel(layer.weights) for layer in linear]),
            "biases": np.concatenate([np.ravel(layer.biases) for layer in linear]),
            "different_activations": len({id(layer) for layer in bends})}


def network_by_index(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    layers = []
    for l in range(len(sizes) - 1):
        layers.append(Linear(init_params(sizes[l], sizes[l + 1])))
        if l < len(sizes) - 2:
            layers.append(activation())
    return MultiLayerPerceptron(layers)


def network_parameters_first(sizes: Any, activation: Any, seed: int = 10701) -> Any:
    np.random.seed(seed)
    linear = [Linear(init_params(*pair)) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
    return MultiLayerPerceptron([layer for one in linear for layer in (one, activation())][:-1])


PROBE = Probe(
    "define_network", define_network,
    cases={"ordinary": Cases(_sizes), "default seed": Cases(_default_seed, 1)},
    points=(Point("linear layers and activations in order", 0.5, part="order"),
           Point("the weights of this seed", 0.75, part="weights"),
           Point("the biases of this seed", 0.25, part="biases"),
           Point("each activation is an object of its own", 0.25, part="different_activations"),
           Point("seed 10701 where none is given", 0.25, "default seed")),
    use=use_define_network,
    slips=[
        Slip("class_for_an_object", "activation()]", "activation]",
             "The class itself stands among the layers. A layer is an object: call the class to make one."),
        Slip("activation_at_the_end", "layers[:-1]", "layers",
             "An activation follows the last linear layer. The loss wants logits, which may have any size and sign."),
        Slip("no_activations",
             "layers += [Linear(init_params(sizes[l], sizes[l + 1])), activation()]\n"
             "    return MultiLayerPerceptron(layers[:-1])",
             "layers += [Linear(init_params(sizes[l], sizes[l + 1]))]\n    return MultiLayerPerceptron(layers)",
             "There is nothing between the linear layers, so all of them together are one linear map."),
        Slip("seeded_for_every_layer", "layers += ", "np.random.seed(seed)\n        layers += ",
             "The seed is set again for every layer, so that layers begin with the same random numbers. Once, "
             "before the first, is enough."),
        Slip("seed_forgotten", "np.random.seed(seed)\n    ", "",
             "The seed has no effect: numpy's generator has to be set before anything is drawn."),
        Slip("always_the_same_seed", "np.random.seed(seed)", "np.random.seed(10701)",
             "Every seed gives the same network: the argument is not used."),
        Slip("one_activation_shared", "activation()", "layers[1] if layers else activation()",
             "One activation object stands in several places. It keeps what it saw last, so on the way back the "
             "earlier places use a wrong state."),
        Slip("drawn_from_the_end", "range(len(sizes) - 1):\n        layers +=",
             "reversed(range(len(sizes) - 1)):\n        layers[:0] =",
             "The parameters are drawn from the last layer to the first. The order decides which random numbers a "
             "layer gets."),
        Slip("sizes_exchanged", "sizes[l], sizes[l + 1]", "sizes[l + 1], sizes[l]",
             "The two sizes of each layer are exchanged: weights have a row for every input."),
    ],
    variants=[network_by_index, network_parameters_first],
)
