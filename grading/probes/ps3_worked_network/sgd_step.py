"""One step against the gradient, for both matrices. New arrays are asked for: the old ones stay as they were."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import network
from .reference import sgd_step


def _step(rng: Generator) -> Inputs:
    drawn = network()(rng)
    alpha, beta = drawn["alpha"], drawn["beta"]
    grads = {"d_b": rng.normal(size=3), "d_beta": rng.normal(size=beta.shape), "d_z": rng.normal(size=4),
             "d_a": rng.normal(size=4), "d_alpha": rng.normal(size=alpha.shape)}
    return {"alpha": alpha, "beta": beta, "grads": grads, "eta": float(rng.uniform(0.2, 0.8))}


def step_on_copies(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    alpha, beta = alpha.copy(), beta.copy()
    alpha -= eta * grads["d_alpha"]
    beta -= eta * grads["d_beta"]
    return alpha, beta


def step_as_list(alpha: np.ndarray, beta: np.ndarray, grads: Any, eta: float) -> Any:
    return [old + -eta * grads[name] for old, name in ((alpha, "d_alpha"), (beta, "d_beta"))]


STEP = 'alpha - eta * grads["d_alpha"], beta - eta * grads["d_beta"]'

PROBE = Probe(
    "sgd_step", sgd_step,
    cases={"ordinary": Cases(_step)},
    points=(Point("both matrices after one step", 1.25),),
    unchanged=0.25,
    slips=[
        Slip("uphill", "return ", "grads = {name: -slope for name, slope in grads.items()}\n    return ",
             "Your step goes along the gradient, where the loss grows. Downhill is the other way."),
        Slip("without_the_rate", STEP, STEP.replace(" eta *", ""),
             "The gradient is subtracted in full. The learning rate says how much of it."),
        Slip("rate_squared", STEP, STEP.replace(" eta *", " eta ** 2 *"),
             "The learning rate comes in twice, so your steps have the wrong length."),
        Slip("beta_stays", ' - eta * grads["d_beta"]', "", "α moves and β stays where it was. One step changes both."),
        Slip("alpha_stays", ' - eta * grads["d_alpha"]', "",
             "β moves and α stays where it was. One step changes both."),
        Slip("biases_stay", f"return {STEP}",
             "grads = {name: grad.copy() for name, grad in grads.items()}\n"
             '    grads["d_alpha"][:, 0] = grads["d_beta"][:, 0] = 0\n'
             f"    return {STEP}",
             "The weights move, the biases do not. A plain step treats all columns alike."),
        Slip("step_alone", STEP, '-eta * grads["d_alpha"], -eta * grads["d_beta"]',
             "You return the step. The new matrices are the old ones plus the step."),
        Slip("beta_first", STEP, 'beta - eta * grads["d_beta"], alpha - eta * grads["d_alpha"]',
             "Both matrices are right and have changed places: α comes first."),
        Slip("overwritten", f"return {STEP}",
             'alpha -= eta * grads["d_alpha"]\n    beta -= eta * grads["d_beta"]\n    return alpha, beta',
             "The new values are right, but the old matrices were overwritten. New arrays are asked for."),
    ],
    variants=[step_on_copies, step_as_list],
)
