"""Hidden tests of problem set 7: a hidden ReLU layer and gradient descent with momentum.

Sizes always differ (samples N odd, inputs d, hidden units H, classes K), so that a transposed product cannot fit by
accident. Two right answers in float64 differ by less than 1e-11 here; the known mistakes move some value by 1e-5 or
more. Cross-entropy is compared to 1e-4: a small number that keeps the logarithm away from zero is welcome.
"""

from grading.probes.model import ProblemSet

from . import (
    average_ce,
    backpropagation,
    compute_layer,
    convert_onehot,
    grad_ce,
    learning,
    momentum_update,
    relu,
    shuffle,
    softmax,
    split,
)

PROBLEM_SET = ProblemSet("ps7_momentum_letters", probes=[module.PROBE for module in (
    relu, softmax, compute_layer, average_ce, grad_ce, convert_onehot, shuffle, split, backpropagation,
    momentum_update, learning,
)])
