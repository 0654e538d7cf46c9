"""The first samples of one class with label 0, then those of another with label 1; some classes have too few."""

from typing import Any

import numpy as np
from numpy.random import Generator

from grading.probes.model import Cases, Inputs, Point, Probe, Slip


def _labelled_rows(rng: Generator) -> Inputs:
    """Five labels, at least six samples of each; the second class may be the smaller number."""
    y = rng.permutation(np.concatenate([np.repeat(np.arange(5), 6), rng.integers(5, size=9)]))
    label1, label2 = rng.permutation(5)[:2]
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "label1": int(label1), "label2": int(label2), "num_samples": 4}


def _few_rows(rng: Generator) -> Inputs:
    """Three samples of one class and six of the other, five asked for."""
    y = rng.permutation(np.repeat([2, 7, 9], [3, 6, 5]))
    label1, label2 = rng.permutation([2, 7])
    return {"x": rng.normal(size=(len(y), 3)), "y": y, "label1": int(label1), "label2": int(label2), "num_samples": 5}


def extract_binary_classification_dataset(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    chosen = [n for label in (label1, label2) for n in [i for i, one in enumerate(y) if one == label][:num_samples]]
    return x[chosen], np.array([int(y[n] == label2) for n in chosen])


def use_binary_extraction(extract: Any, x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    rows, labels = extract(x, y, label1, label2, num_samples)
    return {"rows": rows, "labels": labels}


def binary_with_stack(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    first, second = x[y == label1][:num_samples], x[y == label2][:num_samples]
    return np.vstack([first, second]), np.hstack([np.zeros(len(first)), np.ones(len(second))])


def binary_with_where(x: Any, y: Any, label1: int, label2: int, num_samples: int) -> Any:
    chosen = np.concatenate([np.where(y == label1)[0][:num_samples], np.where(y == label2)[0][:num_samples]])
    return x[chosen], (y[chosen] == label2).astype(int)


FIRST = "x[y == label1][:num_samples], x[y == label2][:num_samples]"

PROBE = Probe(
    "extract_binary_classification_dataset", extract_binary_classification_dataset,
    cases={"ordinary": Cases(_labelled_rows), "few": Cases(_few_rows, 2)},
    points=(Point("the samples, in order", 0.75, part="rows"), Point("their labels, 0 and 1", 0.5, part="labels"),
           Point("classes with fewer samples than asked for", 0.5, "few")),
    unchanged=0.25,
    use=use_binary_extraction,
    slips=[
        Slip("labels_exchanged", "np.zeros(len(first)), np.ones(len(second))",
             "np.ones(len(first)), np.zeros(len(second))",
             "The images are right, but their labels are exchanged: the first class is 0."),
        Slip("second_label_first", "np.concatenate([first, second]), labels",
             "np.concatenate([second, first]), labels[::-1]",
             "The classes come in the wrong order: first all of label1, then all of label2."),
        Slip("classes_mixed", "return np.concatenate([first, second]), labels",
             "places = [np.flatnonzero(y == label)[:num_samples] for label in (label1, label2)]\n"
             "    order = np.argsort(np.concatenate(places))\n"
             "    return np.concatenate([first, second])[order], labels[order]",
             "The right images in file order. All of label1 should come before all of label2."),
        Slip("labels_kept", "np.zeros(len(first)), np.ones(len(second))",
             "np.full(len(first), label1), np.full(len(second), label2)",
             "The images are right; their labels are still the digits. This network knows only 0 and 1."),
        Slip("samples_in_all", FIRST, FIRST.replace("num_samples", "num_samples // 2"),
             "You take num_samples images in all. It is the number of each class."),
        Slip("last_samples", FIRST, FIRST.replace(":num_samples", "-num_samples:"),
             "You take the last images of each class. The first ones are asked for."),
        Slip("all_samples", FIRST, "x[y == label1], x[y == label2]",
             "Every image of the two classes is there. Only the first num_samples of each are asked for."),
        Slip("as_many_as_asked", "np.zeros(len(first)), np.ones(len(second))",
             "np.zeros(num_samples), np.ones(num_samples)",
             "Where a class has fewer images than asked for, there are more labels than images."),
        Slip("signs_as_labels", "np.zeros(len(first))", "-np.ones(len(first))",
             "Your labels are −1 and 1. The loss of this problem set wants 0 and 1."),
    ],
    variants=[binary_with_stack, binary_with_where],
)
