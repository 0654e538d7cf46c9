"""Hidden tests of problem set 7: a hidden ReLU layer and gradient descent with momentum.

Sizes always differ (samples N odd, inputs d, hidden units H, classes K), so that a transposed product cannot fit by
accident. Two right answers in float64 differ by less than 1e-11 here; the known mistakes move some value by 1e-5 or
more. Cross-entropy is compared to 1e-4: a small number that keeps the logarithm away from zero is welcome.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes import ps7_mistakes_backprop as backprop
from grading.probes import ps7_mistakes_data as data
from grading.probes import ps7_mistakes_layers as layers
from grading.probes import ps7_mistakes_learning as training
from grading.probes import ps7_mistakes_loss as losses
from grading.probes import ps7_mistakes_momentum as momentum
from grading.probes import ps7_reference as reference
from grading.probes import ps7_variants as variants
from grading.probes.model import Cases, Draw, Inputs, Point, Probe, ProblemSet

Array = np.ndarray


def loss_or_finite(inputs: Inputs, loss: Any) -> Any:
    """The loss; where the target's own probability is 0, only whether it is finite."""
    return float(np.isfinite(loss)) if np.any(inputs["prediction"][inputs["target"] == 1] == 0) else loss


def direction_and_size(inputs: Inputs, gradient: Any) -> dict[str, Any]:
    """The gradient, and the gradient up to a positive factor."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return {"direction": gradient / np.abs(gradient).sum(), "gradient": gradient}


def weights_and_history(inputs: Inputs, answer: Any) -> dict[str, Any]:
    """All weights in one row, to 0.001 and exactly, then the two halves of the history.

    A velocity that starts at 0 in place of 1e-5 moves no weight by more than 1e-4: that keeps the larger point.
    """
    def in_a_row(parts: Any) -> Array:
        return np.concatenate([np.ravel(parts[name]) for name in ("wh", "bh", "wo", "bo")])

    weights = in_a_row({name: answer[f"0.{name}"] for name in ("wh", "bh", "wo", "bo")})
    off = weights - in_a_row(reference.learning(*inputs.values())[0])
    return {"about": np.where(np.abs(off) < 1e-3, 0.0, off), "weights": weights,
            "losses": np.array([answer["1.train_loss"], answer["1.valid_loss"]]),
            "accuracies": np.array([answer["1.train_accuracy"], answer["1.valid_accuracy"]])}


def _both_signs(rng: Generator) -> Inputs:
    """From −3 to 3, one entry exactly 0; now and then a vector, else a table."""
    x = rng.uniform(-3, 3, size=(rng.integers(3, 6), rng.integers(6, 9)) if rng.random() < 0.5 else rng.integers(6, 9))
    x.flat[:3] = rng.permutation([0.0, -1.5, 2.5])
    return {"x": x}


def _logits(rng: Generator) -> Inputs:
    N, K = rng.choice([(3, 5), (5, 3), (7, 4)])
    return {"x": rng.normal(scale=2, size=(N, K))}


def _square_logits(rng: Generator) -> Inputs:
    N = rng.integers(3, 6)
    return {"x": rng.normal(scale=2, size=(N, N))}


def _large_logits(rng: Generator) -> Inputs:
    """Some rows near +1000, the others near −1000: each row needs its own shift."""
    N, K = rng.choice([(3, 5), (5, 3)])
    level = rng.permutation(np.where(np.arange(N) % 2, 1000.0, -1000.0))
    return {"x": level[:, None] + rng.normal(size=(N, K))}


def _layer(rng: Generator) -> Inputs:
    N, d, H = rng.permutation([3, 5, 7])
    return {"x": rng.normal(size=(N, d)), "w": rng.normal(size=(d, H)), "b": rng.normal(size=(1, H))}


def _targets(rng: Generator, N: int, K: int) -> Array:
    """One-hot rows with at least two classes."""
    labels = rng.integers(K, size=N)
    labels[:2] = rng.permutation(K)[:2]
    return np.eye(K)[labels]


def _predictions(zero: str = "") -> Draw:
    """Probabilities and targets; `zero` puts one exactly 0 "off" or "at" a target. The likeliest class may be wrong."""
    def draw(rng: Generator) -> Inputs:
        N, K = rng.choice([(5, 3), (5, 4), (7, 3), (7, 5)]).tolist()
        target, prediction = _targets(rng, N, K), rng.dirichlet(np.full(K, 2.0), size=N) * 0.9 + 0.1 / K
        first = target[0] == 1
        prediction[0, first], prediction[0, ~first] = prediction[0].min(), prediction[0].max()
        if zero:
            row = rng.integers(1, N)
            prediction[row, int(np.argmax(target[row] == (zero == "at")))] = 0
        return {"target": target, "prediction": prediction / prediction.sum(axis=1, keepdims=True)}
    return draw


def _targets_and_logits(rng: Generator) -> Inputs:
    logits = _logits(rng)["x"]
    return {"target": _targets(rng, *logits.shape), "logits": logits}


def _labels(rng: Generator) -> Inputs:
    """Three sets of different sizes. The letter J is in none of them, and letter A in all."""
    sizes = rng.permutation([4, 6, 8])
    sets = [rng.permutation(np.concatenate([[0, top], rng.integers(top, size=size - 2)]))
            for size, top in zip(sizes, (8, 6, 7), strict=True)]
    return dict(zip(("train", "valid", "test"), sets, strict=True))


def _rows(rng: Generator) -> Inputs:
    """Images of few pixels with their labels, or with one-hot targets."""
    N, d = int(rng.integers(9, 14)), int(rng.integers(2, 5))
    target = rng.permutation(N)
    return {"data": rng.normal(size=(N, d)), "target": target if rng.random() < 0.5 else np.eye(N)[target]}


def _rows_to_split(rng: Generator) -> Inputs:
    return {**_rows(rng), "n_train": int(rng.choice([3, 4])), "n_valid": int(rng.choice([2, 1]))}


def _network(zeros: bool = False) -> Draw:
    """A batch that has gone forward; with `zeros`, the input of one hidden unit is exactly 0."""
    def draw(rng: Generator) -> Inputs:
        d, H, K = rng.permutation([4, 5, 6]).tolist()
        N = int(rng.choice([3, 7]))
        x, wh, wo = rng.normal(size=(N, d)), rng.normal(size=(d, H)), rng.normal(size=(H, K))
        b, bo = rng.normal(size=(1, H)), rng.normal(size=(1, K))
        if zeros:  # a unit whose weights and bias are 0: its input is 0 for every sample
            unit = rng.integers(H)
            wh[:, unit], b[0, unit] = 0, 0
        o = x @ wh + b
        prediction = reference.softmax(reference.relu(o) @ wo + bo)
        return {"prediction": prediction, "target": _targets(rng, N, K), "o": o, "wh": wh, "wo": wo, "x": x, "b": b}
    return draw


def _step(rng: Generator) -> Inputs:
    shape = tuple(rng.integers(2, 5, size=2))
    v, w, grad = (rng.normal(size=shape) for _ in range(3))
    return {"v": v, "w": w, "grad": grad, "gamma": float(rng.uniform(0.6, 0.8)), "alpha": float(rng.uniform(0.2, 0.4))}


def _problem(rng: Generator) -> Inputs:
    """So few samples and units that an epoch takes microseconds; rates that are not the usual 0.9 and 0.1."""
    d, hidden, K = rng.permutation([3, 4, 5]).tolist()
    train_x, valid_x = rng.normal(size=(7, d)), rng.normal(size=(5, d))
    return {"train_x": train_x, "train_t": _targets(rng, 7, K), "valid_x": valid_x,
            "valid_t": _targets(rng, 5, K), "hidden": hidden, "epochs": int(rng.integers(3, 5)),
            "gamma": float(rng.uniform(0.6, 0.8)), "alpha": float(rng.uniform(0.2, 0.5)),
            "seed": int(rng.integers(1000, 10**6))}


PROBLEM_SET = ProblemSet("ps7_momentum_letters", (
    Probe("relu", reference.relu, {"ordinary": Cases(_both_signs, 5)},
          (Point("positive entries pass, negative ones do not", 0.75),), 0.25, layers.RELU, variants.RELU),
    Probe("softmax", reference.softmax,
          {"ordinary": Cases(_logits), "square": Cases(_square_logits, 2), "large": Cases(_large_logits, 2)},
          (Point("probabilities of each row", 1.75), Point("as many samples as classes", 0.5, "square"),
           Point("rows near ±1000 in one batch", 0.5, "large")), 0.25, layers.SOFTMAX, variants.SOFTMAX),
    Probe("compute_layer", reference.compute_layer, {"ordinary": Cases(_layer)},
          (Point("x w + b", 1.75),), 0.25, layers.COMPUTE_LAYER, variants.COMPUTE_LAYER),
    Probe("average_ce", reference.average_ce,
          {"ordinary": Cases(_predictions()), "off": Cases(_predictions("off"), 2), "at": Cases(_predictions("at"), 2)},
          (Point("the mean loss", 1.75), Point("a zero off the target changes nothing", 0.5, "off"),
           Point("a zero at the target gives a finite value", 0.5, "at")), 0.25,
          losses.AVERAGE_CE, variants.AVERAGE_CE, rtol=1e-4, atol=1e-5, observe=loss_or_finite),
    Probe("grad_ce", reference.grad_ce, {"ordinary": Cases(_targets_and_logits)},
          (Point("the direction, whatever the scale", 1.75, part="direction"),
           Point("the gradient of the mean", 1, part="gradient")), 0.25,
          losses.GRAD_CE, variants.GRAD_CE, observe=direction_and_size),
    Probe("convert_onehot", reference.convert_onehot, {"ordinary": Cases(_labels)},
          (Point("the first set", 0.75, part="0"), Point("the second set", 0.5, part="1"),
           Point("the third set", 0.5, part="2")), 0.25, data.CONVERT_ONEHOT, variants.CONVERT_ONEHOT),
    Probe("shuffle", reference.shuffle, {"ordinary": Cases(_rows)},
          (Point("images in the fixed order", 0.75, part="0"), Point("images and targets stay together", 1)), 0.25,
          data.SHUFFLE, variants.SHUFFLE),
    Probe("split", reference.split, {"ordinary": Cases(_rows_to_split)},
          (Point("the training set", 0.75, part="0"), Point("three sets, images with their targets", 1)), 0.25,
          data.SPLIT, variants.SPLIT),
    Probe("backpropagation", reference.backpropagation,
          {"ordinary": Cases(_network()), "zero": Cases(_network(zeros=True), 2)},
          (Point("output weights", 1.5, part="0"), Point("output biases", 0.75, part="1"),
           Point("hidden weights", 2.5, part="2"), Point("hidden biases", 1, part="3"),
           Point("units whose input is exactly 0", 1, "zero")), 0.25,
          backprop.BACKPROPAGATION, variants.BACKPROPAGATION),
    Probe("momentum_update", reference.momentum_update, {"ordinary": Cases(_step)},
          (Point("the velocity", 1.25, part="0"), Point("the weights", 1.5, part="1")), 0.25,
          momentum.MOMENTUM_UPDATE, variants.MOMENTUM_UPDATE),
    Probe("learning", reference.learning, {"ordinary": Cases(_problem, 2)},
          (Point("the weights after some epochs, to 0.001", 2.5, part="about"),
           Point("the very same weights", 0.5, part="weights"), Point("the history of losses", 1, part="losses"),
           Point("the history of accuracies", 0.75, part="accuracies")), 0.25,
          training.LEARNING, variants.LEARNING, observe=weights_and_history, observed="value, a few epochs later,"),
))
