"""Hidden tests of problem set 1: step neurons, boxes in one and two dimensions, and the mean absolute error.

The references use other formulas than the notebook's solutions. Parameters are judged by the function their network
computes: on a grid that never touches the edge of a box, where it does not matter which side a step belongs to.
"""

from grading.probes.model import ProblemSet

from . import (
    box2d_parameters,
    box_parameters,
    boxes_needed,
    boxes_needed_d,
    boxes_parameters,
    l1_loss,
    l1_subgradient,
    max_error_bound,
    network,
    network2d,
    shapes,
    step,
)

PROBLEM_SET = ProblemSet("ps1_box_functions", probes=[module.PROBE for module in (
    step, network, box_parameters, boxes_parameters, max_error_bound, boxes_needed, network2d, box2d_parameters,
    boxes_needed_d, l1_loss, l1_subgradient, shapes,
)])
