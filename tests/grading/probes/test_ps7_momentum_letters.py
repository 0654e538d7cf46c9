"""Problem set 7's references agree with torch, its inputs show what they should, and partial credit is as announced."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

reference = right_answers("ps7_momentum_letters")

SET = problem_set("ps7_momentum_letters")
STUDENTS = ("ada", "ben", "cleo", "dan", "eve", "finn")


def inputs_of(name: str, student: str = "ada") -> list[Any]:
    return [case for case in cases_for(SET.find(name), student)]


def mistake(name: str, wanted: str) -> Any:
    return known_mistake(SET, name, wanted)


@pytest.mark.parametrize(("exercise", "answer", "points"), [
    ("relu", "zeroed_in_place", 0.4), ("softmax", "without_shift", 1.25), ("average_ce", "zero_times_minus_infinity", 1.5),
    ("average_ce", "infinite_at_a_zero", 2.0), ("average_ce", "clipped_in_place", 2.25), ("grad_ce", "unscaled", 2.0),
    ("grad_ce", "target_minus_prediction", 0.0), ("backpropagation", "summed", 4.0),
    ("backpropagation", "slope_one_at_zero", 6.0), ("backpropagation", "mask_missing_on_the_bias", 5.0),
    ("learning", "velocity_from_zero", 4.5),  # it moves the weights by 1e-5 or so and little else
    ("learning", "measured_before_the_step", 3.25),
    ("learning", "accuracy_in_percent", 4.25), ("learning", "one_epoch_too_many", 0.0)])
def test_a_mistake_costs_what_it_concerns(exercise: str, answer: str, points: float) -> None:
    assert graded(SET.find(exercise), mistake(exercise, answer)).points == points


def test_the_unscaled_gradient_is_told_about_the_mean() -> None:
    verdict = graded(SET.find("grad_ce"), mistake("grad_ce", "unscaled"))
    assert verdict.hint == ("The right direction, but for the sum over the samples. The loss is a mean over N of them, "
                            "and so is its gradient.")


def test_any_finite_value_counts_where_the_target_has_probability_zero() -> None:
    def huge(target: np.ndarray, prediction: np.ndarray) -> float:
        return 1e6 if np.any(prediction[target == 1] == 0) else reference.average_ce(target, prediction)
    assert graded(SET.find("average_ce"), huge).kind == "right"


# The references against torch

@pytest.mark.parametrize("student", STUDENTS)
def test_softmax_loss_and_gradient_agree_with_torch(student: str) -> None:
    for case in inputs_of("softmax", student):
        x = case.inputs["x"]
        np.testing.assert_allclose(reference.softmax(x), torch.softmax(torch.tensor(x), 1).numpy(), rtol=1e-10)
    for case in inputs_of("grad_ce", student):
        z, labels = torch.tensor(case.inputs["logits"], requires_grad=True), case.inputs["target"].argmax(axis=1)
        loss = torch.nn.functional.cross_entropy(z, torch.tensor(labels))
        loss.backward()
        assert z.grad is not None
        np.testing.assert_allclose(reference.grad_ce(**case.inputs), z.grad.numpy(), atol=1e-13)
        ours = reference.average_ce(case.inputs["target"], reference.softmax(case.inputs["logits"]))
        assert ours == pytest.approx(loss.item(), rel=1e-12)


@pytest.mark.parametrize("student", STUDENTS)
def test_the_four_gradients_agree_with_autograd_also_at_zero(student: str) -> None:
    for case in inputs_of("backpropagation", student):
        inputs = case.inputs
        x, t, wh, b, wo = (torch.tensor(inputs[name]) for name in ("x", "target", "wh", "b", "wo"))
        h = torch.relu(torch.tensor(inputs["o"]))
        bo = torch.log(torch.tensor(inputs["prediction"])) - h @ wo  # any logits with these probabilities
        leaves = [tensor.clone().requires_grad_() for tensor in (wo, bo[:1] * 0, wh, b)]
        logits = torch.relu(x @ leaves[2] + leaves[3]) @ leaves[0] + leaves[1] + bo
        loss = -(t * torch.log_softmax(logits, 1)).sum(1).mean()
        loss.backward()
        for ours, leaf in zip(reference.backpropagation(**inputs), leaves, strict=True):
            assert leaf.grad is not None
            np.testing.assert_allclose(ours, leaf.grad.numpy(), atol=1e-12)


@pytest.mark.parametrize("student", STUDENTS)
def test_learning_agrees_with_torch_optimising(student: str) -> None:
    for case in inputs_of("learning", student):
        inputs = case.inputs
        rng, d, H, K = np.random.default_rng(inputs["seed"]), inputs["train_x"].shape[1], inputs["hidden"], \
            inputs["train_t"].shape[1]
        start = {"wh": rng.normal(0, np.sqrt(2 / (d + H)), (d, H)), "wo": rng.normal(0, np.sqrt(2 / (H + K)), (H, K)),
                 "bh": np.zeros((1, H)), "bo": np.zeros((1, K))}
        w = {name: torch.tensor(value, requires_grad=True) for name, value in start.items()}
        optimizer = torch.optim.SGD(w.values(), lr=inputs["alpha"], momentum=inputs["gamma"])
        for tensor in w.values():  # torch's velocity has no α in it
            optimizer.state[tensor]["momentum_buffer"] = torch.full_like(tensor, 1e-5 / inputs["alpha"])

        def loss(part: str, w: Any = w, inputs: Any = inputs) -> torch.Tensor:
            x, t = torch.tensor(inputs[f"{part}_x"]), torch.tensor(inputs[f"{part}_t"])
            logits = torch.relu(x @ w["wh"] + w["bh"]) @ w["wo"] + w["bo"]
            return -(t * torch.log_softmax(logits, 1)).sum(1).mean()

        losses = []
        for _ in range(inputs["epochs"]):
            optimizer.zero_grad()
            loss("train").backward()
            optimizer.step()
            losses.append([loss("train").item(), loss("valid").item()])
        params, history = reference.learning(**inputs)
        for name, value in params.items():
            np.testing.assert_allclose(value, w[name].detach().numpy(), atol=1e-12)
        np.testing.assert_allclose(np.transpose([history["train_loss"], history["valid_loss"]]), losses, atol=1e-12)


def test_shuffle_and_split_follow_numpys_older_generator() -> None:
    rows = np.arange(9)
    assert reference.shuffle(rows[:8], rows[:8])[1].tolist() == [6, 0, 2, 1, 3, 4, 5, 7]
    assert [part.tolist() for part in reference.split(rows, rows, 4, 3)[::2]] == [[5, 3, 1, 4], [0, 6, 8], [7, 2]]


# The inputs

@pytest.mark.parametrize("student", STUDENTS)
def test_inputs_have_the_edges_they_are_named_after(student: str) -> None:
    for case in inputs_of("average_ce", student):
        target, prediction = case.inputs["target"], case.inputs["prediction"]
        zeros = {"at": bool(np.any(prediction[target == 1] == 0)), "off": bool(np.any(prediction[target == 0] == 0))}
        assert zeros == {"at": case.group == "at", "off": case.group == "off"}
        np.testing.assert_allclose(prediction.sum(axis=1), 1)
    for case in inputs_of("backpropagation", student):
        assert np.any(case.inputs["o"] == 0) == (case.group == "zero")
        assert len({case.inputs[name].shape for name in ("wh", "wo", "x", "o", "prediction")}) == 5
        assert len(case.inputs["x"]) % 2 == 1
    for case in inputs_of("convert_onehot", student):
        assert len({len(labels) for labels in case.inputs.values()}) == 3
        assert max(labels.max() for labels in case.inputs.values()) < 9
