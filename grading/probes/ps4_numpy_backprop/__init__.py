"""Hidden tests of problem set 4: a network in numpy, from the sigmoid to an epoch of training.

The references take another road than the notebook's solutions do: their gradients come from imaginary steps.

Tolerances: two right answers in float64 differ by less than 1e-12 here, while every known mistake moves some value by
1e-5 or more, so the model's default (5e-6 of the largest entry) leaves room on both sides. The statistics of
`initialize` are the exception: they scatter by 0.02 or so of what is expected, and the nearest mistake (the sum of the
two sides) is off by 0.18.

All networks have two hidden layers and ten classes, like the one in the notebook; the other sizes are small.
"""

from grading.probes.model import ProblemSet

from . import (
    catches_wrong_gradients,
    cross_entropy_loss,
    dsigmoid,
    feed_forward_dataset,
    feed_forward_sample,
    gradients,
    initialize,
    integer_to_one_hot,
    sigmoid,
    softmax,
    train_one_epoch,
    train_one_sample,
)

PROBLEM_SET = ProblemSet("ps4_numpy_backprop", probes=[module.PROBE for module in (
    sigmoid, dsigmoid, softmax, cross_entropy_loss, integer_to_one_hot, initialize, feed_forward_sample,
    feed_forward_dataset, gradients, train_one_sample, train_one_epoch,
    catches_wrong_gradients,
)])
