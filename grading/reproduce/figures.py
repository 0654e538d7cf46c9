"""Figures of what was measured again: curves of whole runs, where the table has their last numbers only."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from grading.reproduce.engine import Row
from grading.reproduce.model import Run
from helpers.plotting import BLUE, INK, VERMILLION, use_style

LONG, SHORT = "ps8_pytorch_mlp/fifty", "ps8_pytorch_mlp/twelve"
REPRODUCIBLE = {"svg.hashsalt": "course", "svg.fonttype": "none"}  # the same bytes from the same numbers


def write_figures(rows: Iterable[Row], folder: Path) -> list[Path]:
    """Write the figures for which every run was made, as SVG in `folder`, which need not exist; returns their paths."""
    made = {row.run.id: (row.run, row.values) for row in rows if row.values}
    if LONG not in made or SHORT not in made:
        return []
    use_style()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "ps8-epochs.svg"
    with plt.rc_context(REPRODUCIBLE):
        figure, ax = plt.subplots(figsize=(8, 4.4))
        for (_, values), name, colour in ((made[LONG], "60 000 images, rate 0.01", BLUE),
                                          (made[SHORT], "3000 images, rate 0.1", VERMILLION)):
            for part, key, style in (("training", "epoch", "-"), ("test", "test", "--")):
                losses = by_epoch(values, key)
                ax.plot(range(1, len(losses) + 1), losses, style, color=colour, label=f"{name}: {part} loss")
        _mark_published(ax, made[LONG][0])
        ax.set(title="the same network on all images, and on 3000", xlabel="epoch", ylabel="mean cross-entropy",
               yscale="log", yticks=(0.2, 0.3, 0.5, 1, 2), yticklabels=("0.2", "0.3", "0.5", "1", "2"), xlim=(0, 55))
        ax.yaxis.minorticks_off()
        ax.legend(fontsize=9)
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
    return [path]


def by_epoch(values: Mapping[str, float], key: str) -> list[float]:
    """The numbers `key 1`, `key 2`, … of a run, as far as they go."""
    losses: list[float] = []
    while f"{key} {len(losses) + 1}" in values:
        losses.append(values[f"{key} {len(losses) + 1}"])
    return losses


def _mark_published(ax: Axes, run: Run) -> None:
    """A diamond at each number of the run that a source printed, the source's name once."""
    for fact in run.facts:
        if fact.published:
            ax.plot(int(fact.key.split()[1]), fact.published.value, "D", color=INK, markersize=6, zorder=3)
            ax.annotate(f"{fact.published.value:.2f}", (int(fact.key.split()[1]), fact.published.value), (7, -4),
                        textcoords="offset points", color=INK, fontsize=9)
    sources = {fact.published.source for fact in run.facts if fact.published}
    ax.plot([], [], "D", color=INK, markersize=6, label=f"published: {', '.join(sorted(sources))}")
