"""ps4: a network from scratch on all of MNIST, before training and after one, two and three epochs."""

from itertools import pairwise

import numpy as np

from grading.reproduce.model import OF_2024, Compute, Fact, Published, Run, Solution
from helpers.datasets import Dataset

SETTINGS = {"pixels 0 to 255, rate 0.003": (1, 0.003), "pixels / 255, rate 0.003": (255, 0.003),
            "pixels / 255, rate 0.05": (255, 0.05)}
SIZES = (784, 32, 32, 10)


def _given_weights() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The initialisation of the homework of 2024: N(0, 1/n_in), from one generator, layer by layer."""
    rng = np.random.default_rng(80085)
    weights = [rng.normal(0, 1 / np.sqrt(n_in), (n_in, n_out)) for n_in, n_out in pairwise(SIZES)]
    return weights, [np.zeros(n) for n in SIZES[1:]]


def _pixels(images: np.ndarray, scale: float) -> np.ndarray:
    return images.reshape(len(images), -1) / scale


def _untrained(scale: float) -> Compute:
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        loss, accuracy = solution["feed_forward_dataset"](_pixels(data.x_test, scale), data.y_test, *_given_weights())
        return {"loss": loss, "right": 10000 * accuracy}
    return compute


def _trained(scale: float, rate: float) -> Compute:
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        x, x_test = _pixels(data.x_train, scale), _pixels(data.x_test, scale)
        weights, biases = _given_weights()
        percent = {}
        for epoch in (1, 2, 3):
            weights, biases = solution["train_one_epoch"](x, data.y_train, weights, biases, rate)
            accuracy = solution["feed_forward_dataset"](x_test, data.y_test, weights, biases)[1]
            percent[f"epoch {epoch}"] = 100 * accuracy
        return percent
    return compute


def _before(id: str, pixels: str, scale: float, loss: Fact, right: Fact) -> Run:
    return Run(f"ps4_numpy_backprop/{id}", f"untrained, {pixels}", _untrained(scale),
               (loss, right), "mnist", quick=True)


def _after(id: str, setting: str, measured: tuple[float, float, float], mistake: str = "",
           tolerance: float | None = 0.3) -> Run:
    scale, rate = SETTINGS[setting]
    what = f"{setting}, {mistake.replace('_', ' ')}" if mistake else setting
    facts = [Fact(f"{what}: test accuracy after epoch {epoch} (%)", percent, f"epoch {epoch}", 1, tolerance,
                  PRINTED[epoch] if setting == RAW and not mistake else None)
             for epoch, percent in enumerate(measured, start=1)]
    return Run(f"ps4_numpy_backprop/{id}", f"three epochs, {what}", _trained(scale, rate), facts, "mnist",
               mistake=("gradients", mistake) if mistake else None)


RAW, SLOW, FAST = SETTINGS
OTHERWISE = "its backward pass is wrong, its rate is 0.0005, and its notebook had trained before"
PRINTED = {epoch: Published(percent, OF_2024, OTHERWISE) for epoch, percent in ((1, 86.86), (2, 86.84), (3, 86.27))}
RUNS = (
    _before("untrained-raw", "pixels 0 to 255", 1,
            Fact("test loss before training, pixels 0 to 255", 2.37345922, "loss", 8,
                 published=Published(2.37, OF_2024)),
            Fact("test images right before training, pixels 0 to 255", 880, "right", 0,
                 published=Published(880, OF_2024))),
    _before("untrained-scaled", "pixels / 255", 255, Fact("test loss before training, pixels / 255", 2.3609, "loss"),
            Fact("test images right before training, pixels / 255", 1028, "right", 0, 1)),
    # With raw pixels most units are saturated, and rounding decides which ones survive: right programs that differ only
    # in how they write the sigmoid end between 61 and 68 %.
    _after("raw", RAW, (70.0, 69.3, 64.6), tolerance=None),
    _after("slow", SLOW, (86.7, 90.8, 92.8)),
    _after("fast", FAST, (93.9, 94.6, 95.0)),
    # The two mistakes of part E, as its table has them.
    _after("activated-slow", SLOW, (80.1, 83.8, 84.5), "slope_of_activated"),
    _after("activated-fast", FAST, (75.0, 70.3, 61.6), "slope_of_activated", None),
    _after("product-slow", SLOW, (85.9, 90.6, 92.5), "derivative_after_the_product"),
    _after("product-fast", FAST, (93.0, 94.4, 95.0), "derivative_after_the_product", None),
)
