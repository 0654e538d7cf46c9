"""The probabilities of all classes for a batch of images, from a model that is left as it was."""

from typing import Any

import numpy as np
import torch

from grading.probes.model import Cases, Draw, Point, Probe, Slip

from .inputs import TOLERANCE, small_images
from .reference import predict_probabilities


def _small_images_and_mode(training: bool) -> Draw:
    return lambda rng: {**small_images(rng), "training": training}


def use_predict(predict_probabilities: Any, images: np.ndarray, hidden: int, seed: int, training: bool
                ) -> dict[str, Any]:
    """Probabilities of a small network with dropout, its mode on the way and afterwards, whether a graph was built."""
    import torch
    from torch import nn
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(images[0].size, hidden), nn.ReLU(), nn.Dropout(0.5),
                          nn.Linear(hidden, 4)).train(training)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape))
    graphs, modes = [], []
    model.register_forward_hook(lambda module, inputs, output: graphs.append(output.requires_grad))
    model.register_forward_hook(lambda module, inputs, output: modes.append(module.training))
    answer = predict_probabilities(model, torch.from_numpy(images).float())
    return {"probabilities": answer.detach().numpy() if hasattr(answer, "detach") else answer,
            "mode": [any(modes), model.training], "graph": any(graphs)}


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


PROBE = Probe(
    "predict_probabilities", predict_probabilities,
    cases={"ordinary": Cases(_small_images_and_mode(False), 2), "training": Cases(_small_images_and_mode(True), 2)},
    points=(Point("a row of probabilities for each image", 2, part="probabilities"),
            Point("evaluation mode, and the mode put back", 0.5, "training", "mode"),
            Point("no graph is built", 0.5, "training", "graph")),
    use=use_predict,
    slips=[
        Slip("logits_returned", "torch.softmax(logits, dim=1)", "logits",
             "These are logits: they can be negative and do not sum to one. One function turns them into "
             "probabilities."),
        Slip("softmax_over_samples", "dim=1", "dim=0",
             "Your columns sum to one, so the images compete with each other. The classes of one image should."),
        Slip("one_sum_for_all", "torch.softmax(logits, dim=1)",
             "torch.softmax(logits.flatten(), dim=0).reshape(logits.shape)",
             "All images share one sum here, so that the whole table sums to one. Each row should, for itself."),
        Slip("logarithms_returned", "torch.softmax", "torch.log_softmax",
             "These are logarithms of probabilities, none of them positive."),
        Slip("sigmoid_of_each", "torch.softmax(logits, dim=1)", "torch.sigmoid(logits)",
             "Each class is judged alone here, so a row need not sum to one. The classes exclude each other."),
        Slip("softmax_twice", "torch.softmax(logits, dim=1)", "torch.softmax(torch.softmax(logits, dim=1), dim=1)",
             "Softmax has been applied twice, so that the probabilities are too much alike."),
        Slip("largest_only", "torch.softmax(logits, dim=1)", "torch.softmax(logits, dim=1).max(dim=1).values",
             "Only the largest probability of each image is left. All classes were asked for."),
        Slip("predicted_in_training_mode", "model.eval()\n    ", "",
             "The model is in training mode while it predicts, so dropout throws units away."),
        Slip("graph_kept", "torch.no_grad()", "torch.enable_grad()",
             "The probabilities are right, but torch builds a graph for a backward pass that never comes."),
        Slip("mode_not_put_back", "model.train(mode)\n    ", "",
             "The probabilities are right, but the model stays in evaluation mode. Put back the mode you found."),
    ],
    variants=[probabilities_by_hand, probabilities_as_numpy],
    rtol=TOLERANCE, atol=TOLERANCE / 10,
)
