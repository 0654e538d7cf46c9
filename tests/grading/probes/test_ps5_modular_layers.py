"""Problem set 5's references agree with torch and with facts worked out by hand; answers that are tried fail alone."""

from typing import Any

import numpy as np
import pytest
import torch

from helpers.modules import init_params
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps5_modular_layers")
reference = right_answers("ps5_modular_layers")

PROBES = {probe.id: probe for probe in SET.probes}
rng = np.random.default_rng(11)


def torch_of(*arrays: Any) -> list[Any]:
    return [torch.tensor(array, dtype=torch.float64, requires_grad=True) for array in arrays]


def test_sigmoid_agrees_with_torch_and_survives_large_inputs() -> None:
    x = np.array([[-1000.0, -30.0, -1.0], [0.0, 2.0, 1000.0]])
    np.testing.assert_allclose(reference.sigmoid(x), torch.sigmoid(torch.tensor(x)).numpy(), atol=1e-15)


@pytest.mark.parametrize(("activation", "same"), [(reference.Sigmoid, torch.sigmoid), (reference.ReLU, torch.relu)])
def test_activations_agree_with_autograd(activation: Any, same: Any) -> None:
    x, g = rng.normal(size=(2, 4, 3))
    module, [t] = activation(), torch_of(x)
    same(t).backward(torch.tensor(g))
    np.testing.assert_allclose(module(x), same(t).detach().numpy(), atol=1e-14)
    np.testing.assert_allclose(module.backward(g), t.grad.numpy(), atol=1e-14)


def test_relu_has_slope_zero_at_zero() -> None:
    relu = reference.ReLU()
    relu(np.zeros((2, 2)))
    assert not np.any(relu.backward(np.ones((2, 2))))


def test_a_linear_layer_disagrees_with_autograd_by_the_batch_size_and_only_in_its_parameters() -> None:
    x, W, b, g = rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(1, 2)), rng.normal(size=(5, 2))
    layer = reference.Linear((W, b))
    tx, tW, tb = torch_of(x, W, b)
    (tx @ tW + tb).backward(torch.tensor(g))
    np.testing.assert_allclose(layer(x), x @ W + b)
    np.testing.assert_allclose(layer.backward(g), tx.grad.numpy())
    np.testing.assert_allclose(5 * layer.d_weights, tW.grad.numpy())
    np.testing.assert_allclose(5 * layer.d_biases, tb.grad.numpy())


def test_the_loss_is_the_mean_and_its_backward_pass_n_times_that_of_autograd() -> None:
    logits, labels = rng.normal(size=(4, 3)), np.array([2, 0, 1, 1])
    loss, [t] = reference.CrossEntropyLoss(), torch_of(logits)
    expected = torch.nn.functional.cross_entropy(t, torch.tensor(labels))
    expected.backward()
    np.testing.assert_allclose(loss(logits, labels), expected.item())
    np.testing.assert_allclose(loss.backward(), 4 * t.grad.numpy(), atol=1e-14)


def test_a_whole_network_agrees_with_autograd_without_any_factor() -> None:
    x, labels = rng.normal(size=(5, 4)), np.array([0, 2, 1, 1, 0])
    model, loss = reference.define_network([4, 6, 3], reference.Sigmoid, 3), reference.CrossEntropyLoss()
    first, last = model.layers[0], model.layers[2]
    tensors = torch_of(first.weights, first.biases, last.weights, last.biases)
    W1, b1, W2, b2 = tensors
    torch.nn.functional.cross_entropy(torch.sigmoid(torch.tensor(x) @ W1 + b1) @ W2 + b2, torch.tensor(labels)).backward()
    loss(model(x), labels)
    model.backward(loss.backward())
    given = (first.d_weights, first.d_biases, last.d_weights, last.d_biases)
    for ours, tensor in zip(given, tensors, strict=True):
        np.testing.assert_allclose(ours, tensor.grad.numpy(), atol=1e-14)


def test_a_network_has_the_parameters_that_the_given_function_draws() -> None:
    model = reference.define_network([4, 6, 5, 3], reference.ReLU, 5)
    np.random.seed(5)
    for layer, sizes in zip(model.layers[::2], [(4, 6), (6, 5), (5, 3)], strict=True):
        weights, biases = init_params(*sizes)
        np.testing.assert_allclose(layer.weights, weights, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(layer.biases, biases, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(model.layers[0].weights[0, :2], [-0.2270, 0.3027], atol=5e-5)  # printed in the text
    assert [type(layer).__name__ for layer in model.layers] == ["Linear", "ReLU", "Linear", "ReLU", "Linear"]


def test_training_agrees_with_torch() -> None:
    [case, *_] = [case for case in cases_for(PROBES["train_network"], "ada") if case.group == "short"]
    inputs = case.inputs
    got = PROBES["train_network"].use(reference.train_network, **inputs)
    data = {key: torch.tensor(value) for key, value in inputs["dataset"].items()}
    parameters = torch_of(*(part for pair in zip(inputs["weights"], inputs["biases"], strict=True) for part in pair))
    optimizer = torch.optim.SGD(parameters, lr=inputs["learning_rate"])

    def logits(x: Any) -> Any:
        W1, b1, W2, b2 = parameters
        return torch.sigmoid(x @ W1 + b1) @ W2 + b2

    for epoch in range(inputs["num_epoch"]):
        for x, y in zip(data["train_x"].split(inputs["batch_size"]), data["train_y"].split(inputs["batch_size"]),
                        strict=True):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(logits(x), y).backward()
            optimizer.step()
        for part in ("train", "test"):
            z, y = logits(data[f"{part}_x"]), data[f"{part}_y"]
            assert got[f"{part}_loss"][epoch] == pytest.approx(torch.nn.functional.cross_entropy(z, y).item())
            assert got[f"{part}_error"][epoch] == pytest.approx((z.argmax(1) != y).double().mean().item())
    trained = np.concatenate([p.detach().numpy().ravel() for p in parameters])
    np.testing.assert_allclose(got["weights"], trained, atol=1e-12)


@pytest.mark.parametrize("factor", [0.0, 0.5, 1.0, 3.0, -1.0])
def test_the_relative_error_of_a_gradient_that_is_wrong_by_a_factor(factor: float) -> None:
    class Broken(reference.Linear):
        def backward(self, g: Any) -> Any:
            return factor * super().backward(g)

    layer = Broken((100 * rng.normal(size=(3, 2)), rng.normal(size=(1, 2))))  # slopes far from the 1e-12 of the denominator
    error = reference.finite_difference_check(layer, rng.normal(size=(4, 3)))
    assert error == pytest.approx(abs(factor - 1) / (abs(factor) + 1), abs=1e-12)


def test_one_sided_steps_lose_only_the_point_for_the_steep_module() -> None:
    verdict = graded(PROBES["finite_difference_check"], known_mistake(SET, "finite_difference_check", "one_sided"))
    assert (verdict.points, verdict.max_points) == (4.75, 5)


def test_strict_autograd_in_the_loss_keeps_the_points_for_the_loss_and_meets_the_convention() -> None:
    verdict = graded(PROBES["CrossEntropyLoss"], known_mistake(SET, "CrossEntropyLoss", "GradientDividedByN"))
    assert verdict.points == 2.75
    assert verdict.hint == ("In most libraries this would be right. Here backward belongs to each sample alone; the "
                            "linear layers take the mean, and dividing twice makes the steps too small.")


def test_a_dropped_batch_costs_one_point() -> None:
    assert graded(PROBES["train_network"], known_mistake(SET, "train_network", "short_batch_dropped")).points == 4
