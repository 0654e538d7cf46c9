"""Right answers to ps6's exercises that look different from the notebook's: they must all get full marks."""

from typing import Any

import numpy as np

from grading.probes.ps5_variants import SIGMOID as SIGMOID
from grading.probes.ps6_reference import (
    GD,
    CrossEntropyLoss,
    MultiClassCrossEntropyLoss,
    TwoLayerNetwork,
    accuracy,
    backward,
    backward_multi,
    forward,
    forward_multi,
    one_hot,
    predict,
    predict_multi,
    sigmoid,
    softmax,
)


def network_with_randn(layer_dims: Any, seed: int) -> Any:
    np.random.seed(seed)
    w1 = np.random.randn(layer_dims[1], layer_dims[0]) * 0.01
    w2 = np.random.randn(layer_dims[2], layer_dims[1]) * 0.01
    return {"w1": w1, "w2": w2, "b1": np.zeros((layer_dims[1],)), "b2": np.zeros((layer_dims[2],))}


def network_by_size(layer_dims: Any, seed: int) -> Any:
    np.random.seed(seed)
    d, h, o = layer_dims
    return {"w1": np.random.normal(scale=0.01, size=h * d).reshape(h, d), "b1": np.array([0.0] * h),
            "w2": np.random.normal(scale=0.01, size=o * h).reshape(o, h), "b2": np.array([0.0] * o)}


TWO_LAYER_NETWORK = (network_with_randn, network_by_size)


