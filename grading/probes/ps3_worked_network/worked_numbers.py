"""The written answers of ps3 that depend on the worked network's numbers, worked out for any such network."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from grading.probes.boxes import box, number_box
from grading.probes.model import Mistake, Point, Probe
from helpers.worked_network import WorkedNetwork, numbers

from . import reference

APART = 1.6e-4  # numbers closer than this cannot be told from each other's roundings: half a unit, and a whole one
Wrong = tuple[str, float, str]  # a mistake's name, the number it leads to, and the hint

BIAS_LAST = "You take the biases from the last column of each matrix. They stand in the first one."
NO_BIAS = "The biases are missing: the first column of each matrix is multiplied by a constant 1."
HIDDEN_LAST = "You take the hidden layer's biases from the last column of α. They stand in the first one."
OUTPUT_LAST = "You take the output's biases from the last column of β. They stand in the first one."
NO_HIDDEN_BIAS = "The hidden layer's biases are missing: the first column of α is multiplied by a constant 1, too."
NO_OUTPUT_BIAS = "The output's biases are missing: the first column of β is multiplied by a constant 1, too."
ONE_BEHIND = "You put the constant 1 behind the hidden values. The biases have column 0, so the 1 belongs in front."
YES_OR_NO = "You added up a yes-or-no loss for each class. With softmax only the probability of the label counts."
FROM_ZERO = "That is the number of the unit after: units are counted from 1 here."
UPHILL = "Your step went uphill: the gradient is subtracted, not added."
NOT_MOVED = "That is the value before the step. Its derivative is not zero."
COLUMN = "That entry is one column off: the column of the biases has number 0."
ROW = "That entry is one row off: rows are counted from 1, columns from 0."
STANDARD = ("That is the answer for the standard network. Put the name of your hand-in folder into student_id, and use "
            "the numbers that are printed then.")


def written(student: str | None) -> list[Probe]:
    """All boxes about the network of this student, in the notebook's order."""
    network, standard = numbers(student), student is not None and _answers(numbers(None))
    right, wrong = _answers(network), {**_forward_mistakes(network), **_step_mistakes(network)}
    biases = _bias_mistakes(network)
    worth = {"beta21": 0.75, "beta10": 0.75, "regularised_loss": 0.75}
    probes = []
    for name, exact in right.items():
        known = [("standard_numbers", standard[name], STANDARD)] if standard else []
        mistakes = _distinct(name, exact, [*known, *wrong[name], *biases.get(name, [])])
        if name.startswith("class"):
            point = Point("the class", 0.5, part=name)
            probes.append(box(f"ps3_{name}", {name: int(exact)}, [point], mistakes, [{name: float(exact)}]))
        else:
            probes.append(number_box(f"ps3_{name}", name, exact, worth.get(name, 0.5), mistakes))
    return probes


def _distinct(name: str, exact: float, wrong: Sequence[Wrong]) -> list[Mistake]:
    """The mistakes whose numbers differ from the right one and from each other's, the first of equals."""
    kept: list[Mistake] = []
    taken = [exact]
    for id, value, hint in wrong:
        if all(abs(value - other) > APART for other in taken):
            kept.append(Mistake({name: value}, hint, id))
            taken.append(value)
    return kept


def _answers(network: WorkedNetwork) -> dict[str, float]:
    at = reference.forward(network.x, network.y, network.alpha, network.beta)
    grads = reference.backward(network.x, network.y, network.alpha, network.beta)
    alpha, beta = reference.sgd_step(network.alpha, network.beta, grads, 1.0)
    regularised = reference.regularized_loss(network.x, network.y, network.alpha, network.beta, 0.01)
    return {"a1": float(at["a"][0]), "z1": float(at["z"][0]), "b2": float(at["b"][1]), "yhat2": float(at["yhat"][1]),
            "class_before": 1 + int(np.argmax(at["yhat"])), "loss": float(at["loss"]),
            "beta21": float(beta[1, 1]), "beta10": float(beta[0, 0]), "alpha34": float(alpha[2, 4]),
            "class_after": 1 + network.label, "regularised_loss": regularised}


