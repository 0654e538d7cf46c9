"""The most likely class of each image and that class's probability, in this order."""

from typing import Any

import numpy as np

from grading.probes.model import Cases, Point, Probe, Slip

from .inputs import TOLERANCE, small_images
from .reference import predict_probabilities


def predictions(model: Any, images: Any) -> Any:
    ordered = predict_probabilities(model, images).sort(dim=1)
    return ordered.indices[:, -1], ordered.values[:, -1]


def use_predictions(predictions: Any, images: np.ndarray, hidden: int, seed: int) -> dict[str, Any]:
    """The classes and their probabilities from a small network."""
    import torch
    from torch import nn
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(images[0].size, hidden), nn.ReLU(), nn.Linear(hidden, 4)).eval()
    answer = predictions(model, torch.from_numpy(images).float())
    classes, probabilities = (part.detach().numpy() if hasattr(part, "detach") else part for part in answer)
    return {"classes": classes, "probabilities": probabilities}


def predictions_by_max(model: Any, images: Any) -> Any:
    best = predict_probabilities(model, images).max(dim=1)
    return best.indices, best.values


def predictions_by_loop(model: Any, images: Any) -> Any:
    rows = predict_probabilities(model, images)
    classes = [int(row.argmax()) for row in rows]
    return classes, [float(row[k]) for row, k in zip(rows, classes, strict=True)]


PROBE = Probe(
    "predictions", predictions,
    cases={"ordinary": Cases(small_images)},
    points=(Point("the most likely classes", 1, part="classes"),
            Point("the probabilities of just these classes", 1, part="probabilities")),
    use=use_predictions,
    slips=[
        Slip("probability_of_class_zero", "best.values", "probabilities[:, 0]",
             "The classes are right. The probability beside each is that of class 0, not of the class predicted."),
        Slip("least_likely", "probabilities.max", "probabilities.min",
             "These are the least likely classes."),
        Slip("best_image_of_each_class", "dim=1", "dim=0",
             "You look for the best image of each class. Asked for is the best class of each image."),
        Slip("logit_as_probability", "predict_probabilities(model, images)", "model(images)",
             "The classes are right, but the numbers beside them are logits, which may well exceed 1."),
        Slip("probabilities_first", "best.indices, best.values", "best.values, best.indices",
             "Right, in the other order: classes first, probabilities second."),
        Slip("second_best", "best.values", "probabilities.sort(dim=1).values[:, -2]",
             "The classes are right. The probability beside each belongs to the second best class."),
        Slip("largest_of_all_images", "best.values", "probabilities.max() * torch.ones(len(images))",
             "The classes are right, but all images get the largest probability that occurs anywhere."),
    ],
    variants=[predictions_by_max, predictions_by_loop],
    rtol=TOLERANCE, atol=TOLERANCE / 10,
)
