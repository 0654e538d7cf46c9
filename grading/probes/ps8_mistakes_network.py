"""Wrong answers to ps8's MLP. A function that gives a module stands for the class: it is called in the same way."""

from typing import Any

from torch import nn

from grading.probes.model import Mistake


def softmax_at_the_end() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10), nn.Softmax(dim=1))


def log_softmax_at_the_end() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1))


def relu_on_the_output() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10), nn.ReLU())


def without_activations() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.Linear(256, 128), nn.Linear(128, 64),
                         nn.Linear(64, 10))


def one_relu_missing() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.Linear(64, 10))


def sigmoids() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.Sigmoid(), nn.Linear(256, 128), nn.Sigmoid(),
                         nn.Linear(128, 64), nn.Sigmoid(), nn.Linear(64, 10))


def leaky_relus() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.LeakyReLU(), nn.Linear(256, 128), nn.LeakyReLU(),
                         nn.Linear(128, 64), nn.LeakyReLU(), nn.Linear(64, 10))


def activation_before_the_layer() -> Any:
    return nn.Sequential(nn.Flatten(), nn.ReLU(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.Linear(64, 10))


def hidden_layers_of_one_width() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(),
                         nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10))


def one_layer_too_few() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 10))


def without_biases() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256, bias=False), nn.ReLU(), nn.Linear(256, 128, bias=False),
                         nn.ReLU(), nn.Linear(128, 64, bias=False), nn.ReLU(), nn.Linear(64, 10, bias=False))


def rows_taken_for_samples() -> Any:
    return nn.Sequential(nn.Flatten(0, -2), nn.Linear(28, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


def not_flattened() -> Any:
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 64),
                         nn.ReLU(), nn.Linear(64, 10))


MLP = (
    Mistake(softmax_at_the_end, "The network ends in probabilities. CrossEntropyLoss wants logits and applies softmax "
                                "itself, so it would be applied twice."),
    Mistake(log_softmax_at_the_end, "The network ends in logarithms of probabilities. CrossEntropyLoss takes that "
                                    "logarithm itself: end with the last linear layer."),
    Mistake(relu_on_the_output, "A ReLU follows the last layer, so no logit can be negative, and one that is stuck at "
                                "zero gets no gradient. Logits stay as they are."),
    Mistake(without_activations, "Nothing stands between the linear layers, so all of them together are one linear "
                                 "map."),
    Mistake(one_relu_missing, "Two linear layers follow each other without an activation. Each of the three hidden "
                              "layers has its own."),
    Mistake(sigmoids, "The sizes are right, and the hidden layers use sigmoids. ReLU was asked for."),
    Mistake(leaky_relus, "The hidden layers let a little of negative inputs through. The plain ReLU was asked for."),
    Mistake(activation_before_the_layer, "The activations come one layer too early: the first acts on pixels, and the "
                                         "last hidden layer has none."),
    Mistake(hidden_layers_of_one_width, "All hidden layers have the same width here. The text asks for 256, then 128, "
                                        "then 64."),
    Mistake(one_layer_too_few, "There are two hidden layers. The third one, with 64 units, is missing."),
    Mistake(without_biases, "The layers have no biases. Each unit should have one."),
    Mistake(rows_taken_for_samples, "Each line of an image goes through the network as a sample of its own. Keep the "
                                    "batch axis and flatten all the others."),
    Mistake(not_flattened, "The layers do not fit together: a linear layer needs rows of 784 numbers, one row for "
                           "each image. Follow the shape from layer to layer."),
)