def _forward_mistakes(network: WorkedNetwork) -> dict[str, list[Wrong]]:
    at = reference.forward(network.x, network.y, network.alpha, network.beta)
    a, z, b, yhat, loss = at["a"], at["z"], at["b"], at["yhat"], float(at["loss"])
    logits = "You stopped at b. The output is a probability: softmax is still to come."
    before = [("counted_from_zero", float(np.argmax(yhat)), "Classes are counted from 1 here: the first one is 1."),
              ("the_label", 1.0 + network.label, "That is the label. The network's own guess is its largest output."),
              ("least_likely", 1.0 + np.argmin(yhat), "That class has the smallest output. The guess has the largest.")]
    return {
        "a1": [("next_unit", a[1], FROM_ZERO),
               ("after_the_sigmoid", z[0], "That is z₁. The linear sum before the sigmoid is asked for.")],
        "z1": [("next_unit", z[1], FROM_ZERO), ("before_the_sigmoid", a[0], "That is a₁: the sigmoid is "
               "still to come."), ("tangent", np.tanh(a[0]), "That is the hyperbolic tangent of a₁. σ is the sigmoid."),
               ("upside_down", 1 - z[0], "The sigmoid rises: a negative a₁ gives less than one half.")],
        "b2": [("next_unit", b[2], FROM_ZERO),
               ("no_sigmoid", network.beta[1, 0] + network.beta[1, 1:] @ a, "You put a where z belongs: each hidden "
                "value goes through the sigmoid first.")],
        "yhat2": [("next_unit", yhat[2], FROM_ZERO), ("logit", b[1], logits),
                  ("sigmoid_at_the_output", 1 / (1 + np.exp(-b[1])), "That is the sigmoid of b₂ alone. Softmax divides "
                   "by a sum over all three classes.")],
        "class_before": before,
        "loss": [("negative", -loss, "A loss is never negative here: the logarithm of a probability is, "
                                 "and a minus stands before it."),
                 ("ten_for_e", loss / np.log(10), "You used the logarithm to base 10; ln is asked for."),
                 ("two_for_e", loss / np.log(2), "You used the logarithm to base 2; ln is asked for."),
                 ("loss_of_the_guess", -np.log(yhat.max()), "That is the loss of the class which the network guesses. "
                  "The label decides which probability counts."),
                 ("every_class_yes_or_no", loss + _others(yhat, network), YES_OR_NO),
                 ("every_class", -np.sum(np.log(yhat)), "You added the logarithms of all classes. Only the class with "
                  "y = 1 counts."),
                 ("squared_error", np.sum((yhat - network.y) ** 2), "That is the squared error; the cross-entropy is "
                  "asked for."),
                 ("probability", np.exp(-loss), "That is the probability of the label. The loss is minus its "
                  "logarithm.")],
    }


def _step_mistakes(network: WorkedNetwork) -> dict[str, list[Wrong]]:
    alpha, beta = network.alpha, network.beta
    grads = reference.backward(network.x, network.y, alpha, beta)
    after_alpha, after_beta = reference.sgd_step(alpha, beta, grads, 1.0)
    d_alpha, d_beta = grads["d_alpha"], grads["d_beta"]
    at = reference.forward(network.x, network.y, alpha, beta)
    loss = float(at["loss"])
    a2, b2 = np.sum(alpha[:, 1:] ** 2), np.sum(beta[:, 1:] ** 2)
    return {
        "beta21": [("uphill", beta[1, 1] + d_beta[1, 1], UPHILL), ("not_moved", beta[1, 1], NOT_MOVED),
                   ("next_column", after_beta[1, 2], COLUMN), ("next_row", after_beta[2, 1], ROW),
                   ("transposed", after_beta[0, 2], "Row and column have changed places: the first index is the row."),
                   ("the_gradient", d_beta[1, 1], "That is the derivative. The value after the step is asked for."),
                   ("bias_of_the_row", after_beta[1, 0], "That is the bias of the row, β₂₀.")],
        "beta10": [("uphill", beta[0, 0] + d_beta[0, 0], UPHILL), ("not_moved", beta[0, 0], NOT_MOVED),
                   ("next_column", after_beta[0, 1], COLUMN), ("next_row", after_beta[1, 0], ROW),
                   ("the_gradient", d_beta[0, 0], "That is the derivative. The value after the step is asked for.")],
        "alpha34": [("moved", alpha[2, 4] - grads["d_a"][2], "You subtracted the error of the unit. The slope for this "
                     "weight is that error times the weight's input, and that is 0."),
                    ("previous_column", after_alpha[2, 3], COLUMN), ("next_row", after_alpha[3, 4], ROW),
                    ("transposed", after_alpha[3, 3], "Row and column have changed places: the first index is the "
                     "row."), ("the_gradient", d_alpha[2, 4], "That is the derivative. The value after the step is "
                     "asked for.")],
        "class_after": [("counted_from_zero", network.label, "Classes are counted from 1 here: the first one is 1."),
                        ("as_before", _answers(network)["class_before"], "That is the guess before training. Every "
                         "step makes the label more probable.")],
        "regularised_loss": [
            ("without_penalty", loss, "That is the loss alone: λ times the sum of squares belongs to it."),
            ("biases_counted", loss + 0.01 * (np.sum(alpha**2) + np.sum(beta**2)), "You counted the biases too; the "
             "first columns stay out."),
            ("half_the_penalty", loss + 0.005 * (a2 + b2), "You put a ½ before the penalty. This formula has none."),
            ("penalty_alone", 0.01 * (a2 + b2), "That is the penalty alone; the loss belongs to it."),
            ("alpha_only", loss + 0.01 * a2, "The weights of β are missing from your penalty."),
            ("beta_only", loss + 0.01 * b2, "The weights of α are missing from your penalty."),
            ("norms", loss + 0.01 * (np.sqrt(a2) + np.sqrt(b2)), "You added the norms. The formula has their squares."),
            ("every_class_yes_or_no", loss + _others(at["yhat"], network) + 0.01 * (a2 + b2), YES_OR_NO),
            ("lambda_ignored", loss + a2 + b2, "The penalty came in at full strength; λ is 0.01.")],
    }


