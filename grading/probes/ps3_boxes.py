"""The written answers of ps3 that are the same for everybody: formulas, shapes, initialisation, activations, images."""

from collections.abc import Sequence
from typing import Any

from grading.probes import ps3_reference as reference
from grading.probes.boxes import box, number_box
from grading.probes.model import Mistake, Point, Probe


def choice(id: str, name: str, right: set[int], worth: float, slips: Sequence[tuple[str, set[int], str]]) -> Probe:
    """One multiple-choice question; `slips` are sets that people choose, each with its hint."""
    return box(id, {name: right}, [Point("the choice", worth, part=name)],
               [Mistake({name: chosen}, hint, mistake) for mistake, chosen, hint in slips], [{name: sorted(right)}])


def wrong(id: str, *, hint: str, **answers: Any) -> Mistake:
    """A wrong answer of a box, by the names it assigns."""
    return Mistake(answers, hint, id)


FORWARD_FORMULA = choice("ps3_forward_formula", "forward_formula", {1, 3, 4}, 1, (
    ("inputs_as_a_row", {2, 3, 4}, "Look at the shapes: α has a row for each hidden unit and a column for each input, "
                                   "so what has to stand to its right?"),
    ("no_one_for_the_output", {1, 3, 5}, "β has five columns and z four entries: what is multiplied by the first "
                                         "column?"),
    ("sigmoid_at_the_output", {1, 3, 4, 6}, "The outputs should sum to one. Does a sigmoid of each b alone see to "
                                            "that?")))
BACKWARD_FORMULA = choice("ps3_backward_formula", "backward_formula", {1, 3, 5, 6, 8}, 1.5, (
    ("wrong_sign", {2, 3, 5, 6, 8}, "More of the right logit makes the loss smaller: which sign has its derivative?"),
    ("whole_beta", {1, 3, 4, 6, 8}, "z has four entries, and β has five columns. Which of them does no z go through?"),
    ("slope_of_a", {1, 3, 5, 7, 8}, "σ′(a) is written with σ(a), which is z, and not with a itself."),
    ("two_slips", {2, 3, 4, 6, 8}, "Look again at two lines: the sign at the output, and which columns of β lead back "
                                   "to z.")))
