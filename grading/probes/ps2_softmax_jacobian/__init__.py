"""Hidden tests of problem set 2. The references take another road than the notebook's solution does.

Tolerances: two right answers in float64 differ by less than 1e-11 here, while every known mistake moves some value by
1e-4 or more, so the model's default (5e-6 of the largest entry) leaves room on both sides. Only
`numerical_jacobian`, whose quotients carry more rounding, has a tolerance of its own.
"""

from grading.probes.model import ProblemSet

from . import (
    catches_wrong_softmax,
    cross_entropy,
    cross_entropy_grad,
    log_softmax,
    numerical_jacobian,
    softmax,
    softmax_batch,
    softmax_jacobian,
    softmax_vjp,
)

PROBLEM_SET = ProblemSet("ps2_softmax_jacobian", probes=[module.PROBE for module in (
    softmax, softmax_batch, numerical_jacobian, softmax_jacobian, softmax_vjp, log_softmax, cross_entropy,
    cross_entropy_grad, catches_wrong_softmax,
)])
