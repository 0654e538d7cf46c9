"""Which activation has the lowest error."""

from grading.probes.boxes import choice

PROBE = choice("ps3_lowest", "lowest", {2}, 0.5, (
    ("relu", {1}, "Compare your four numbers: ReLU has nearly the largest."),
    ("sigmoid", {3}, "Close: one of the other three is a little lower still."),
    ("linear", {4}, "Compare your four numbers: the linear one has the largest.")))
