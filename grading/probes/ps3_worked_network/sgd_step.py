"""sgd_step"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip, mistake

from .inputs import _network
from .reference import sgd_step


def _step(rng: Generator) -> Inputs:
    drawn = _network()(rng)
    alpha, beta = drawn["alpha"], drawn["beta"]
    grads = {"d_b": rng.normal(size=3), "d_beta": rng.normal(size=beta.shape), "d_z": rng.normal(size=4),
             "d_a": rng.normal(size=4), "d_alpha": rng.normal(size=alpha.shape)}
    return {"alpha": alpha, "beta": beta, "grads": grads, "eta": float(rng.uniform(0.2, 0.8))}


@mistake("The weights move, the biases do not. A plain step treats all columns alike.")
def biases_stay(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    new_alpha, new_beta = alpha.copy(), beta.copy()
    new_alpha[:, 1:] -= eta * grads["d_alpha"][:, 1:]
    new_beta[:, 1:] -= eta * grads["d_beta"][:, 1:]
    return new_alpha, new_beta


@mistake("The new values are right, but the old matrices were overwritten. New arrays are asked for.")
def overwritten(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    alpha -= eta * grads["d_alpha"]
    beta -= eta * grads["d_beta"]
    return alpha, beta


def step_on_copies(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    alpha, beta = alpha.copy(), beta.copy()
    alpha -= eta * grads["d_alpha"]
    beta -= eta * grads["d_beta"]
    return alpha, beta


def step_as_list(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return [old + -eta * grads[name] for old, name in ((alpha, "d_alpha"), (beta, "d_beta"))]


PROBE = Probe(
    "sgd_step", sgd_step,
    cases={"ordinary": Cases(_step)},
    points=(Point("both matrices after one step", 1.25),),
    unchanged=0.25,
    slips=[
        Slip("uphill", 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]',
             '(alpha + eta * grads["d_alpha"], beta + eta * grads["d_beta"])',
             "Your step goes along the gradient, where the loss grows. Downhill is the other way."),
        Slip("without_the_rate", 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]',
             '(alpha - grads["d_alpha"], beta - grads["d_beta"])',
             "The gradient is subtracted in full. The learning rate says how much of it."),
        Slip("rate_squared", 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]',
             '(alpha - eta ** 2 * grads["d_alpha"], beta - eta ** 2 * grads["d_beta"])',
             "The learning rate comes in twice, so your steps have the wrong length."),
        Slip("beta_stays", ' - eta * grads["d_beta"]', ".copy()",
             "α moves and β stays where it was. One step changes both."),
        Slip("alpha_stays", ' - eta * grads["d_alpha"]', ".copy()",
             "β moves and α stays where it was. One step changes both."),
        biases_stay,
        Slip("step_alone", 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]',
             '(-eta * grads["d_alpha"], -eta * grads["d_beta"])',
             "You return the step. The new matrices are the old ones plus the step."),
        Slip("beta_first", 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]',
             '(beta - eta * grads["d_beta"], alpha - eta * grads["d_alpha"])',
             "Both matrices are right and have changed places: α comes first."),
        overwritten,
    ],
    variants=[step_on_copies, step_as_list],
)
