"""Library calls are found under any name, named as such, and only where the work should be one's own."""

import pytest

from helpers.handin.delegation import Delegation, find_delegations

SETUP = ("import numpy as np\nfrom helpers.gradcheck import compare, numerical_gradient\nimport scipy.special as sps\n"
         "from helpers.modules import Module, init_params\nfrom helpers.checks.ps4_numpy_backprop import check")


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


@pytest.mark.parametrize(("source", "call"), [
    ("from scipy.special import softmax", "scipy.special.softmax"),
    ("from scipy.special import expit as softmax", "scipy.special.expit"),
    ("import scipy.special\nsoftmax = scipy.special.softmax", "scipy.special.softmax"),
    ("import scipy.special as s\nsoftmax = lambda z: s.softmax(z)", "scipy.special.softmax"),
    ("softmax: object = sps.softmax", "scipy.special.softmax"),
    ("if True:\n    def softmax(z):\n        return sps.softmax(z)", "scipy.special.softmax"),
    ("try:\n    from scipy.special import softmax\nexcept ImportError:\n    pass", "scipy.special.softmax"),
    ("for softmax in [sps.softmax]:\n    pass", "scipy.special.softmax"),
    ("with open('x') as f:\n    class softmax(sps.softmax): pass", "scipy.special.softmax"),
    ("%time x = 1\ndef softmax(z):\n    return sps.softmax(z)", "scipy.special.softmax"),
    ("!pip install scipy\ndef softmax(z):\n    return sps.softmax(z)", "scipy.special.softmax"),
    ("def f(): pass\nf?\ndef softmax(z):\n    return sps.softmax(z)", "scipy.special.softmax"),
    ("from scipy.special import *", "scipy.special"),
    ("def softmax(z):\n    import sys\n    return sys.modules['scipy.special'].softmax(z)", "scipy.special"),
])
def test_it_does_not_matter_how_a_cell_gives_its_exercise_a_value(source: str, call: str) -> None:
    assert {name: one.call for name, one in find_delegations({"softmax": source}, SETUP).items()} == {"softmax": call}


@pytest.mark.parametrize(("body", "call"), [
    ("import helpers.checks.ps4_numpy_backprop as c\n    return np.exp(-c._of_logits(z))", "helpers.checks.ps4_numpy_backprop._of_logits"),
    ("from helpers.checks.ps4_numpy_backprop import numerical_gradient as g\n    return g(f, z)",
     "helpers.checks.ps4_numpy_backprop.numerical_gradient"),
    ("return check.__globals__['_of_logits'](z)", "helpers.checks.ps4_numpy_backprop.check.__globals__"),
    ("from helpers import gradcheck\n    return gradcheck.numerical_gradient(f, z)", "helpers.gradcheck.numerical_gradient"),
    ("from helpers.explore.softmax_figures import numerical_gradient\n    return numerical_gradient(f, z)",
     "helpers.explore.softmax_figures.numerical_gradient"),
])
def test_the_courses_own_helpers_are_a_library_too(body: str, call: str) -> None:
    assert found(body) == call


@pytest.mark.parametrize("source", [
    "class Linear(Module):\n    def __init__(self):\n        self.w = init_params(2, 3)",
    "from helpers.datasets import load\ndef Linear(x):\n    return load('mnist').x_train[x]",
    "from helpers.plotting import use_style\nuse_style()\ndef Linear(x):\n    return x",
    "import scipy.special\ndef Linear(x):\n    return x",
])
def test_what_a_notebook_gives_may_be_used(source: str) -> None:
    assert find_delegations({"Linear": source}, SETUP) == {}


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


@pytest.mark.parametrize("more", [
    "check('softmax', softmax)", "compare(softmax, softmax)", "Module.__init__(softmax)", "progress()\nprint(Module.__name__)",
    "from helpers.explore.softmax_heatmap import softmax_heatmap\nsoftmax_heatmap(softmax)",
])
def test_a_cell_may_check_and_draw_its_answer_too(more: str) -> None:
    assert find_delegations({"softmax": f"def softmax(z):\n    return z\n{more}"}, SETUP) == {}
