"""Hidden tests of problem set 4. The references (ps4_reference) take another road than the notebook's solution does.

Tolerances: two right answers in float64 differ by less than 1e-12 here, while every known mistake moves some value by
1e-5 or more, so the model's default (1e-6 relative, 1e-9 absolute) leaves room on both sides. The statistics of
`initialize` are the exception: they scatter by up to 0.015 of what is expected, and the nearest mistake (Xavier's
variance) is off by 0.13.

All networks have two hidden layers and ten classes, like the one in the notebook; the other sizes are small.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from grading.probes import ps2_softmax_jacobian as ps2
from grading.probes import ps4_mistakes_errors as errors
from grading.probes import ps4_mistakes_form as form
from grading.probes import ps4_mistakes_network as network
from grading.probes import ps4_mistakes_pieces as pieces
from grading.probes import ps4_mistakes_training as training
from grading.probes import ps4_reference as reference
from grading.probes import ps4_uses as uses
from grading.probes import ps4_variants as variants
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet

WIDTHS = ((3, 5), (5, 3), (4, 6), (6, 4))
EQUAL = ((10, 10),)  # as wide as the output, so that even a misordered product has a value


def _numbers(rng: Generator) -> Inputs:
    return {"x": rng.normal(scale=3, size=rng.choice([4, 6]) if rng.random() < 0.5 else (2, 3))}


def _large_numbers(rng: Generator) -> Inputs:
    return {"x": rng.permutation([-1.0, 1.0, 1.0]) * rng.uniform(800, 10000, size=3)}


def _probabilities(zeros: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        K = int(rng.integers(4, 7))
        label, yhat = rng.integers(K), rng.dirichlet(np.full(K, 2.0))
        yhat[rng.choice(np.delete(np.arange(K), label), zeros, replace=False)] = 0.0
        return {"y": np.eye(K)[label], "yhat": yhat / yhat.sum()}
    return draw


def _integer(rng: Generator) -> Inputs:
    K = int(rng.choice([4, 5, 7, 9, 13]))
    return {"x": int(rng.integers(2, K)), "max": K}


def _layer_sizes(rng: Generator) -> Inputs:
    """One layer that narrows and one that widens, by enough to tell the larger side from the smaller one."""
    return {"layer_sizes": [150, 60, 110] if rng.random() < 0.5 else [70, 130, 60], "seed": int(rng.integers(10**6))}


def _statistics(inputs: Inputs, answer: Mapping[str, np.ndarray]) -> dict[str, float | list[float] | np.ndarray]:
    """Standardised by the asked deviation, weights have deviation 1, mean 0 and a fourth moment of 3."""
    sizes = inputs["layer_sizes"]
    layers = range(len(sizes) - 1)
    standard = [np.stack([answer[f"first W[{l}]"], answer[f"second W[{l}]"]]) * np.sqrt(max(sizes[l:l + 2]))
                for l in layers]
    kurtosis = [float(np.mean(w**4) / np.mean(w**2) ** 2) / 3 for w in standard]
    return {"spread": [float(w.std()) for w in standard],
            "normal distribution": [float(w.mean()) for w in standard] + kurtosis,
            "biases": np.concatenate([answer[f"first b[{l}]"] for l in layers]),
            "generator": [float(np.array_equal(answer["first W[0]"], answer[f"{other} W[0]"]))
                          for other in ("same seed", "second")]}


def _parameters(rng: Generator, widths: Sequence[tuple[int, int]], pixels: float) -> Inputs:
    """A network for six pixels up to `pixels`, its first pre-activations of order one."""
    sizes = (6, *widths[int(rng.integers(len(widths)))], 10)
    weights = [rng.normal(size=shape) for shape in pairwise(sizes)]
    weights[0] /= pixels
    return {"weights": weights, "biases": [rng.normal(size=n) for n in sizes[1:]]}


def _samples(rng: Generator, count: int, raw: bool) -> np.ndarray:
    """Vectors of pixels from 0 to 1, or raw images (2, 3)."""
    return rng.integers(0, 256, size=(count, 2, 3), dtype=np.uint8) if raw else rng.uniform(size=(count, 6))


def _sample(widths: Sequence[tuple[int, int]], raw: bool = False) -> Callable[[Generator], Inputs]:
    """One sample, with a label other than the network's guess."""
    def draw(rng: Generator) -> Inputs:
        parameters, [sample] = _parameters(rng, widths, 255 if raw else 1), _samples(rng, 1, raw)
        _, guess = reference.feed_forward_sample(sample, 0, **parameters)
        return {"sample": sample, "label": int(rng.choice(np.flatnonzero(guess == 0))), **parameters}
    return draw


def _dataset(raw: bool) -> Callable[[Generator], Inputs]:
    """An odd number of samples, of which at least two are guessed right and three are not."""
    def draw(rng: Generator) -> Inputs:
        N = int(rng.choice([7, 9]))
        parameters, x = _parameters(rng, WIDTHS, 255 if raw else 1), _samples(rng, N, raw)
        y = reference.logits(x, **parameters)[-1].argmax(axis=1)
        wrong = rng.choice(N, rng.integers(3, N - 1), replace=False)
        y[wrong] = (y[wrong] + rng.integers(1, 10, size=len(wrong))) % 10
        return {"x": x, "y": y, **parameters}
    return draw


def _steps(count: int) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        return {"samples": _samples(rng, count, raw=False), "labels": rng.permutation(10)[:count].tolist(),
                **_parameters(rng, WIDTHS, 1), "learning_rate": float(rng.uniform(0.3, 0.6))}
    return draw