REGULARISED_FORMULA = box(
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
STATEMENTS = choice("ps3_regularised_statements", "statements", {1, 3}, 0.75, (
    ("first_only", {1}, "One more is true: what does the gradient of the penalty do to a weight that is large?"),
    ("second_only", {3}, "One more is true: what does a sum of squares do when the weights grow?"),
    ("penalty_taken_away", {2, 3}, "The penalty is a sum of squares that is added. Can it make a loss smaller?"),
    ("always_larger", {1, 3, 4}, "The two parts of the gradient may have opposite signs. Does the sum always grow?"),
    ("none", {5}, "At least one holds: compare the regularised and the plain loss when all weights are doubled.")))
SHAPES = box(
    "ps3_shapes", {"shape_dbeta": (3, 5), "shape_dalpha": (4, 7)},
    [Point("dℓ/dβ", 0.5, part="shape_dbeta"), Point("dℓ/dα", 0.5, part="shape_dalpha")],
    [wrong("transposed", shape_dbeta=(5, 3), shape_dalpha=(7, 4),
           hint="Rows and columns have changed places. A gradient has the shape of what it belongs to."),
     wrong("biases_forgotten", shape_dbeta=(3, 4), shape_dalpha=(4, 6),
           hint="Biases have derivatives, too: a column is missing."),
     wrong("exchanged", shape_dbeta=(4, 7), shape_dalpha=(3, 5),
           hint="The two have changed places.")],
    [{"shape_dbeta": [3, 5], "shape_dalpha": [4, 7]}])
INIT_FIRST = box(
    "ps3_init_first", {"w1_first": (0, 0, 0), "v2_factor": -0.5},
    [Point("w₁ after one step", 0.25, part="w1_first"), Point("v₂ after one step", 0.5, part="v2_factor")],
    [wrong("uphill", w1_first=(0, 0, 0), v2_factor=0.5,
           hint="Downhill: the gradient is subtracted."),
     wrong("sigmoid_of_0_is_0", w1_first=(0, 0, 0), v2_factor=0,
           hint="v₂ is multiplied by σ(0), and that is not 0."),
     wrong("sigmoid_of_0_is_1", w1_first=(0, 0, 0), v2_factor=-1,
           hint="v₂ is multiplied by σ(0), and that is not 1."),
     wrong("slope_for_value", w1_first=(0, 0, 0), v2_factor=-0.25,
           hint="That is the slope of σ at 0. The derivative by v₂ has the value of σ there."),
     wrong("w1_moves_at_once", w1_first=(1, 1, 1), v2_factor=-0.5,
           hint="The error reaches w₁ through v₁. What is v₁ when the first step is taken?")],
    [{"w1_first": [0.0, 0.0, 0.0], "v2_factor": -0.5}])
INIT_LATER = box(
    "ps3_init_later", {"w_later": {3}, "v_later": {2}},
    [Point("w₁ and w₂", 0.5, part="w_later"), Point("v₁ and v₂", 0.25, part="v_later")],
    [wrong("zero_for_ever", w_later={2}, v_later={2},
           hint="In the first step v moves. What does this let through to w in the second one?"),
     wrong("first_is_larger", w_later={1}, v_later={1},
           hint="Both units see the same input and the same error. What could make one of them the larger?"),
     wrong("second_is_larger", w_later={4}, v_later={3},
           hint="Both units see the same input and the same error. What could make one of them the smaller?"),
     wrong("none", w_later={5}, v_later={2},
           hint="One of the other lines holds: w₁ and w₂ get the same updates, and from the second step on these are "
                "not zero.")],
    [{"w_later": 3, "v_later": [2]}])


def _activation(name: str) -> Probe:
    exact = float(reference.squared_error(name, reference.THETA))
    other = float(reference.squared_error(name, reference.THETA, transposed=True))
    variable = f"mse_{name}"
    return number_box(f"ps3_{variable}", variable, exact, 0.5, [
        Mistake({variable: other}, "You multiplied by the transposed W₁: each row of W₁ belongs to one hidden unit.",
                "transposed"),
        Mistake({variable: 5 * exact}, "That is the sum over the five samples; their mean is asked for.", "summed"),
        Mistake({variable: exact / 2}, "You put a ½ before the mean squared error. This formula has none.", "halved"),
        Mistake({variable: exact**0.5}, "That is the root of the mean squared error.", "root")])


ACTIVATIONS = tuple(_activation(name) for name in ("relu", "tanh", "sigmoid", "linear"))
LOWEST = choice("ps3_lowest", "lowest", {2}, 0.5, (
    ("relu", {1}, "Compare your four numbers: ReLU has nearly the largest."),
    ("sigmoid", {3}, "Close: one of the other three is a little lower still."),
    ("linear", {4}, "Compare your four numbers: the linear one has the largest.")))
BEST, SMALLEST, ONE_STEP = reference.after_steps(0.001), reference.after_steps(0.0001), reference.after_steps(0.001, 1)
BEST_ETA = box(
    "ps3_best_eta", {"best_eta": 0.001, "best_loss": BEST, "slow_loss": SMALLEST},
    [Point("the best rate", 0.25, part="best_eta"), Point("its error after two steps", 0.5, part="best_loss"),
     Point("the error at rate 0.0001", 0.25, part="slow_loss")],
    [wrong("one_step", best_eta=0.001, best_loss=ONE_STEP, slow_loss=reference.after_steps(0.0001, 1),
           hint="These are the errors after one step; two are asked for."),
     wrong("too_careful", best_eta=0.0001, best_loss=SMALLEST, slow_loss=SMALLEST,
           hint="Careful steps are safe, but two of them do not lead far. Does a larger rate still go down?"),
     wrong("too_large", best_eta=0.1, best_loss=BEST, slow_loss=SMALLEST,
           hint="At this rate the error explodes: look at the number after two steps.")],
    [{"best_eta": 0.001, "best_loss": 9.0734, "slow_loss": 109.7563}])
_CONVOLVED = reference.conv2d_same(reference.IMAGE, reference.FILTER)
CONVOLUTION = number_box("ps3_convolution", "convolution", float(_CONVOLVED[1, 3]), 0.5, [
    wrong("counted_from_zero", convolution=float(_CONVOLVED[2, 4]),
          hint="That value stands one row and one column further on: rows and columns count from 1 here."),
    wrong("exchanged", convolution=float(_CONVOLVED[3, 1]),
          hint="Row and column have changed places."),
    wrong("centre_like_the_rest", convolution=float(_CONVOLVED[1, 3] - 7 * reference.IMAGE[1, 3]),
          hint="The centre of the filter is 5, not −2."),
    wrong("centre_left_out", convolution=float(_CONVOLVED[1, 3] - 5 * reference.IMAGE[1, 3]),
          hint="The pixel itself is missing from your sum: the centre of the filter lies on it.")])
TRUE_FALSE = box(
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
