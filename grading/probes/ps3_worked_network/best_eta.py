"""Which learning rate is best for two steps, and the errors it leads to."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

from .small_network import WEIGHTS, after_steps

BEST, SMALLEST, ONE_STEP = after_steps(0.001), after_steps(0.0001), after_steps(0.001, 1)
PROBE = box(
    "ps3_best_eta", {"best_eta": 0.001, "best_loss": BEST, "slow_loss": SMALLEST},
    [Point("the best rate", 0.25, part="best_eta"), Point("its error after two steps", 0.5, part="best_loss"),
     Point("the error at rate 0.0001", 0.25, part="slow_loss")],
    [wrong("one_step", best_eta=0.001, best_loss=ONE_STEP, slow_loss=after_steps(0.0001, 1),
           hint="These are the errors after one step; two are asked for."),
     wrong("biases_stay", best_eta=0.001, best_loss=after_steps(0.001, moving=WEIGHTS),
           slow_loss=after_steps(0.0001, moving=WEIGHTS),
           hint="You moved the weights alone. Biases are parameters, too: all nine take the step."),
     wrong("half_the_gradient", best_eta=0.001, best_loss=after_steps(0.0005), slow_loss=after_steps(0.00005),
           hint="Your gradient is half of what it should be, as if a ½ stood before the squares. This error has none."),
     wrong("transposed", best_eta=0.001, best_loss=after_steps(0.001, transposed=True),
           slow_loss=after_steps(0.0001, transposed=True),
           hint="You multiplied by the transposed W₁: each row of W₁ belongs to one hidden unit."),
     wrong("too_careful", best_eta=0.0001, best_loss=SMALLEST, slow_loss=SMALLEST,
           hint="Careful steps are safe, but two of them do not lead far. Does a larger rate still go down?"),
     wrong("too_large", best_eta=0.1, best_loss=BEST, slow_loss=SMALLEST,
           hint="At this rate the error explodes: look at the number after two steps.")],
    [{"best_eta": 0.001, "best_loss": 9.0734, "slow_loss": 109.7563}])
