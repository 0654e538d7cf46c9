"""The first samples of each of ten classes, class by class."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip


def _ten_classes(rng: Generator) -> Inputs:
    y = rng.permutation(np.repeat(np.arange(10), 5))
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "num_samples": int(rng.integers(2, 4))}


def extract_multiclass_dataset(x: Any, y: Any, num_samples: int) -> Any:
    chosen = [n for label in range(10) for n in [i for i, one in enumerate(y) if one == label][:num_samples]]
    return x[chosen], y[chosen]


def use_multiclass_extraction(extract: Any, x: Any, y: Any, num_samples: int) -> Any:
    rows, labels = extract(x, y, num_samples)
    return {"rows": rows, "labels": labels}


def multiclass_by_loop(x: Any, y: Any, num_samples: int) -> Any:
    images, labels = [], []
    for label in range(10):
        images.append(x[y == label][:num_samples])
        labels.append(y[y == label][:num_samples])
    return np.concatenate(images), np.concatenate(labels)


def multiclass_by_sorting(x: Any, y: Any, num_samples: int) -> Any:
    order = np.argsort(y, kind="stable")
    chosen = [n for label in range(10) for n in [i for i in order if y[i] == label][:num_samples]]
    return x[chosen], y[chosen].astype(float)


PROBE = Probe(
    "extract_multiclass_dataset", extract_multiclass_dataset,
    cases={"ordinary": Cases(_ten_classes)},
    points=(Point("the samples, class by class", 0.25, part="rows"), Point("their labels", 0.15, part="labels")),
    unchanged=0.1,
    use=use_multiclass_extraction,
    slips=[
        Slip("file_order", "x[chosen], y[chosen]", "x[np.sort(chosen)], y[np.sort(chosen)]",
             "The right images in file order. First all of class 0, then all of class 1, and so on."),
        Slip("first_images", "x[chosen], y[chosen]", "x[:10 * num_samples], y[:10 * num_samples]",
             "These are the first images of the file, whatever their class. Each class should come num_samples times."),
        Slip("nine_classes", "range(10)", "range(9)", "One class is missing: a range ends before its last number."),
        Slip("samples_in_all", "[:num_samples]", "[:num_samples // 10]",
             "num_samples is the number of images of each class, not of all classes together."),
        Slip("classes_downwards", "range(10)", "reversed(range(10))",
             "The classes come in the wrong order: 0 is first."),
        Slip("labels_left_in_file_order", "y[chosen]", "y[:len(chosen)]",
             "The images have been put in a new order, their labels have not."),
    ],
    variants=[multiclass_by_loop, multiclass_by_sorting],
)
