"""Hidden tests of problem set 6. Columns are samples; gradients are means.

Tolerances: two right answers in float64 differ by less than 1e-11 here, while every known mistake moves some value by
1e-4 or more, so the model's default (1e-6 relative, 1e-9 absolute) leaves room on both sides.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes import ps6_mistakes_backward as backward
from grading.probes import ps6_mistakes_binary as binary
from grading.probes import ps6_mistakes_multi as multi
from grading.probes import ps6_mistakes_training as training
from grading.probes import ps6_reference as reference
from grading.probes import ps6_uses as uses
from grading.probes import ps6_variants as variants
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet
from grading.probes.ps5_mistakes_layers import SIGMOID


def _dims(rng: Generator) -> Inputs:
    return {"layer_dims": [[6, 4, 1], [3, 7, 2], [5, 3, 4]][rng.integers(3)], "seed": int(rng.integers(1, 10_000))}


def _labelled_rows(rng: Generator) -> Inputs:
    """Five labels, at least six samples of each; the second class may be the smaller number."""
    y = rng.permutation(np.concatenate([np.repeat(np.arange(5), 6), rng.integers(5, size=9)]))
    label1, label2 = rng.permutation(5)[:2]
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "label1": int(label1), "label2": int(label2), "num_samples": 4}


def _few_rows(rng: Generator) -> Inputs:
    """Three samples of one class and six of the other, five asked for."""
    y = rng.permutation(np.repeat([2, 7, 9], [3, 6, 5]))
    label1, label2 = rng.permutation([2, 7])
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "label1": int(label1), "label2": int(label2), "num_samples": 5}


def _ten_classes(rng: Generator) -> Inputs:
    y = rng.permutation(np.repeat(np.arange(10), 5))
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "num_samples": int(rng.integers(2, 4))}


def _array(rng: Generator) -> Inputs:
    return {"Z": rng.normal(scale=3, size=(rng.integers(2, 5), rng.integers(2, 6)))}


def _huge_array(rng: Generator) -> Inputs:
    return {"Z": rng.permutation(np.concatenate([rng.uniform(720, 1000, 3), rng.uniform(-1000, -720, 3)]))}


def _binary_outputs(rng: Generator) -> Inputs:
    y = rng.permutation([0, 1, 1, 0, 1, 0, 1][:rng.integers(5, 8)])
    return {"Y_true": y.astype(rng.choice(["int64", "float64"])), "Y2": rng.uniform(0.05, 0.95, size=(1, len(y)))}


def _certain_outputs(rng: Generator) -> Inputs:
    """Two samples with a probability of exactly their label."""
    inputs = _binary_outputs(rng)
    for label in (0, 1):
        inputs["Y2"][0, np.flatnonzero(inputs["Y_true"] == label)[0]] = label
    return inputs


def _network(rng: Generator, outputs: int) -> Inputs:
    """All sizes differ, and none is 1 except for the output of two classes."""
    d, h, N = [(5, 3, 7), (3, 4, 9), (6, 5, 8)][rng.integers(3)]
    return {"X": rng.normal(size=(d, N)), "params": {
        "w1": rng.normal(size=(h, d)), "b1": rng.normal(size=h), "w2": rng.normal(size=(outputs, h)),
        "b2": rng.normal(size=outputs)}}


def _two(rng: Generator) -> Inputs:
    return _network(rng, 1)


def _many(rng: Generator) -> Inputs:
    return _network(rng, int(rng.choice([4, 6])))


def _predicted(rng: Generator) -> Inputs:
    """Forty samples around the threshold: some probabilities lie between 0.5 and 0.62, the sigmoid of 0.5."""
    inputs = _network(rng, 1)
    params = inputs["params"]
    X = rng.normal(size=(len(inputs["X"]), 40))
    z2 = reference.forward(X, params)[1]["z2"]
    return {"X": X, "params": {**params, "b2": params["b2"] - np.median(z2) + 0.1}}


def _undecided(rng: Generator) -> Inputs:
    """Weights of zero behind the hidden layer: every probability is exactly one half."""
    inputs = _network(rng, 1)
    return {**inputs, "params": {**inputs["params"], "w2": np.zeros_like(inputs["params"]["w2"]), "b2": np.zeros(1)}}


def _back(outputs: Any, forward: Any) -> Any:
    def draw(rng: Generator) -> Inputs:
        inputs = outputs(rng)
        out, intermediate = forward(**inputs)
        classes = max(2, len(out))
        labels = np.arange(out.shape[1]) % classes
        return {"Y_true": rng.permutation(labels), "out": out, "intermediate": intermediate, "params": inputs["params"]}
    return draw


def _step(rng: Generator) -> Inputs:
    params = _two(rng)["params"]
    return {"params": params, "grads": {name: rng.normal(size=value.shape) for name, value in params.items()},
            "learning_rate": float(rng.uniform(0.1, 0.6))}


def _guesses(row: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        y = rng.integers(10, size=int(rng.choice([7, 11])))
        y_pred = np.where(np.arange(len(y)) % 3 == 0, (y + rng.integers(2, 9, size=len(y))) % 10, y)
        return {"y": y, "y_pred": y_pred[None] if row else y_pred}
    return draw


def _training(outputs: int) -> Any:
    def draw(rng: Generator) -> Inputs:
        d, classes = 5, max(2, outputs)
        data = {"X_train": rng.normal(scale=2, size=(d, 11)), "y_train": np.arange(11) % classes,
                "X_test": rng.normal(scale=2, size=(d, 7)), "y_test": np.arange(7) % classes}
        return {"data": data, "layer_dims": [d, 4, outputs], "learning_rate": 2.0, "num_epochs": 3,
                "seed": int(rng.integers(1, 10_000))}
    return draw


def _labels(floats: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        """The last class does not occur, the others do."""
        K = int(rng.choice([4, 6]))
        labels = rng.permutation(np.concatenate([np.arange(K - 1), rng.integers(K - 1, size=2)]))
        return {"labels": labels.astype(float) if floats else labels, "K": K}
    return draw


def _columns(rng: Generator) -> Inputs:
    return {"Z": rng.normal(scale=2, size=[(3, 5), (4, 2), (6, 4)][rng.integers(3)])}


def _square(rng: Generator) -> Inputs:
    return {"Z": rng.normal(scale=2, size=(4, 4))}


def _huge_columns(rng: Generator) -> Inputs:
    """Columns near +1000 and near −1000 in one batch."""
    return {"Z": rng.normal(size=(4, 5)) + rng.permutation([950.0, -950.0, 950.0, -950.0, 0.0])}


def _probabilities(floats: bool) -> Any:
    def draw(rng: Generator) -> Inputs:
        K, N = [(4, 5), (5, 7), (6, 4)][rng.integers(3)]
        labels = rng.integers(K, size=N)
        probs = np.ascontiguousarray(rng.dirichlet(np.ones(K), size=N).T)
        return {"Y_true": labels.astype(float) if floats else labels, "probs": probs}
    return draw


GRADIENTS = (("w1", "the gradient of w1"), ("b1", "the gradient of b1"), ("w2", "the gradient of w2"),
             ("b2", "the gradient of b2"))


def _gradient_points(*worth: float) -> list[Point]:
    return [Point(name, points, part=part) for (part, name), points in zip(GRADIENTS, worth, strict=True)]


PROBLEM_SET = ProblemSet("ps6_two_layer_network", (
    Probe("TwoLayerNetwork", reference.TwoLayerNetwork, {"ordinary": Cases(_dims)},
          (Point("w1", 1, part="w1"), Point("w2", 0.5, part="w2"), Point("b1", 0.25, part="b1"),
           Point("b2", 0.25, part="b2")), 0.0, binary.TWO_LAYER_NETWORK, variants.TWO_LAYER_NETWORK,
          use=uses.use_parameters),
    Probe("extract_binary_classification_dataset", reference.extract_binary_classification_dataset,
          {"ordinary": Cases(_labelled_rows), "few": Cases(_few_rows, 2)},
          (Point("the samples, in order", 0.75, part="rows"), Point("their labels, 0 and 1", 0.5, part="labels"),
           Point("classes with fewer samples than asked for", 0.5, "few")), 0.25,
          binary.BINARY_EXTRACTION, variants.BINARY_EXTRACTION, use=uses.use_binary_extraction),
    Probe("sigmoid", reference.sigmoid, {"ordinary": Cases(_array), "huge": Cases(_huge_array, 2)},
          (Point("values between 0 and 1", 1.25), Point("inputs near ±1000", 0.5, "huge")), 0.25,
          SIGMOID, variants.SIGMOID),
    Probe("CrossEntropyLoss", reference.CrossEntropyLoss,
          {"ordinary": Cases(_binary_outputs), "certain": Cases(_certain_outputs, 2)},
          (Point("the mean loss", 1.25), Point("probabilities of exactly the label", 0.5, "certain")), 0.25,
          binary.CROSS_ENTROPY, variants.CROSS_ENTROPY),
    Probe("forward", reference.forward, {"ordinary": Cases(_two)},
          (Point("the output", 1, part="output"), Point("z1 is kept", 0.25, part="z1"),
           Point("Y1 is kept", 0.25, part="Y1"), Point("z2 is kept", 0.25, part="z2")), 0.25,
          binary.FORWARD, variants.FORWARD, use=uses.use_forward),
    Probe("backward", reference.backward, {"ordinary": Cases(_back(_two, reference.forward), 5)},
          _gradient_points(1.25, 0.75, 1, 0.75), 0.25, backward.BACKWARD, variants.BACKWARD),
    Probe("GD", reference.GD, {"ordinary": Cases(_step)}, (Point("all four parameters", 1),), 0.0,
          binary.GRADIENT_DESCENT, variants.GRADIENT_DESCENT),
    Probe("predict", reference.predict, {"ordinary": Cases(_predicted, 3), "half": Cases(_undecided, 1)},
          (Point("labels of both classes", 0.75), Point("a probability of exactly ½", 0.25, "half")), 0.0,
          binary.PREDICT, variants.PREDICT, use=uses.use_flat),
    Probe("accuracy", reference.accuracy, {"ordinary": Cases(_guesses(row=False)), "row": Cases(_guesses(row=True), 2)},
          (Point("the fraction that is right", 0.5), Point("predictions in one row", 0.25, "row")), 0.25,
          binary.ACCURACY, variants.ACCURACY),
    Probe("train_binary", reference.train_binary, {"ordinary": Cases(_training(1), 3)},
          (Point("the trained w1", 0.75, part="w1"), Point("the trained w2", 0.5, part="w2"),
           Point("the training loss", 0.75, part="train_loss"), Point("the test loss", 0.5, part="test_loss"),
           Point("the training accuracy", 0.25, part="train_accuracy"),
           Point("the test accuracy", 0.25, part="test_accuracy")), 0.0,
          training.TRAIN_BINARY, variants.TRAIN_BINARY, use=uses.use_training),
    Probe("one_hot", reference.one_hot,
          {"ordinary": Cases(_labels(floats=False)), "floats": Cases(_labels(floats=True), 2)},
          (Point("a one in each column", 0.5), Point("labels such as 3.0", 0.25, "floats")), 0.25,
          multi.ONE_HOT, variants.ONE_HOT),
    Probe("extract_multiclass_dataset", reference.extract_multiclass_dataset, {"ordinary": Cases(_ten_classes)},
          (Point("the samples, class by class", 0.5, part="rows"), Point("their labels", 0.25, part="labels")), 0.25,
          multi.MULTICLASS_EXTRACTION, variants.MULTICLASS_EXTRACTION, use=uses.use_multiclass_extraction),
    Probe("softmax", reference.softmax,
          {"ordinary": Cases(_columns), "square": Cases(_square, 1), "huge": Cases(_huge_columns, 2)},
          (Point("probabilities of each column", 1), Point("as many classes as samples", 0.25, "square"),
           Point("columns near ±1000 in one batch", 0.5, "huge")), 0.25, multi.SOFTMAX, variants.SOFTMAX),
    Probe("MultiClassCrossEntropyLoss", reference.MultiClassCrossEntropyLoss,
          {"ordinary": Cases(_probabilities(floats=False)), "floats": Cases(_probabilities(floats=True), 2)},
          (Point("the mean loss", 1.5), Point("labels such as 3.0", 0.25, "floats")), 0.25,
          multi.MULTICLASS_LOSS, variants.MULTICLASS_LOSS),
    Probe("forward_multi", reference.forward_multi, {"ordinary": Cases(_many)},
          (Point("probabilities", 0.75, part="output"),), 0.25, multi.FORWARD_MULTI, variants.FORWARD_MULTI,
          use=uses.use_forward),
    Probe("backward_multi", reference.backward_multi, {"ordinary": Cases(_back(_many, reference.forward_multi), 5)},
          _gradient_points(1, 0.5, 0.75, 0.5), 0.25, backward.BACKWARD_MULTI, variants.BACKWARD_MULTI),
    Probe("predict_multi", reference.predict_multi, {"ordinary": Cases(_many)}, (Point("the likeliest class", 1),), 0.0,
          multi.PREDICT_MULTI, variants.PREDICT_MULTI, use=uses.use_flat),
    Probe("train_multi", reference.train_multi, {"ordinary": Cases(_training(3), 3)},
          (Point("the trained w1", 0.5, part="w1"), Point("the trained w2", 0.25, part="w2"),
           Point("the training loss", 0.5, part="train_loss"), Point("the test loss", 0.25, part="test_loss"),
           Point("the training accuracy", 0.25, part="train_accuracy"),
           Point("the test accuracy", 0.25, part="test_accuracy")), 0.0,
          training.TRAIN_MULTI, variants.TRAIN_MULTI, use=uses.use_training),
))
