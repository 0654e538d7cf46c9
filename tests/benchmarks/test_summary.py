from typing import Any

import pytest

from benchmarks import machine, page, plots, summary


def row(grader: str, repeat: int, count: int, cpu: float, **more: Any) -> dict[str, Any]:
    return {"set": "ps9_toy", "grader": grader, "title": grader, "repeat": repeat, "count": count, "cpu": cpu,
            "wall": cpu, "busy": cpu, "background": 0.0, "tries": 1, "peak": 1 << 20, "memory": [], **more}


ROWS = [row("plain", 0, 40, 83), row("plain", 0, 10, 23), row("ours-1", 0, 10, 3), row("ours-1", 0, 40, 6),
        row("plain", 1, 10, 23), row("plain", 1, 40, 113), row("ours-1", 1, 10, 3), row("ours-1", 1, 40, 6)]


def test_what_one_more_submission_costs_leaves_the_start_out() -> None:
    [first, second] = summary.of(ROWS, "ps9_toy", "plain")
    assert summary.each(first, "cpu") == 83 / 40
    assert summary.marginal(first, "cpu") == 2
    assert summary.marginal(second, "cpu") == 3


def test_ratios_are_taken_within_a_repeat() -> None:
    assert summary.ratios(ROWS, "ps9_toy", "plain", "ours-1", "cpu", summary.marginal) == pytest.approx([20, 30])


def test_a_span_names_the_extremes_only_where_they_differ() -> None:
    assert summary.span([20.0, 30.0]) == "25.0 (20.0–30.0)"
    assert summary.span([20.01, 20.02]) == "20.0"


def test_a_run_beside_other_programs_disagrees_with_the_machine() -> None:
    quiet, noticed = row("plain", 0, 10, 10.0), row("plain", 0, 10, 10.0, busy=15.0)
    known = row("plain", 0, 10, 10.0, busy=15.0, background=0.5)  # what went on before is expected to go on
    assert summary.disagreements([quiet, noticed, known]) == [(noticed, 15.0)]


def test_the_page_says_where_the_machine_disagrees() -> None:
    results = {"machine": {"cores": "2"}, "ratios": [*ROWS, *[{**one, "grader": "plain-figures"} for one in ROWS[:2]]]}
    results["ratios"] = [one for one in results["ratios"] if one["repeat"] == 0]
    assert "within 10 %" in page.page(results)
    results["ratios"][0]["busy"] *= 2
    assert "in 1 of 6 runs" in page.page(results)


def test_the_page_gives_ratios_and_says_what_is_not_installed() -> None:
    figures = [{**one, "grader": "plain-figures", "title": "with figures"} for one in ROWS if one["grader"] == "plain"]
    text = page.page({"machine": {"cores": "2"}, "ratios": [*ROWS, *figures]})
    assert "25.0 (20.0–30.0)" in text
    assert "Otter-Grader: not installed" in text


@pytest.mark.slow
def test_every_figure_of_the_page_is_drawn(tmp_path: Any) -> None:
    stages = {"stages": {"each": {"intake": 0.002, "judge": 0.03}, "once": {"start-up": 2.0}, "child": 0.2},
              "empty": 0.05, "own": {"cells": 0.1, "examples": 1.0}}
    growth = [{**row("ours-1", 0, count, count / 4), "workers": 1, "memory": [[0.0, 1 << 20], [1.0, 2 << 20]]} for count in (6, 12)]
    figures = [{**one, "grader": "plain-figures"} for one in ROWS if one["grader"] == "plain"]
    results = {"machine": {"cores": "2"}, "ratios": [*ROWS, *figures], "stages": {"ps5_modular_layers": stages},
               "growth": growth}
    plots.draw(results, tmp_path)
    text = page.page(results)
    for name in ("ratios", "stages", "growth"):
        assert f"]({name}.svg)" in text
        assert (tmp_path / f"{name}.svg").stat().st_size > 5000
    assert "| **above the student's own compute** | **0.132** |" in text
    assert "≤ 0.1: missed" in text


def test_growth_is_told_of_one_worker() -> None:
    rows = [{**row("ours-1", 0, count, 1.0), "workers": workers} for count, workers in ((40, 1), (1000, 1), (1000, 2))]
    assert [(one["count"], one["workers"]) for one in summary.alone(rows)] == [(40, 1), (1000, 1)]


def test_a_processor_without_a_name_goes_by_its_architecture() -> None:
    assert machine.cpu_model("processor\t: 0\nmodel name\t: Made-up 3000\n") == "Made-up 3000"
    assert machine.cpu_model("processor\t: 0\nBogoMIPS\t: 50\n") != ""
