"""Wrong answers to ps8's train_one_epoch. Each is the whole loop with one thing changed."""

from typing import Any

import torch

from grading.probes.model import Mistake


def no_zero_grad(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def step_before_backward(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        optimizer.step()
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item()
    return total / len(loader)


def never_moved(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        total += loss.item()
    return total / len(loader)


def one_step_an_epoch(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    optimizer.zero_grad()
    for x, y in loader:
        loss = loss_fn(model(x), y)
        loss.backward()
        total += loss.item()
    optimizer.step()
    return total / len(loader)


def one_batch_only(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return float(loss.item())
    return 0.0


def two_steps_a_batch(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def softmax_before_the_loss(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(torch.softmax(model(x), dim=1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def trained_in_eval_mode(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.eval()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def mode_not_set(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def losses_summed(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total


def last_loss(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    value = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        value = loss.item()
    return value


def divided_by_samples(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader.dataset)


def loss_after_the_step(model: Any, loader: Any, loss_fn: Any, optimizer: Any) -> float:
    model.train()
    total = 0.0
    for x, y in loader:
        loss = loss_fn(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss_fn(model(x), y).item()
    return total / len(loader)


TRAIN_ONE_EPOCH = (
    Mistake(no_zero_grad, "Gradients of earlier batches are still there when the next ones are added to them. They "
                          "need to be cleared for every batch."),
    Mistake(step_before_backward, "The optimizer moves before the new gradients are there, so each step uses the "
                                  "batch before, and the last batch is wasted."),
    Mistake(never_moved, "The losses are computed, but after the epoch the weights are where they were. Who moves "
                         "them?"),
    Mistake(one_step_an_epoch, "All gradients are collected and there is a single step at the end. Each batch should "
                               "have a step of its own."),
    Mistake(one_batch_only, "The epoch ends after its first batch. Every batch of the loader takes part."),
    Mistake(two_steps_a_batch, "There are two steps for every batch, the second with a gradient that no longer fits."),
    Mistake(softmax_before_the_loss, "Softmax stands between model and loss, and the loss applies it once more. "
                                     "Logits go straight in."),
    Mistake(trained_in_eval_mode, "The model is in evaluation mode while it trains. Batch normalisation and dropout "
                                  "work differently then."),
    Mistake(mode_not_set, "Right when the model is in training mode already. An epoch should set that mode itself: "
                          "someone may have evaluated before."),
    Mistake(losses_summed, "The training is right. The value returned is the sum of the batch losses, and their mean "
                           "was asked for."),
    Mistake(last_loss, "The training is right. The value returned is the loss of the last batch, and the mean over "
                       "the epoch was asked for."),
    Mistake(divided_by_samples, "The training is right. Each batch loss is a mean already, so their sum is to be "
                                "divided by how many batches there are."),
    Mistake(loss_after_the_step, "Each loss is computed a second time after the step. Asked for is the one that was "
                                 "differentiated, and a second pass costs time."),
)
