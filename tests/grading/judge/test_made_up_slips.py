"""Slips as second-year students make them, written without a look at the lists: what each is called, and what it earns.

Nine of ten have a name of their own. Those called "wrong" have none from their values alone.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grading.probes.edits import read_model_answers
from tests.grading.shipping import graded
from tests.problem_sets import ROOT, problem_set

ROWS = [json.loads(line) for line in (Path(__file__).parent / "made_up_slips.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['set'][:3]}-{row['exercise']}-{number}")
                                 for number, row in enumerate(ROWS)])
def test_a_slip_is_called_what_it_is(row: dict[str, Any]) -> None:
    np.random.seed(1)  # for slips that draw: not the same twice by chance
    answers = read_model_answers(ROOT / "source" / row["set"] / f"{row['set']}.ipynb")
    verdict = graded(problem_set(row["set"]).find(row["exercise"]), answers.answer(row["exercise"], row["code"]))
    assert (verdict.mistake or verdict.kind, verdict.points) == (row["called"], row["points"])


def test_at_least_four_of_five_have_a_name_in_every_set() -> None:
    called = defaultdict(list)
    for row in ROWS:
        if row["called"] != "right":
            called[row["set"]].append(row["called"] != "wrong")
    assert len(called) == 7
    assert all(sum(named) >= 0.8 * len(named) for named in called.values())
