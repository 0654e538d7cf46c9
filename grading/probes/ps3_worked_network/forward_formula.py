"""The formulas of the way forward, as choices."""

from grading.probes.boxes import choice

PROBE = choice("ps3_forward_formula", "forward_formula", {1, 3, 4}, 1, (
    ("inputs_as_a_row", {2, 3, 4}, "Look at the shapes: α has a row for each hidden unit and a column for each input, "
                                   "so what has to stand to its right?"),
    ("no_one_for_the_output", {1, 3, 5}, "β has five columns and z four entries: what is multiplied by the first "
                                         "column?"),
    ("sigmoid_at_the_output", {1, 3, 4, 6}, "The outputs should sum to one. Does a sigmoid of each b alone see to "
                                            "that?")))
