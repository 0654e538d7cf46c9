"""One step with momentum: the new velocity first, then the weights that it has moved.

The velocity collects α times the gradient with a plus sign, and is taken away from the weights.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .reference import Array


def _step(rng: Generator) -> Inputs:
    shape = tuple(rng.integers(2, 5, size=2))
    v, w, grad = (rng.normal(size=shape) for _ in range(3))
    return {"v": v, "w": w, "grad": grad, "gamma": float(rng.uniform(0.6, 0.8)), "alpha": float(rng.uniform(0.2, 0.4))}


def momentum_update(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> tuple[Array, Array]:
    """Both from one table: (v, w) ← (γv + αg, w − γv − αg)."""
    step = np.stack([v, grad]).T @ np.array([gamma, alpha])
    return step.T, w - step.T


def momentum_in_one_line(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> Any:
    return gamma * v + alpha * grad, w - gamma * v - alpha * grad


def momentum_by_entry(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> Any:
    v, w = v.copy(), w.copy()
    for index in np.ndindex(v.shape):
        v[index] = gamma * v[index] + alpha * grad[index]
        w[index] -= v[index]
    return v, w


STEP = "v = gamma * v + alpha * grad\n    return v, w - v"

PROBE = Probe(
    "momentum_update", momentum_update,
    cases={"ordinary": Cases(_step)},
    points=(Point("the velocity", 1.25, part="0"), Point("the weights", 1.5, part="1")),
    unchanged=0.25,
    slips=[
        Slip("plain_descent", "gamma * v + ", "",
             "That is plain gradient descent. The velocity should remember a part of what it was."),
        Slip("velocity_overwrites_the_weight", "w - v", "v",
             "Your new weights are the velocity. They should be where the weights were, moved by the velocity."),
        Slip("added", "w - v", "w + v",
             "The velocity is right, but it points uphill, along the gradient: the weights move against it."),
        Slip("velocity_points_downhill", STEP, STEP.replace("+ alpha", "- alpha").replace("w - v", "w + v"),
             "You let the velocity point downhill and add it. Here it collects gradients with a plus sign and is "
             "taken away from the weights."),
        Slip("running_mean", STEP, "v = gamma * v + (1 - gamma) * grad\n    return v, w - alpha * v",
             "You keep a running mean of gradients. Here the old velocity shrinks by γ, and the new gradient enters "
             "with weight α."),
        Slip("rate_applied_late", STEP, "v = gamma * v + grad\n    return v, w - alpha * v",
             "The learning rate belongs to the gradient as it enters the velocity; yours comes later, which also "
             "scales the old velocity."),
        Slip("rate_applied_twice", "w - v", "w - alpha * v",
             "The learning rate has been applied twice: once in the velocity and once more in the step."),
        Slip("rates_swapped", "gamma * v + alpha * grad", "alpha * v + gamma * grad",
             "γ and α have changed places: γ is how much of the velocity stays, α how much of the gradient is added."),
        Slip("old_velocity_used", STEP, "return gamma * v + alpha * grad, w - v",
             "The weights move with the velocity of the step before. First update the velocity, then move."),
        Slip("velocity_not_kept", STEP, "return v, w - (gamma * v + alpha * grad)",
             "The weights are right, but the velocity comes back unchanged, so the next step has nothing to remember."),
        Slip("gradient_on_top", "w - v", "w - v - alpha * grad",
             "The gradient enters the velocity and then moves the weights once more on its own."),
        Slip("weights_first", "return v, w - v", "return w - v, v",
             "Right, in the other order: the velocity comes first, the weights second."),
        Slip("updated_in_place", STEP, "v[:] = gamma * v + alpha * grad\n    w -= v\n    return v, w",
             "The values are right, but the caller's velocity and weights have been overwritten."),
    ],
    variants=[momentum_in_one_line, momentum_by_entry],
)
