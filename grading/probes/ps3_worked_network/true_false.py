"""Two statements, true or false."""

from grading.probes.boxes import box, wrong
from grading.probes.model import Point

PROBE = box(
    "ps3_true_false", {"sgd_monotone": False, "cnn_only_2d": False},
    [Point("on stochastic gradient descent", 0.25, part="sgd_monotone"),
     Point("on convolutional networks", 0.25, part="cnn_only_2d")],
    [wrong("sgd_is_monotone", sgd_monotone=True, cnn_only_2d=False,
           hint="A step of SGD lowers the loss of the samples it has seen. What does it do to all the others?"),
     wrong("only_images", sgd_monotone=False, cnn_only_2d=True,
           hint="A filter can slide along any axis on which neighbours matter. Is there one in a sound?"),
     wrong("both", sgd_monotone=True, cnn_only_2d=True,
           hint="Both are worth a second look: what does one sample know of the others, and along how many axes can a "
                "filter slide?")],
    [{"sgd_monotone": 0, "cnn_only_2d": 0}])
