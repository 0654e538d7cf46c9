"""Wrong answers to ps5's exercises on activations, the linear layer and the loss, each with the hint that helps.

Every class and function stands alone, apart from the right class it is derived from: repetition is on purpose.
"""

from typing import Any

import numpy as np

from grading.probes.model import Mistake
from grading.probes.ps5_reference import CrossEntropyLoss, Linear, ReLU, Sigmoid

# sigmoid

def sign_of_the_exponent(x: Any) -> Any:
    return 1 / (1 + np.exp(x))


def quotient_that_overflows(x: Any) -> Any:
    return np.exp(x) / (1 + np.exp(x))


def hyperbolic_tangent(x: Any) -> Any:
    return np.tanh(x)


def its_own_derivative(x: Any) -> Any:
    return np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2


def one_forgotten(x: Any) -> Any:
    return np.exp(np.clip(x, -600, 600))


def over_all_entries(x: Any) -> Any:
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


def halves_as_probability(x: Any) -> Any:
    return np.where(x > 0, 1.0, 0.0)


SIGMOID = (
    Mistake(sign_of_the_exponent, "Yours falls where it should rise: a large positive input should come out near 1."),
    Mistake(quotient_that_overflows, "The formula is right, but for large inputs both exponentials overflow and their "
                                     "quotient is not a number. Choose the form by the sign of x."),
    Mistake(hyperbolic_tangent, "That is tanh. It has the same S-shape, but runs from −1 to 1."),
    Mistake(its_own_derivative, "That is the slope of the sigmoid, a hill. Here its value is asked for."),
    Mistake(one_forgotten, "Without the 1 in the denominator only an exponential is left, which knows no upper limit."),
    Mistake(over_all_entries, "Your entries sum to one, so each depends on all the others. The sigmoid treats every "
                              "entry alone."),
    Mistake(halves_as_probability, "That is a step from 0 to 1. The sigmoid takes it gently, and passes ½ at 0."),
)


# Sigmoid

class DerivativeAtActivatedValue(Sigmoid):
    def forward(self, x: Any) -> Any:
        self.out = super().forward(x)
        return self.out

    def backward(self, g: Any) -> Any:
        s = super().forward(self.out)
        return g * s * (1 - s)


class DerivativeInTermsOfInput(Sigmoid):
    def forward(self, x: Any) -> Any:
        self.x = x
        return super().forward(x)

    def backward(self, g: Any) -> Any:
        return g * self.x * (1 - self.x)


class SlopeWithoutGradient(Sigmoid):
    def backward(self, g: Any) -> Any:
        return super().backward(np.ones_like(g))


class TanhSlope(Sigmoid):
    def forward(self, x: Any) -> Any:
        self.out = super().forward(x)
        return self.out

    def backward(self, g: Any) -> Any:
        return g * (1 - self.out**2)


class OneFactorOnly(Sigmoid):
    def forward(self, x: Any) -> Any:
        self.out = super().forward(x)
        return self.out

    def backward(self, g: Any) -> Any:
        return g * (1 - self.out)


class SigmoidOfGradient(Sigmoid):
    def backward(self, g: Any) -> Any:
        s = 1 / (1 + np.exp(-g))
        return s * (1 - s)


class SigmoidFirstBatchKept(Sigmoid):
    def forward(self, x: Any) -> Any:
        kept = getattr(self, "state", None)
        out = super().forward(x)
        if kept is not None:
            self.state = kept
        return out


SIGMOID_LAYER = (
    Mistake(DerivativeAtActivatedValue, "The sigmoid has been applied twice on the way back: what you keep is already "
                                        "an output. Write the slope in terms of that output."),
    Mistake(DerivativeInTermsOfInput, "The slope s(1 − s) holds for the output s. You have put the input in its "
                                      "place."),
    Mistake(SlopeWithoutGradient, "Your answer does not depend on the gradient that arrives. The chain rule "
                                  "multiplies it with the slope."),
    Mistake(TanhSlope, "1 − s² is the slope of tanh. What is that of the sigmoid?"),
    Mistake(OneFactorOnly, "Half of the slope is missing: it is small at both ends of the S, yours only at the upper "
                           "one."),
    Mistake(SigmoidOfGradient, "You take the slope at the gradient. It belongs to the input of the forward pass."),
    Mistake(SigmoidFirstBatchKept, "On the second batch you still use the state of the first. Every forward pass has "
                                   "to replace what it keeps."),
)


