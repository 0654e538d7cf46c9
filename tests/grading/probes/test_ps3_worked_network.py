"""Problem set 3's references and facts are right, for the standard network and for every student's own."""

from typing import Any

import numpy as np
import pytest
import torch

from grading.probes import ps3_worked_network
from grading.probes.boxes import rounded
from grading.probes.ps3_worked_network import small_network
from helpers.worked_network import numbers
from tests.grading.shipping import cases_for, graded, known_mistake
from tests.problem_sets import problem_set, right_answers

SET = problem_set("ps3_worked_network")
reference = right_answers("ps3_worked_network")

STUDENTS = ("ada", "ben", "cleo", "dan", "eve", "finn")
OWN = [f"student{number}" for number in range(40)]
OF_ALL = pytest.mark.parametrize("student", [*OWN[:10], *(pytest.param(student, marks=pytest.mark.slow) for student in OWN[10:])])
BOXES = ("a1", "z1", "b2", "yhat2", "class_before", "loss", "beta21", "beta10", "alpha34", "class_after",
         "regularised_loss")


def inputs_of(name: str) -> list[tuple[str, dict[str, Any]]]:
    probe = SET.find(name)
    return [(case.group, case.inputs) for student in STUDENTS for case in cases_for(probe, student)]


def exact(name: str, student: str | None = None) -> Any:
    """The right content of a box that assigns one name."""
    [value] = ps3_worked_network.problem_set(student).find(f"ps3_{name}").reference().values()
    return value


