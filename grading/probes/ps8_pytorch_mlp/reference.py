"""Right answers that later exercises build on."""

from typing import Any

import numpy as np
import torch

Array = np.ndarray


def logits_of(model: Any, x: Any) -> Array:
    """The model's output in evaluation mode as float64, without a graph; the mode is put back."""
    mode = model.training
    model.eval()
    with torch.inference_mode():
        logits = model(x).double().numpy()
    model.train(mode)
    return np.asarray(logits)


def predict_probabilities(model: Any, images: Any) -> Any:
    logits = logits_of(model, images)
    return torch.from_numpy(np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)))
