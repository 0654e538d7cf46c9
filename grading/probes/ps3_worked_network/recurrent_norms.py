"""How much of a nudge at the first state of a recurrent network is left after t steps: spectral norms of Jacobians.

The reference nudges by imaginary steps. Norms fall off exponentially, so their logarithms are compared.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip


def _draw(rng: Generator) -> Inputs:
    n = int(rng.integers(3, 6))
    return {"W": rng.normal(scale=2.0, size=(n, n)), "h0": rng.uniform(0.1, 0.9, size=n), "T": int(rng.integers(4, 8))}


def recurrent_norms(W: np.ndarray, h0: np.ndarray, T: int) -> np.ndarray:
    nudged = h0 + 1e-30j * np.eye(h0.size)  # one state a row, each nudged at another place
    norms = []
    for _ in range(T):
        nudged = 1 / (1 + np.exp(-nudged @ W.T))
        slopes = nudged.imag / 1e-30
        norms.append(np.sqrt(np.linalg.eigvalsh(slopes @ slopes.T).max()))
    return np.array(norms)


def _logarithms(inputs: Inputs, norms: Any) -> Any:
    return np.log(norms)


def norms_by_singular_values(W: np.ndarray, h0: np.ndarray, T: int) -> list[float]:
    J, h, found = np.identity(len(h0)), h0.copy(), []
    for _ in range(T):
        s = np.tanh((W @ h) / 2)
        h = (1 + s) / 2
        J = (0.25 * (1 - s**2))[:, None] * (W @ J)
        found.append(float(np.linalg.svd(J, compute_uv=False)[0]))
    return found


def norms_by_tangents(W: np.ndarray, h0: np.ndarray, T: int) -> np.ndarray:
    states = np.zeros(T)
    h, tangents = np.array(h0, dtype=float), [np.eye(len(h0))[j] for j in range(len(h0))]
    for t in range(T):
        sums = W.dot(h)
        slopes = np.exp(-np.abs(sums)) / (1 + np.exp(-np.abs(sums))) ** 2
        h = 1 / (1 + np.exp(-sums))
        tangents = [slopes * W.dot(v) for v in tangents]
        states[t] = np.linalg.norm(np.column_stack(tangents), ord=2)
    return states


STEP = "J = np.diag(h * (1 - h)) @ W @ J"

PROBE = Probe(
    "recurrent_norms", recurrent_norms,
    cases={"ordinary": Cases(_draw)},
    points=(Point("the norms after 1 to T steps", 1.75),),
    unchanged=0.25,
    observe=_logarithms,
    observed="norm",
    slips=[
        Slip("frobenius_norm", "np.linalg.norm(J, 2)", "np.linalg.norm(J)",
             "That is the Frobenius norm, the root of the sum of all squares. The spectral norm is the largest "
             "singular value: `np.linalg.norm(J, 2)`."),
        Slip("new_factor_on_the_right", STEP, "J = J @ np.diag(h * (1 - h)) @ W",
             "The factors stand in the wrong order. A nudge at h0 meets the first step first, so later factors come in "
             "from the left."),
        Slip("slope_left_out", STEP, "J = W @ J",
             "Only the matrices are multiplied. Between two of them each nudge passes a sigmoid, and its slope."),
        Slip("slope_before_the_step", "h = 1 / (1 + np.exp(-(W @ h)))\n        " + STEP,
             STEP + "\n        h = 1 / (1 + np.exp(-(W @ h)))",
             "The slope is taken at the state before the step. It belongs to what comes out of this sigmoid."),
        Slip("slope_of_the_value", "h * (1 - h)", "1 / (1 + np.exp(-h)) * (1 - 1 / (1 + np.exp(-h)))",
             "The slope is taken at a value that has been through the sigmoid already. In terms of h it is h (1 − h)."),
        Slip("one_step_only", STEP, "J = np.diag(h * (1 - h)) @ W",
             "These are the norms of single steps. ∂h_t/∂h_0 is the product of all steps so far."),
        Slip("product_of_norms", STEP, "J = np.linalg.norm(J, 2) * np.diag(h * (1 - h)) @ W",
             "You multiply the norms of the steps. The norm of a product is smaller: multiply the matrices first."),
        Slip("transposed_weights", "np.exp(-(W @ h))", "np.exp(-(W.T @ h))",
             "The states are those of the transposed W: row i of W holds what unit i listens to."),
    ],
    variants=[norms_by_singular_values, norms_by_tangents],
)
