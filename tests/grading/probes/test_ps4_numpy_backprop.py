"""Problem set 4's references are right, and its inputs and points do what the notebook's text promises."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from grading.handout.shipped_here import ship_here
from grading.judge.judging import judge
from helpers.datasets import load
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps4_numpy_backprop")
reference = right_answers("ps4_numpy_backprop")

STUDENTS = ("ada", "ben", "cleo", "dan", "eve", "finn")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "mnist"


def inputs_of(name: str) -> list[tuple[str, dict[str, Any]]]:
    probe = SET.find(name)
    return [(case.group, case.inputs) for student in STUDENTS for case in cases_for(probe, student)]


def torch_network(weights: Any, biases: Any) -> list[Any]:
    return [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in [*weights, *biases]]


def torch_logits(x: Any, parameters: list[Any]) -> Any:
    a = torch.tensor(np.asarray(x, dtype=float).reshape(len(x), -1))
    for l in range(2):
        a = torch.sigmoid(a @ parameters[l] + parameters[3 + l])
    return a @ parameters[2] + parameters[5]


def torch_loss(sample: Any, label: int, parameters: list[Any]) -> Any:
    return torch.nn.functional.cross_entropy(torch_logits(sample[None], parameters), torch.tensor([label]))


def test_the_pieces_agree_with_torch() -> None:
    for name, theirs in (("sigmoid", torch.sigmoid), ("dsigmoid", None)):
        for _, inputs in inputs_of(name):
            x = torch.tensor(inputs["x"], requires_grad=True)
            if theirs is None:
                torch.sigmoid(x).sum().backward()
                expected = x.grad.numpy()
            else:
                expected = theirs(x).detach().numpy()
            np.testing.assert_allclose(getattr(reference, name)(inputs["x"]), expected, rtol=1e-9, atol=1e-15)
    for _, inputs in inputs_of("cross_entropy_loss"):
        expected = -torch.special.xlogy(torch.tensor(inputs["y"]), torch.tensor(inputs["yhat"])).sum()
        assert reference.cross_entropy_loss(**inputs) == pytest.approx(float(expected), rel=1e-12)
    for _, inputs in inputs_of("integer_to_one_hot"):
        expected = torch.nn.functional.one_hot(torch.tensor(inputs["x"]), inputs["max"])
        np.testing.assert_array_equal(reference.integer_to_one_hot(**inputs), expected.numpy())


def test_the_forward_pass_agrees_with_torch() -> None:
    for _, inputs in inputs_of("feed_forward_sample"):
        parameters = torch_network(inputs["weights"], inputs["biases"])
        loss, guess = reference.feed_forward_sample(**inputs)
        assert loss == pytest.approx(torch_loss(inputs["sample"], inputs["label"], parameters).item(), rel=1e-10)
        assert guess.argmax() == int(torch_logits(inputs["sample"][None], parameters).argmax())
        assert sorted(guess) == [0.0] * 9 + [1.0]
    for _, inputs in inputs_of("feed_forward_dataset"):
        logits = torch_logits(inputs["x"], torch_network(inputs["weights"], inputs["biases"]))
        y = torch.tensor(inputs["y"])
        loss, accuracy = reference.feed_forward_dataset(**inputs)
        assert loss == pytest.approx(torch.nn.functional.cross_entropy(logits, y).item(), rel=1e-10)
        assert accuracy == pytest.approx((logits.argmax(1) == y).double().mean().item())


def test_the_gradients_agree_with_autograd() -> None:
    for _, inputs in inputs_of("gradients"):
        parameters = torch_network(inputs["weights"], inputs["biases"])
        torch_loss(inputs["sample"], inputs["label"], parameters).backward()
        for ours, theirs in zip([*np.array(reference.gradients(**inputs), dtype=object).ravel()], parameters,
                                strict=True):
            np.testing.assert_allclose(ours, theirs.grad.numpy(), rtol=1e-9, atol=1e-14)


def test_training_agrees_with_torch_s_gradient_descent() -> None:
    for name in ("train_one_sample", "train_one_epoch"):
        probe = SET.find(name)
        for _, inputs in inputs_of(name):
            samples, labels, weights, biases, rate = inputs.values()
            parameters = torch_network(weights, biases)
            optimizer = torch.optim.SGD(parameters, lr=rate)
            for sample, label in zip(samples, labels, strict=True):
                optimizer.zero_grad()
                torch_loss(sample, int(label), parameters).backward()
                optimizer.step()
            assert probe.use
            ours = probe.use(probe.reference, *inputs.values())
            for value, theirs in zip(ours.values(), parameters, strict=True):
                np.testing.assert_allclose(value, theirs.detach().numpy(), rtol=1e-9, atol=1e-14)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the full MNIST")
@pytest.mark.parametrize(("scale", "loss", "right"), [(1, 2.37345922, 880), (255, 2.36092016, 1028)])
def test_the_published_untrained_network_is_ours(scale: float, loss: float, right: int, tmp_path: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEURAL_COURSE_DATA", str(tmp_path))
    data = load("mnist", folder=SHARED)
    weights, biases = reference.initialize([784, 32, 32, 10], np.random.default_rng(80085))
    ours = reference.feed_forward_dataset(data.x_test / scale, data.y_test, weights, biases)
    assert ours == (pytest.approx(loss, abs=5e-9), right / 10000)


def test_hidden_widths_differ_except_where_the_text_says_that_they_are_equal() -> None:
    for name in ("feed_forward_sample", "feed_forward_dataset", "gradients", "train_one_sample", "train_one_epoch"):
        for group, inputs in inputs_of(name):
            W = inputs["weights"]
            assert (W[1].shape[0] == W[1].shape[1]) is (group == "equal widths")
            assert W[2].shape[1] == 10


def test_raw_images_are_what_load_gives_and_all_other_samples_are_scaled_vectors() -> None:
    for name, key in (("feed_forward_sample", "sample"), ("gradients", "sample"), ("feed_forward_dataset", "x"),
                      ("train_one_epoch", "x")):
        for group, inputs in inputs_of(name):
            pixels, raw = inputs[key], group == "raw images"
            assert (pixels.dtype == np.uint8, pixels.shape[-2:] == (2, 3)) == (raw, raw)
            assert raw or 0 <= pixels.min() <= pixels.max() <= 1


def test_labels_are_never_the_guess_and_a_data_set_is_partly_right() -> None:
    for name in ("feed_forward_sample", "gradients"):
        for _, inputs in inputs_of(name):
            assert reference.feed_forward_sample(**inputs)[1][inputs["label"]] == 0
    for _, inputs in inputs_of("feed_forward_dataset"):
        assert 0 < reference.feed_forward_dataset(**inputs)[1] < 1


def points(name: str, answer: Callable[..., Any]) -> dict[str, float]:
    verdict = graded(SET.find(name), answer)
    return {point.name: point.earned for point in verdict.named if point.earned}


def test_a_wrong_slope_keeps_the_points_of_the_output_layer() -> None:
    assert points("gradients", known_mistake(SET, "gradients", "slope_of_activated")) == {
        "weights of the output layer": 1, "biases of the output layer": 0.5, "leaves its arguments as they were": 0.25}


def test_an_error_in_the_first_hidden_layer_costs_that_layer_only() -> None:
    earned = points("gradients", known_mistake(SET, "gradients", "slope_forgotten_in_the_first_layer"))
    assert sum(earned.values()) == 4.0
    assert earned["weights of the second hidden layer"] == 1.5


def test_a_misordered_product_is_named_although_it_stops_with_an_error_where_widths_differ() -> None:
    verdict = graded(SET.find("gradients"), known_mistake(SET, "gradients", "derivative_after_the_product"))
    assert (verdict.points, verdict.mistake) == (0, "derivative_after_the_product")


def test_weights_that_move_during_the_backward_pass_are_right_in_the_last_layer() -> None:
    earned = points("train_one_sample", known_mistake(SET, "train_one_sample", "updated_during_the_backward_pass"))
    assert earned == {"new weights W[2]": 0.5, "new biases b[2]": 0.25, "leaves its arguments as they were": 0.25}


@pytest.mark.parametrize("fill", [np.zeros, np.ones, lambda shape: np.eye(*shape)])
def test_weights_that_nobody_drew_are_worth_nothing(fill: Any) -> None:
    def constant(layer_sizes: Any, rng: Any) -> Any:
        return [fill(shape) for shape in pairwise(layer_sizes)], [np.zeros(n) for n in layer_sizes[1:]]
    assert graded(SET.find("initialize"), constant).points == 0


@pytest.mark.slow
def test_the_statistics_of_right_weights_stay_far_from_the_tolerance() -> None:
    probe = SET.find("initialize")
    for seed in range(200):
        inputs = {"layer_sizes": [150, 60, 110], "seed": seed}
        assert probe.use and probe.observe
        seen = probe.observe(inputs, probe.use(reference.initialize, *inputs.values()))
        np.testing.assert_allclose(seen["spread"], 1, atol=0.03)
        np.testing.assert_allclose(seen["normal distribution"], [0, 0, 1, 1], atol=0.07)
        assert seen["generator"] == [1.0, 0.0]
        assert not np.any(seen["biases"])


def test_gradients_in_an_array_of_objects_or_on_tuples_are_taken_as_they_come() -> None:
    probe = SET.find("gradients")

    def as_objects(sample: Any, label: int, weights: Any, biases: Any) -> Any:
        dW, db = reference.gradients(sample, label, weights, biases)
        kept = np.empty(3, dtype=object)
        kept[:] = dW
        return kept, tuple(db)
    cases = cases_for(probe, "ada")
    replies = {case.number: ship_here(probe, as_objects, case.inputs) for case in cases}
    assert judge(probe, cases, replies).kind == "right"
