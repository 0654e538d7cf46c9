"""Softmax and cross-entropy together: the mean loss of a batch, and the gradient of each sample's own loss.

Both have to survive logits near ±1000, which are cases of their own.
"""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip
from grading.probes.single_precision import held_by_float32
from helpers.modules import Module

from .reference import CrossEntropyLoss


def _logits(rng: Generator) -> Inputs:
    N, K = rng.choice([3, 5]), rng.choice([4, 6])
    return {"logits": rng.uniform(-2.5, 2.5, size=(N, K)), "labels": rng.integers(K, size=N),
            "earlier_logits": rng.normal(size=(N, K)), "earlier_labels": rng.integers(K, size=N)}


def _huge_logits(rng: Generator) -> Inputs:
    """Rows near +1000 and near −1000 in one batch; the label of the first is 900 below the others."""
    inputs = _logits(rng)
    N, K = inputs["logits"].shape
    logits = rng.normal(size=(N, K)) + np.where(np.arange(N) % 2, -950.0, 950.0)[:, None]
    logits[0, inputs["labels"][0]] -= 900
    return {**inputs, "logits": held_by_float32(logits)}


def use_loss(CrossEntropyLoss: Any, logits: Any, labels: Any, earlier_logits: Any, earlier_labels: Any) -> Any:
    loss = CrossEntropyLoss()
    loss(earlier_logits, earlier_labels)
    loss.backward()
    return {"loss": loss(logits, labels), "dlogits": loss.backward()}


class LossWithOneHot(Module):
    def forward(self, logits: Any, labels: Any) -> Any:
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        self.y = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
        self.one_hot = np.eye(logits.shape[1])[labels]
        log_y = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        return np.mean(-np.sum(self.one_hot * log_y, axis=1))

    def backward(self) -> Any:
        return self.y - self.one_hot


class LossSampleBySample(Module):
    def forward(self, logits: Any, labels: Any) -> Any:
        self.logits, self.labels = logits, labels
        return sum(float(np.logaddexp.reduce(z - z[n])) for z, n in zip(logits, labels, strict=True)) / len(labels)

    def backward(self) -> Any:
        rows = []
        for z, label in zip(self.logits, self.labels, strict=True):
            y = np.exp(z - np.logaddexp.reduce(z))
            y[label] -= 1
            rows.append(y)
        return np.array(rows)


LOG_Y = ("shifted = logits - np.max(logits, axis=1, keepdims=True)\n"
         "        log_y = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))")

PROBE = Probe(
    "CrossEntropyLoss", CrossEntropyLoss,
    cases={"ordinary": Cases(_logits, 5), "huge": Cases(_huge_logits, 2)},
    points=(Point("forward, the mean loss", 1.25, part="loss"),
           Point("backward, not divided by N", 1.75, part="dlogits", scaled=1),
           Point("the loss of logits near ±1000", 0.5, "huge", "loss"),
           Point("the gradient of logits near ±1000", 0.5, "huge", "dlogits")),
    use=use_loss,
    slips=[
        Slip("SummedLoss", "np.mean", "np.sum",
             "The losses of the batch are added up. The mean is asked for, so that the number means the same for "
             "every batch size."),
        Slip("GradientDividedByN", "return self.gradient", "return self.gradient / len(self.gradient)",
             "In most libraries this would be right. Here backward belongs to each sample alone; the linear layers "
             "take the mean, and dividing twice makes the steps too small."),
        Slip("MeanOverClassesToo", "-np.mean(log_y[rows, labels])", "-np.mean(log_y[rows, labels]) / logits.shape[1]",
             "The loss is averaged over the classes too. A sample has one loss, however many classes there are."),
        Slip("YesOrNoForEachClass", "-np.mean(log_y[rows, labels])",
             "-np.sum(np.log(np.where(self.gradient < 0, np.exp(log_y), 1 - np.exp(log_y)))) / len(labels)",
             "You add up a yes-or-no loss for each class. With softmax only the probability of the label counts."),
        Slip("TargetMinusPrediction", "return self.gradient", "return -self.gradient",
             "Every sign of the gradient is the other way round: raising the right logit should make the loss "
             "smaller."),
        Slip("TargetForgotten", "\n        self.gradient[rows, labels] -= 1", "",
             "What comes back are the probabilities. The target does not appear, so the gradient cannot know which "
             "class is right."),
        Slip("OneTakenEverywhere", "self.gradient[rows, labels] -= 1", "self.gradient -= 1",
             "You take 1 away from every class. Only one class of each sample is the right one."),
        Slip("SoftmaxOverTheBatch", LOG_Y, LOG_Y.replace("axis=1", "axis=0"),
             "Your softmax runs down the batch, so that samples compete. Classes should, within each row."),
        Slip("SoftmaxTwice", "rows = np.arange(len(labels))",
             "y = np.exp(log_y)\n        log_y = y - np.log(np.sum(np.exp(y), axis=1, keepdims=True))\n"
             "        rows = np.arange(len(labels))",
             "Softmax has been applied twice. What the loss gets are logits; once is enough."),
        Slip("ExponentialOverflows", LOG_Y,
             "e = np.exp(logits)\n        log_y = np.log(e / np.sum(e, axis=1, keepdims=True))",
             "Right for ordinary logits, but exp leaves the range of float64 for large ones. What can be taken away "
             "from a row without changing its probabilities?"),
        Slip("OneMaximumForAll", LOG_Y,
             "e = np.exp(logits - np.max(logits))\n        log_y = np.log(e / np.sum(e, axis=1, keepdims=True))",
             "One maximum is taken away from the whole batch, so rows far below it underflow. Each row needs its "
             "own."),
        Slip("LogarithmOfZero", "log_y[rows, labels]", "np.log(np.exp(log_y[rows, labels]))",
             "The gradient survives large logits, the loss does not: a probability is rounded to zero before its "
             "logarithm is taken."),
        Slip("ClippedProbabilities", "log_y[rows, labels]", "np.log(np.exp(log_y[rows, labels]) + 1e-12)",
             "A small number keeps the logarithm from zero, but it also caps the loss. The logarithm can be had "
             "from the logits without any probability."),
    ],
    variants=[LossWithOneHot, LossSampleBySample],
)
