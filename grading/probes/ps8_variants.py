"""Right answers to ps8's exercises that look different from the notebook's: they must all get full marks."""

from typing import Any

import numpy as np
import torch
from torch import nn

from grading.probes.ps8_reference import predict_probabilities

Array = np.ndarray


def network_of_parts() -> Any:
    return nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(784, 256), nn.ReLU()),
                         nn.Sequential(nn.Linear(256, 128), nn.ReLU()), nn.Sequential(nn.Linear(128, 64), nn.ReLU()),
                         nn.Linear(64, 10))


class LayersInAnotherOrder(nn.Module):  # type: ignore[misc]
    """Layers made from the last to the first, activations as a function."""

    def __init__(self) -> None:
        super().__init__()
        self.out = nn.Linear(64, 10)
        self.three, self.two, self.one = nn.Linear(128, 64), nn.Linear(256, 128), nn.Linear(784, 256)

    def forward(self, images: Any) -> Any:
        x = images.view(images.shape[0], -1)
        for layer in (self.one, self.two, self.three):
            x = torch.relu(layer(x))
        return self.out(x)


MLP = (network_of_parts, LayersInAnotherOrder)


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


TRAIN_ONE_EPOCH = (gradients_cleared_at_the_end, losses_weighted)


def evaluate_by_batch_means(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode, losses, right = model.training, [], []
    model.eval()
    with torch.inference_mode():
        for images, labels in loader:
            logits = model(images)
            losses.append(loss_fn(logits, labels).item())
            right += (logits.argmax(dim=1) == labels).tolist()
    model.train(mode)
    return np.mean(losses), np.mean(right)


def evaluate_as_tensors(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits, labels = (torch.cat(parts) for parts in zip(*[(model(x), y) for x, y in loader], strict=True))
    model.train(mode)
    return loss_fn(logits, labels), (logits.argmax(dim=1) == labels).float().mean()


EVALUATE = (evaluate_by_batch_means, evaluate_as_tensors)


def probabilities_by_hand(model: Any, images: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        e = torch.exp(model(images))
    model.train(mode)
    return e / e.sum(dim=1, keepdim=True)


def probabilities_as_numpy(model: Any, images: Any) -> Any:
    mode = model.training
    with torch.inference_mode():
        answer = model.eval()(images).softmax(-1).numpy()
    model.train(mode)
    return answer


PREDICT_PROBABILITIES = (probabilities_by_hand, probabilities_as_numpy)


def predictions_by_max(model: Any, images: Any) -> Any:
    best = predict_probabilities(model, images).max(dim=1)
    return best.indices, best.values


def predictions_by_loop(model: Any, images: Any) -> Any:
    rows = predict_probabilities(model, images)
    classes = [int(row.argmax()) for row in rows]
    return classes, [float(row[k]) for row, k in zip(rows, classes, strict=True)]


PREDICTIONS = (predictions_by_max, predictions_by_loop)


def gradients_by_rows(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    outs = [sample[None, :]]
    for W, b in zip(weights, biases, strict=True):
        outs.append(np.tanh((outs[-1] @ W + b) / 2) / 2 + 0.5)
    z = outs[-2] @ weights[-1] + biases[-1]
    error = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
    error[0, label] -= 1
    dW: Any = []
    db: Any = []
    for out, W in zip(outs[-2::-1], weights[::-1], strict=True):
        dW.append(out.T @ error)
        db.append(error[0])
        error = error @ W.T * out * (1 - out)
    return dW[::-1], db[::-1]


def gradients_by_layers(sample: Array, label: int, weights: list[Array], biases: list[Array]) -> Any:
    h1 = 1 / (1 + np.exp(-(sample @ weights[0] + biases[0])))
    h2 = 1 / (1 + np.exp(-(h1 @ weights[1] + biases[1])))
    z = h2 @ weights[2] + biases[2]
    d3 = np.exp(z) / np.sum(np.exp(z)) - (np.arange(len(z)) == label)
    d2 = weights[2] @ d3 * h2 * (1 - h2)
    d1 = weights[1] @ d2 * h1 * (1 - h1)
    return (np.outer(sample, d1), np.outer(h1, d2), np.outer(h2, d3)), (d1, d2, d3)


GRADIENTS = (gradients_by_rows, gradients_by_layers)
