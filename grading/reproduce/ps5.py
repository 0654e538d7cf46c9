"""ps5: the five experiments on the first 3000 training and 1000 test images of MNIST, 50 epochs each."""

from grading.reproduce.model import CMU_2021, Compute, Fact, Published, Run, Solution
from helpers.datasets import Dataset

EPOCHS = 50


def _experiment(sizes: list[int], activation: str, rate: float, batch: int) -> Compute:
    def compute(solution: Solution, data: Dataset) -> dict[str, float]:
        dataset = {"train_x": data.x_train[:3000].reshape(3000, -1) / 255, "train_y": data.y_train[:3000],
                   "test_x": data.x_test[:1000].reshape(1000, -1) / 255, "test_y": data.y_test[:1000]}
        model = solution["define_network"](sizes, solution[activation])
        history = solution["train_network"](model, dataset, EPOCHS, rate, batch, seed=10701)
        return {"train": 1 - history["train_error"][-1], "test": 1 - history["test_error"][-1]}
    return compute


OTHERWISE = "another subset of images, which is not given"


def _run(name: str, compute: Compute, measured: tuple[float, float], printed: tuple[float, float] | None = None) -> Run:
    """`printed` is one student's result."""
    facts = [Fact(f"{name}: {part} accuracy", value, part, tolerance=0.01,
                  published=Published(there, CMU_2021, OTHERWISE) if there else None)
             for part, value, there in zip(("train", "test"), measured, printed or (0.0, 0.0), strict=True)]
    return Run(f"ps5_modular_layers/{name.replace(' ', '-')}", f"{name}, {EPOCHS} epochs", compute, facts, "mnist")


ONE, TWO = [784, 256, 10], [784, 384, 256, 10]
RUNS = (
    _run("sigmoid", _experiment(ONE, "Sigmoid", 0.01, 50), (0.8967, 0.8460)),
    _run("slower", _experiment(ONE, "Sigmoid", 0.001, 50), (0.7873, 0.7170)),
    _run("ReLU", _experiment(ONE, "ReLU", 0.01, 50), (0.9713, 0.8970)),
    _run("batch 200", _experiment(ONE, "ReLU", 0.01, 200), (0.9283, 0.8700), (0.9083, 0.876)),
    _run("384-256", _experiment(TWO, "ReLU", 0.01, 200), (0.9253, 0.8830), (0.9067, 0.863)),
)
