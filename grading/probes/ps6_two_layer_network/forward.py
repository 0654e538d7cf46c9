"""The probabilities of label 1, and what the backward pass will need: z1, Y1 and z2 earn points of their own."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import two_classes
from .reference import forward, sigmoid
from .trying import use_forward


def forward_with_columns(X: Any, params: Any) -> Any:
    z1 = np.dot(params["w1"], X) + params["b1"].reshape(-1, 1)
    Y1 = sigmoid(z1)
    z2 = np.dot(params["w2"], Y1) + params["b2"].reshape(-1, 1)
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": Y1, "z2": z2}


def forward_sample_by_sample(X: Any, params: Any) -> Any:
    z1 = np.array([params["w1"] @ x + params["b1"] for x in X.T]).T
    z2 = np.array([params["w2"] @ y + params["b2"] for y in sigmoid(z1).T]).T
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2, "Y2": sigmoid(z2)}


PROBE = Probe(
    "forward", forward,
    cases={"ordinary": Cases(two_classes)},
    points=(Point("the output", 1, part="output"), Point("z1 is kept", 0.25, part="z1"),
           Point("Y1 is kept", 0.25, part="Y1"), Point("z2 is kept", 0.25, part="z2")),
    unchanged=0.25,
    use=use_forward,
    slips=[
        Slip("hidden_not_activated", "sigmoid(z1)", "z1",
             "The hidden layer has no activation, so the two layers together are one linear map."),
        Slip("output_not_activated", "sigmoid(z2)", "z2",
             "The output is z2 itself, which can be any number. A probability lies between 0 and 1."),
        Slip("without_biases",
             ' + params["b1"][:, None]\n    Y1 = sigmoid(z1)\n    z2 = params["w2"] @ Y1 + params["b2"][:, None]',
             '\n    Y1 = sigmoid(z1)\n    z2 = params["w2"] @ Y1',
             "The biases of both layers are left out."),
        Slip("without_second_biases", ' + params["b2"][:, None]', "", "The biases of the second layer are left out."),
        Slip("activated_kept_as_z", '"z1": z1, "Y1": Y1, "z2": z2', '"z1": Y1, "Y1": Y1, "z2": sigmoid(z2)',
             "The output is right. What you keep as z1 and z2 has already been activated."),
        Slip("relu_inside", "sigmoid(z1)", "np.maximum(z1, 0)",
             "The hidden activation here is the sigmoid, not a ramp."),
        Slip("output_flattened", "sigmoid(z2)", "sigmoid(z2)[0]",
             "The values are right, the shape is not: one row with a column for every sample."),
    ],
    variants=[forward_with_columns, forward_sample_by_sample],
)
