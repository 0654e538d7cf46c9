"""Right answers to ps7's exercises that look different from the notebook's: they must all get full marks."""

from typing import Any

import numpy as np

from grading.probes.ps7_reference import average_ce, backpropagation, compute_layer, relu, softmax

Array = np.ndarray


def relu_with_where(x: Array) -> Array:
    return np.where(x > 0, x, 0)


def relu_by_the_mask(x: Array) -> Array:
    return x * (x > 0)


RELU = (relu_with_where, relu_by_the_mask)


def softmax_by_loop(x: Array) -> list[Any]:
    rows = []
    for row in x:
        e = [np.exp(value - max(row)) for value in row]
        rows.append([float(value / sum(e)) for value in e])
    return rows


def softmax_by_logarithms(x: Array) -> Array:
    return np.exp(x - np.logaddexp.reduce(x, axis=1, keepdims=True))


SOFTMAX = (softmax_by_loop, softmax_by_logarithms)


def layer_by_einsum(x: Array, w: Array, b: Array) -> Array:
    return np.einsum("nd,dh->nh", x, w) + b


def layer_by_loop(x: Array, w: Array, b: Array) -> Array:
    return np.array([w.T @ row + b[0] for row in x])


COMPUTE_LAYER = (layer_by_einsum, layer_by_loop)


def loss_by_label(target: Array, prediction: Array) -> float:
    at_target = prediction[np.arange(len(target)), target.argmax(axis=1)]
    return float(-np.mean(np.log(at_target + 1e-10)))


def loss_of_a_clipped_copy(target: Array, prediction: Array) -> Array:
    return -np.mean(np.sum(target * np.log(np.clip(prediction, 1e-8, None)), axis=1))


AVERAGE_CE = (loss_by_label, loss_of_a_clipped_copy)


def gradient_in_a_copy(target: Array, logits: Array) -> Array:
    gradient = softmax(logits).copy()
    gradient[np.arange(len(target)), target.argmax(axis=1)] -= 1
    return gradient / len(target)


def gradient_by_row(target: Array, logits: Array) -> list[Any]:
    return [((y - t) / len(target)).tolist() for t, y in zip(target, softmax(logits), strict=True)]


GRAD_CE = (gradient_in_a_copy, gradient_by_row)


def onehot_as_ints(train: Array, valid: Array, test: Array) -> Any:
    return [np.eye(10, dtype=int)[labels] for labels in (train, valid, test)]


def onehot_by_loop(train: Array, valid: Array, test: Array) -> Any:
    converted = []
    for labels in (train, valid, test):
        rows = np.zeros((len(labels), 10))
        for n in range(len(labels)):
            rows[n, labels[n]] = 1
        converted.append(rows)
    return tuple(converted)


CONVERT_ONEHOT = (onehot_as_ints, onehot_by_loop)


def shuffle_by_the_global_generator(data: Array, target: Array) -> Any:
    np.random.seed(421)
    rows = np.arange(len(data))
    np.random.shuffle(rows)
    return data[rows], target[rows]


def shuffle_copies_twice_with_one_seed(data: Array, target: Array) -> Any:
    data, target = data.copy(), target.copy()
    np.random.seed(421)
    np.random.shuffle(data)
    np.random.seed(421)
    np.random.shuffle(target)
    return data, target


SHUFFLE = (shuffle_by_the_global_generator, shuffle_copies_twice_with_one_seed)


def split_by_the_global_generator(data: Array, target: Array, n_train: int, n_valid: int) -> Any:
    np.random.seed(521)
    rows = np.arange(len(data))
    np.random.shuffle(rows)
    data, target, end = data[rows], target[rows], n_train + n_valid
    return data[:n_train], target[:n_train], data[n_train:end], target[n_train:end], data[end:], target[end:]


def split_of_the_order(data: Array, target: Array, n_train: int, n_valid: int) -> Any:
    parts = []
    for rows in np.split(np.random.RandomState(521).permutation(len(data)), [n_train, n_train + n_valid]):
        parts += [np.take(data, rows, axis=0), np.take(target, rows, axis=0)]
    return parts


SPLIT = (split_by_the_global_generator, split_of_the_order)


def gradients_by_einsum(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array) -> Any:
    error, N = prediction - target, len(x)
    hidden = np.einsum("nk,hk->nh", error, wo)
    hidden[o <= 0] = 0
    return (np.einsum("nh,nk->hk", np.maximum(o, 0), error) / N, error.mean(axis=0, keepdims=True),
            np.einsum("nd,nh->dh", x, hidden) / N, hidden.mean(axis=0, keepdims=True))


