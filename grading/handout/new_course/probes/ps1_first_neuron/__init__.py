"""Hidden tests of the first problem set: a file for each exercise, in this order."""

from grading.probes.model import ProblemSet

from . import catches_wrong_relu, neuron, relu

PROBLEM_SET = ProblemSet("ps1_first_neuron", probes=[module.PROBE for module in (relu, neuron, catches_wrong_relu)])
