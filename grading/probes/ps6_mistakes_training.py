"""Wrong training loops of ps6, for two classes and for ten, each with the hint that helps.

Every function stands alone, apart from names that the notebook defines: repetition is on purpose.
"""

from typing import Any

from grading.probes.model import Mistake
from grading.probes.ps6_reference import (
    GD,
    CrossEntropyLoss,
    MultiClassCrossEntropyLoss,
    TwoLayerNetwork,
    accuracy,
    backward,
    backward_multi,
    forward,
    forward_multi,
    predict,
    predict_multi,
)

# train_binary

def measured_after_the_step(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
    return params, history


def parameters_not_kept(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        GD(params, grads, learning_rate)
    return params, history


def seed_left_out(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, 0)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def training_set_as_test_set(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data["X_train"], data["y_train"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def losses_summed(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(len(y) * CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def accuracies_in_percent(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(100 * accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def first_gradient_for_ever(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    out, intermediate = forward(data["X_train"], params)
    grads = backward(data["y_train"], out, intermediate, params)
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        params = GD(params, grads, learning_rate)
    return params, history


def rate_divided_again(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_train"], params)
        grads = backward(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate / len(data["y_train"]))
    return params, history


def learns_from_the_test_set(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(CrossEntropyLoss(y, forward(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict(X, params)))
        out, intermediate = forward(data["X_test"], params)
        grads = backward(data["y_test"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


TRAIN_BINARY = (
    Mistake(measured_after_the_step, "Your histories are one step ahead: the first entry should belong to the network "
                                     "before it has learned anything."),
    Mistake(parameters_not_kept, "The parameters never change: what GD returns has to be used in the next round."),
    Mistake(seed_left_out, "The seed does not reach the initial parameters."),
    Mistake(training_set_as_test_set, "The test numbers are those of the training set. Where do the test images go "
                                      "through the network?"),
    Mistake(losses_summed, "Your losses grow with the number of samples. The mean is asked for."),
    Mistake(accuracies_in_percent, "Your accuracies are percentages. Fractions between 0 and 1 are asked for."),
    Mistake(first_gradient_for_ever, "Every step uses the gradient of the first. It has to be computed anew in each "
                                     "epoch."),
    Mistake(rate_divided_again, "The steps are too short: the gradients are means already, and you divide the rate by "
                                "the number of samples."),
    Mistake(learns_from_the_test_set, "The gradients come from the test set. It must never be learned from, or it "
                                      "tests nothing."),
)


# train_multi

def measured_after_the_step_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
    return params, history


def parameters_not_kept_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        GD(params, grads, learning_rate)
    return params, history


def seed_left_out_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, 0)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def training_set_as_test_set_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data["X_train"], data["y_train"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def losses_summed_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(len(y) * MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def accuracies_in_percent_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(100 * accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


def first_gradient_for_ever_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    out, intermediate = forward_multi(data["X_train"], params)
    grads = backward_multi(data["y_train"], out, intermediate, params)
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        params = GD(params, grads, learning_rate)
    return params, history


def rate_divided_again_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_train"], params)
        grads = backward_multi(data["y_train"], out, intermediate, params)
        params = GD(params, grads, learning_rate / len(data["y_train"]))
    return params, history


def learns_from_the_test_set_multi(data: Any, layer_dims: Any, learning_rate: float, num_epochs: int, seed: int) -> Any:
    params = TwoLayerNetwork(layer_dims, seed)
    history: dict[str, list[Any]] = {"train_loss": [], "test_loss": [], "train_accuracy": [], "test_accuracy": []}
    for _ in range(num_epochs):
        for part in ("train", "test"):
            X, y = data[f"X_{part}"], data[f"y_{part}"]
            history[f"{part}_loss"].append(MultiClassCrossEntropyLoss(y, forward_multi(X, params)[0]))
            history[f"{part}_accuracy"].append(accuracy(y, predict_multi(X, params)))
        out, intermediate = forward_multi(data["X_test"], params)
        grads = backward_multi(data["y_test"], out, intermediate, params)
        params = GD(params, grads, learning_rate)
    return params, history


TRAIN_MULTI = (
    Mistake(measured_after_the_step_multi, "Your histories are one step ahead: the first entry should belong to the "
                                           "network before it has learned anything."),
    Mistake(parameters_not_kept_multi, "The parameters never change: what GD returns has to be used in the next "
                                       "round."),
    Mistake(seed_left_out_multi, "The seed does not reach the initial parameters."),
    Mistake(training_set_as_test_set_multi, "The test numbers are those of the training set. Where do the test images "
                                            "go through the network?"),
    Mistake(losses_summed_multi, "Your losses grow with the number of samples. The mean is asked for."),
    Mistake(accuracies_in_percent_multi, "Your accuracies are percentages. Fractions between 0 and 1 are asked for."),
    Mistake(first_gradient_for_ever_multi, "Every step uses the gradient of the first. It has to be computed anew in "
                                           "each epoch."),
    Mistake(rate_divided_again_multi, "The steps are too short: the gradients are means already, and you divide the "
                                      "rate by the number of samples."),
    Mistake(learns_from_the_test_set_multi, "The gradients come from the test set. It must never be learned from, or "
                                            "it tests nothing."),
)
