"""Hidden tests of problem set 5: modules, loss, optimiser and trainer, each tried with right stand-ins around it.

Tolerances: two right answers in float64 differ by less than 1e-10 here, while every known mistake moves some value by
1e-4 or more; `finite_difference_check` has its own, explained there.
"""

from grading.probes.model import ProblemSet

from . import (
    cross_entropy_loss,
    define_network,
    finite_difference_check,
    gradient_descent_optimizer,
    linear,
    multi_layer_perceptron,
    own_layer,
    relu,
    sigmoid,
    sigmoid_layer,
    train_network,
)

PROBLEM_SET = ProblemSet("ps5_modular_layers", probes=[module.PROBE for module in (
    sigmoid, sigmoid_layer, relu, linear, finite_difference_check, cross_entropy_loss, multi_layer_perceptron,
    define_network, gradient_descent_optimizer, train_network, own_layer,
)])
