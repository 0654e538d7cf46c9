"""ps7: letters from fonts, and the real notMNIST, with momentum."""

import numpy as np

from grading.reproduce.model import ECE421, Compute, Fact, Published, Run, Solution
from helpers.datasets import Dataset, load


def _learn(n_train: int, n_valid: int, hidden: int, epochs: int) -> Compute:
    """Accuracies after some epochs of γ = 0.9, α = 0.1; of the embedded letters where no data are given."""
    def compute(solution: Solution, data: Dataset | None) -> dict[str, float]:
        data = data or load("letters")
        images = np.concatenate([data.x_train, data.x_test]).reshape(-1, 784) / 255
        parts = solution["split"](images, np.concatenate([data.y_train, data.y_test]), n_train, n_valid)
        train_t, valid_t, _ = solution["convert_onehot"](*parts[1::2])
        _, history = solution["learning"](parts[0], train_t, parts[2], valid_t, hidden, epochs, 0.9, 0.1, 421)
        return {f"{part} {epoch}": history[f"{part}_accuracy"][epoch - 1]
                for part in ("train", "valid") for epoch in (10, 50, epochs) if epoch <= epochs}
    return compute


def _facts(what: str, epoch: int, train: float, valid: float, printed: tuple[float, float] | None = None) -> list[Fact]:
    """`printed` are the accuracies of the source after as many epochs."""
    return [Fact(f"{what}, epoch {epoch}: {part} accuracy", value, f"{part} {epoch}", tolerance=0.01,
                 published=Published(there, ECE421, "10000 training and 6000 validation images") if there else None)
            for part, value, there in zip(("train", "valid"), (train, valid), printed or (0.0, 0.0), strict=True)]


NOTMNIST = "notMNIST, 6000 / 2000"
RUNS = (
    Run("ps7_momentum_letters/letters", "embedded letters, 70 epochs", _learn(1500, 1000, 64, 70),
        _facts("letters, 1500 / 1000", 70, 0.9893, 0.8490), quick=True),
    Run("ps7_momentum_letters/notmnist-short", "notMNIST, 10 epochs", _learn(6000, 2000, 1000, 10),
        _facts(NOTMNIST, 10, 0.8570, 0.8600), "letters", quick=True),
    Run("ps7_momentum_letters/notmnist", "notMNIST, 200 epochs", _learn(6000, 2000, 1000, 200),
        [*_facts(NOTMNIST, 50, 0.9313, 0.8995), *_facts(NOTMNIST, 200, 0.9935, 0.9035, (0.9768, 0.9128))], "letters"),
)