def gradients_from_the_inputs(prediction: Array, target: Array, o: Array, wh: Array, wo: Array, x: Array, b: Array
                              ) -> Any:
    hidden_out = relu(x @ wh + b)
    out = (prediction - target) / len(target)
    back = (wo @ out.T).T * np.sign(hidden_out)
    ones = np.ones((1, len(x)))
    return hidden_out.T @ out, ones @ out, x.T @ back, ones @ back


BACKPROPAGATION = (gradients_by_einsum, gradients_from_the_inputs)


def momentum_in_one_line(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> Any:
    return gamma * v + alpha * grad, w - gamma * v - alpha * grad


def momentum_by_entry(v: Array, w: Array, grad: Array, gamma: float, alpha: float) -> Any:
    v, w = v.copy(), w.copy()
    for index in np.ndindex(v.shape):
        v[index] = gamma * v[index] + alpha * grad[index]
        w[index] -= v[index]
    return v, w


MOMENTUM_UPDATE = (momentum_in_one_line, momentum_by_entry)


def learning_without_measure(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int,
                             gamma: float, alpha: float, seed: int) -> Any:
    rng, n, k = np.random.default_rng(seed), train_x.shape[1], train_t.shape[1]
    wh, bh = rng.normal(scale=(2 / (n + hidden)) ** 0.5, size=(n, hidden)), np.zeros((1, hidden))
    wo, bo = rng.normal(scale=(2 / (hidden + k)) ** 0.5, size=(hidden, k)), np.zeros((1, k))
    vh, vo, vbh, vbo = wh * 0 + 1e-5, wo * 0 + 1e-5, bh + 1e-5, bo + 1e-5
    train_loss, valid_loss, train_accuracy, valid_accuracy = np.zeros((4, epochs))
    for epoch in range(epochs):
        o = compute_layer(train_x, wh, bh)
        y = softmax(compute_layer(relu(o), wo, bo))
        dwo, dbo, dwh, dbh = backpropagation(y, train_t, o, wh, wo, train_x, bh)
        vo, vbo = gamma * vo + alpha * dwo, gamma * vbo + alpha * dbo
        vh, vbh = gamma * vh + alpha * dwh, gamma * vbh + alpha * dbh
        wo, bo, wh, bh = wo - vo, bo - vbo, wh - vh, bh - vbh
        y = softmax(compute_layer(relu(compute_layer(train_x, wh, bh)), wo, bo))
        train_loss[epoch], train_accuracy[epoch] = average_ce(train_t, y), np.mean(y.argmax(1) == train_t.argmax(1))
        y = softmax(compute_layer(relu(compute_layer(valid_x, wh, bh)), wo, bo))
        valid_loss[epoch], valid_accuracy[epoch] = average_ce(valid_t, y), np.mean(y.argmax(1) == valid_t.argmax(1))
    return ({"wo": wo, "bo": bo, "wh": wh, "bh": bh},
            {"train_loss": train_loss, "valid_loss": valid_loss, "train_accuracy": train_accuracy,
             "valid_accuracy": valid_accuracy})


def learning_in_one_function(train_x: Array, train_t: Array, valid_x: Array, valid_t: Array, hidden: int, epochs: int,
                             gamma: float, alpha: float, seed: int) -> Any:
    sizes, rng = (train_x.shape[1], hidden, train_t.shape[1]), np.random.default_rng(seed)
    weights = [rng.normal(0, np.sqrt(2 / (a + b)), (a, b)) for a, b in (sizes[:2], sizes[1:])]
    w = [weights[0], np.zeros((1, hidden)), weights[1], np.zeros((1, sizes[2]))]
    v = [np.full(part.shape, 1e-5) for part in w]
    history: Any = {"train_loss": [], "valid_loss": [], "train_accuracy": [], "valid_accuracy": []}
    for _ in range(epochs):
        h = np.maximum(train_x @ w[0] + w[1], 0)
        e = np.exp(h @ w[2] + w[3])
        out = (e / e.sum(1, keepdims=True) - train_t) / len(train_x)
        back = out @ w[2].T * (h > 0)
        grads = [train_x.T @ back, back.sum(0, keepdims=True), h.T @ out, out.sum(0, keepdims=True)]
        v = [gamma * old + alpha * grad for old, grad in zip(v, grads, strict=True)]
        w = [part - step for part, step in zip(w, v, strict=True)]
        for part, x, t in (("train", train_x, train_t), ("valid", valid_x, valid_t)):
            logits = np.maximum(x @ w[0] + w[1], 0) @ w[2] + w[3]
            y = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
            history[part + "_loss"].append(-np.log(y[t == 1]).mean())
            history[part + "_accuracy"].append(np.mean(y.argmax(1) == t.argmax(1)))
    return dict(zip(("wh", "bh", "wo", "bo"), w, strict=True)), history


LEARNING = (learning_without_measure, learning_in_one_function)
