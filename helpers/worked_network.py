"""The numbers of ps3's worked network: the same for everybody, or each student's own. There are no answers here."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]

PRE_ACTIVATION = 1, 5  # hidden units this far from 0: neither undecided nor saturated
LOGIT_GAP = 4.0  # no logit further from the label's, so that no probability is near 0 or 1


@dataclass(frozen=True, eq=False)
class WorkedNetwork:
    """alpha (4, 7) and beta (3, 5) with biases in the first column, x (6,) of zeros and ones, label 0, 1 or 2.

    The label is a position; the text counts classes from 1, so label 2 is class 3.
    """

    alpha: Array
    beta: Array
    x: Array
    label: int

    @property
    def y(self) -> Array:
        """The label as one-hot, shape (3,)."""
        return np.eye(3)[self.label]


def numbers(student_id: str | None) -> WorkedNetwork:
    """The network of the text for None; otherwise small integers that belong to this student and no other.

    A student's numbers are drawn again until every hidden pre-activation lies in PRE_ACTIVATION, on both sides of 0,
    and all logits stay within LOGIT_GAP of the label's for any hidden values these signs allow. Four decimals
    then tell answers apart. The fourth input is always 0, since the text asks what that means for a gradient.
    """
    if student_id is None:
        first = [[1, 1, 2, -3, 0, 1, -3], [1, 2, 1, 1, 1, 0, 2], [1, 3, 2, 2, 2, 2, 1], [1, 2, 0, 3, 1, -2, 2]]
        second = [[1, 1, 2, -2, 3], [1, 2, -1, 3, 1], [1, 3, 1, -1, 1]]
        return WorkedNetwork(np.array(first, float), np.array(second, float), np.array([1.0, 0, 1, 0, 1, 1]), 2)
    digest = blake2b(student_id.encode(), digest_size=16, person=b"worked network").digest()
    rng = np.random.default_rng(int.from_bytes(digest, "little"))
    alpha, x = _draw_first_layer(rng)
    beta, label = _draw_second_layer(rng, alpha @ [1, *x])
    return WorkedNetwork(alpha, beta, x, label)


def _draw_first_layer(rng: Generator) -> tuple[Array, Array]:
    """alpha and x whose pre-activations have both signs and at least three sizes."""
    while True:
        x = np.insert(rng.permutation([0.0, 1, 1, 1, 1]), 3, 0.0)
        alpha = rng.integers(-3, 4, size=(4, 7)).astype(float)
        sums = alpha @ [1, *x]
        sizes = np.abs(sums)
        if (np.all((PRE_ACTIVATION[0] <= sizes) & (sizes <= PRE_ACTIVATION[1])) and len(set(sizes)) >= 3
                and 0 < np.count_nonzero(sums > 0) < 4):
            return alpha, x


def _draw_second_layer(rng: Generator, sums: Array) -> tuple[Array, int]:
    """beta and the label. A hidden value lies in (1/2, 1) where its pre-activation is positive, else in (0, 1/2)."""
    middle = np.array([1, *np.where(sums > 0, 0.75, 0.25)])
    while True:
        beta, label = rng.choice([-3.0, -2, -1, 1, 2, 3], size=(3, 5)), int(rng.integers(3))
        differences = beta - beta[label]
        farthest = np.abs(differences @ middle) + 0.25 * np.abs(differences[:, 1:]).sum(axis=1)
        # A column of equal weights would carry no error back to its hidden unit.
        if np.all(np.ptp(beta[:, 1:], axis=0) > 0) and np.all(farthest <= LOGIT_GAP):
            return beta, label
