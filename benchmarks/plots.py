"""The three figures of the page, as SVG that reads on light and dark pages alike."""

from pathlib import Path
from typing import Any

from benchmarks import summary

# Okabe and Ito's palette, told apart by colour-blind readers too (jfly.uni-koeln.de/color).
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999", "#000000", "#8B6F47"]
REST = "all other stages"
SHEET, INK = "#FCFCFA", "#222222"


def draw(results: dict[str, Any], folder: Path) -> None:
    """Write ratios.svg, stages.svg and growth.svg for the parts that were measured."""
    import matplotlib
    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    plt.rcParams.update({"figure.facecolor": SHEET, "axes.facecolor": SHEET, "savefig.facecolor": SHEET,
                         "text.color": INK, "axes.labelcolor": INK, "axes.spines.top": False,
                         "axes.spines.right": False, "font.size": 10, "figure.constrained_layout.use": True,
                         "svg.hashsalt": "benchmarks"})
    for name, function in (("ratios", _ratios), ("stages", _stages), ("growth", _growth)):
        if name in results:
            function(plt, results[name]).savefig(folder / f"{name}.svg", metadata={"Date": None})
            plt.close("all")


def _ratios(plt: Any, rows: list[dict[str, Any]]) -> Any:
    sets = list(dict.fromkeys(row["set"] for row in rows))
    titles = {row["grader"]: row["title"] for row in rows}
    figure, axes = plt.subplots(figsize=(8, 0.35 * len(sets) * len(titles) + 2.2))
    for number, (grader, title) in enumerate(titles.items()):
        places = [index * (len(titles) + 1) + number for index in range(len(sets))]
        costs = [summary.middle([summary.marginal(runs, "cpu") for runs in summary.of(rows, name, grader)])
                 for name in sets]
        bars = axes.barh(places, costs, color=COLOURS[number], label=title)
        axes.bar_label(bars, [f"{cost:.2f}" for cost in costs], padding=3)
    middle = (len(titles) - 1) / 2
    axes.set_yticks([index * (len(titles) + 1) + middle for index in range(len(sets))],
                    [name.replace("_", " ", 1).replace("_", " ") for name in sets])
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set(title="What one more submission costs", xlabel="CPU-seconds per submission (smaller is better)")
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    return figure


def _stages(plt: Any, found: dict[str, Any]) -> Any:
    stages = {name: {"fork, isolation": data["empty"], "cells, in the child": data["stages"]["child"] - data["empty"],
                     **data["stages"]["each"]} for name, data in found.items()}
    stages = {name: _without_slivers(parts) for name, parts in stages.items()}
    names = list(dict.fromkeys(stage for parts in stages.values() for stage in parts))
    names.sort(key=lambda stage: stage == REST)
    figure, axes = plt.subplots(figsize=(8, 0.7 * len(stages) + 2.4))
    left = dict.fromkeys(stages, 0.0)
    for number, stage in enumerate(names):
        widths = [stages[name].get(stage, 0.0) * 1e3 for name in stages]
        axes.barh(list(stages), widths, left=list(left.values()), color=COLOURS[number % len(COLOURS)], label=stage,
                  edgecolor=SHEET)
        left = {name: start + width for (name, start), width in zip(left.items(), widths, strict=True)}
    axes.invert_yaxis()
    axes.set(title="Where the time of course grade goes", xlabel="milliseconds of processor time per submission")
    figure.legend(frameon=False, loc="outside lower center", ncols=3, fontsize=9)
    return figure


def _without_slivers(parts: dict[str, float]) -> dict[str, float]:
    """Stages too thin to be seen, put together."""
    thin = 0.04 * sum(parts.values())
    rest = sum(seconds for seconds in parts.values() if seconds < thin)
    return {**{stage: seconds for stage, seconds in parts.items() if seconds >= thin}, REST: rest}


def _growth(plt: Any, rows: list[dict[str, Any]]) -> Any:
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4))
    rows = summary.alone(rows)
    counts = [row["count"] for row in rows]
    costs = [row["cpu"] / row["count"] for row in rows]
    left.plot(counts, costs, "o-", color=COLOURS[0])
    left.set(title="Cost per submission, start-up included", xlabel="submissions in the class",
             ylabel="CPU-seconds per submission, one worker", ylim=(0, 1.15 * max(costs)), xscale="log")
    left.set_xticks(counts, [str(count) for count in counts])
    left.minorticks_off()
    largest = rows[-1]["memory"]
    right.plot([seconds for seconds, _ in largest], [size / (1 << 20) for _, size in largest], color=COLOURS[0])
    right.set(title=f"Memory while {counts[-1]} are graded", xlabel="seconds since the start",
              ylabel="MiB, trusted process", ylim=(0, None))
    return figure
