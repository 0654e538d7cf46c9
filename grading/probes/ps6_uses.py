"""How ps6's answers are tried: what a function returns, with names that a verdict can speak of.

Each stands alone: its source is sent into the sandbox, where `np` and `partner` are all it knows.
"""

from typing import Any

import numpy as np


def use_parameters(TwoLayerNetwork: Any, layer_dims: Any, seed: int) -> Any:
    """Seeds numpy otherwise first, so that an answer that forgets to seed is the same every time."""
    np.random.seed(5)
    return TwoLayerNetwork(layer_dims, seed)


def use_binary_extraction(extract: Any, x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    rows, labels = extract(x, y, label1, label2, num_samples)
    return {"rows": rows, "labels": labels}


def use_multiclass_extraction(extract: Any, x: Any, y: Any, num_samples: int) -> Any:
    rows, labels = extract(x, y, num_samples)
    return {"rows": rows, "labels": labels}


def use_forward(forward: Any, X: Any, params: Any) -> Any:
    out, intermediate = forward(X, params)
    return {"output": out, **{name: intermediate.get(name) for name in ("X", "z1", "Y1", "z2")}}


def use_flat(predict: Any, X: Any, params: Any) -> Any:
    """Predictions in one row or in no row are the same predictions."""
    predictions = np.asarray(predict(X, params))
    return predictions[0] if predictions.ndim == 2 and len(predictions) == 1 else predictions


def use_training(train: Any, data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params, history = train(data, layer_dims, learning_rate, num_epochs, seed)
    names = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
    parts = {name: params.get(name) for name in ("w1", "b1", "w2", "b2")}
    return {**parts, **{name: history.get(name) for name in names}}
