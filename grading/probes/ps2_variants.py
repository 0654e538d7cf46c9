"""Right answers to ps2's exercises that look different from the notebook's: they must all get full marks."""

from typing import Any

import numpy as np

from grading.probes.ps2_mistakes import softmax


def softmax_by_loop(z: np.ndarray) -> list[float]:
    top = max(z)
    e = []
    for value in z:
        e.append(float(np.exp(value - top)))
    return [value / sum(e) for value in e]


def softmax_by_logarithms(z: np.ndarray) -> np.ndarray:
    return np.exp(z - np.logaddexp.reduce(z))


SOFTMAX = (softmax_by_loop, softmax_by_logarithms)


def batch_by_loop(Z: np.ndarray) -> np.ndarray:
    Y = np.zeros(Z.shape)
    for n in range(len(Z)):
        Y[n] = softmax(Z[n])
    return Y


def batch_transposed(Z: np.ndarray) -> np.ndarray:
    E = np.exp(Z.T - Z.max(axis=1))
    return (E / E.sum(axis=0)).T


def batch_as_lists(Z: np.ndarray) -> Any:
    return [softmax(z).tolist() for z in Z]


SOFTMAX_BATCH = (batch_by_loop, batch_transposed, batch_as_lists)


def jacobian_moving_in_place(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    columns = []
    for j in range(len(z)):
        kept = z[j]
        z[j] = kept + eps
        plus = f(z)
        z[j] = kept - eps
        minus = f(z)
        z[j] = kept
        columns.append((plus - minus) / (2 * eps))
    return np.array(columns).T


def jacobian_entry_by_entry(f: Any, z: np.ndarray, eps: float) -> np.ndarray:
    J = np.zeros((len(f(z)), len(z)))
    for i in range(J.shape[0]):
        for j in range(J.shape[1]):
            plus, minus = z.copy(), z.copy()
            plus[j] += eps
            minus[j] -= eps
            J[i, j] = (f(plus)[i] - f(minus)[i]) / (2 * eps)
    return J


NUMERICAL_JACOBIAN = (jacobian_moving_in_place, jacobian_entry_by_entry)


def jacobian_by_loops(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    J = np.zeros((len(y), len(y)))
    for i in range(len(y)):
        for j in range(len(y)):
            J[i, j] = y[i] * (1 - y[i]) if i == j else -y[i] * y[j]
    return J


def jacobian_by_einsum(z: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return np.diagflat(y) - np.einsum("i,j->ij", y, y)


def jacobian_by_columns(z: np.ndarray) -> list[list[float]]:
    y = softmax(z)
    J: list[list[float]] = (np.eye(len(y)) * y - y[:, None] @ y[None, :]).tolist()
    return J


SOFTMAX_JACOBIAN = (jacobian_by_loops, jacobian_by_einsum, jacobian_by_columns)


def vjp_through_the_jacobian(z: np.ndarray, g: np.ndarray) -> np.ndarray:
    y = softmax(z)
    return (np.diag(y) - np.outer(y, y)).T @ g


def vjp_by_loop(z: np.ndarray, g: np.ndarray) -> list[float]:
    y = softmax(z)
    mean = 0.0
    for y_i, g_i in zip(y, g, strict=True):
        mean += y_i * g_i
    return [float(y_i * g_i - y_i * mean) for y_i, g_i in zip(y, g, strict=True)]


SOFTMAX_VJP = (vjp_through_the_jacobian, vjp_by_loop)


def log_softmax_by_loop(z: np.ndarray) -> list[float]:
    shifted = [value - max(z) for value in z]
    log_sum = np.log(sum(np.exp(value) for value in shifted))
    return [float(value - log_sum) for value in shifted]


def log_softmax_of_differences(z: np.ndarray) -> np.ndarray:
    return -np.logaddexp.reduce(z[None, :] - z[:, None], axis=1)


LOG_SOFTMAX = (log_softmax_by_loop, log_softmax_of_differences)


def loss_with_one_hot(z: np.ndarray, label: int) -> float:
    shifted = z - z.max()
    log_y = shifted - np.log(np.exp(shifted).sum())
    return float(-np.sum(np.eye(len(z))[label] * log_y))


def loss_as_array(z: np.ndarray, label: int) -> np.ndarray:
    return np.array(np.logaddexp.reduce(z) - z[label])


CROSS_ENTROPY = (loss_with_one_hot, loss_as_array)


def gradient_in_a_copy(z: np.ndarray, label: int) -> np.ndarray:
    gradient = softmax(z).copy()
    gradient[label] -= 1
    return gradient


def gradient_by_the_chain_rule(z: np.ndarray, label: int) -> np.ndarray:
    y = softmax(z)
    J = np.diag(y) - np.outer(y, y)
    g = np.zeros(len(y))
    g[label] = -1 / y[label]
    return g @ J


CROSS_ENTROPY_GRAD = (gradient_in_a_copy, gradient_by_the_chain_rule)
