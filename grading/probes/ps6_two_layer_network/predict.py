"""A label for every column, 1 from a probability of ½ on; exactly ½ is a case of its own."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import network
from .reference import forward, predict
from .trying import use_flat


def _predicted(rng: Generator) -> Inputs:
    """Forty samples around the threshold: some probabilities lie between 0.5 and 0.62, the sigmoid of 0.5."""
    inputs = network(rng, 1)
    params = inputs["params"]
    X = rng.normal(size=(len(inputs["X"]), 40))
    z2 = forward(X, params)[1]["z2"]
    return {"X": X, "params": {**params, "b2": params["b2"] - np.median(z2) + 0.1}}


def _undecided(rng: Generator) -> Inputs:
    """Weights of zero behind the hidden layer: every probability is exactly one half."""
    inputs = network(rng, 1)
    return {**inputs, "params": {**inputs["params"], "w2": np.zeros_like(inputs["params"]["w2"]), "b2": np.zeros(1)}}


def predict_in_a_row(x: Any, params: Any) -> Any:
    return (forward(x, params)[0] >= 0.5).astype(int)


def predict_as_floats(x: Any, params: Any) -> Any:
    return np.where(forward(x, params)[0][0] < 0.5, 0.0, 1.0)


PROBE = Probe(
    "predict", predict,
    cases={"ordinary": Cases(_predicted, 3), "half": Cases(_undecided, 1)},
    points=(Point("labels of both classes", 0.75), Point("a probability of exactly ½", 0.25, "half")),
    use=use_flat,
    slips=[
        Slip("above_one_half", ">=", ">", "Right but for one value: a probability of exactly ½ counts as label 1."),
        Slip("probabilities_themselves", "(Y2[0] >= 0.5).astype(int)", "Y2[0]",
             "These are the probabilities. A prediction is a label, 0 or 1."),
        Slip("threshold_on_z", "Y2, _ = forward(x, params)", 'Y2 = forward(x, params)[1]["z2"]',
             "The threshold ½ belongs to the probability. You compare z2 with it."),
        Slip("upside_down", ">=", "<", "The two labels are exchanged: a large output speaks for label 1."),
        Slip("above_the_mean", "0.5", "np.mean(Y2)",
             "You compare with the mean of the batch, so a prediction depends on the other samples."),
        Slip("index_of_the_largest", "(Y2[0] >= 0.5).astype(int)", "np.argmax(Y2, axis=0)",
             "The largest of one row is always row 0. With a single output unit a threshold decides."),
    ],
    variants=[predict_in_a_row, predict_as_floats],
)