def _epoch(raw: bool) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        N = int(rng.integers(4, 7))
        return {"x": _samples(rng, N, raw), "y": rng.permutation(10)[:N], **_parameters(rng, WIDTHS, 255 if raw else 1),
                "learning_rate": float(rng.uniform(0.3, 0.6)) / (255 if raw else 1)}
    return draw


GRADIENT_POINTS = (
    Point("weights of the output layer", 1, part="dW[2]"), Point("biases of the output layer", 0.5, part="db[2]"),
    Point("weights of the second hidden layer", 1.5, part="dW[1]"),
    Point("biases of the second hidden layer", 0.75, part="db[1]"),
    Point("weights of the first hidden layer", 1.75, part="dW[0]"),
    Point("biases of the first hidden layer", 0.75, part="db[0]"),
    Point("hidden layers of equal width", 0.75, "equal widths"), Point("raw images", 0.75, "raw images"))
STEP_POINTS = (
    *(Point(f"new weights W[{l}]", 0.5, part=f"W[{l}]") for l in range(3)),
    *(Point(f"new biases b[{l}]", 0.25, part=f"b[{l}]") for l in range(3)),
    Point("three steps in a row", 0.5, "three steps"))

PROBLEM_SET = ProblemSet("ps4_numpy_backprop", (
    Probe("sigmoid", reference.sigmoid, {"ordinary": Cases(_numbers), "large": Cases(_large_numbers, 2)},
          (Point("ordinary numbers", 1), Point("numbers up to ±10000", 0.25, "large")), 0.25,
          pieces.SIGMOID, variants.SIGMOID),
    Probe("dsigmoid", reference.dsigmoid, {"ordinary": Cases(_numbers), "large": Cases(_large_numbers, 2)},
          (Point("ordinary numbers", 1), Point("numbers up to ±10000", 0.25, "large")), 0.25,
          pieces.DSIGMOID, variants.DSIGMOID),
    replace(ps2.PROBLEM_SET.find("softmax"), points=(Point("probabilities", 1), *ps2.EXTREME_POINTS)),
    Probe("cross_entropy_loss", reference.cross_entropy_loss,
          {"ordinary": Cases(_probabilities(0)), "zeros": Cases(_probabilities(2), 2)},
          (Point("loss of one sample", 1), Point("a probability of 0 beside the label", 0.25, "zeros")), 0.25,
          pieces.CROSS_ENTROPY_LOSS, variants.CROSS_ENTROPY_LOSS),
    Probe("integer_to_one_hot", reference.integer_to_one_hot, {"ordinary": Cases(_integer, 5)},
          (Point("a single one at the right place", 1),), 0.0, pieces.ONE_HOT, variants.ONE_HOT),
    Probe("initialize", reference.initialize, {"ordinary": Cases(_layer_sizes, 2)},
          (Point("spread of the weights", 0.75, part="spread"),
           Point("normal distribution around 0", 0.5, part="normal distribution"),
           Point("biases of zero", 0.25, part="biases"),
           Point("numbers from the generator that was given", 0.5, part="generator")), 0.0,
          network.INITIALIZE, variants.INITIALIZE, rtol=0.0, atol=0.1, use=uses.use_initialize, observe=_statistics,
          observed="statistics of the weights"),
    Probe("feed_forward_sample", reference.feed_forward_sample,
          {"ordinary": Cases(_sample(WIDTHS), 5), "raw images": Cases(_sample(WIDTHS, raw=True), 2)},
          (Point("loss", 1, part="loss"), Point("guess in one-hot form", 0.75, part="one_hot_guess"),
           Point("raw images", 0.5, "raw images")), 0.25,
          network.SAMPLE, variants.SAMPLE, use=uses.use_loss_and_guess),
    Probe("feed_forward_dataset", reference.feed_forward_dataset,
          {"ordinary": Cases(_dataset(raw=False)), "raw images": Cases(_dataset(raw=True), 2)},
          (Point("mean loss", 1.25, part="mean_loss"), Point("accuracy as a fraction", 1, part="accuracy"),
           Point("raw images", 0.5, "raw images")), 0.25,
          network.DATASET, variants.DATASET, use=uses.use_loss_and_accuracy),
    Probe("gradients", reference.gradients,
          {"ordinary": Cases(_sample(WIDTHS), 5), "equal widths": Cases(_sample(EQUAL), 2),
           "raw images": Cases(_sample(WIDTHS, raw=True), 2)},
          GRADIENT_POINTS, 0.25, (*errors.WRONG_ERRORS, *form.WRONG_FORM), variants.GRADIENTS,
          use=uses.use_gradients),
    Probe("train_one_sample", reference.train_one_sample,
          {"ordinary": Cases(_steps(1)), "three steps": Cases(_steps(3), 2)}, STEP_POINTS, 0.25,
          training.ONE_SAMPLE, variants.ONE_SAMPLE, use=uses.use_train_one_sample),
    # It may work in place, as its name says: so nothing is asked of its arguments.
    Probe("train_one_epoch", reference.train_one_epoch,
          {"ordinary": Cases(_epoch(raw=False), 3), "raw images": Cases(_epoch(raw=True), 2)},
          (Point("weights and biases after one pass", 1.5), Point("raw images", 0.5, "raw images")), 0.0,
          training.ONE_EPOCH, variants.ONE_EPOCH, use=uses.use_train_one_epoch),
))