# ReLU

class SlopeOneAtZero(ReLU):
    def forward(self, x: Any) -> Any:
        out = super().forward(x)
        self.state = x >= 0
        return out


class InputAsSlope(ReLU):
    def forward(self, x: Any) -> Any:
        self.out = super().forward(x)
        return self.out

    def backward(self, g: Any) -> Any:
        return g * self.out


class MaskOfTheGradient(ReLU):
    def backward(self, g: Any) -> Any:
        return g * (g > 0)


class MaskForgotten(ReLU):
    def backward(self, g: Any) -> Any:
        return g


class MaskAlone(ReLU):
    def backward(self, g: Any) -> Any:
        return 1.0 * self.state


class AbsoluteValue(ReLU):
    def forward(self, x: Any) -> Any:
        super().forward(x)
        return np.abs(x)


class ReluFirstBatchKept(ReLU):
    def forward(self, x: Any) -> Any:
        kept = getattr(self, "state", None)
        out = super().forward(x)
        if kept is not None:
            self.state = kept
        return out


RELU = (
    Mistake(SlopeOneAtZero, "All but one point is right: at an input of exactly 0 this course takes the slope to be "
                            "0."),
    Mistake(InputAsSlope, "You multiply by the value of the output. The slope of a ramp is the same all the way up."),
    Mistake(MaskOfTheGradient, "You look at the sign of the gradient. Whether it may pass is decided by the input of "
                               "the forward pass."),
    Mistake(MaskForgotten, "The gradient passes through unchanged. Where the input was negative, the output does not "
                           "react to it."),
    Mistake(MaskAlone, "The right places, but what comes back is the slope itself. It still has to meet the gradient "
                       "that arrives."),
    Mistake(AbsoluteValue, "Negative inputs come out with their sign turned. They should come out as 0."),
    Mistake(ReluFirstBatchKept, "On the second batch you still use the state of the first. Every forward pass has to "
                                "replace what it keeps."),
)


# Linear

