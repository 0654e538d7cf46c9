"""An answer that does nothing has not been written, however it says so."""

import pytest
from grading.judge.stubs import unwritten


@pytest.mark.parametrize("body", ["pass", "...", "return", "return None", "raise NotImplementedError(\"2.1\")",
                                  "raise NotImplemented", "\"\"\"What it does.\"\"\"\n    pass\n    return None"])
def test_a_body_that_does_nothing_is_a_stub(body: str) -> None:
    assert unwritten(f"import numpy as np\n\ndef relu(x):\n    {body}\n", "relu")


@pytest.mark.parametrize("source", [
    "def relu(x):\n    return x", "def relu(x):\n    np.maximum(x, 0)", "relu = abs", "def relu(x:\n    pass",
    "def other(x):\n    pass", "def relu(x):\n    pass\n\ndef relu(x):\n    return 0"])
def test_anything_else_is_judged(source: str) -> None:
    assert not unwritten(source, "relu")


def test_a_class_is_a_stub_when_all_its_methods_are() -> None:
    stub = "class Layer:\n    def forward(self, x):\n        pass\n\n    def backward(self, g):\n        "
    assert unwritten(f"{stub}return None", "Layer")
    assert not unwritten(f"{stub}return g", "Layer")
