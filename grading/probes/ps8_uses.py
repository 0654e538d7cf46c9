"""How answers of ps8 are tried. Each function's source runs in the sandbox, with `np` and `partner` as its only names.

Small models are built here from the hidden inputs, so that no weights of a large network have to travel.
"""

from typing import Any

import numpy as np


def use_mlp(MLP: Any, images: np.ndarray, labels: np.ndarray, seed: int) -> dict[str, Any]:
    """The network with weights drawn from `seed`, on images with and without an axis for channels.

    The eight shapes that are asked for all differ, so a weight is put where its shape is found, whatever the name and
    the order. `gradients` are sums of squares; what cannot be had is nan.
    """
    import torch
    shapes = [(256, 784), (256,), (128, 256), (128,), (64, 128), (64,), (10, 64), (10,)]
    model, draw = MLP(), torch.Generator().manual_seed(seed)
    found = {tuple(p.shape): p for p in model.parameters()}
    with torch.no_grad():
        for p in model.parameters():
            p.fill_(0.01)
        for shape in shapes:
            drawn = torch.randn(shape, generator=draw) * (2 / shape[-1] if len(shape) == 2 else 0.1) ** 0.5
            if shape in found:
                found[shape].copy_(drawn)
    x = torch.from_numpy(images).float()
    sizes = sorted([*p.shape, 0, 0][:2] for p in model.parameters())
    logits = model(x)
    try:
        with_channel = model(x[:, None]).detach().numpy()
    except (RuntimeError, ValueError, IndexError):
        with_channel = np.full(tuple(logits.shape), np.nan)
    gradients = np.full(len(shapes), np.nan)
    try:
        torch.nn.functional.cross_entropy(logits, torch.from_numpy(labels)).backward()
        slopes = [found[shape].grad if shape in found else None for shape in shapes]
        gradients = np.array([np.nan if slope is None else float((slope**2).sum()) for slope in slopes])
    except (RuntimeError, ValueError):
        pass
    return {"sizes": np.array(sizes), "logits": logits.detach().numpy(), "channel": with_channel,
            "gradients": gradients}


def use_train(train_one_epoch: Any, x: np.ndarray, y: np.ndarray, hidden: int, seed: int, lr: float, training: bool
              ) -> dict[str, Any]:
    """One epoch of a small network with batch normalisation, which tells training from evaluation. Batches of 4.

    The optimizer is one of our own: making torch's for the first time takes seconds.
    """
    import torch
    from torch import nn

    class Descent:
        def __init__(self, params: Any) -> None:
            self.params = list(params)
            self.param_groups = [{"params": self.params, "lr": lr}]

        def zero_grad(self, set_to_none: bool = True) -> None:
            for p in self.params:
                p.grad = None

        def step(self) -> None:
            with torch.no_grad():
                for p in self.params:
                    if p.grad is not None:
                        p -= lr * p.grad

    draw = torch.Generator().manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(x[0].size, hidden), nn.BatchNorm1d(hidden), nn.ReLU(),
                          nn.Linear(hidden, 3)).train(training)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=draw) * 0.5)
    data = torch.utils.data.TensorDataset(torch.from_numpy(x).float(), torch.from_numpy(y))
    loader = torch.utils.data.DataLoader(data, batch_size=4)
    loss = train_one_epoch(model, loader, nn.CrossEntropyLoss(), Descent(model.parameters()))
    weights = np.concatenate([p.detach().numpy().ravel() for p in model.parameters()])
    return {"weights": weights, "loss": float(loss)}


def use_evaluate(evaluate: Any, x: np.ndarray, y: np.ndarray, hidden: int, seed: int, training: bool
                 ) -> dict[str, Any]:
    """Loss and accuracy of a small network with dropout and batch normalisation, and what was done to it.

    Batches hold 4 samples. Where the last one is short, the loss is left out: the mean of batch means is welcome too.
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
    loss, accuracy = evaluate(model, torch.utils.data.DataLoader(data, batch_size=4), nn.CrossEntropyLoss())
    after = model.state_dict().values()
    untouched = all(bool(torch.equal(old, new)) for old, new in zip(before, after, strict=True))
    return {"loss": float(loss) if len(x) % 4 == 0 else 0.0, "accuracy": float(accuracy), "untouched": untouched,
            "mode": model.training, "graph": any(graphs)}


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


def use_predictions(predictions: Any, images: np.ndarray, hidden: int, seed: int) -> dict[str, Any]:
    """The classes and their probabilities from a small network."""
    import torch
    from torch import nn
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Flatten(), nn.Linear(images[0].size, hidden), nn.ReLU(), nn.Linear(hidden, 4)).eval()
    answer = predictions(model, torch.from_numpy(images).float())
    classes, probabilities = (part.detach().numpy() if hasattr(part, "detach") else part for part in answer)
    return {"classes": classes, "probabilities": probabilities}