def binary_with_stack(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.vstack([first, second]), np.hstack([np.zeros(len(first)), np.ones(len(second))])


def binary_with_where(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    chosen = np.concatenate([np.where(y == label1)[0][:num_samples], np.where(y == label2)[0][:num_samples]])
    return x[chosen], (y[chosen] == label2).astype(int)


BINARY_EXTRACTION = (binary_with_stack, binary_with_where)


def loss_with_where(Y_true: Any, Y2: Any) -> Any:
    return -np.mean(np.log(np.where(Y_true == 1, Y2, 1 - Y2)))


def loss_with_a_small_number(Y_true: Any, Y2: Any) -> Any:
    p = np.clip(Y2, 1e-15, 1 - 1e-15)
    return float(-np.sum(Y_true * np.log(p) + (1 - Y_true) * np.log(1 - p)) / Y2.size)


CROSS_ENTROPY = (loss_with_where, loss_with_a_small_number)


def forward_with_columns(X: Any, params: Any) -> Any:
    z1 = np.dot(params["w1"], X) + params["b1"].reshape(-1, 1)
    Y1 = sigmoid(z1)
    z2 = np.dot(params["w2"], Y1) + params["b2"].reshape(-1, 1)
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": Y1, "z2": z2}


def forward_sample_by_sample(X: Any, params: Any) -> Any:
    z1 = np.array([params["w1"] @ x + params["b1"] for x in X.T]).T
    z2 = np.array([params["w2"] @ y + params["b2"] for y in sigmoid(z1).T]).T
    return sigmoid(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2, "Y2": sigmoid(z2)}


FORWARD = (forward_with_columns, forward_sample_by_sample)


def backward_dividing_last(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    N, Y1 = len(Y_true), intermediate["Y1"]
    delta2 = Y2 - Y_true.reshape(1, -1)
    delta1 = np.dot(params["w2"].T, delta2) * (Y1 - Y1**2)
    return {"w1": np.dot(delta1, intermediate["X"].T) / N, "b1": np.sum(delta1, axis=1) / N,
            "w2": np.dot(delta2, Y1.T) / N, "b2": np.sum(delta2, axis=1) / N}


def backward_with_means(Y_true: Any, Y2: Any, intermediate: Any, params: Any) -> Any:
    s = sigmoid(intermediate["z1"])
    delta2 = Y2 - Y_true
    delta1 = np.einsum("oh,on->hn", params["w2"], delta2) * s * (1 - s)
    return {"b2": delta2.mean(axis=1), "w2": np.einsum("on,hn->oh", delta2, s) / Y2.size, "b1": delta1.mean(axis=1),
            "w1": np.einsum("hn,dn->hd", delta1, intermediate["X"]) / Y2.size}


BACKWARD = (backward_dividing_last, backward_with_means)


def descent_in_place(params: Any, grads: Any, learning_rate: float) -> Any:
    for name in params:
        params[name] -= learning_rate * grads[name]
    return params


def descent_by_name(params: Any, grads: Any, learning_rate: float) -> Any:
    return {"w1": params["w1"] - learning_rate * grads["w1"], "b1": params["b1"] - learning_rate * grads["b1"],
            "w2": params["w2"] - learning_rate * grads["w2"], "b2": params["b2"] - learning_rate * grads["b2"]}


GRADIENT_DESCENT = (descent_in_place, descent_by_name)


def predict_in_a_row(x: Any, params: Any) -> Any:
    return (forward(x, params)[0] >= 0.5).astype(int)


def predict_as_floats(x: Any, params: Any) -> Any:
    return np.where(forward(x, params)[0][0] < 0.5, 0.0, 1.0)


PREDICT = (predict_in_a_row, predict_as_floats)


def accuracy_by_loop(y: Any, y_pred: Any) -> Any:
    right = 0
    for one, other in zip(np.ravel(y), np.ravel(y_pred), strict=True):
        right += one == other
    return right / len(np.ravel(y))


def accuracy_by_broadcasting(y: Any, y_pred: Any) -> Any:
    return np.mean(y == y_pred)


ACCURACY = (accuracy_by_loop, accuracy_by_broadcasting)


def train_binary_step_by_step(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "train_accuracy": [], "test_loss": [], "test_accuracy": []}
    for _ in range(num_epochs):
        Y2, intermediate = forward(data["X_train"], params)
        history["train_loss"].append(CrossEntropyLoss(data["y_train"], Y2))
        history["train_accuracy"].append(accuracy(data["y_train"], Y2 >= 0.5))
        history["test_loss"].append(CrossEntropyLoss(data["y_test"], forward(data["X_test"], params)[0]))
        history["test_accuracy"].append(accuracy(data["y_test"], predict(data["X_test"], params)))
        params = GD(params, backward(data["y_train"], Y2, intermediate, params), learning_rate)
    return params, history


def train_binary_with_arrays(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params, rows = TwoLayerNetwork(layer_dims, seed), []
    for _ in range(num_epochs):
        Y2, intermediate = forward(data["X_train"], params)
        Y2_test, _ = forward(data["X_test"], params)
        rows.append([CrossEntropyLoss(data["y_train"], Y2), CrossEntropyLoss(data["y_test"], Y2_test),
                     accuracy(data["y_train"], predict(data["X_train"], params)),
                     accuracy(data["y_test"], predict(data["X_test"], params))])
        params = GD(params, backward(data["y_train"], Y2, intermediate, params), learning_rate)
    return params, dict(zip(("train_loss", "test_loss", "train_accuracy", "test_accuracy"), np.array(rows).T,
                            strict=True))


TRAIN_BINARY = (train_binary_step_by_step, train_binary_with_arrays)


def one_hot_by_index(labels: Any, K: int) -> Any:
    T = np.zeros((K, len(labels)))
    T[np.array(labels).astype(int), np.arange(len(labels))] = 1
    return T


def one_hot_of_integers(labels: Any, K: int) -> Any:
    return np.array([[int(label == k) for label in labels] for k in range(K)])


ONE_HOT = (one_hot_by_index, one_hot_of_integers)


def multiclass_by_loop(x: Any, y: Any, num_samples: int) -> Any:
    images, labels = [], []
    for label in range(10):
        images.append(x[y == label][:num_samples])
        labels.append(y[y == label][:num_samples])
    return np.concatenate(images), np.concatenate(labels)


def multiclass_by_sorting(x: Any, y: Any, num_samples: int) -> Any:
    order = np.argsort(y, kind="stable")
    chosen = [n for label in range(10) for n in [i for i in order if y[i] == label][:num_samples]]
    return x[chosen], y[chosen].astype(float)


MULTICLASS_EXTRACTION = (multiclass_by_loop, multiclass_by_sorting)


def softmax_by_columns(Z: Any) -> Any:
    columns = []
    for z in Z.T:
        e = np.exp(z - max(z))
        columns.append(e / sum(e))
    return np.array(columns).T


def softmax_transposed(Z: Any) -> Any:
    E = np.exp(Z.T - Z.T.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).T


SOFTMAX = (softmax_by_columns, softmax_transposed)


def multiclass_loss_with_one_hot(Y_true: Any, probs: Any) -> Any:
    return -np.sum(one_hot(Y_true, len(probs)) * np.log(probs + 1e-15)) / probs.shape[1]


def multiclass_loss_by_loop(Y_true: Any, probs: Any) -> Any:
    return -float(np.mean([np.log(column[int(label)]) for label, column in zip(Y_true, probs.T, strict=True)]))


MULTICLASS_LOSS = (multiclass_loss_with_one_hot, multiclass_loss_by_loop)


def forward_multi_written_out(X: Any, params: Any) -> Any:
    z1 = params["w1"] @ X + params["b1"][:, None]
    z2 = params["w2"] @ sigmoid(z1) + params["b2"][:, None]
    return softmax(z2), {"X": X, "z1": z1, "Y1": sigmoid(z1), "z2": z2}


def forward_multi_by_forward(X: Any, params: Any) -> Any:
    _, intermediate = forward(X, params)
    return softmax(intermediate["z2"]), intermediate


FORWARD_MULTI = (forward_multi_written_out, forward_multi_by_forward)


def backward_multi_by_index(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    N, Y1, delta2 = len(Y_true), intermediate["Y1"], probs.copy()
    delta2[Y_true.astype(int), np.arange(N)] -= 1
    delta1 = params["w2"].T @ delta2 * Y1 * (1 - Y1)
    return {"w1": delta1 @ intermediate["X"].T / N, "b1": delta1.mean(axis=1), "w2": delta2 @ Y1.T / N,
            "b2": delta2.mean(axis=1)}


def backward_multi_with_einsum(Y_true: Any, probs: Any, intermediate: Any, params: Any) -> Any:
    delta2 = (probs - one_hot(Y_true, probs.shape[0])) / probs.shape[1]
    slope = intermediate["Y1"] - intermediate["Y1"] ** 2
    delta1 = np.einsum("kh,kn,hn->hn", params["w2"], delta2, slope)
    return {"w1": np.einsum("hn,dn->hd", delta1, intermediate["X"]), "b1": delta1.sum(axis=1),
            "w2": np.einsum("kn,hn->kh", delta2, intermediate["Y1"]), "b2": delta2.sum(axis=1)}


BACKWARD_MULTI = (backward_multi_by_index, backward_multi_with_einsum)


def predict_multi_by_probability(X: Any, params: Any) -> Any:
    return np.argmax(forward_multi(X, params)[0], axis=0)


def predict_multi_by_logit(X: Any, params: Any) -> Any:
    return [int(np.argmax(z)) for z in forward(X, params)[1]["z2"].T]


PREDICT_MULTI = (predict_multi_by_probability, predict_multi_by_logit)


def train_multi_step_by_step(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "train_accuracy": [], "test_loss": [], "test_accuracy": []}
    for _ in range(num_epochs):
        probs, intermediate = forward_multi(data["X_train"], params)
        history["train_loss"].append(MultiClassCrossEntropyLoss(data["y_train"], probs))
        history["train_accuracy"].append(accuracy(data["y_train"], np.argmax(probs, axis=0)))
        probs_test, _ = forward_multi(data["X_test"], params)
        history["test_loss"].append(MultiClassCrossEntropyLoss(data["y_test"], probs_test))
        history["test_accuracy"].append(accuracy(data["y_test"], predict_multi(data["X_test"], params)))
        params = GD(params, backward_multi(data["y_train"], probs, intermediate, params), learning_rate)
    return params, history


def train_multi_part_by_part(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {}
    for _ in range(num_epochs):
        for part in ("test", "train"):
            X, y = data["X_" + part], data["y_" + part]
            probs, intermediate = forward_multi(X, params)
            history.setdefault(part + "_loss", []).append(MultiClassCrossEntropyLoss(y, probs))
            history.setdefault(part + "_accuracy", []).append(accuracy(y, predict_multi(X, params)))
        params = GD(params, backward_multi(y, probs, intermediate, params), learning_rate)
    return params, history


TRAIN_MULTI = (train_multi_step_by_step, train_multi_part_by_part)
