"""Images become tensors as models expect them; without torch there is one clear sentence."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from helpers.torch_data import as_tensors, pick_device

ROOT = Path(__file__).parents[2]


def test_pixels_lie_between_0_and_1_and_labels_stay() -> None:
    images = np.arange(3 * 784, dtype=np.uint8).reshape(3, 28, 28)
    x, y = as_tensors(images, np.array([2, 0, 9]))
    assert (x.dtype, x.shape, y.dtype) == (torch.float32, (3, 28, 28), torch.int64)
    np.testing.assert_allclose(x.numpy() * 255, images, rtol=1e-6)
    assert (float(x.min()), float(x.max()), y.tolist()) == (0.0, 1.0, [2, 0, 9])


@pytest.mark.filterwarnings("error")
def test_data_that_must_not_change_become_tensors_without_a_warning() -> None:
    images, labels = np.zeros((3, 28, 28), dtype=np.uint8), np.array([2, 0, 9])
    for array in (images, labels):
        array.setflags(write=False)  # as those of a file that is mapped or unpacked
    _, y = as_tensors(images, labels)
    y[0] = 7
    assert labels[0] == 2


def test_the_device_can_be_used() -> None:
    assert torch.ones(2, device=pick_device()).sum().item() == 2


def test_without_torch_one_sentence_says_what_to_do() -> None:
    code = "import sys; sys.modules['torch'] = None; import helpers.torch_data"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == (
        "ImportError: This problem set needs PyTorch: run  %pip install torch  in a cell, then restart the kernel. "
        "(For Intel Macs there is none any more: open the set in Colab, which has it.)")


def test_no_other_module_of_helpers_imports_torch() -> None:
    importing = [path.name for path in (ROOT / "helpers").rglob("*.py")
                 if any(line.strip().startswith(("import torch", "from torch")) for line in path.read_text().split("\n"))]
    assert importing == ["torch_data.py"]
