"""Hidden tests of problem set 2. The references take another road than the notebook's solution does.

Tolerances: two right answers in float64 differ by less than 1e-11 here, while every known mistake moves some value by
1e-4 or more, so the model's default (1e-6 relative, 1e-9 absolute) leaves room on both sides.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes import ps2_mistakes as mistakes
from grading.probes import ps2_mistakes_derivatives as derivatives
from grading.probes import ps2_variants as variants
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet
from helpers.targets import neighbour_waves, polar_to_cartesian, torus_point


def softmax(z: np.ndarray) -> np.ndarray:
    """y_i = 1 / Σ_j exp(z_j − z_i): no maximum and no quotient of exponentials; an overflow to ∞ gives the right 0."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / np.exp(z[None, :] - z[:, None]).sum(axis=1))


def softmax_batch(Z: np.ndarray) -> np.ndarray:
    return np.stack([softmax(z) for z in Z])


def softmax_jacobian(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.asarray(y[:, None] * (np.eye(z.size) - y[None, :]))


def softmax_vjp(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    return np.asarray(softmax_jacobian(z).T @ g)


def log_softmax(z: np.ndarray) -> np.ndarray:
    return np.asarray(z - np.logaddexp.reduce(z))


def cross_entropy(z: np.ndarray, label: int) -> float:
    return float(np.logaddexp.reduce(z - z[label]))


def cross_entropy_grad(z: np.ndarray, label: int) -> np.ndarray:
    """The chain rule: Jᵀ times the gradient of −log y_label with respect to y."""
    g = np.zeros(z.size)
    g[label] = -1 / softmax(z)[label]
    return softmax_vjp(z, g)


def numerical_jacobian(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    columns = [(f(z + step) - f(z - step)) / (2 * eps) for step in eps * np.eye(z.size)]
    return np.stack(columns, axis=-1)


def _ordinary(rng: Generator) -> Inputs:
    return {"z": rng.normal(scale=2, size=rng.integers(3, 7))}


def _extreme(level: float) -> Any:
    """Logits around `level`, one of them so far below the others that its probability underflows to 0."""
    def draw(rng: Generator) -> Inputs:
        z = level + rng.normal(size=rng.integers(3, 6))
        z[rng.integers(z.size)] -= rng.uniform(800, 1000)
        return {"z": z}
    return draw


def _with_label(draw: Any, lowest: bool = False) -> Any:
    def labelled(rng: Generator) -> Inputs:
        z = draw(rng)["z"]
        return {"z": z, "label": int(np.argmin(z)) if lowest else int(rng.integers(z.size))}
    return labelled


def _with_gradient(rng: Generator) -> Inputs:
    z = _ordinary(rng)["z"]
    return {"z": z, "g": rng.normal(size=z.size)}


def _batch(rng: Generator) -> Inputs:
    """More samples than classes or fewer: never a square."""
    N, K = rng.choice([(2, 3), (3, 5), (5, 3), (6, 4)])
    return {"Z": rng.normal(scale=2, size=(N, K))}


def _square_batch(rng: Generator) -> Inputs:
    N = rng.integers(3, 6)
    return {"Z": rng.normal(scale=2, size=(N, N))}


def _extreme_batch(rng: Generator) -> Inputs:
    """Some rows near +10⁴, the others near −10⁴: each row needs its own shift."""
    N, K = rng.choice([(2, 3), (4, 3), (3, 4)])
    level = rng.permutation(np.where(np.arange(N) % 2, 9900.0, -9900.0))
    return {"Z": level[:, None] + rng.normal(size=(N, K))}


def _function(rng: Generator) -> Inputs:
    """A map with more inputs than outputs, as many, or fewer; a fine step, so that only the bookkeeping counts."""
    f = (polar_to_cartesian, torus_point, neighbour_waves)[rng.integers(3)]
    size = rng.integers(3, 6) if f is neighbour_waves else 2
    return {"f": f, "z": rng.uniform(0.5, 2.0, size=size), "eps": 1e-6}


def _coarse_step(rng: Generator) -> Inputs:
    return {"f": neighbour_waves, "z": rng.uniform(0.8, 2.0, size=rng.integers(3, 6)), "eps": 0.05}


EXTREME = {"near +10000": Cases(_extreme(9900.0), 2), "near -10000": Cases(_extreme(-8900.0), 2)}
EXTREME_LOWEST = {"near +10000": Cases(_with_label(_extreme(9900.0), lowest=True), 2),
                  "near -10000": Cases(_with_label(_extreme(-8900.0), lowest=True), 2)}
EXTREME_POINTS = (Point("logits near +10⁴", 0.5, "near +10000"), Point("logits near −10⁴", 0.25, "near -10000"))

PROBLEM_SET = ProblemSet("ps2_softmax_jacobian", (
    Probe("softmax", softmax, {"ordinary": Cases(_ordinary), **EXTREME},
          (Point("probabilities", 2), *EXTREME_POINTS), 0.25, mistakes.SOFTMAX, variants.SOFTMAX),
    Probe("softmax_batch", softmax_batch,
          {"ordinary": Cases(_batch), "square": Cases(_square_batch, 2), "extreme": Cases(_extreme_batch, 2)},
          (Point("probabilities of each row", 2.5), Point("square batches", 0.5, "square"),
           Point("rows near ±10⁴ in one batch", 0.75, "extreme")), 0.25,
          mistakes.SOFTMAX_BATCH, variants.SOFTMAX_BATCH),
    # Central differences with a step of 1e-6 carry rounding near 1e-9; forward ones are off by about 1e-6 and earn the
    # bookkeeping point. At a step of 0.05 the two differ in the second digit.
    Probe("numerical_jacobian", numerical_jacobian,
          {"ordinary": Cases(_function, 6), "coarse": Cases(_coarse_step, 3)},
          (Point("a row for every output, a column for every input", 3.25),
           Point("central differences with the step asked for", 1.5, "coarse")), 0.25,
          derivatives.NUMERICAL_JACOBIAN, variants.NUMERICAL_JACOBIAN, rtol=1e-5, atol=1e-5),
    Probe("softmax_jacobian", softmax_jacobian, {"ordinary": Cases(_ordinary, 5)},
          (Point("all K² derivatives", 4.75),), 0.25, derivatives.SOFTMAX_JACOBIAN, variants.SOFTMAX_JACOBIAN),
    Probe("softmax_vjp", softmax_vjp, {"ordinary": Cases(_with_gradient, 5)},
          (Point("the product of Jᵀ and g", 3.75),), 0.25, derivatives.SOFTMAX_VJP, variants.SOFTMAX_VJP),
    Probe("log_softmax", log_softmax, {"ordinary": Cases(_ordinary), **EXTREME},
          (Point("logarithms of the probabilities", 2), *EXTREME_POINTS), 0.25,
          mistakes.LOG_SOFTMAX, variants.LOG_SOFTMAX),
    Probe("cross_entropy", cross_entropy, {"ordinary": Cases(_with_label(_ordinary), 5), **EXTREME_LOWEST},
          (Point("loss of one example", 2), *EXTREME_POINTS), 0.25, mistakes.CROSS_ENTROPY, variants.CROSS_ENTROPY),
    Probe("cross_entropy_grad", cross_entropy_grad, {"ordinary": Cases(_with_label(_ordinary), 5)},
          (Point("gradient with respect to the logits", 3.75),), 0.25,
          derivatives.CROSS_ENTROPY_GRAD, variants.CROSS_ENTROPY_GRAD),
))