def _others(yhat: np.ndarray, network: WorkedNetwork) -> float:
    """What the other classes would add to a loss of yes-or-no questions."""
    return float(-np.sum(np.log(1 - yhat[network.y == 0])))


def _bias_mistakes(network: WorkedNetwork) -> dict[str, list[Wrong]]:
    """Whatever a box becomes where biases are looked for in another column, or in none: in both layers or in one."""
    alpha, beta, x, y = network.alpha, network.beta, network.x, network.y
    grads, z = reference.backward(x, y, alpha, beta), reference.forward(x, y, alpha, beta)["z"]
    penalty = 0.01 * (np.sum(alpha[:, 1:] ** 2) + np.sum(beta[:, 1:] ** 2))
    without_last = 0.01 * (np.sum(alpha[:, :-1] ** 2) + np.sum(beta[:, :-1] ** 2))
    wrong: dict[str, list[Wrong]] = {name: [] for name in _answers(network) if not name.startswith("class")}
    for id, other, hint in _with_biases_astray(network):
        at, slopes = reference.forward(x, y, other.alpha, other.beta), reference.backward(x, y, other.alpha, other.beta)
        d_b, d_a = slopes["d_b"], slopes["d_a"]
        values = {"a1": at["a"][0], "z1": at["z"][0], "b2": at["b"][1], "yhat2": at["yhat"][1], "loss": at["loss"],
                  "regularised_loss": at["loss"] + penalty,
                  "beta21": beta[1, 1] - d_b[1] * at["z"][0], "beta10": beta[0, 0] - d_b[0]}
        if id == "bias_last":  # or last on the way back and in the penalty, too
            values["alpha34"] = alpha[2, 4] - d_a[2] * x[4]
            for name, value in (("beta21", beta[1, 1] - d_b[1] * at["z"][1]),
                                ("beta10", beta[0, 0] - d_b[0] * at["z"][0]),
                                ("regularised_loss", at["loss"] + without_last)):
                wrong[name].append(("bias_last_throughout", float(value), hint))
        for name, value in values.items():
            wrong[name].append((id, float(value), hint))
    wrong["beta21"].append(("ones_at_the_end", beta[1, 1] - grads["d_b"][1] * z[1], ONE_BEHIND))
    wrong["beta10"].append(("ones_at_the_end", beta[0, 0] - grads["d_b"][0] * z[0], ONE_BEHIND))
    loss = float(reference.forward(x, y, alpha, beta)["loss"])
    wrong["regularised_loss"].append(("last_column_left_out", loss + without_last, "Your penalty leaves out the last "
                                      "columns. The biases, which stay out, are in the first."))
    return wrong


def _with_biases_astray(network: WorkedNetwork) -> list[tuple[str, WorkedNetwork, str]]:
    """What a network becomes whose biases are looked for elsewhere, or nowhere: in both layers, or in one."""
    alpha, beta = network.alpha, network.beta
    last_alpha, last_beta = np.roll(alpha, 1, axis=1), np.roll(beta, 1, axis=1)
    no_alpha, no_beta = alpha * (np.arange(7) > 0), beta * (np.arange(5) > 0)
    return [(id, replace(network, alpha=first, beta=second), hint) for id, first, second, hint in (
        ("bias_last", last_alpha, last_beta, BIAS_LAST), ("biases_forgotten", no_alpha, no_beta, NO_BIAS),
        ("hidden_bias_only", alpha, no_beta, NO_OUTPUT_BIAS), ("output_bias_only", no_alpha, beta, NO_HIDDEN_BIAS),
        ("hidden_bias_last", last_alpha, beta, HIDDEN_LAST), ("output_bias_last", alpha, last_beta, OUTPUT_LAST))]
