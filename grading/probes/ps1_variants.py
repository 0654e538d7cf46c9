"""Right answers to ps1 that look unlike the reference; none may lose a point. Each function stands alone."""

from collections.abc import Callable
from typing import Any

import numpy as np

Params = dict[str, Any]
Target = Callable[..., Any]


def step_of_ints(x: np.ndarray) -> np.ndarray:
    return (x > 0).astype(int)


def step_from_sign(x: np.ndarray) -> np.ndarray:
    return np.maximum(np.sign(x), 0)


STEP = (step_of_ints, step_from_sign)


def network_by_einsum(x: np.ndarray, params: "Params") -> np.ndarray:
    active = np.einsum("n,h->nh", x, params["W1"]) + params["b1"] > 0
    return np.einsum("h,nh->n", params["W2"], active.astype(float)) + params["b2"]


def network_point_by_point(x: np.ndarray, params: "Params") -> list[float]:
    values = []
    for point in x:
        total = float(params["b2"])
        for w1, b1, w2 in zip(params["W1"], params["b1"], params["W2"], strict=True):
            total += float(w2) if w1 * point + b1 > 0 else 0.0
        values.append(total)
    return values


NETWORK = (network_by_einsum, network_point_by_point)


def box_of_the_catalogue(h: float, delta: float) -> "Params":
    return {"W1": np.array([1, 1]), "b1": np.array([0, -delta]), "W2": np.array([h, -h]), "b2": 0}


def box_scaled_by_two(h: float, delta: float) -> "Params":
    return {"W1": [1.0, 2.0], "b1": [0.0, -2 * delta], "W2": [h, -h], "b2": 0.0}


def box_from_the_right(h: float, delta: float) -> "Params":
    return {"W1": np.array([-3.0, -1.0]), "b1": np.array([3 * delta, 0.0]),
            "W2": np.array([h, -h]), "b2": np.array(0.0)}


BOX_PARAMETERS = (box_of_the_catalogue, box_scaled_by_two, box_from_the_right)


def boxes_in_a_loop(f: "Target", B: float, n: int) -> "Params":
    W1, b1, W2, width = [], [], [], 2 * B / n
    for i in range(n):
        left = -B + i * width
        height = float(f(left + width / 2))
        W1 += [1.0, 1.0]
        b1 += [-left, -(left + width)]
        W2 += [height, -height]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": 0.0}


def boxes_mirrored_and_scaled(f: "Target", B: float, n: int) -> "Params":
    edges = B - 2 * B / n * np.arange(n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2)
    return {"W1": np.full(2 * n, -2.0), "b1": 2 * np.concatenate([edges[:-1], edges[1:]]),
            "W2": np.concatenate([heights, -heights]), "b2": np.float64(0)}


def boxes_on_a_raised_floor(f: "Target", B: float, n: int) -> "Params":
    edges = np.linspace(-B, B, n + 1)
    heights = f((edges[:-1] + edges[1:]) / 2) - 1.0
    return {"W1": np.ones(2 * n), "b1": -np.repeat(edges, 2)[1:-1],
            "W2": np.stack([heights, -heights], axis=1).ravel(), "b2": 1.0}


BOXES_PARAMETERS = (boxes_in_a_loop, boxes_mirrored_and_scaled, boxes_on_a_raised_floor)


def bound_from_midpoint(lipschitz: float, B: float, n: int) -> float:
    width = (B - -B) / n
    return lipschitz * (width / 2)


def bound_as_array(lipschitz: float, B: float, n: int) -> np.ndarray:
    return np.divide(np.multiply(lipschitz, B), n)


MAX_ERROR_BOUND = (bound_from_midpoint, bound_as_array)


def needed_by_counting(lipschitz: float, B: float, eps: float) -> int:
    n = 1
    while lipschitz * B / n > eps:
        n += 1
    return n


def needed_by_floor(lipschitz: float, B: float, eps: float) -> int:
    return int(-(-lipschitz * B // eps))


BOXES_NEEDED = (needed_by_counting, needed_by_floor)


def network2d_by_einsum(X: np.ndarray, params: "Params") -> np.ndarray:
    first = (np.einsum("ni,hi->nh", X, params["W1"]) + params["b1"] > 0).astype(float)
    second = (np.einsum("nh,kh->nk", first, params["W2"]) + params["b2"] > 0).astype(float)
    return np.einsum("nk,k->n", second, params["W3"]) + params["b3"]


def network2d_samples_as_columns(X: np.ndarray, params: "Params") -> np.ndarray:
    first = np.heaviside(params["W1"] @ X.T + params["b1"][:, None], 0)
    second = np.heaviside(params["W2"] @ first + params["b2"][:, None], 0)
    return params["W3"] @ second + params["b3"]


NETWORK2D = (network2d_by_einsum, network2d_samples_as_columns)


def box2d_from_strips(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": [[1, 0], [1, 0], [0, 1], [0, 1]], "b1": [0.0, -delta_x, 0.0, -delta_y],
            "W2": [[1, -1, 1, -1]], "b2": [-1.5], "W3": [h], "b3": 0}


def box2d_from_quadrants(h: float, delta_x: float, delta_y: float) -> "Params":
    corners = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0], [1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
    return {"W1": np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]),
            "b1": np.array([0.0, -delta_x, 0.0, -delta_y]),
            "W2": corners, "b2": np.full(4, -1.5), "W3": h * np.array([1.0, -1.0, -1.0, 1.0]), "b3": 0.0}


def box2d_with_idle_neurons(h: float, delta_x: float, delta_y: float) -> "Params":
    return {"W1": np.array([[5.0, 0.0], [-2.0, 0.0], [0.0, 1.0], [0.0, -1.0], [7.0, -3.0], [1.0, 1.0]]),
            "b1": np.array([0.0, 2 * delta_x, 0.0, delta_y, 0.3, 2.0]),
            "W2": np.array([[1.0, 1.0, 1.0, 1.0, 0.0, 0.0], [-1.0, -1.0, -1.0, -1.0, 0.0, 0.0]]),
            "b2": np.array([-3.2, 3.2]), "W3": np.array([h / 2, -h / 2]), "b3": h / 2}


BOX2D_PARAMETERS = (box2d_from_strips, box2d_from_quadrants, box2d_with_idle_neurons)


def l1_loss_in_a_loop(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> float:
    total = 0.0
    for row, target in zip(X, y, strict=True):
        total += abs(float(np.dot(row, w)) - float(target))
    return total / len(y)


def l1_loss_by_maximum(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.float64:
    residual = y - np.einsum("nd,d->n", X, w)
    return np.maximum(residual, -residual).sum() / X.shape[0]


L1_LOSS = (l1_loss_in_a_loop, l1_loss_by_maximum)


def l1_subgradient_in_a_loop(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> list[float]:
    gradient = [0.0] * X.shape[1]
    for row, target in zip(X, y, strict=True):
        slope = 1.0 if float(np.dot(row, w)) > target else -1.0
        for j in range(X.shape[1]):
            gradient[j] += slope * float(row[j]) / len(y)
    return gradient


def l1_subgradient_by_mean(X: np.ndarray, w: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.mean(np.sign(X @ w - y)[:, None] * X, axis=0)


L1_SUBGRADIENT = (l1_subgradient_in_a_loop, l1_subgradient_by_mean)

PS1_SHAPES = ({"shape_X": [50, 3], "shape_y": (50,), "shape_loss": ()},
              {"shape_X": (50, 3), "shape_y": [50], "shape_loss": []})
