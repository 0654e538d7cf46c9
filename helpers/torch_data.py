"""Images as PyTorch tensors. The only module of helpers that imports torch, which is an optional dependency."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

try:
    import torch
except ImportError as missing:
    raise ImportError("This problem set needs PyTorch: run  %pip install torch  in a cell, then restart the kernel. "
                      "(For Intel Macs there is none any more: open the set in Colab, which has it.)") from missing

__all__ = ["as_tensors", "pick_device", "torch"]

Tensor = Any  # torch.Tensor, for readers without torch


def as_tensors(images: NDArray[np.uint8], labels: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """Images (N, 28, 28) as float32 between 0 and 1, labels (N,) as int64: what models and losses expect. Copies."""
    return torch.tensor(images).float() / 255, torch.tensor(labels)


def pick_device() -> Any:
    """An accelerator (a graphics card, say) where there is one, else the CPU."""
    return torch.accelerator.current_accelerator() if torch.accelerator.is_available() else torch.device("cpu")
