"""Problem set 6's references agree with torch and with the facts of the published runs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from helpers.datasets.dataset import SPECS
from helpers.datasets.folder import read_folder
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps6_two_layer_network")
reference = right_answers("ps6_two_layer_network")

SHARED = Path(__file__).parents[4] / "shared" / "data" / "mnist"
PROBES = {probe.id: probe for probe in SET.probes}


def tensors(params: dict[str, Any]) -> dict[str, Any]:
    return {name: torch.tensor(value, requires_grad=True) for name, value in params.items()}


def logits(X: Any, t: dict[str, Any]) -> Any:
    return t["w2"] @ torch.sigmoid(t["w1"] @ torch.tensor(X) + t["b1"][:, None]) + t["b2"][:, None]


def test_two_classes_agree_with_autograd() -> None:
    for case in cases_for(PROBES["backward"], "ada"):
        y, Y2, intermediate, params = case.inputs.values()
        t, target = tensors(params), torch.tensor(y, dtype=torch.float64)
        out = logits(intermediate["X"], t)[0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(out, target)
        loss.backward()
        np.testing.assert_allclose(Y2[0], torch.sigmoid(out).detach().numpy(), rtol=1e-12)
        assert reference.CrossEntropyLoss(y, Y2) == pytest.approx(loss.item(), rel=1e-12)
        for name, gradient in reference.backward(y, Y2, intermediate, params).items():
            np.testing.assert_allclose(gradient, t[name].grad.numpy(), atol=1e-13)


def test_many_classes_agree_with_autograd() -> None:
    for case in cases_for(PROBES["backward_multi"], "ada"):
        y, probs, intermediate, params = case.inputs.values()
        t = tensors(params)
        out = logits(intermediate["X"], t)
        loss = torch.nn.functional.cross_entropy(out.T, torch.tensor(y))
        loss.backward()
        np.testing.assert_allclose(probs, torch.softmax(out, 0).detach().numpy(), rtol=1e-12)
        assert reference.MultiClassCrossEntropyLoss(y, probs) == pytest.approx(loss.item(), rel=1e-12)
        for name, gradient in reference.backward_multi(y, probs, intermediate, params).items():
            np.testing.assert_allclose(gradient, t[name].grad.numpy(), atol=1e-13)


@pytest.mark.parametrize(("exercise", "multi"), [("train_binary", False), ("train_multi", True)])
def test_training_agrees_with_torch(exercise: str, multi: bool) -> None:
    probe = PROBES[exercise]
    data, layer_dims, rate, epochs, seed = cases_for(probe, "ada")[0].inputs.values()
    params, history = probe.reference(data, layer_dims, rate, epochs, seed)
    t = tensors(reference.TwoLayerNetwork(layer_dims, seed))
    optimizer = torch.optim.SGD(t.values(), lr=rate)

    def loss(part: str) -> Any:
        out, y = logits(data[f"X_{part}"], t), torch.tensor(data[f"y_{part}"])
        if multi:
            return torch.nn.functional.cross_entropy(out.T, y)
        return torch.nn.functional.binary_cross_entropy_with_logits(out[0], y.double())

    for epoch in range(epochs):
        for part in ("train", "test"):
            assert history[f"{part}_loss"][epoch] == pytest.approx(loss(part).item(), rel=1e-10)
            out, y = logits(data[f"X_{part}"], t).detach().numpy(), data[f"y_{part}"]
            right = np.mean((np.argmax(out, axis=0) if multi else out[0] >= 0) == y)
            assert history[f"{part}_accuracy"][epoch] == pytest.approx(right)
        optimizer.zero_grad()
        loss("train").backward()
        optimizer.step()
    for name, value in params.items():
        np.testing.assert_allclose(value, t[name].detach().numpy(), atol=1e-12)


def test_parameters_are_those_of_numpys_global_generator() -> None:
    params = reference.TwoLayerNetwork([784, 30, 2], 3)
    np.random.seed(3)
    np.testing.assert_allclose(params["w1"], np.random.normal(0, 0.01, (30, 784)))
    np.testing.assert_allclose(params["w2"], np.random.normal(0, 0.01, (2, 30)))
    np.testing.assert_allclose(params["w1"][0, :2], [0.01788628, 0.00436510], atol=5e-9)  # printed in the text
    assert params["b1"].shape == (30,)
    assert not np.any(params["b2"])


def test_softmax_survives_columns_far_apart() -> None:
    Z = np.log([[1.0, 3.0], [3.0, 1.0]]) + np.array([1e4, -1e4])
    np.testing.assert_allclose(reference.softmax(Z), [[0.25, 0.75], [0.75, 0.25]], rtol=1e-9)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the full MNIST")
def test_the_untrained_networks_have_the_published_first_losses() -> None:
    data = read_folder(SPECS["mnist"], SHARED)
    x, x_test = data.x_train.reshape(-1, 784), data.x_test.reshape(-1, 784)
    rows, y = reference.extract_binary_classification_dataset(x, data.y_train, 5, 8, 1000)
    Y2, _ = reference.forward(rows.T.astype(float), reference.TwoLayerNetwork([784, 256, 1], 3))
    assert reference.CrossEntropyLoss(y, Y2) == pytest.approx(0.69134019, abs=5e-9)
    assert 2000 * reference.CrossEntropyLoss(y, Y2) == pytest.approx(1382.6803822, abs=5e-7)
    rows, y = reference.extract_binary_classification_dataset(x_test, data.y_test, 5, 8, 1000)
    assert (len(rows), int(np.sum(y == 0)), int(np.sum(y == 1))) == (1866, 892, 974)
    rows, y = reference.extract_multiclass_dataset(x, data.y_train, 1000)
    probs, _ = reference.forward_multi(rows.T.astype(float), reference.TwoLayerNetwork([784, 256, 10], 29))
    assert reference.MultiClassCrossEntropyLoss(y, probs) == pytest.approx(2.31638195505, abs=5e-11)


@pytest.mark.parametrize(("exercise", "answer", "points"), [
    ("CrossEntropyLoss", "zero_times_infinity", 1.5),
    ("predict", "above_one_half", 0.75),
    ("softmax", "global_maximum", 1.25),
    ("one_hot", "integers_only", 0.35),
])
def test_a_slip_at_an_edge_costs_only_the_edge(exercise: str, answer: str, points: float) -> None:
    assert graded(PROBES[exercise], known_mistake(SET, exercise, answer)).points == points


def test_a_sum_divided_by_one_is_told_what_it_divided_by() -> None:
    verdict = graded(PROBES["CrossEntropyLoss"], known_mistake(SET, "CrossEntropyLoss", "divided_by_one"))
    assert verdict.hint == ("That is the sum. If you meant to divide by the number of samples: the length of an array "
                            "(1, N) is 1.")
