"""A gradient check, tried on right implementations of `gradients` and on ten of its known slips.

Some of these are wrong only where biases are not zero, where the label is not the network's guess, or where a sample
is an image: a check that tries none of these lets them through.
"""

from typing import Any

import numpy as np

from grading.probes.implementations import is_right
from grading.probes.model import Catches, Probe, Slip

from .gradients import any_depth, with_diagonal_matrices, with_einsum
from .reference import feed_forward_sample


def along_random_directions(gradients: Any) -> Any:
    rng = np.random.default_rng(1)
    for label in (0, 4, 9):
        network = [rng.normal(size=shape) for shape in ((6, 3), (3, 4), (4, 10), (3,), (4,), (10,))]
        sample = rng.uniform(size=(2, 3))
        dW, db = gradients(sample, label, network[:3], network[3:])
        for k, slopes in enumerate([*dW, *db]):
            if np.shape(slopes) != network[k].shape:
                return False
            v, losses = rng.normal(size=network[k].shape), []
            for step in (1e-5, -1e-5):
                moved = [*network[:k], network[k] + step * v, *network[k + 1:]]
                losses.append(feed_forward_sample(sample, label, moved[:3], moved[3:])[0])
            if abs(np.sum(slopes * v) - (losses[0] - losses[1]) / 2e-5) > 1e-6:
                return False
    return True


def stopping_at_the_first_difference(gradients: Any) -> Any:
    rng = np.random.default_rng(5)
    weights = [rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(2, 10))]
    biases = [rng.normal(size=3), rng.normal(size=2), rng.normal(size=10)]
    image = rng.uniform(size=(2, 2))
    for label in (0, 5):
        given = gradients(image, label, weights, biases)
        for part, derivatives in zip((weights, biases), given, strict=True):
            for array, slopes in zip(part, derivatives, strict=True):
                assert slopes.shape == array.shape
                for index in np.ndindex(array.shape):
                    kept = array[index]
                    array[index] = kept + 1e-5
                    above = feed_forward_sample(image, label, weights, biases)[0]
                    array[index] = kept - 1e-5
                    below = feed_forward_sample(image, label, weights, biases)[0]
                    array[index] = kept
                    assert abs(slopes[index] - (above - below) / 2e-5) < 1e-6
    return True


COMPARED = "np.allclose(computed, measured, atol=1e-7)"

PROBE = Probe(
    "catches_wrong_gradients", is_right, cases={}, points=(),
    catches=Catches("gradients", right=(any_depth, with_einsum, with_diagonal_matrices), accepting=1.5, catching=0.25,
                    slips={
        "label_minus_guess": "one with the wrong sign",
        "only_the_output_layer": "one that leaves the hidden layers at zero",
        "slope_of_activated": "one with the slopes of activated values",
        "derivative_after_the_product": "one with a slope after the product",
        "slope_forgotten_in_the_first_layer": "one without the first layer's slopes",
        "bias_before_the_slope": "one whose hidden biases lack the slopes",
        "biases_left_out": "one whose network has no biases",
        "gradient_of_the_own_guess": "one that takes its own guess for the label",
        "sample_not_flattened": "one that does not flatten an image",
        "from_last_to_first": "one that gives the last layer first",
    }),
    slips=[
        Slip("accepts_everything", "return False", "continue",
             "Your function says True of every implementation that runs. It should say False as soon as a derivative "
             "differs from what you measure."),
        Slip("rejects_everything", COMPARED, "np.array_equal(computed, measured)",
             "Your function says False of every implementation, of right ones too. A measured slope carries rounding: "
             "compare with a tolerance, not for equality."),
        Slip("weights_only", "[*dW, *db]", "dW",
             "You compare the gradients of the weights. There are biases, too, and theirs can be wrong alone."),
        Slip("output_layer_only", "if computed.shape",
             "if k not in (2, 5):\n                continue\n            if computed.shape",
             "You compare the last layer only. It is the one that nearly everybody gets right: the error has not "
             "travelled yet."),
        Slip("without_biases", "b + rng.normal(size=b.shape)", "b",
             "All biases of your networks are zero, and so it cannot be seen whether an implementation uses them."),
        Slip("label_of_the_guess", "        dW, db = gradients(",
             "        label = int(np.argmax(feed_forward_sample(sample, label, parameters[:3], parameters[3:])[1]))\n"
             "        dW, db = gradients(",
             "Your networks guess the label. An implementation that goes by the guess instead of the label is right "
             "there: try it where the guess is wrong, too."),
        Slip("flat_samples_only", "rng.random((2, 2))", "rng.random(4)",
             "All your samples are vectors. A sample may be an image with two axes, and some implementations do not "
             "flatten it."),
        Slip("only_the_signs", COMPARED, "np.all(np.sign(computed) == np.sign(measured))",
             "You compare signs. Part E says why that is not enough: many wrong gradients point the right way, only by "
             "a wrong amount."),
    ],
    variants=[along_random_directions, stopping_at_the_first_difference],
)
