"""ps8: Fashion-MNIST in PyTorch, with plain gradient descent in batches of 64, on one thread of the processor."""

from collections.abc import Callable
from typing import Any

from grading.reproduce.model import OF_2022, OF_2024, Compute, Fact, Published, Run, Solution
from helpers.datasets import Dataset


def _train(make: Callable[[Solution], Any], rate: float, epochs: int) -> Compute:
    """The loss that each epoch reports, and loss and accuracy on the test set after the last one."""
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        from tqdm import trange

        from helpers.torch_data import as_tensors
        torch.set_num_threads(1)
        train = DataLoader(TensorDataset(*as_tensors(data.x_train, data.y_train)), batch_size=64, shuffle=True)
        test = DataLoader(TensorDataset(*as_tensors(data.x_test, data.y_test)), batch_size=64)
        torch.manual_seed(0)
        model, loss_fn = make(solution), torch.nn.CrossEntropyLoss()
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        losses = []
        for _ in trange(epochs):
            losses.append(solution["train_one_epoch"](model, train, loss_fn, optimizer))
            # After each epoch, and not only the last: dealing out the test batches moves the random numbers on.
            loss, accuracy = solution["evaluate"](model, test, loss_fn)
        return {**{f"epoch {epoch}": value for epoch, value in enumerate(losses, start=1)},
                "batches": len(train), "test batches": len(test), "test loss": loss, "test accuracy": accuracy}
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
         Fact("MLP, fifty epochs: test loss", 0.3302, "test loss", tolerance=0.02,
              published=Published(0.3300, OF_2024, "another seed"))], "fashion_mnist"),
)
