"""Hidden tests of problem set 3: written numbers and choices, and five functions on random networks and images.

The numbers of the worked network may be a student's own; everything else is the same for everybody. Two right answers
in float64 differ by less than 1e-12, and every known mistake moves some value by 1e-4 or more.
"""

from grading.probes.model import ProblemSet

from . import (
    backward,
    backward_formula,
    best_eta,
    conv2d_same,
    convolution,
    forward,
    forward_formula,
    init_first,
    init_later,
    lowest,
    mean_squared_errors,
    recurrent_norms,
    regularised_formula,
    regularised_statements,
    regularized_loss,
    sgd_step,
    shapes,
    true_false,
)
from .worked_numbers import written


def problem_set(student: str | None) -> ProblemSet:
    """The hidden tests with the standard network (None), or with this student's own."""
    probes = [forward_formula.PROBE, *written(student), forward.PROBE, backward.PROBE, sgd_step.PROBE,
              regularized_loss.PROBE, conv2d_same.PROBE, recurrent_norms.PROBE,
              backward_formula.PROBE, shapes.PROBE,
              regularised_formula.PROBE, regularised_statements.PROBE, init_first.PROBE, init_later.PROBE,
              *mean_squared_errors.PROBES, lowest.PROBE, best_eta.PROBE, convolution.PROBE, true_false.PROBE]
    return ProblemSet("ps3_worked_network", probes, personal=problem_set)


PROBLEM_SET = problem_set(None)
