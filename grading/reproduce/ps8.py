"""ps8: Fashion-MNIST in PyTorch, with plain gradient descent in batches of 64, on one thread of the processor."""

from collections.abc import Callable
from typing import Any

from grading.reproduce.model import OF_2022, OF_2024, Compute, Fact, Published, Run, Solution
from helpers.datasets import Dataset


def _train(make: Callable[[Solution], Any], rate: float, epochs: int, images: int | None = None,
           tests: int | None = None) -> Compute:
    """The training loss that each epoch reports, the test loss after it, and the accuracy after the last one.

    `images` and `tests` are how many of the training and test images are used, the first ones; None for all.
    """
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        from tqdm import trange

        from helpers.torch_data import as_tensors
        torch.set_num_threads(1)
        train = DataLoader(TensorDataset(*as_tensors(data.x_train[:images], data.y_train[:images])), batch_size=64,
                           shuffle=True)
        test = DataLoader(TensorDataset(*as_tensors(data.x_test[:tests], data.y_test[:tests])), batch_size=64)
        torch.manual_seed(0)
        model, loss_fn = make(solution), torch.nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        losses: dict[str, float] = {}
        for epoch in trange(1, epochs + 1):
            losses[f"epoch {epoch}"] = solution["train_one_epoch"](model, train, loss_fn, optimizer)
            # After each epoch, and not only the last: dealing out the test batches moves the random numbers on.
            losses[f"test {epoch}"], accuracy = solution["evaluate"](model, test, loss_fn)
        return {**losses, "batches": len(train), "test batches": len(test), "test accuracy": accuracy}
    return compute


def _mlp(solution: Solution) -> Any:
    return solution["MLP"]()


def _linear(solution: Solution) -> Any:
    from torch import nn
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def _tiny(solution: Solution) -> Any:
    from torch import nn
    model = solution["MLP"]()
    for parameter in model.parameters():
        if parameter.ndim == 2:
            nn.init.normal_(parameter, 0, 0.01)
        else:
            nn.init.zeros_(parameter)
    return model


def _losses(what: str, *values: float, tolerance: float | None = 0.005, printed: tuple[float, ...] = ()) -> list[Fact]:
    """Float32 and another processor move a loss by some thousandths; `printed` are those of a source."""
    return [Fact(f"{what}: training loss, epoch {epoch}", value, f"epoch {epoch}", tolerance=tolerance,
                 published=Published(printed[epoch - 1], OF_2022, "another seed") if printed else None)
            for epoch, value in enumerate(values, start=1)]


RUNS = (
    Run("ps8_pytorch_mlp/first", "the MLP, one epoch", _train(_mlp, 0.01, 1),
        [Fact("training batches", 938, "batches", 0), Fact("test batches", 157, "test batches", 0),
         *_losses("MLP, rate 0.01", 1.8368)], "fashion_mnist", quick=True),
    Run("ps8_pytorch_mlp/linear", "a linear layer, five epochs", _train(_linear, 0.01, 5),
        [*_losses("linear, rate 0.01", 0.9674, 0.6708, 0.6054, 0.5700, 0.5470),
         Fact("linear, five epochs: test accuracy", 0.812, "test accuracy", 3, 0.01)], "fashion_mnist"),
    Run("ps8_pytorch_mlp/five", "the MLP, five epochs", _train(_mlp, 0.01, 5),
        [*_losses("MLP, rate 0.01", 1.8368, 0.8535, 0.6784, 0.5918, 0.5372),
         Fact("MLP, five epochs: test accuracy", 0.809, "test accuracy", 3, 0.01)], "fashion_mnist"),
    Run("ps8_pytorch_mlp/tiny", "the MLP from tiny weights, six epochs", _train(_tiny, 0.02, 6),
        _losses("tiny weights, rate 0.02", 2.3027, 2.3026, 2.3024, 2.2997, 1.7548, 1.1084, tolerance=None,
                printed=(2.3033, 2.3027, 2.3025, 2.3021, 2.2838, 1.3928)), "fashion_mnist"),
    Run("ps8_pytorch_mlp/fifty", "the MLP, fifty epochs", _train(_mlp, 0.01, 50),
        [Fact("MLP, fifty epochs: training loss", 0.2316, "epoch 50", tolerance=0.02,
              published=Published(0.2284, OF_2024, "another seed")),
         Fact("MLP, fifty epochs: test loss", 0.3302, "test 50", tolerance=0.02,
              published=Published(0.3300, OF_2024, "another seed"))], "fashion_mnist"),
    Run("ps8_pytorch_mlp/twelve", "the MLP, twelve epochs of 3000 images", _train(_mlp, 0.1, 12, 3000, 1000),
        [Fact("MLP, twelve epochs of 3000: training loss", 0.5268, "epoch 12", tolerance=0.02),
         Fact("MLP, twelve epochs of 3000: test loss", 0.5402, "test 12", tolerance=0.02)], "fashion_mnist"),
)
