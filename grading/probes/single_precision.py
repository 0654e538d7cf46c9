"""Numbers that float32 holds exactly: among logits near 10⁴ its own rounding would change the fourth decimal."""

import numpy as np


def held_by_float32(values: np.ndarray) -> np.ndarray:
    """The same numbers to about seven digits, still as float64.

    An answer that computes in float32 starts from the very same numbers then, so it is its own steps that decide.
    """
    return values.astype(np.float32).astype(np.float64)
