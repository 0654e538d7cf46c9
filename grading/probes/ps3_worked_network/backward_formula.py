"""The formulas of the way back, as choices."""

from grading.probes.boxes import choice

PROBE = choice("ps3_backward_formula", "backward_formula", {1, 3, 5, 6, 8}, 1.5, (
    ("wrong_sign", {2, 3, 5, 6, 8}, "More of the right logit makes the loss smaller: which sign has its derivative?"),
    ("whole_beta", {1, 3, 4, 6, 8}, "z has four entries, and β has five columns. Which of them does no z go through?"),
    ("slope_of_a", {1, 3, 5, 7, 8}, "σ′(a) is written with σ(a), which is z, and not with a itself."),
    ("two_slips", {2, 3, 4, 6, 8}, "Look again at two lines: the sign at the output, and which columns of β lead back "
                                   "to z.")))
