"""Hidden tests of the first problem set: a file for each exercise, in this order."""

from grading.probes.model import ProblemSet

from . import neuron, relu

PROBLEM_SET = ProblemSet("ps1_first_neuron", probes=[module.PROBE for module in (relu, neuron)])
