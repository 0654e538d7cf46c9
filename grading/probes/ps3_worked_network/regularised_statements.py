"""What is true of the regularised loss."""

from grading.probes.boxes import choice

PROBE = choice("ps3_regularised_statements", "statements", {1, 3}, 0.75, (
    ("first_only", {1}, "One more is true: what does the gradient of the penalty do to a weight that is large?"),
    ("second_only", {3}, "One more is true: what does a sum of squares do when the weights grow?"),
    ("penalty_taken_away", {2, 3}, "The penalty is a sum of squares that is added. Can it make a loss smaller?"),
    ("always_larger", {1, 3, 4}, "The two parts of the gradient may have opposite signs. Does the sum always grow?"),
    ("none", {5}, "At least one holds: compare the regularised and the plain loss when all weights are doubled.")))
