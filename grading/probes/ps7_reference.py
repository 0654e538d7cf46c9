"""Reference answers of ps7, each by another road than the notebook's solution; mistakes and variants build on them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Params = dict[str, Array]
History = dict[str, list[float]]


def relu(x: Array) -> Array:
    return np.asarray((x + np.abs(x)) / 2)


def softmax(x: Array) -> Array:
    """y_i = 1 / Σ_j exp(x_j − x_i) in each row; an overflow to ∞ gives the right 0."""
    with np.errstate(over="ignore"):
        return np.asarray(1 / np.exp(x[:, None, :] - x[:, :, None]).sum(axis=2))


def compute_layer(x: Array, w: Array, b: Array) -> Array:
    return np.add(b, np.tensordot(x, w, axes=1))


def average_ce(target: Array, prediction: Array) -> float:
    at_target = [row[label] for row, label in zip(prediction, target.argmax(axis=1), strict=True)]
    return float(-np.mean(np.log(np.maximum(at_target, 1e-300))))


def grad_ce(target: Array, logits: Array) -> Array:
    """The chain rule, sample by sample: the Jacobian of softmax times the gradient of −log y_label, over N."""
    rows = []
    for t, y in zip(target, softmax(logits), strict=True):
        rows.append((np.diag(y) - np.outer(y, y)) @ (-t / y) / len(target))
    return np.stack(rows)


def convert_onehot(train: Any, valid: Any, test: Any) -> tuple[Array, Array, Array]:
    first, second, third = ((np.reshape(y, (-1, 1)) == np.arange(10)).astype(float) for y in (train, valid, test))
    return first, second, third


def shuffle(data: Array, target: Array) -> tuple[Array, Array]:
    order = np.arange(len(data))
    np.random.RandomState(421).shuffle(order)
    return data[order], target[order]


def split(data: Array, target: Array, n_train: int, n_valid: int) -> tuple[Array, ...]:
    order = np.arange(len(data))
    np.random.RandomState(521).shuffle(order)
    return tuple(part[rows] for rows in np.split(order, [n_train, n_train + n_valid]) for part in (data, target))


def backpropagation(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                    ) -> tuple[Array, Array, Array, Array]:
    """One sample after the other; their outer products are averaged."""
    N = len(x)
    dwo, dbo, dwh, dbh = np.zeros_like(wo), np.zeros((1, wo.shape[1])), np.zeros_like(wh), np.zeros_like(b)
    for n in range(N):
        delta_out = (prediction[n] - target[n]) / N
        delta_hidden = np.where(o[n] > 0, wo @ delta_out, 0.0)
        dwo += np.outer(np.maximum(o[n], 0), delta_out)
        dbo += delta_out
        dwh += np.outer(x[n], delta_hidden)
        dbh += delta_hidden
    return dwo, dbo, dwh, dbh


def momentum_update(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> tuple[Array, Array]:
    """Both from one table: (v, w) ← (γv + αg, w − γv − αg)."""
    step = np.stack([v, grad]).T @ np.array([gamma, alpha])
    return step.T, w - step.T


def measure(x: Array, target: Array, params: Params) -> tuple[float, float]:
    """The notebook gives this one: loss and accuracy of a network."""
    hidden = relu(compute_layer(x, params["wh"], params["bh"]))
    prediction = softmax(compute_layer(hidden, params["wo"], params["bo"]))
    loss = -np.mean(np.log(prediction[target == 1]))
    return float(loss), float(np.mean(prediction.argmax(axis=1) == target.argmax(axis=1)))


def learning(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int, gamma: float,
             alpha: float, seed: int) -> tuple[Params, History]:
    """All weights in one vector: one velocity, one update an epoch."""
    rng = np.random.default_rng(seed)
    shapes = {"wh": (train_x.shape[1], hidden), "wo": (hidden, train_t.shape[1])}
    start = {name: rng.standard_normal(shape) * np.sqrt(2 / sum(shape)) for name, shape in shapes.items()}
    start |= {"bh": np.zeros((1, hidden)), "bo": np.zeros((1, train_t.shape[1]))}
    names = ("wo", "bo", "wh", "bh")
    w = np.concatenate([start[name].ravel() for name in names])
    v = np.full(w.size, 1e-5)
    cuts = np.cumsum([start[name].size for name in names])[:-1]
    history: History = {"train_loss": [], "valid_loss": [], "train_accuracy": [], "valid_accuracy": []}

    def unpacked() -> Params:
        return {name: part.reshape(start[name].shape) for name, part in zip(names, np.split(w, cuts), strict=True)}

    for _ in range(epochs):
        p = unpacked()
        h = relu(train_x @ p["wh"] + p["bh"])
        error = (softmax(h @ p["wo"] + p["bo"]) - train_t) / len(train_x)
        back = np.where(h > 0, error @ p["wo"].T, 0.0)
        grads = (h.T @ error, error.sum(axis=0), train_x.T @ back, back.sum(axis=0))
        v = gamma * v + alpha * np.concatenate([grad.ravel() for grad in grads])
        w = w - v
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            loss, accuracy = measure(x, t, unpacked())
            history[f"{part}_loss"].append(loss)
            history[f"{part}_accuracy"].append(accuracy)
    return unpacked(), history
