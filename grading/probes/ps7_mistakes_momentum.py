"""Wrong answers to ps7's momentum_update."""

from typing import Any

import numpy as np

from grading.probes.model import Mistake


def plain_descent(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = alpha * grad
    return v, w - v


def velocity_overwrites_the_weight(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + alpha * grad
    w = v
    return v, w


def added(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + alpha * grad
    return v, w + v


def velocity_points_downhill(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v - alpha * grad
    return v, w + v


def running_mean(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + (1 - gamma) * grad
    return v, w - alpha * v


def rate_applied_late(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + grad
    return v, w - alpha * v


def rate_applied_twice(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + alpha * grad
    return v, w - alpha * v


def rates_swapped(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = alpha * v + gamma * grad
    return v, w - v


def old_velocity_used(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    return gamma * v + alpha * grad, w - v


def velocity_not_kept(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    return v, w - (gamma * v + alpha * grad)


def gradient_on_top(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + alpha * grad
    return v, w - v - alpha * grad


def weights_first(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v = gamma * v + alpha * grad
    return w - v, v


def updated_in_place(v: np.ndarray, w: np.ndarray, grad: np.ndarray, gamma: float, alpha: float) -> Any:
    v *= gamma
    v += alpha * grad
    w -= v
    return v, w


MOMENTUM_UPDATE = (
    Mistake(plain_descent, "That is plain gradient descent. The velocity should remember a part of what it was."),
    Mistake(velocity_overwrites_the_weight, "Your new weights are the velocity. They should be where the weights "
                                            "were, moved by the velocity."),
    Mistake(added, "The velocity is right, but it points uphill, along the gradient: the weights move against it."),
    Mistake(velocity_points_downhill, "You let the velocity point downhill and add it. Here it collects gradients "
                                      "with a plus sign and is taken away from the weights."),
    Mistake(running_mean, "You keep a running mean of gradients. Here the old velocity shrinks by γ, and the new "
                          "gradient enters with weight α."),
    Mistake(rate_applied_late, "The learning rate belongs to the gradient as it enters the velocity; yours comes "
                               "later, which also scales the old velocity."),
    Mistake(rate_applied_twice, "The learning rate has been applied twice: once in the velocity and once more in the "
                                "step."),
    Mistake(rates_swapped, "γ and α have changed places: γ is how much of the velocity stays, α how much of the "
                           "gradient is added."),
    Mistake(old_velocity_used, "The weights move with the velocity of the step before. First update the velocity, "
                               "then move."),
    Mistake(velocity_not_kept, "The weights are right, but the velocity comes back unchanged, so the next step has "
                               "nothing to remember."),
    Mistake(gradient_on_top, "The gradient enters the velocity and then moves the weights once more on its own."),
    Mistake(weights_first, "Right, in the other order: the velocity comes first, the weights second."),
    Mistake(updated_in_place, "The values are right, but the caller's velocity and weights have been overwritten."),
)
