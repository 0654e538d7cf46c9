"""The forward pass of many classes: as before, with softmax at the output."""

from typing import Any

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import many_classes
from .reference import forward, forward_multi, sigmoid, softmax
from .trying import use_forward


def forward_multi_written_out(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ sigmoid(z1) + params["b2"][:, None]
    return softmax(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


def forward_multi_by_forward(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return softmax(intermediate["z2"]), intermediate


PROBE = Probe(
    "forward_multi", forward_multi,
    cases={"ordinary": Cases(many_classes)},
    points=(Point("probabilities", 0.75, part="output"),),
    unchanged=0.25,
    use=use_forward,
    slips=[
        Slip("sigmoid_at_the_output", "softmax(z2)", "sigmoid(z2)",
             "The outputs are sigmoids, which do not know of each other. Ten classes share one probability: their "
             "column sums to one."),
        Slip("softmax_over_samples", "softmax(z2)", "softmax(z2.T).T",
             "Softmax runs along the samples. It belongs to the classes of each sample."),
        Slip("softmax_of_probabilities", "softmax(z2)", "softmax(sigmoid(z2))",
             "Softmax is applied to values that have been through a sigmoid. It wants z2."),
        Slip("softmax_twice", "softmax(z2)", "softmax(softmax(z2))", "Softmax has been applied twice; once is enough."),
        Slip("logits_returned", "softmax(z2)", "z2", "The output is z2 itself. Probabilities are asked for."),
        Slip("hidden_not_activated", "sigmoid(z1)", "z1",
             "The hidden layer has no activation, so the two layers together are one linear map."),
        Slip("relu_inside", "sigmoid(z1)", "np.maximum(z1, 0)",
             "The hidden activation here is the sigmoid, not a ramp."),
    ],
    variants=[forward_multi_written_out, forward_multi_by_forward],
)
