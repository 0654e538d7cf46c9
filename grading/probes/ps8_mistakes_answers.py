"""Wrong answers to ps8's predict_probabilities, predictions and gradients."""

from typing import Any

import numpy as np
import torch

from grading.probes.model import Mistake
from grading.probes.ps8_reference import predict_probabilities

Array = np.ndarray


# predict_probabilities

def logits_returned(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = model(images)
    model.train(mode)
    return answer


def softmax_over_samples(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = torch.softmax(model(images), dim=0)
    model.train(mode)
    return answer


def logarithms_returned(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = torch.log_softmax(model(images), dim=1)
    model.train(mode)
    return answer


def sigmoid_of_each(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = torch.sigmoid(model(images))
    model.train(mode)
    return answer


def softmax_twice(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = torch.softmax(torch.softmax(model(images), dim=1), dim=1)
    model.train(mode)
    return answer


def largest_only(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        answer = torch.softmax(model(images), dim=1).max(dim=1).values
    model.train(mode)
    return answer


def predicted_in_training_mode(model: Any, images: Any) -> Any:
    with torch.no_grad():
        return torch.softmax(model(images), dim=1)


def graph_kept(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    answer = torch.softmax(model(images), dim=1)
    model.train(mode)
    return answer


def mode_not_put_back(model: Any, images: Any) -> Any:
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(images), dim=1)


PREDICT_PROBABILITIES = (
    Mistake(logits_returned, "These are logits: they can be negative and do not sum to one. One function turns them "
                             "into probabilities."),
    Mistake(softmax_over_samples, "Your columns sum to one, so the images compete with each other. The classes of one "
                                  "image should."),
    Mistake(logarithms_returned, "These are logarithms of probabilities, none of them positive."),
    Mistake(sigmoid_of_each, "Each class is judged alone here, so a row need not sum to one. The classes exclude each "
                             "other."),
    Mistake(softmax_twice, "Softmax has been applied twice, so that the probabilities are too much alike."),
    Mistake(largest_only, "Only the largest probability of each image is left. All classes were asked for."),
    Mistake(predicted_in_training_mode, "The model is in training mode while it predicts, so dropout throws units "
                                        "away."),
    Mistake(graph_kept, "The probabilities are right, but torch builds a graph for a backward pass that never comes."),
    Mistake(mode_not_put_back, "The probabilities are right, but the model stays in evaluation mode. Put back the "
                               "mode you found."),
)


# predictions

def probability_of_class_zero(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.argmax(dim=1), p[:, 0]


def least_likely(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.argmin(dim=1), p.min(dim=1).values


def best_image_of_each_class(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.argmax(dim=0), p.max(dim=0).values


def logit_as_probability(model: Any, images: Any) -> Any:
    with torch.no_grad():
        z = model(images)
    return z.argmax(dim=1), z.max(dim=1).values


def probabilities_first(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.max(dim=1).values, p.argmax(dim=1)


def second_best(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.argmax(dim=1), p.sort(dim=1).values[:, -2]


def largest_of_all_images(model: Any, images: Any) -> Any:
    p = predict_probabilities(model, images)
    return p.argmax(dim=1), p.max() * torch.ones(len(p))


PREDICTIONS = (
    Mistake(probability_of_class_zero, "The classes are right. The probability beside each is that of class 0, not of "
                                       "the class predicted."),
    Mistake(least_likely, "These are the least likely classes."),
    Mistake(best_image_of_each_class, "You look for the best image of each class. Asked for is the best class of each "
                                      "image."),
    Mistake(logit_as_probability, "The classes are right, but the numbers beside them are logits, which may well "
                                  "exceed 1."),
    Mistake(probabilities_first, "Right, in the other order: classes first, probabilities second."),
    Mistake(second_best, "The classes are right. The probability beside each belongs to the second best class."),
    Mistake(largest_of_all_images, "The classes are right, but all images get the largest probability that occurs "
                                   "anywhere."),
)


# gradients

def slope_at_the_activation(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W + b))))
    z = outs[-1] @ weights[-1] + biases[-1]
    delta = np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(len(z))[label]
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.insert(0, np.outer(outs[i], delta))
        db.insert(0, delta)
        s = 1 / (1 + np.exp(-outs[i]))
        delta = (weights[i] @ delta) * s * (1 - s)
    return dW, db


def slope_missing(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W + b))))
    z = outs[-1] @ weights[-1] + biases[-1]
    delta = np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(len(z))[label]
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.insert(0, np.outer(outs[i], delta))
        db.insert(0, delta)
        delta = weights[i] @ delta
    return dW, db


def sign_flipped(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W + b))))
    z = outs[-1] @ weights[-1] + biases[-1]
    delta = np.eye(len(z))[label] - np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.insert(0, np.outer(outs[i], delta))
        db.insert(0, delta)
        delta = (weights[i] @ delta) * outs[i] * (1 - outs[i])
    return dW, db


def updated_on_the_way(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W + b))))
    z = outs[-1] @ weights[-1] + biases[-1]
    delta = np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(len(z))[label]
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.insert(0, np.outer(outs[i], delta))
        db.insert(0, delta)
        delta = ((weights[i] - 0.1 * dW[0]) @ delta) * outs[i] * (1 - outs[i])
    return dW, db


def last_layer_first(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W + b))))
    z = outs[-1] @ weights[-1] + biases[-1]
    delta = np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(len(z))[label]
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.append(np.outer(outs[i], delta))
        db.append(delta)
        delta = (weights[i] @ delta) * outs[i] * (1 - outs[i])
    return dW, db


def biases_left_out(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample]
    for W, _ in zip(weights[:-1], biases[:-1], strict=True):
        outs.append(1 / (1 + np.exp(-(outs[-1] @ W))))
    z = outs[-1] @ weights[-1]
    delta = np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(len(z))[label]
    dW: Any = []
    db: Any = []
    for i in reversed(range(len(weights))):
        dW.insert(0, np.outer(outs[i], delta))
        db.insert(0, delta)
        delta = (weights[i] @ delta) * outs[i] * (1 - outs[i])
    return dW, db


GRADIENTS = (
    Mistake(slope_at_the_activation, "The slope of the sigmoid is taken at a value that has been through it already. "
                                     "What went into the unit?"),
    Mistake(slope_missing, "The last layer is right. On the way back the error passes the sigmoids as if they were "
                           "not there."),
    Mistake(sign_flipped, "Every sign is the other way round: more of the right logit makes the loss smaller."),
    Mistake(updated_on_the_way, "The last layer is right. The layers below it see weights that have moved already: "
                                "take all gradients first."),
    Mistake(last_layer_first, "The gradients of the last layer come first in your lists; the order should be that of "
                              "the weights."),
    Mistake(biases_left_out, "The forward pass inside leaves the biases out, so every gradient is taken at another "
                             "place."),
)
