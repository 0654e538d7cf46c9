"""The shapes of dℓ/dβ and dℓ/dα."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps3_shapes", {"shape_dbeta": (3, 5), "shape_dalpha": (4, 7)},
    [Point("dℓ/dβ", 0.5, part="shape_dbeta"), Point("dℓ/dα", 0.5, part="shape_dalpha")],
    [wrong("transposed", shape_dbeta=(5, 3), shape_dalpha=(7, 4),
           hint="Rows and columns have changed places. A gradient has the shape of what it belongs to."),
     wrong("biases_forgotten", shape_dbeta=(3, 4), shape_dalpha=(4, 6),
           hint="Biases have derivatives, too: a column is missing."),
     wrong("transposed_without_biases", shape_dbeta=(4, 3), shape_dalpha=(6, 4),
           hint="Rows and columns have changed places, and biases have derivatives, too."),
     wrong("hidden_biases_forgotten", shape_dbeta=(3, 5), shape_dalpha=(4, 6),
           hint="The biases of the hidden layer have derivatives, too: a column of ∂ℓ/∂α is missing."),
     wrong("output_biases_forgotten", shape_dbeta=(3, 4), shape_dalpha=(4, 7),
           hint="The biases of the output have derivatives, too: a column of ∂ℓ/∂β is missing."),
     wrong("exchanged", shape_dbeta=(4, 7), shape_dalpha=(3, 5),
           hint="The two have changed places.")],
    [{"shape_dbeta": [3, 5], "shape_dalpha": [4, 7]}])
