"""A network that starts from zeros, after one step."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps3_init_first", {"w1_first": (0, 0, 0), "v2_factor": -0.5},
    [Point("w₁ after one step", 0.25, part="w1_first"), Point("v₂ after one step", 0.5, part="v2_factor")],
    [wrong("uphill", w1_first=(0, 0, 0), v2_factor=0.5,
           hint="Downhill: the gradient is subtracted."),
     wrong("sigmoid_of_0_is_0", w1_first=(0, 0, 0), v2_factor=0,
           hint="v₂ is multiplied by σ(0), and that is not 0."),
     wrong("sigmoid_of_0_is_1", w1_first=(0, 0, 0), v2_factor=-1,
           hint="v₂ is multiplied by σ(0), and that is not 1."),
     wrong("slope_for_value", w1_first=(0, 0, 0), v2_factor=-0.25,
           hint="That is the slope of σ at 0. The derivative with respect to v₂ has the value of σ there."),
     wrong("w1_moves_at_once", w1_first=(1, 1, 1), v2_factor=-0.5,
           hint="The error reaches w₁ through v₁. What is v₁ when the first step is taken?")],
    [{"w1_first": [0.0, 0.0, 0.0], "v2_factor": -0.5}])
