"""Hidden tests of problem set 8: PyTorch on Fashion-MNIST.

Models compute in float32, where two right answers agree to about 1e-6; 1e-4 leaves room on both sides. The gradients of
one sample are float64 and are held to the 1e-10 that the text promises.
"""

from typing import Any

from numpy.random import Generator

from grading.probes import ps8_mistakes_answers as answers
from grading.probes import ps8_mistakes_evaluation as evaluation
from grading.probes import ps8_mistakes_network as network
from grading.probes import ps8_mistakes_training as training
from grading.probes import ps8_reference as reference
from grading.probes import ps8_uses as uses
from grading.probes import ps8_variants as variants
from grading.probes.model import Cases, Draw, Inputs, Point, Probe, ProblemSet


def _seed(rng: Generator) -> int:
    return int(rng.integers(2**31))


def _images(rng: Generator) -> Inputs:
    N = int(rng.choice([3, 5]))
    return {"images": rng.normal(size=(N, 28, 28)), "labels": rng.integers(10, size=N), "seed": _seed(rng)}


def _epoch(training: bool) -> Draw:
    """Three or four full batches of small images."""
    def draw(rng: Generator) -> Inputs:
        N = int(rng.choice([12, 16]))
        return {"x": rng.normal(size=(N, 2, 3)), "y": rng.integers(3, size=N), "hidden": int(rng.integers(4, 7)),
                "seed": _seed(rng), "lr": float(rng.uniform(0.3, 0.6)), "training": training}
    return draw


def _test_set(training: bool, sizes: tuple[int, ...]) -> Draw:
    def draw(rng: Generator) -> Inputs:
        N = int(rng.choice(sizes))
        return {"x": rng.normal(size=(N, 2, 3)), "y": rng.integers(3, size=N), "hidden": int(rng.integers(5, 9)),
                "seed": _seed(rng), "training": training}
    return draw


def _small_images(rng: Generator) -> Inputs:
    N = int(rng.choice([5, 7]))
    return {"images": rng.normal(size=(N, 2, 3)), "hidden": int(rng.integers(8, 12)), "seed": _seed(rng)}


def _small_images_and_mode(training: bool) -> Draw:
    return lambda rng: {**_small_images(rng), "training": training}


def _sample(rng: Generator) -> Inputs:
    """A network of four widths; the two hidden ones differ."""
    sizes = rng.permutation([3, 4, 5, 6]).tolist()
    shapes = list(zip(sizes[:-1], sizes[1:], strict=True))
    return {"sample": rng.normal(size=sizes[0]), "label": int(rng.integers(sizes[-1])),
            "weights": [rng.normal(size=shape) for shape in shapes], "biases": [rng.normal(size=n) for _, n in shapes]}


def _probe(id: str, answer: Any, cases: dict[str, Cases], points: tuple[Point, ...], mistakes: Any, right: Any, use: Any
           ) -> Probe:
    return Probe(id, answer, cases, points, mistakes=mistakes, variants=right, use=use, rtol=1e-4, atol=1e-5)


PROBLEM_SET = ProblemSet("ps8_pytorch_mlp", imports=("torch", "torch._dynamo"), from_scratch=False, probes=(
    _probe("MLP", reference.MLP, {"ordinary": Cases(_images, 1)},
           (Point("weights and biases of the sizes asked for", 1.5, part="sizes"),
            Point("logits of images (N, 28, 28)", 2.5, part="logits"),
            Point("logits of images (N, 1, 28, 28)", 1, part="channel"),
            Point("gradients reach every weight", 1, part="gradients")),
           network.MLP, variants.MLP, uses.use_mlp),
    _probe("train_one_epoch", reference.train_one_epoch,
           {"ordinary": Cases(_epoch(True), 2), "eval": Cases(_epoch(False), 1)},
           (Point("the weights after an epoch", 3.5, part="weights"), Point("the mean loss", 1.5, part="loss"),
            Point("a model that was in evaluation mode", 1, "eval")),
           training.TRAIN_ONE_EPOCH, variants.TRAIN_ONE_EPOCH, uses.use_train),
    _probe("evaluate", reference.evaluate,
           {"ordinary": Cases(_test_set(True, (12, 16)), 1), "mode": Cases(_test_set(True, (12,)), 1),
            "eval": Cases(_test_set(False, (12,)), 1), "short": Cases(_test_set(True, (9, 13)), 2)},
           (Point("the mean loss", 2, part="loss"), Point("the accuracy", 2, part="accuracy"),
            Point("training mode is put back", 0.5, "mode", "mode"), Point("no graph is built", 0.5, "mode", "graph"),
            Point("a model found in evaluation mode", 0.5, "eval"),
            Point("accuracy with a short last batch", 0.5, "short", "accuracy")),
           evaluation.EVALUATE, variants.EVALUATE, uses.use_evaluate),
    _probe("predict_probabilities", reference.predict_probabilities,
           {"ordinary": Cases(_small_images_and_mode(False), 2), "training": Cases(_small_images_and_mode(True), 2)},
           (Point("a row of probabilities for each image", 2, part="probabilities"),
            Point("evaluation mode, and the mode put back", 0.5, "training", "mode"),
            Point("no graph is built", 0.5, "training", "graph")),
           answers.PREDICT_PROBABILITIES, variants.PREDICT_PROBABILITIES, uses.use_predict),
    _probe("predictions", reference.predictions, {"ordinary": Cases(_small_images)},
           (Point("the most likely classes", 1, part="classes"),
            Point("the probabilities of just these classes", 1, part="probabilities")),
           answers.PREDICTIONS, variants.PREDICTIONS, uses.use_predictions),
    Probe("gradients", reference.gradients, {"ordinary": Cases(_sample)},
          (Point("the gradients that automatic differentiation finds", 3.75),), 0.25,
          answers.GRADIENTS, variants.GRADIENTS, rtol=1e-10, atol=1e-10),
))
