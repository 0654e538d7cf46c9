"""The likeliest class for every column."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import many_classes
from .reference import forward, forward_multi, predict_multi
from .trying import use_flat


def _telling_columns(rng: Generator) -> Inputs:
    """Columns of which one has a likeliest class other than the first, and less than one half for it."""
    while True:
        inputs = many_classes(rng)
        probs, _ = forward_multi(**inputs)
        if np.any((probs.max(axis=0) < 0.5) & (probs.argmax(axis=0) > 0)):
            return inputs


def predict_multi_by_probability(X: Any, params: Any) -> Any:
    return np.argmax(forward_multi(X, params)[0], axis=0)


def predict_multi_by_logit(X: Any, params: Any) -> Any:
    return [int(np.argmax(z)) for z in forward(X, params)[1]["z2"].T]


PROBE = Probe(
    "predict_multi", predict_multi,
    cases={"ordinary": Cases(_telling_columns)},
    points=(Point("the likeliest class", 0.5),),
    use=use_flat,
    slips=[
        Slip("likeliest_sample", "axis=0", "axis=1",
             "For every class you look for a sample. It is the other way round: one class for each column."),
        Slip("likeliest_entry", ", axis=0", "",
             "That is one number for the whole batch. Without an axis the array is taken as one long row."),
        Slip("least_likely", "np.argmax", "np.argmin", "That is the least likely class."),
        Slip("largest_probability", "np.argmax", "np.max",
             "That is how large the largest probability is. Which class has it?"),
        Slip("counted_from_one", "np.argmax(probs, axis=0)", "np.argmax(probs, axis=0) + 1",
             "The right classes, counted from 1. Digits start at 0."),
        Slip("above_one_half", "np.argmax(probs, axis=0)", "(probs >= 0.5).astype(int)",
             "A threshold decides between two classes. With ten, the likeliest wins, even with less than ½."),
        Slip("first_above_one_half", "np.argmax(probs, axis=0)", "np.argmax(probs >= 0.5, axis=0)",
             "A sample in which no probability reaches ½ comes out as class 0. The likeliest class wins, however small "
             "its probability."),
    ],
    variants=[predict_multi_by_probability, predict_multi_by_logit],
)
