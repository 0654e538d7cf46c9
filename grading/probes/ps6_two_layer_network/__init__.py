"""Hidden tests of problem set 6. Columns are samples; gradients are means.

Tolerances: two right answers in float64 differ by less than 1e-11 here, while every known mistake moves some value by
1e-4 or more, so the model's default (5e-6 of the largest entry) leaves room on both sides.
"""

from grading.probes.model import ProblemSet

from . import (
    accuracy,
    backward,
    backward_multi,
    cross_entropy_loss,
    extract_binary_classification_dataset,
    extract_multiclass_dataset,
    forward,
    forward_multi,
    gd,
    multi_class_cross_entropy_loss,
    one_hot,
    predict,
    predict_multi,
    sigmoid,
    softmax,
    train_binary,
    train_multi,
    two_layer_network,
)

PROBLEM_SET = ProblemSet("ps6_two_layer_network", probes=[module.PROBE for module in (
    two_layer_network, extract_binary_classification_dataset, sigmoid, cross_entropy_loss, forward, backward,
    gd, predict, accuracy, train_binary, one_hot, extract_multiclass_dataset, softmax,
    multi_class_cross_entropy_loss, forward_multi, backward_multi, predict_multi, train_multi,
)])