class SummedGradients(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_weights, self.d_biases = len(g) * self.d_weights, len(g) * self.d_biases
        return dx


class SummedBiases(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_biases = len(g) * self.d_biases
        return dx


class SummedWeights(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_weights = len(g) * self.d_weights
        return dx


class InputGradientAveraged(Linear):
    def backward(self, g: Any) -> Any:
        return super().backward(g) / len(g)


class MeanOverOutputsToo(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_weights = self.d_weights / g.shape[1]
        self.d_biases = np.full_like(self.d_biases, np.mean(g))
        return dx


class FlatBiasGradient(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_biases = np.mean(g, axis=0)
        return dx


class WeightsNotTurned(Linear):
    def backward(self, g: Any) -> Any:
        super().backward(g)
        return g @ self.weights


class WeightGradientTransposed(Linear):
    def backward(self, g: Any) -> Any:
        dx = super().backward(g)
        self.d_weights = self.d_weights.T
        return dx


class BiasesForgotten(Linear):
    def forward(self, x: Any) -> Any:
        return super().forward(x) - self.biases


class AddedToEarlierGradients(Linear):
    def backward(self, g: Any) -> Any:
        before_W, before_b = getattr(self, "d_weights", 0.0), getattr(self, "d_biases", 0.0)
        dx = super().backward(g)
        self.d_weights, self.d_biases = self.d_weights + before_W, self.d_biases + before_b
        return dx


class FirstInputKept(Linear):
    def forward(self, x: Any) -> Any:
        kept = getattr(self, "in_x", x)
        out = super().forward(x)
        self.in_x = kept
        return out


LINEAR = (
    Mistake(SummedGradients, "Your parameter gradients are sums over the batch. In this library they are means: here, "
                             "and only here, the 1/N belongs."),
    Mistake(SummedBiases, "The weights' gradient is a mean over the batch, the biases' gradient still a sum."),
    Mistake(SummedWeights, "The biases' gradient is a mean over the batch, the weights' gradient still a sum."),
    Mistake(InputGradientAveraged, "The gradient you pass on is divided by N as well. Each sample has its own input; "
                                   "only what the samples share is averaged."),
    Mistake(MeanOverOutputsToo, "Besides the batch you average over the output units. Each unit has parameters of its "
                                "own."),
    Mistake(FlatBiasGradient, "The values are right, the shape is not: a gradient has the shape of its parameter, and "
                              "biases are a row."),
    Mistake(WeightsNotTurned, "On the way back the weights act the other way round, from outputs to inputs. Write "
                              "down the shapes of the product."),
    Mistake(WeightGradientTransposed, "The weights' gradient lies on its side: it should have a row for every input, "
                                      "as the weights do."),
    Mistake(BiasesForgotten, "The forward pass leaves the biases out."),
    Mistake(AddedToEarlierGradients, "The gradients of an earlier batch are still in there. Each backward pass "
                                     "replaces them."),
    Mistake(FirstInputKept, "On the second batch you still use the input of the first. Every forward pass has to "
                            "replace what it keeps."),
)


# CrossEntropyLoss

class SummedLoss(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        return len(labels) * super().forward(logits, labels)


class GradientDividedByN(CrossEntropyLoss):
    def backward(self) -> Any:
        return super().backward() / len(self.log_y)


class MeanOverClassesToo(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        return super().forward(logits, labels) / logits.shape[1]


class TargetMinusPrediction(CrossEntropyLoss):
    def backward(self) -> Any:
        return -super().backward()


class TargetForgotten(CrossEntropyLoss):
    def backward(self) -> Any:
        return super().backward() + self.target


class OneTakenEverywhere(CrossEntropyLoss):
    def backward(self) -> Any:
        return super().backward() + self.target - 1


class SoftmaxOverTheBatch(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        self.log_y = logits - np.logaddexp.reduce(logits, axis=0, keepdims=True)
        return -np.sum(self.log_y[self.target]) / len(labels)


class SoftmaxTwice(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        return super().forward(np.exp(self.log_y), labels)


class ExponentialOverflows(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        e = np.exp(logits)
        self.log_y = np.log(e / np.sum(e, axis=1, keepdims=True))
        return -np.sum(self.log_y[self.target]) / len(labels)


class OneMaximumForAll(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        e = np.exp(logits - np.max(logits))
        self.log_y = np.log(e / np.sum(e, axis=1, keepdims=True))
        return -np.sum(self.log_y[self.target]) / len(labels)


class LogarithmOfZero(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        return -np.mean(np.log(np.exp(self.log_y[self.target])))


class ClippedProbabilities(CrossEntropyLoss):
    def forward(self, logits: Any, labels: Any) -> Any:
        super().forward(logits, labels)
        return -np.mean(np.log(np.exp(self.log_y[self.target]) + 1e-12))


CROSS_ENTROPY_LOSS = (
    Mistake(SummedLoss, "The losses of the batch are added up. The mean is asked for, so that the number means the "
                        "same for every batch size."),
    Mistake(GradientDividedByN, "In most libraries this would be right. Here backward belongs to each sample alone; "
                                "the linear layers take the mean, and dividing twice makes the steps too small."),
    Mistake(MeanOverClassesToo, "The loss is averaged over the classes too. A sample has one loss, however many "
                                "classes there are."),
    Mistake(TargetMinusPrediction, "Every sign of the gradient is the other way round: raising the right logit should "
                                   "make the loss smaller."),
    Mistake(TargetForgotten, "What comes back are the probabilities. The target does not appear, so the gradient "
                             "cannot know which class is right."),
    Mistake(OneTakenEverywhere, "You take 1 away from every class. Only one class of each sample is the right one."),
    Mistake(SoftmaxOverTheBatch, "Your softmax runs down the batch, so that samples compete. Classes should, within "
                                 "each row."),
    Mistake(SoftmaxTwice, "Softmax has been applied twice. What the loss gets are logits; once is enough."),
    Mistake(ExponentialOverflows, "Right for ordinary logits, but exp leaves the range of float64 for large ones. "
                                  "What can be taken away from a row without changing its probabilities?"),
    Mistake(OneMaximumForAll, "One maximum is taken away from the whole batch, so rows far below it underflow. Each "
                              "row needs its own."),
    Mistake(LogarithmOfZero, "The gradient survives large logits, the loss does not: a probability is rounded to zero "
                             "before its logarithm is taken."),
    Mistake(ClippedProbabilities, "A small number keeps the logarithm from zero, but it also caps the loss. The "
                                  "logarithm can be had from the logits without any probability."),
)
