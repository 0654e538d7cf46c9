"""One step against the gradient, for all four parameters; the old ones may be overwritten."""

from typing import Any

from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip

from .inputs import two_classes
from .reference import GD


def _step(rng: Generator) -> Inputs:
    params = two_classes(rng)["params"]
    return {"params": params, "grads": {name: rng.normal(size=value.shape) for name, value in params.items()},
            "learning_rate": float(rng.uniform(0.1, 0.6))}


def descent_in_place(params: Any, grads: Any, learning_rate: float) -> Any:
    for name in params:
        params[name] -= learning_rate * grads[name]
    return params


def descent_by_name(params: Any, grads: Any, learning_rate: float) -> Any:
    return {"w1": params["w1"] - learning_rate * grads["w1"], "b1": params["b1"] - learning_rate * grads["b1"],
            "w2": params["w2"] - learning_rate * grads["w2"], "b2": params["b2"] - learning_rate * grads["b2"]}


PROBE = Probe(
    "GD", GD,
    cases={"ordinary": Cases(_step)},
    points=(Point("all four parameters", 1),),
    slips=[
        Slip("uphill", "params[name] -", "params[name] +",
             "The parameters move along the gradient, uphill. Descent goes the other way."),
        Slip("rate_left_out", "learning_rate * ", "",
             "The step has the full length of the gradient: the learning rate does not appear."),
        Slip("weights_only", "grads[name]", 'grads[name] * (name in ("w1", "w2"))',
             "The weights move and the biases stay. Biases are learned too."),
        Slip("output_layer_only", "grads[name]", 'grads[name] * (name in ("w2", "b2"))',
             "Only the second layer moves. Both layers have parameters."),
        Slip("loop_variable_moved", "return {name: params[name] - learning_rate * grads[name] for name in params}",
             "for name, value in params.items():\n        value = value - learning_rate * grads[name]\n"
             "    return params",
             "The parameters come back as they were. A new array under a local name does not change the dict."),
        Slip("gradient_as_parameter", "params[name] - ", "-",
             "The step replaces the old parameters. It should be added to them."),
    ],
    variants=[descent_in_place, descent_by_name],
)
