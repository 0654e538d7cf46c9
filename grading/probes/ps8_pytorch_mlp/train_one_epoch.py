"""An epoch of training: every batch once, in training mode, and the mean of the batch losses.

All batches are full, so that it does not matter whether the mean is one of batches or of samples.
"""

from typing import Any

import numpy as np
import torch
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import TOLERANCE, drawn_seed


def _epoch(training: bool) -> Draw:
    """Three or four full batches of small images."""
    def draw(rng: Generator) -> Inputs:
        N = int(rng.choice([12, 16]))
        return {"x": rng.normal(size=(N, 2, 3)), "y": rng.integers(3, size=N), "hidden": int(rng.integers(4, 7)),
                "seed": drawn_seed(rng), "lr": float(rng.uniform(0.3, 0.6)), "training": training}
    return draw


def train_one_epoch(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    """Gradients from torch.autograd.grad, the step of plain descent by hand."""
    model.train()
    [group] = optimizer.param_groups
    losses = []
    for x, y in loader:
        loss = loss_fn(model(x), y)
        slopes = torch.autograd.grad(loss, group["params"])
        with torch.no_grad():
            for weight, slope in zip(group["params"], slopes, strict=True):
                weight -= group["lr"] * slope
        losses.append(loss.item())
    return float(np.mean(losses))


def use_train(train_one_epoch: Any, x: np.ndarray, y: np.ndarray, hidden: int, seed: int, lr: float, training: bool
              ) -> dict[str, Any]:
    """One epoch of a small network with batch normalisation, which tells training from evaluation. Batches of 4.

    The optimizer is one of our own: making torch's for the first time takes seconds.
    """
    import torch
    from torch import nn

    class Descent:
        def __init__(self, params: Any) -> None:
            self.params = list(params)
            self.param_groups = [{"params": self.params, "lr": lr}]

        def zero_grad(self, set_to_none: bool = True) -> None:
            for p in self.params:
                p.grad = None

        def step(self) -> None:
            with torch.no_grad():
                for p in self.params:
                    if p.grad is not None:
                        p -= lr * p.grad

    draw = torch.Generator().manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(x[0].size, hidden), nn.BatchNorm1d(hidden), nn.ReLU(),
                          nn.Linear(hidden, 3)).train(training)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=draw) * 0.5)
    data = torch.utils.data.TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y))
    loader = torch.utils.data.DataLoader(data, batch_size=4)
    loss = train_one_epoch(model, loader, nn.CrossEntropyLoss(), Descent(model.parameters()))
    weights = np.concatenate([p.detach().numpy().ravel() for p in model.parameters()])
    return {"weights": weights, "loss": loss.item() if isinstance(loss, torch.Tensor) and loss.numel() == 1 else loss}


def gradients_cleared_at_the_end(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    losses = []
    optimizer.zero_grad()
    for images, labels in loader:
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def losses_weighted(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> Any:
    model.train()
    total = torch.zeros(())
    for images, labels in loader:
        model.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.detach() * len(labels)
    return total / len(loader.dataset)


PROBE = Probe(
    "train_one_epoch", train_one_epoch,
    cases={"ordinary": Cases(_epoch(True), 2), "eval": Cases(_epoch(False), 1)},
    points=(Point("the weights after an epoch", 3.5, part="weights"), Point("the mean loss", 1.5, part="loss"),
            Point("a model that was in evaluation mode", 1, "eval")),
    use=use_train,
    slips=[
        Slip("no_zero_grad", "optimizer.zero_grad()\n        ", "",
             "Gradients of earlier batches are still there when the next ones are added to them. They need to be "
             "cleared for every batch."),
        Slip("step_before_backward",
             "loss = loss_fn(model(x.to(device)), y.to(device))\n        optimizer.zero_grad()\n"
             "        loss.backward()\n        optimizer.step()",
             "optimizer.step()\n        optimizer.zero_grad()\n"
             "        loss = loss_fn(model(x.to(device)), y.to(device))\n        loss.backward()",
             "The optimizer moves before the new gradients are there, so each step uses the batch before, and the "
             "last batch is wasted."),
        Slip("never_moved", "optimizer.step()\n        ", "",
             "The losses are computed, but after the epoch the weights are where they were. Who moves them?"),
        Slip("one_step_an_epoch",
             "optimizer.zero_grad()\n        loss.backward()\n        optimizer.step()\n"
             "        losses.append(loss.item())",
             "loss.backward()\n        losses.append(loss.item())\n    optimizer.step()",
             "All gradients are collected and there is a single step at the end. Each batch should have a step of "
             "its own."),
        Slip("one_batch_only", "\n    return", "\n        return",
             "The epoch ends after its first batch. Every batch of the loader takes part."),
        Slip("two_steps_a_batch", "optimizer.step()", "optimizer.step()\n        optimizer.step()",
             "There are two steps for every batch, the second with a gradient that no longer fits."),
        Slip("softmax_before_the_loss", "model(x.to(device))", "torch.softmax(model(x.to(device)), dim=1)",
             "Softmax stands between model and loss, and the loss applies it once more. Logits go straight in."),
        Slip("trained_in_eval_mode", "model.train()", "model.eval()",
             "The model is in evaluation mode while it trains. Batch normalisation and dropout work differently "
             "then."),
        Slip("mode_not_set", "model.train()\n    ", "",
             "Right when the model is in training mode already. An epoch should set that mode itself: someone may "
             "have evaluated before."),
        Slip("losses_summed", " / len(losses)", "",
             "The training is right. The value returned is the sum of the batch losses, and their mean was asked "
             "for."),
        Slip("last_loss", "sum(losses) / len(losses)", "losses[-1]",
             "The training is right. The value returned is the loss of the last batch, and the mean over the epoch "
             "was asked for."),
        Slip("divided_by_samples", "len(losses)", "len(loader.dataset)",
             "The training is right. Each batch loss is a mean already, so their sum is to be divided by how many "
             "batches there are."),
        Slip("loss_after_the_step", "loss.item()", "loss_fn(model(x.to(device)), y.to(device)).item()",
             "Each loss is computed a second time after the step. Asked for is the one that was differentiated, and "
             "a second pass costs time."),
    ],
    variants=[gradients_cleared_at_the_end, losses_weighted],
    rtol=TOLERANCE, atol=TOLERANCE / 10,
)
