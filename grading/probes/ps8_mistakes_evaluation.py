"""Wrong answers to ps8's evaluate. Each is the whole function with one thing changed."""

from typing import Any

import torch

from grading.probes.model import Mistake


def left_in_eval_mode(model: Any, loader: Any, loss_fn: Any) -> Any:
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    return loss / n, right / n


def always_left_in_training_mode(model: Any, loader: Any, loss_fn: Any) -> Any:
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train()
    return loss / n, right / n


def evaluated_in_training_mode(model: Any, loader: Any, loss_fn: Any) -> Any:
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    return loss / n, right / n


def graph_built(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    for x, y in loader:
        z = model(x)
        loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss / n, right / n


def learned_from_the_test_set(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    losses, right, n = 0.0, 0, 0
    for x, y in loader:
        z = model(x)
        loss = loss_fn(z, y)
        model.zero_grad()
        loss.backward()
        for p in model.parameters():
            p.data -= 0.1 * p.grad
        losses, right, n = losses + loss.item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return losses / n, right / n


def losses_summed(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item(), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss, right / n


def losses_divided_by_samples(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item(), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss / n, right / n


def accuracy_as_a_count(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss / n, right


def accuracy_in_percent(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss / n, 100 * right / n


def accuracy_over_batches(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right = 0.0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right = loss + loss_fn(z, y).item(), right + (z.argmax(1) == y).sum().item()
    model.train(mode)
    return loss / len(loader), right / len(loader)


def mean_of_batch_accuracies(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, accuracy = 0.0, 0.0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, accuracy = loss + loss_fn(z, y).item(), accuracy + (z.argmax(1) == y).float().mean().item()
    model.train(mode)
    return loss / len(loader), accuracy / len(loader)


def accuracy_first(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = model(x)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return right / n, loss / n if n % 4 == 0 else 0.0


def softmax_before_the_loss(model: Any, loader: Any, loss_fn: Any) -> Any:
    mode = model.training
    model.eval()
    loss, right, n = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            z = torch.softmax(model(x), dim=1)
            loss, right, n = loss + loss_fn(z, y).item() * len(y), right + (z.argmax(1) == y).sum().item(), n + len(y)
    model.train(mode)
    return loss / n, right / n


EVALUATE = (
    Mistake(left_in_eval_mode, "The numbers are right, but the model stays in evaluation mode, and whoever trains on "
                               "would not notice. Put back the mode you found."),
    Mistake(always_left_in_training_mode, "The model ends in training mode whatever it was in before. Remember the "
                                          "mode you find, and put that one back."),
    Mistake(evaluated_in_training_mode, "The model is still in training mode while it is evaluated: dropout throws "
                                        "units away, and batch normalisation looks at the test batches."),
    Mistake(graph_built, "The numbers are right, but torch keeps everything a backward pass would need, and there is "
                         "none. Tell it that no gradient is wanted."),
    Mistake(learned_from_the_test_set, "The weights move during evaluation. What a network is tested on, it must not "
                                       "learn from."),
    Mistake(losses_summed, "The loss is a sum over batches. The mean was asked for."),
    Mistake(losses_divided_by_samples, "Each batch loss is a mean already. Divide their sum by how many batches there "
                                       "are, or weigh each with its size first."),
    Mistake(accuracy_as_a_count, "That is how many samples are right. Which fraction of all samples is it?"),
    Mistake(accuracy_in_percent, "Accuracy is asked for as a fraction between 0 and 1."),
    Mistake(accuracy_over_batches, "The right ones are divided by the number of batches. Asked for is the fraction of "
                                   "samples."),
    Mistake(mean_of_batch_accuracies, "Right while all batches are equally large. In a short last batch a sample "
                                      "would count more than elsewhere: count samples."),
    Mistake(accuracy_first, "Loss and accuracy have changed places."),
    Mistake(softmax_before_the_loss, "Softmax stands between model and loss, and the loss applies it once more. "
                                     "Logits go straight in."),
)
