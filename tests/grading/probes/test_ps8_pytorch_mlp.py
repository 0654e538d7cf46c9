"""Problem set 8's references agree with torch's own layers and optimizer, and partial credit is as announced."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grading.probes.source_text import uses as use_sources
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

reference = right_answers("ps8_pytorch_mlp")

torch.set_num_threads(1)
SET = problem_set("ps8_pytorch_mlp")
STUDENTS = ("ada", "ben", "cleo")


def mistake(name: str, wanted: str) -> Any:
    return known_mistake(SET, name, wanted)


@pytest.mark.parametrize(("exercise", "answer", "points"), [
    ("MLP", "softmax_at_the_end", 1.5), ("MLP", "log_softmax_at_the_end", 2.5), ("MLP", "without_biases", 0.0),
    ("MLP", "sigmoids", 1.5), ("train_one_epoch", "no_zero_grad", 0.0), ("train_one_epoch", "mode_not_set", 5.0),
    ("train_one_epoch", "losses_summed", 3.5), ("evaluate", "left_in_eval_mode", 5.5), ("evaluate", "graph_built", 5.0),
    ("evaluate", "mean_of_batch_accuracies", 5.5), ("predict_probabilities", "graph_kept", 2.5),
    ("predict_probabilities", "softmax_over_samples", 0.0), ("predictions", "probability_of_class_zero", 1.0)])
def test_a_mistake_costs_what_it_concerns(exercise: str, answer: str, points: float) -> None:
    assert graded(SET.find(exercise), mistake(exercise, answer)).points == points


def test_an_answer_that_does_nothing_is_worth_nothing() -> None:
    assert graded(SET.find("evaluate"), lambda *inputs: (0.0, 0.0)).points == 0
    assert graded(SET.find("train_one_epoch"), lambda *inputs: 0.0).points == 0
    assert graded(SET.find("predict_probabilities"), lambda model, images: torch.zeros(len(images), 4)).points == 0


# The references against torch's own parts

def library_network() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
                         nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


@pytest.mark.parametrize("student", STUDENTS)
def test_the_network_of_plain_matrices_is_that_of_torchs_layers(student: str) -> None:
    [case] = cases_for(SET.find("MLP"), student)
    ours, theirs = (SET.find("MLP").use(network, **case.inputs) for network in (reference.MLP, library_network))
    assert ours["sizes"].shape == (8, 2)
    for name, value in ours.items():
        np.testing.assert_allclose(value, theirs[name], rtol=1e-4, atol=1e-5)
        assert np.all(np.isfinite(value))
    np.testing.assert_array_equal(ours["logits"], ours["channel"])


def test_an_epoch_by_hand_is_an_epoch_of_torchs_optimizer() -> None:
    x, y = torch.linspace(0, 9, 48).sin().reshape(12, 4), torch.arange(12) % 3
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    torch.manual_seed(0)
    one = nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 3)).eval()
    torch.manual_seed(0)
    two = nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 3)).train()
    optimizer, loss_fn = torch.optim.SGD(two.parameters(), lr=0.4), nn.CrossEntropyLoss()
    losses = []
    for a, b in loader:
        optimizer.zero_grad()
        loss = loss_fn(two(a), b)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    mean = reference.train_one_epoch(one, loader, loss_fn, torch.optim.SGD(one.parameters(), lr=0.4))
    assert mean == pytest.approx(np.mean(losses), rel=1e-5)
    for ours, theirs in zip(one.state_dict().values(), two.state_dict().values(), strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), atol=1e-6)


@pytest.mark.parametrize("training", [True, False])
def test_evaluation_in_numpy_is_torchs_loss_and_leaves_no_trace(training: bool) -> None:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Dropout(0.5), nn.Linear(6, 3)).train(training)
    x, y = torch.randn(9, 4), torch.arange(9) % 3
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, y), batch_size=4)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    loss, accuracy = reference.evaluate(model, loader, nn.CrossEntropyLoss())
    assert model.training is training
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    z = model.eval()(x)
    assert loss == pytest.approx(nn.functional.cross_entropy(z, y).item(), rel=1e-5)
    assert accuracy == pytest.approx((z.argmax(1) == y).float().mean().item())
    np.testing.assert_allclose(reference.predict_probabilities(model, x).numpy(), z.softmax(1).detach(), atol=1e-6)


def test_gradients_agree_with_small_steps() -> None:
    [case, *_] = cases_for(SET.find("gradients"), "ada")
    inputs = case.inputs
    found, _ = reference.gradients(**inputs)

    def loss(weights: list[np.ndarray]) -> float:
        a = inputs["sample"]
        for layer, (W, b) in enumerate(zip(weights, inputs["biases"], strict=True)):
            a = (1 / (1 + np.exp(-a)) if layer else a) @ W + b
        return float(np.logaddexp.reduce(a) - a[inputs["label"]])

    for layer, W in enumerate(inputs["weights"]):
        for index in np.ndindex(W.shape):
            values = []
            for step in (1e-6, -1e-6):
                moved = [w.copy() for w in inputs["weights"]]
                moved[layer][index] += step
                values.append(loss(moved))
            assert found[layer][index] == pytest.approx((values[0] - values[1]) / 2e-6, abs=1e-8)


# How answers are tried

def test_weights_find_their_place_whatever_their_order() -> None:
    [case] = cases_for(SET.find("MLP"), "ada")
    other = next(v for v in SET.find("MLP").variants if getattr(v, "__name__", "") == "LayersInAnotherOrder")
    np.testing.assert_allclose(SET.find("MLP").use(other, **case.inputs)["logits"],
                               SET.find("MLP").use(reference.MLP, **case.inputs)["logits"], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ["MLP", "train_one_epoch", "evaluate", "predict_probabilities", "predictions"])
def test_a_use_stands_alone(name: str) -> None:
    probe = SET.find(name)
    names: dict[str, Any] = {"np": np}
    exec(use_sources(SET)[name], names)
    cases = cases_for(probe, "ada")
    for case in cases:
        names["use"](probe.reference, *case.inputs.values())
