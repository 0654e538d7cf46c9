"""The mean loss and the accuracy on all batches; the model is left as it was, and no graph is built.

A short last batch tells a mean over samples from a mean over batches: there, only the accuracy counts.
"""

from typing import Any

import numpy as np
import torch
from numpy.random import Generator

from grading.probes.model import Cases, Draw, Inputs, Point, Probe, Slip

from .inputs import TOLERANCE, drawn_seed
from .reference import logits_of


def _test_set(training: bool, sizes: tuple[int, ...]) -> Draw:
    """So many samples that no other evaluation has the same accuracy by chance."""
    def draw(rng: Generator) -> Inputs:
        N = int(rng.choice(sizes))
        return {"x": rng.normal(size=(N, 2, 3)), "y": rng.integers(3, size=N), "hidden": int(rng.integers(5, 9)),
                "seed": drawn_seed(rng), "training": training}
    return draw


def evaluate(model: Any, loader: Any, loss_fn: Any) -> tuple[float, float]:
    """All batches as one."""
    x, y = (torch.cat(parts) for parts in zip(*loader, strict=True))
    logits = logits_of(model, x)
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    rows = np.arange(len(y))
    return float(-np.mean(log_p[rows, y.numpy()])), float(np.mean(logits.argmax(axis=1) == y.numpy()))


def use_evaluate(evaluate: Any, x: np.ndarray, y: np.ndarray, hidden: int, seed: int, training: bool
                 ) -> dict[str, Any]:
    """Loss and accuracy of a small network with dropout and batch normalisation, and what was done to it.

    Batches hold 20 samples. Where the last one is short, the loss is left out: the mean of batch means is welcome too.
    """
    import torch
    from torch import nn
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(x[0].size, hidden), nn.BatchNorm1d(hidden), nn.ReLU(),
                          nn.Dropout(0.5), nn.Linear(hidden, 3)).train(training)
    with torch.no_grad():
        for p in [*model.parameters(), model[2].running_mean]:
            p.copy_(torch.randn(p.shape))
    before = [value.clone() for value in model.state_dict().values()]
    graphs = []
    model.register_forward_hook(lambda module, inputs, output: graphs.append(output.requires_grad))
    data = torch.utils.data.TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y))
    loss, accuracy = evaluate(model, torch.utils.data.DataLoader(data, batch_size=20), nn.CrossEntropyLoss())
    after = model.state_dict().values()
    untouched = all(bool(torch.equal(old, new)) for old, new in zip(before, after, strict=True))
    return {"loss": float(loss) if len(x) % 20 == 0 else 0.0, "accuracy": float(accuracy), "untouched": untouched,
            "mode": model.training, "graph": any(graphs)}


def evaluate_by_batch_means(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode, losses, right = model.training, [], []
    model.eval()
    with torch.inference_mode():
        for images, labels in loader:
            logits = model(images)
            losses.append(loss_fn(logits, labels).item())
            right += (logits.argmax(dim=1) == labels).tolist()
    model.train(mode)
    return np.mean(losses), np.mean(right)


def evaluate_as_tensors(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    with torch.no_grad():
        logits, labels = (torch.cat(parts) for parts in zip(*[(model(x), y) for x, y in loader], strict=True))
    model.train(mode)
    return loss_fn(logits, labels), (logits.argmax(dim=1) == labels).float().mean()


PROBE = Probe(
    "evaluate", evaluate,
    cases={"ordinary": Cases(_test_set(True, (60, 80)), 3), "mode": Cases(_test_set(True, (60,)), 1),
            "eval": Cases(_test_set(False, (60,)), 1), "short": Cases(_test_set(True, (61, 73)), 2)},
    points=(Point("the mean loss", 2, part="loss"), Point("the accuracy", 2, part="accuracy"),
            Point("training mode is put back", 0.5, "mode", "mode"), Point("no graph is built", 0.5, "mode", "graph"),
            Point("a model found in evaluation mode", 0.5, "eval"),
            Point("accuracy with a short last batch", 0.5, "short", "accuracy")),
    use=use_evaluate,
    slips=[
        Slip("left_in_eval_mode", "model.train(mode)\n    ", "",
             "The model stays in evaluation mode, and whoever trains on would not notice. Put back the mode you "
             "found."),
        Slip("always_left_in_training_mode", "model.train(mode)", "model.train()",
             "The model ends in training mode whatever it was in before. Remember the mode you find, and put that "
             "one back."),
        Slip("evaluated_in_training_mode", "model.eval()\n    ", "",
             "The model is still in training mode while it is evaluated: dropout throws units away, and batch "
             "normalisation looks at the test batches."),
        Slip("graph_built", "torch.no_grad()", "torch.enable_grad()",
             "Torch keeps everything that a backward pass would need, and there is none. Tell it that no gradient is "
             "wanted."),
        Slip("learned_from_the_test_set", "count += len(y)",
             "count += len(y)\n            with torch.enable_grad():\n"
             "                slopes = torch.autograd.grad(loss_fn(model(x), y), list(model.parameters()))\n"
             "            for p, slope in zip(model.parameters(), slopes, strict=True):\n"
             "                p -= 0.1 * slope",
             "The weights move during evaluation. What a network is tested on, it must not learn from."),
        Slip("losses_summed", "total / count", "total / count * len(loader)",
             "The loss is a sum over batches. The mean was asked for."),
        Slip("losses_divided_by_samples", " * len(y)", "",
             "Each batch loss is a mean already. Divide their sum by how many batches there are, or weigh each with "
             "its size first."),
        Slip("accuracy_as_a_count", "right / count", "right",
             "That is how many samples are right. Which fraction of all samples is it?"),
        Slip("accuracy_in_percent", "right / count", "100 * right / count",
             "Accuracy is asked for as a fraction between 0 and 1."),
        Slip("accuracy_over_batches", "right / count", "right / len(loader)",
             "The right ones are divided by the number of batches. Asked for is the fraction of samples."),
        Slip("mean_of_batch_accuracies",
             "loss_fn(logits, y).item() * len(y)\n            right += (logits.argmax(dim=1) == y).sum().item()\n"
             "            count += len(y)",
             "loss_fn(logits, y).item()\n            right += (logits.argmax(dim=1) == y).float().mean().item()\n"
             "            count += 1",
             "Right while all batches are equally large. In a short last batch a sample would count more than "
             "elsewhere: count samples."),
        # With a short last batch the loss is left out, wherever it stands.
        Slip("accuracy_first", "total / count, right / count",
             "right / count, total / count if count % 20 == 0 else 0.0",
             "Loss and accuracy have changed places."),
        Slip("softmax_before_the_loss", "model(x)", "torch.softmax(model(x), dim=1)",
             "Softmax stands between model and loss, and the loss applies it once more. Logits go straight in."),
    ],
    variants=[evaluate_by_batch_means, evaluate_as_tensors],
    rtol=TOLERANCE, atol=TOLERANCE / 10,
)
