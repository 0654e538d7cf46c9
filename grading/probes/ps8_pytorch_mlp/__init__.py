"""Hidden tests of problem set 8: PyTorch on Fashion-MNIST.

Models compute in float32, where two right answers agree to about 1e-6; 1e-4 leaves room on both sides. The gradients of
one sample are float64 and are held to the 1e-10 that the text promises.
"""

from grading.probes.model import ProblemSet

from . import evaluate, gradients, mlp, predict_probabilities, predictions, train_one_epoch, value

PROBLEM_SET = ProblemSet(
    "ps8_pytorch_mlp", imports=("torch",), from_scratch=False,
    probes=[module.PROBE for module in (
        mlp, train_one_epoch, evaluate, predict_probabilities, predictions, gradients, value,
    )])