def with_torch(x: Any, y: Any, alpha: Any, beta: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values and derivatives of the network by autograd."""
    one = torch.ones(1, dtype=torch.float64)
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in (("alpha", alpha), ("beta", beta))}
    a = tensors["alpha"] @ torch.cat([one, torch.tensor(x)])
    z = torch.sigmoid(a)
    b = tensors["beta"] @ torch.cat([one, z])
    loss = torch.nn.functional.cross_entropy(b, torch.tensor(y))
    for part in (a, z, b):
        part.retain_grad()
    loss.backward()
    values = {"a": a, "z": z, "b": b, "yhat": torch.softmax(b, 0), "loss": loss}
    parts = {"d_b": b, "d_beta": tensors["beta"], "d_z": z, "d_a": a, "d_alpha": tensors["alpha"]}
    return ({name: value.detach().numpy() for name, value in values.items()},
            {name: part.grad.numpy() for name, part in parts.items()})


def test_forward_and_backward_agree_with_autograd() -> None:
    for _, inputs in [*inputs_of("forward"), *inputs_of("backward")]:
        values, derivatives = with_torch(**inputs)
        for ours, theirs in ((reference.forward(**inputs), values), (reference.backward(**inputs), derivatives)):
            assert ours.keys() == theirs.keys()
            for name in ours:
                np.testing.assert_allclose(ours[name], theirs[name], rtol=1e-9, atol=1e-14)


def test_the_regularised_loss_agrees_with_torch() -> None:
    for _, inputs in inputs_of("regularized_loss"):
        lam, network = inputs["lam"], {key: value for key, value in inputs.items() if key != "lam"}
        weights = [torch.tensor(inputs[name][:, 1:]) for name in ("alpha", "beta")]
        expected = with_torch(**network)[0]["loss"] + lam * sum(float(torch.norm(W) ** 2) for W in weights)
        assert reference.regularized_loss(**inputs) == pytest.approx(expected, rel=1e-12)


def test_the_convolution_agrees_with_scipy_and_with_torch() -> None:
    for _, inputs in inputs_of("conv2d_same"):
        X, F = inputs["X"], inputs["F"]
        assert X.shape[0] != X.shape[1]
        assert not np.allclose(F, F[::-1, ::-1])
        padding = F.shape[0] // 2, F.shape[1] // 2
        theirs = torch.nn.functional.conv2d(torch.tensor(X)[None, None], torch.tensor(F)[None, None], padding=padding)
        np.testing.assert_allclose(reference.conv2d_same(X, F), theirs[0, 0].numpy(), atol=1e-12)


@pytest.mark.parametrize(("name", "published"), [
    ("a1", -3), ("z1", 0.0474), ("b2", 4.0945), ("yhat2", 0.4799), ("class_before", 2), ("loss", 2.6912),
    ("beta21", 1.9772), ("beta10", 0.5477), ("alpha34", 2), ("class_after", 3), ("regularised_loss", 3.9712),
    ("mse_relu", 209.4557), ("mse_tanh", 16.2181), ("mse_sigmoid", 17.6891), ("mse_linear", 209.6931),
    ("convolution", -6)])
def test_the_catalogue_s_numbers_are_ours(name: str, published: float) -> None:
    assert rounded(exact(name)) == published


def test_more_digits_of_the_catalogue_s_numbers() -> None:
    assert exact("z1") == pytest.approx(0.04742587, abs=5e-9)
    assert exact("b2") == pytest.approx(4.09448156, abs=5e-9)
    assert exact("yhat2") == pytest.approx(0.47988730, abs=5e-9)
    assert exact("loss") == pytest.approx(2.69122979, abs=5e-9)


def test_of_four_rates_a_thousandth_is_best_after_two_steps() -> None:
    after = {eta: small_network.after_steps(eta) for eta in (0.9, 0.1, 0.001, 0.0001)}
    assert min(after, key=lambda eta: after[eta]) == 0.001
    assert (rounded(after[0.001]), round(after[0.0001], 3)) == (9.0734, 109.756)
    assert min(after[0.9], after[0.1]) > 1e18


@pytest.mark.slow
def test_the_two_relu_steps_agree_with_torch() -> None:
    parameters = [torch.tensor(np.array(p), requires_grad=True)
                  for p in (small_network.W1, small_network.b1, small_network.w2, small_network.b2)]
    optimizer = torch.optim.SGD(parameters, lr=0.001)

    def error() -> Any:
        W1, b1, w2, b2 = parameters
        hidden = torch.relu(torch.tensor(small_network.X) @ W1.T + b1)
        return torch.mean((hidden @ w2 + b2 - torch.tensor(small_network.Y)) ** 2)
    for _ in range(2):
        optimizer.zero_grad()
        error().backward()
        optimizer.step()
    assert small_network.after_steps(0.001) == pytest.approx(error().item(), rel=1e-10)


def test_two_units_that_start_at_zero_stay_equal() -> None:
    x = torch.tensor([0.5, -1.0, 2.0], dtype=torch.float64)
    w, v = torch.zeros(2, 3, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)
    for step in range(1, 6):
        w, v = w.clone().requires_grad_(), v.clone().requires_grad_()
        y = v @ torch.sigmoid(w @ x)
        ((y - 3).square() / 4).backward()
        d = (y.item() - 3) / 2
        w, v = (p.detach() - p.grad for p in (w, v))
        if step == 1:
            assert not w.any()
            assert v[1].item() == pytest.approx(-0.5 * d)
        else:
            assert w.all()
        assert torch.equal(w[0], w[1])
        assert v[0] == v[1]


@OF_ALL
def test_every_student_s_set_has_the_same_exercises_and_points(student: str) -> None:
    own = SET.personal
    assert own
    assert [(p.id, p.max_points) for p in own(student).probes] == [(p.id, p.max_points) for p in
                                                                   SET.probes]


@OF_ALL
def test_every_student_s_numbers_agree_with_autograd_and_are_learned(student: str) -> None:
    net = numbers(student)
    values, derivatives = with_torch(net.x, net.y, net.alpha, net.beta)
    assert exact("a1", student) == pytest.approx(values["a"][0])
    assert exact("z1", student) == pytest.approx(values["z"][0])
    assert exact("b2", student) == pytest.approx(values["b"][1])
    assert exact("yhat2", student) == pytest.approx(values["yhat"][1])
    assert exact("class_before", student) == 1 + np.argmax(values["yhat"])
    assert exact("loss", student) == pytest.approx(values["loss"])
    assert exact("beta21", student) == pytest.approx(net.beta[1, 1] - derivatives["d_beta"][1, 1])
    assert exact("beta10", student) == pytest.approx(net.beta[0, 0] - derivatives["d_beta"][0, 0])
    assert exact("alpha34", student) == net.alpha[2, 4]
    trained = net.alpha, net.beta
    for _ in range(200):
        grads = reference.backward(net.x, net.y, *trained)
        trained = reference.sgd_step(*trained, grads, 1.0)
    assert exact("class_after", student) == 1 + np.argmax(reference.forward(net.x, net.y, *trained)["yhat"])


@pytest.mark.parametrize("student", OWN[:12])
def test_mistakes_with_a_student_s_own_numbers_are_named(student: str) -> None:
    for name in BOXES:
        probe = ps3_worked_network.problem_set(student).find(f"ps3_{name}")
        for mistake in probe.mistakes:
            verdict = graded(probe, mistake.answer, student)
            same = {other.id for other in probe.mistakes if other.answer == mistake.answer}
            assert (verdict.kind, verdict.mistake in same) == ("mistake", True)
        for variant in probe.variants:
            assert graded(probe, variant, student).kind == "right"


def test_answers_for_the_standard_network_are_recognised_in_a_student_s_own_set() -> None:
    probe = ps3_worked_network.problem_set("ada").find("ps3_loss")
    verdict = graded(probe, {"loss": 2.6912})
    assert (verdict.points, verdict.mistake) == (0, "standard_numbers")
    assert "student_id" in verdict.hint
    assert "standard_numbers" not in {mistake.id for mistake in SET.find("ps3_loss").mistakes}


def test_no_mistake_of_the_standard_network_is_lost_for_lack_of_difference() -> None:
    count = {name: len(SET.find(f"ps3_{name}").mistakes) for name in BOXES}
    assert min(count[name] for name in ("z1", "b2", "yhat2", "loss", "beta21", "beta10", "regularised_loss")) >= 6
    assert count["a1"] == 4


def test_choices_may_come_as_sets_lists_or_single_numbers() -> None:
    probe = SET.find("ps3_init_later")
    for answer in ({"w_later": {3}, "v_later": {2}}, {"w_later": 3, "v_later": [2]}):
        assert graded(probe, answer).kind == "right"
    assert graded(probe, {"w_later": {3}, "v_later": {1}}).points == 0.5


def test_a_bias_column_kept_in_front_spoils_only_what_comes_after_it() -> None:
    verdict = graded(SET.find("backward"), known_mistake(SET, "backward", "bias_column_kept_in_front"))
    earned = {point.name for point in verdict.named if point.earned}
    assert earned == {"dℓ/db", "dℓ/dβ", "leaves its arguments as they were"}


def test_a_flipped_filter_is_answered_with_the_way_it_is_laid_on() -> None:
    verdict = graded(SET.find("conv2d_same"), known_mistake(SET, "conv2d_same", "filter_flipped"))
    assert verdict.hint == ("You turn the filter by half a turn, as the convolution of mathematics does. Here it is laid "
                            "on as it is (cross-correlation).")
