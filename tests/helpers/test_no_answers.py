"""No helper holds an answer under another name: searched by values, not by names.

Every function of the helpers that takes as many arguments as an exercise is called with the exercise's inputs, as they are
and as a batch of one; what comes out may not be the answer, nor its negative, exponential or logarithm.
"""

import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext, redirect_stdout, suppress
from importlib import import_module
from typing import Any

import numpy as np
import pytest

import helpers
from grading.probes.model import Probe
from tests.conftest import NO_TORCH
from tests.grading.shipping import cases_for
from tests.problem_sets import NAMES_HERE, problem_set

FORMS: dict[str, Callable[[Any], Any]] = {"": np.asarray, "minus ": np.negative, "exp of ": np.exp, "log of ": np.log}
WRITES = ("fetch", "serve", "write", "open", "upload", "main", "draw")


def functions_of(module: Any) -> dict[str, Callable[..., Any]]:
    return {f"{module.__name__}.{name}": function for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not any(word in name for word in WRITES)}


def all_functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
        with suppress(ImportError) if NO_TORCH else nullcontext():
            found |= functions_of(import_module(module.name))
    return found


def takes(function: Callable[..., Any], count: int) -> bool:
    named = [one for one in inspect.signature(function).parameters.values() if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    return len([one for one in named if one.default is one.empty]) <= count <= len(named)


def value_of(function: Callable[..., Any], inputs: list[Any]) -> Any:
    with redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        try:
            return np.asarray(function(*inputs), dtype=float)
        except BaseException:
            return None


def holders(probe: Probe, functions: dict[str, Callable[..., Any]]) -> Iterator[str]:
    """Functions that give the answer to an exercise on two of its ordinary inputs, and in which form."""
    cases = [case for case in cases_for(probe, "ada") if case.group == "ordinary"][:2]
    wanted = [value_of(probe.reference, list(case.inputs.values())) for case in cases]
    if any(value is None or (value.size > 1 and np.unique(value).size < 2) for value in wanted):
        return
    for name, function in functions.items():
        for batch in (False, True) if takes(function, len(cases[0].inputs)) else ():
            forms = set(FORMS)
            for case, value in zip(cases, wanted, strict=True):
                forms &= set(forms_in_which(function, list(case.inputs.values()), batch, value)) if forms else set()
            yield from (f"{form}{name}" for form in FORMS if form in forms)


def forms_in_which(function: Callable[..., Any], inputs: list[Any], batch: bool, wanted: Any) -> Iterator[str]:
    value = value_of(function, [np.array(one)[None] if batch else np.array(one) if isinstance(one, np.ndarray) else one for one in inputs])
    if value is None:
        return
    if batch:
        value, wanted = np.squeeze(value), np.squeeze(wanted)
    with np.errstate(all="ignore"):
        yield from (form for form, change in FORMS.items()
                    if value.shape == wanted.shape and np.allclose(change(value), wanted, rtol=1e-7, atol=1e-9))


@pytest.mark.parametrize("name", NAMES_HERE)
def test_no_helper_gives_the_answer_to_an_exercise(name: str) -> None:
    functions = all_functions()
    assert len(functions) > 250
    found = {probe.id: list(holders(probe, functions)) for probe in problem_set(name).probes
             if not probe.use and not probe.catches and cases_for(probe, "ada")[0].inputs}
    assert {exercise: names for exercise, names in found.items() if names} == {}


def planted_log_softmax(z: Any) -> Any:
    return np.logaddexp.reduce(z) - z


def planted_batch(Z: Any) -> Any:
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


def planted_other(z: Any) -> Any:
    return np.tanh(z)


def test_a_planted_answer_is_found_in_whatever_form() -> None:
    planted = {function.__name__: function for function in (planted_log_softmax, planted_batch, planted_other)}
    ps2 = problem_set("ps2_softmax_jacobian")
    assert list(holders(ps2.find("log_softmax"), planted)) == ["minus planted_log_softmax", "log of planted_batch"]
    assert list(holders(ps2.find("softmax"), planted)) == ["planted_batch"]
