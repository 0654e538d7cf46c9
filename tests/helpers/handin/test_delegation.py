"""Library calls are found under any name, named as such, and only where the work should be one's own."""

import pytest

from helpers.handin.delegation import Delegation, find_delegations

SETUP = "import numpy as np\nfrom helpers.gradcheck import compare, numerical_gradient\nimport scipy.special as sps"


def found(body: str, name: str = "softmax", before: str = "") -> str:
    source = f"{before}def {name}(z):\n    {body}\n"
    delegation = find_delegations({name: source}, SETUP).get(name)
    return delegation.call if delegation else ""


@pytest.mark.parametrize(("body", "before", "call"), [
    ("return torch.softmax(z, 0)", "import torch\n", "torch.softmax"),
    ("return F.softmax(z, 0)", "import torch.nn.functional as F\n", "torch.nn.functional.softmax"),
    ("import torch\n    return torch.tensor(z).softmax(0)", "", "torch.tensor"),
    ("from scipy.special import softmax as mine\n    return mine(z)", "", "scipy.special.softmax"),
    ("return sps.softmax(z)", "", "scipy.special.softmax"),
    ("return numerical_gradient(f, z)", "", "helpers.gradcheck.numerical_gradient"),
    ("return __import__('torch').softmax(z, 0)", "", "torch"),
    ("import importlib\n    return importlib.import_module('scipy.special').softmax(z)", "", "scipy.special"),
    ("return softmax_of(z)", "from sklearn.utils.extmath import softmax as softmax_of\n", "sklearn.utils.extmath.softmax"),
])
def test_a_library_call_is_named_in_full(body: str, before: str, call: str) -> None:
    assert found(body, before=before) == call


@pytest.mark.parametrize("body", [
    "return np.exp(z) / np.exp(z).sum()",
    "torch = np.exp(z)\n    return z / 2  # torch.softmax would be a library",
    "return 'torch.softmax'",
    "return z.softmax",
    "scipyish = 3\n    return scipyish",
])
def test_own_work_is_left_alone(body: str) -> None:
    assert found(body) == ""


def test_an_import_in_another_answer_counts_where_it_is_used() -> None:
    answers = {"first": "import torch\ndef first(x):\n    return x", "second": "def second(x):\n    return torch.relu(x)"}
    assert find_delegations(answers, SETUP) == {"second": Delegation("torch.relu", 2)}


def test_a_function_of_ones_own_hides_an_imported_one_of_the_same_name() -> None:
    source = "def numerical_gradient(f, x):\n    return x\ndef check(f, x):\n    return numerical_gradient(f, x)"
    assert find_delegations({"check": source}, SETUP) == {}


def test_numbers_worked_out_with_any_tool_are_fine() -> None:
    assert find_delegations({"ps3_a1": "import torch\na1 = torch.tensor(3.0).item()"}, SETUP) == {}


@pytest.mark.parametrize("source", ["def softmax(z:", "\0", "(" * 5000, ""])
def test_a_cell_that_is_no_python_is_left_to_the_interpreter(source: str) -> None:
    assert find_delegations({"softmax": source}, SETUP) == {}


def test_the_message_says_line_and_call_and_what_to_do() -> None:
    assert Delegation("scipy.special.softmax", 3).message == (
        "This problem set is written from scratch, and line 3 of your cell uses scipy.special.softmax. Write that step "
        "yourself; numpy is all it needs.")
