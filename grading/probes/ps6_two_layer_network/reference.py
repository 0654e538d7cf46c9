"""Right answers that later exercises build on."""

from typing import Any

import numpy as np


def TwoLayerNetwork(layer_dims: Any, seed: int) -> Any:
    """Draws from a generator of its own, as numpy's global one would."""
    generator = np.random.RandomState(seed)
    d, h, o = layer_dims
    w1 = 0.01 * generator.standard_normal((h, d))
    return {"w1": w1, "b1": 0 * w1[:, 0], "w2": 0.01 * generator.standard_normal((o, h)), "b2": np.zeros(o)}


def sigmoid(Z: Any) -> Any:
    return 0.5 * (1 + np.tanh(Z / 2))


def CrossEntropyLoss(Y_true: Any, Y2: Any) -> Any:
    of_the_label = [p if y == 1 else 1 - p for y, p in zip(Y_true, Y2[0], strict=True)]
    return -sum(np.log(p) for p in of_the_label) / len(of_the_label)


def forward(X: Any, params: Any) -> Any:
    z1 = (np.einsum("dn,hd->nh", X, params["w1"]) + params["b1"]).T
    Y1 = sigmoid(z1)
    z2 = (Y1.T @ params["w2"].T + params["b2"]).T
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": Y1, "z2": z2}


def backward(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    return _mean_of_samples(Y2 - Y_true, intermediate, params)


def _mean_of_samples(delta2: Any, intermediate: Any, params: Any) -> Any:
    """Gradients of every sample alone, then their mean."""
    grads: dict[str, list[Any]] = {name: [] for name in params}
    for n in range(delta2.shape[1]):
        y1, d2 = intermediate["Y1"][:, n], delta2[:, n]
        d1 = np.array([y * (1 - y) * np.sum(column * d2) for y, column in zip(y1, params["w2"].T, strict=True)])
        for name, value in (("w1", np.outer(d1, intermediate["X"][:, n])), ("b1", d1), ("w2", np.outer(d2, y1)),
                            ("b2", d2)):
            grads[name].append(value)
    return {name: np.mean(values, axis=0) for name, values in grads.items()}


def GD(params: Any, grads: Any, learning_rate: float) -> Any:
    return {name: np.add(value, -learning_rate * grads[name]) for name, value in params.items()}


def predict(x: Any, params: Any) -> Any:
    return np.array([int(z >= 0) for z in forward(x, params)[1]["z2"][0]])


def accuracy(y: Any, y_pred: Any) -> float:
    pairs = list(zip(np.ravel(y), np.ravel(y_pred), strict=True))
    return sum(int(a == b) for a, b in pairs) / len(pairs)


def one_hot(labels: Any, K: int) -> Any:
    return 1.0 * (np.arange(K)[:, None] == np.asarray(labels)[None, :])


def softmax(Z: Any) -> Any:
    return np.exp(Z - np.logaddexp.reduce(Z, axis=0))


def MultiClassCrossEntropyLoss(Y_true: Any, probs: Any) -> float:
    return -sum(float(np.log(probs[int(label), n])) for n, label in enumerate(Y_true)) / len(Y_true)


def forward_multi(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return softmax(intermediate["z2"]), intermediate


def backward_multi(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    return _mean_of_samples(probs - one_hot(Y_true, len(probs)), intermediate, params)


def predict_multi(X: Any, params: Any) -> Any:
    z2 = forward(X, params)[1]["z2"]
    return np.array([max(range(len(z)), key=z.__getitem__) for z in z2.T])


def train(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int, forward: Any, loss: Any,
          backward: Any, predict: Any) -> Any:
    """The loop of both trainings, around the functions of two classes or of many."""
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[float]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(loss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        params = GD(params, backward(data["y_train"], out, intermediate, params), learning_rate)
    return params, history
