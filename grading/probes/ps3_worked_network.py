"""Hidden tests of problem set 3: written numbers and choices, and five functions on random networks and images.

The numbers of the worked network may be a student's own; everything else is the same for everybody. Two right answers
in float64 differ by less than 1e-12, and every known mistake moves some value by 1e-4 or more.
"""

from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from grading.probes import ps3_boxes as boxes
from grading.probes import ps3_mistakes as mistakes
from grading.probes import ps3_mistakes_steps as steps
from grading.probes import ps3_reference as reference
from grading.probes import ps3_variants as variants
from grading.probes.model import Cases, Inputs, Point, Probe, ProblemSet
from grading.probes.ps3_written import written

KERNELS = ((3, 3), (5, 5), (3, 5), (5, 3))


def _network(other_sizes: bool = False) -> Callable[[Generator], Inputs]:
    """Random matrices; six inputs, four hidden units and three classes unless other sizes are asked for."""
    def draw(rng: Generator) -> Inputs:
        D, M, K = rng.choice([(3, 5, 4), (5, 2, 6), (4, 6, 5)]) if other_sizes else (6, 4, 3)
        return {"x": rng.normal(size=D), "y": np.eye(K)[rng.integers(K)], "alpha": rng.normal(size=(M, D + 1)),
                "beta": rng.normal(size=(K, M + 1))}
    return draw


def _with_penalty(other_sizes: bool = False) -> Callable[[Generator], Inputs]:
    def draw(rng: Generator) -> Inputs:
        return {**_network(other_sizes)(rng), "lam": float(rng.uniform(0.02, 0.3))}
    return draw


def _step(rng: Generator) -> Inputs:
    drawn = _network()(rng)
    alpha, beta = drawn["alpha"], drawn["beta"]
    grads = {"d_b": rng.normal(size=3), "d_beta": rng.normal(size=beta.shape), "d_z": rng.normal(size=4),
             "d_a": rng.normal(size=4), "d_alpha": rng.normal(size=alpha.shape)}
    return {"alpha": alpha, "beta": beta, "grads": grads, "eta": float(rng.uniform(0.2, 0.8))}


def _image(kernels: tuple[tuple[int, int], ...]) -> Callable[[Generator], Inputs]:
    """An image that is no square and a filter without symmetry."""
    def draw(rng: Generator) -> Inputs:
        shape = rng.choice([(6, 8), (7, 6), (9, 7)])
        return {"X": rng.normal(size=shape), "F": rng.normal(size=kernels[int(rng.integers(len(kernels)))])}
    return draw


FUNCTIONS = {
    "forward": Probe(
        "forward", reference.forward, {"ordinary": Cases(_network()), "other sizes": Cases(_network(True), 2)},
        (Point("hidden sums a", 0.5, part="a"), Point("hidden values z", 0.5, part="z"), Point("sums b", 0.5, part="b"),
         Point("probabilities ŷ", 0.5, part="yhat"), Point("the loss", 0.5, part="loss"),
         Point("networks of other sizes", 0.25, "other sizes")), 0.25, mistakes.FORWARD, variants.FORWARD),
    "backward": Probe(
        "backward", reference.backward, {"ordinary": Cases(_network()), "other sizes": Cases(_network(True), 2)},
        (Point("dℓ/db", 0.75, part="d_b"), Point("dℓ/dβ", 1, part="d_beta"), Point("dℓ/dz", 0.75, part="d_z"),
         Point("dℓ/da", 0.75, part="d_a"), Point("dℓ/dα", 1, part="d_alpha"),
         Point("networks of other sizes", 0.5, "other sizes")), 0.25, mistakes.BACKWARD, variants.BACKWARD),
    "sgd_step": Probe("sgd_step", reference.sgd_step, {"ordinary": Cases(_step)},
                      (Point("both matrices after one step", 1.25),), 0.25, steps.SGD_STEP, variants.SGD_STEP),
    "regularized_loss": Probe(
        "regularized_loss", reference.regularized_loss,
        {"ordinary": Cases(_with_penalty()), "other sizes": Cases(_with_penalty(True), 2)},
        (Point("loss and penalty", 1.5), Point("networks of other sizes", 0.25, "other sizes")), 0.25,
        steps.REGULARIZED_LOSS, variants.REGULARIZED_LOSS),
    "conv2d_same": Probe(
        "conv2d_same", reference.conv2d_same, {"ordinary": Cases(_image(KERNELS[:1])), "other kernels": Cases(
            _image(KERNELS[1:]), 4)},
        (Point("filters of 3 · 3", 2), Point("filters of 5 · 5, 3 · 5 and 5 · 3", 0.75, "other kernels")), 0.25,
        steps.CONV2D_SAME, variants.CONV2D_SAME),
}


def problem_set(student: str | None) -> ProblemSet:
    """The hidden tests with the standard network (None), or with this student's own."""
    probes = [boxes.FORWARD_FORMULA, *written(student), *FUNCTIONS.values(), boxes.BACKWARD_FORMULA, boxes.SHAPES,
              boxes.REGULARISED_FORMULA, boxes.STATEMENTS, boxes.INIT_FIRST, boxes.INIT_LATER, *boxes.ACTIVATIONS,
              boxes.LOWEST, boxes.BEST_ETA, boxes.CONVOLUTION, boxes.TRUE_FALSE]
    return ProblemSet("ps3_worked_network", probes, personal=problem_set)


PROBLEM_SET = problem_set(None)
