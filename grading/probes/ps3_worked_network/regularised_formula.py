"""The regularised loss and its gradient, as choices."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps3_regularised_formula", {"loss_formula": {2}, "gradient_formula": {3}},
    [Point("the regularised loss", 0.5, part="loss_formula"), Point("its gradient", 0.5, part="gradient_formula")],
    [wrong("biases_counted", loss_formula={1}, gradient_formula={3},
           hint="α and β contain the biases; the star says that the first column is left out."),
     wrong("factor_two_lost", loss_formula={2}, gradient_formula={2},
           hint="Differentiate λ·α² once more: where does the exponent go?"),
     wrong("half", loss_formula={3}, gradient_formula={2},
           hint="A ½ in the loss would cancel the 2 in the gradient, but the text has none."),
     wrong("penalty_not_differentiated", loss_formula={2}, gradient_formula={1},
           hint="The penalty depends on the weights, so it has a derivative, too.")],
    [{"loss_formula": [2], "gradient_formula": 3}])
