"""benchmarks/README.md, from the results."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import summary, waiting_page
from benchmarks.markdown import MIB, table
from benchmarks.summary import each, marginal, span

TARGETS = {"ps5_modular_layers": 0.1, "ps2_softmax_jacobian": 0.1, "ps8_pytorch_mlp": 0.25}  # CPU-s above own compute
MOST_FOR_A_SLIP = 2  # the target: times a right one
ENOUGH = 20  # copies, for the start-up not to drown the rest
BASES = (("plain", each), ("plain", marginal), ("plain-figures", marginal))
COMPARED = Path(__file__).with_name("compared.md")


def page(results: dict[str, Any]) -> str:
    """The whole page. Parts that were not measured are left out."""
    parts = ["# What grading costs", "Written by `make bench`; do not edit.", *_short(results),
             _machine(results["machine"])]
    if "ratios" in results:
        parts += _ratios(results["ratios"])
    for name, write in (("waiting", waiting_page.waiting), ("stages", _stages), ("growth", _growth),
                        ("replay", waiting_page.replay), ("pages", waiting_page.pages), ("checks", _checks),
                        ("slips", _slips)):
        if name in results:
            parts += write(results[name])
    return "\n\n".join([*parts, COMPARED.read_text(encoding="utf-8")])


def _short(results: dict[str, Any]) -> Iterator[str]:
    """The answer in two sentences."""
    if rows := results.get("ratios"):
        if max(row["count"] for row in rows) < ENOUGH:
            yield ("**A quick try:** with so few copies, the cost of one more submission is mostly the noise of two "
                   "start-ups.")
        told = [f"{summary.middle(summary.ratios(rows, name, 'plain', 'ours-1', 'cpu', marginal)):.0f} times "
                f"({name.split('_')[0]})" for name in dict.fromkeys(row["set"] for row in rows)]
        yield (f"For one more submission plain nbgrader needs {', '.join(told)} the processor time that `course grade` "
               "needs for the same cells, with its sandbox and its hidden tests.")
    if rows := summary.alone(results.get("growth", ())):
        yield (f"The process that judges and stores needs {rows[0]['peak'] / MIB:.0f} MiB for a class of "
               f"{rows[0]['count']} and {rows[-1]['peak'] / MIB:.0f} MiB for one of {rows[-1]['count']}.")


def _machine(machine: dict[str, str]) -> str:
    return table(["measured on", ""], [[name, value] for name, value in machine.items()]).replace("---:", "---")


def _ratios(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Against other graders"
    yield ("![Bars: CPU-seconds for one more submission, by problem set and grader. The numbers are in the table below."
           "](ratios.svg)")
    sets = list(dict.fromkeys(row["set"] for row in rows))
    titles = {row["grader"]: row["title"] for row in rows}
    lines = []
    for name in sets:
        for grader, title in titles.items():
            repeats = summary.of(rows, name, grader)
            cpu, wall = ([each(runs, what) for runs in repeats] for what in ("cpu", "wall"))
            more = [marginal(runs, "cpu") for runs in repeats]
            against = [span(summary.ratios(rows, name, base, grader, "cpu", take)) if base != grader else ""
                       for base, take in BASES]
            peak = max(row["peak"] for runs in repeats for row in runs)
            lines.append([name.split("_")[0], title, str(repeats[0][-1]["count"]), span(cpu, digits=2),
                          span(more, digits=2), span(wall, digits=2), *against, f"{peak / MIB:.0f}"])
    yield table(["set", "grader", "copies", "CPU-s each", "CPU-s one more", "wall s each", "plain ÷ this, each",
                 "plain ÷ this, one more", "plain with figures ÷ this, one more", "peak MiB"], lines)
    turns = [f"{name.split('_')[0]} {len({row['repeat'] for row in rows if row['set'] == name})}" for name in sets]
    yield (f"Medians, with the smallest and the largest where they differ; turns of every grader: {', '.join(turns)}. "
           "Peak: the command's own process.")
    if "ours-2" in titles:
        speeds = {name.split("_")[0]: summary.ratios(rows, name, "ours-1", "ours-2", "wall", marginal) for name in sets}
        told = [f"{name} {span(values, digits=2)}" for name, values in speeds.items()]
        yield f"Two workers against one, in wall-clock speed for one more submission: {', '.join(told)}."
    if "otter" not in titles:
        yield "Otter-Grader: not installed when this was measured (`make bench ARGS=--otter`)."
    yield from _cross_check(rows)


def _cross_check(rows: list[dict[str, Any]]) -> Iterator[str]:
    """Whether the machine as a whole (/proc/stat) worked as much as the commands say."""
    found = summary.disagreements(rows)
    noise = max(row["background"] for row in rows)
    again = sum(row["tries"] > 1 for row in rows)
    repeated = f" {again} of {len(rows)} runs were disturbed and repeated, at most twice." if again else ""
    if not found:
        yield ("Cross-check: during every run that counts the whole machine worked as much as the command reports, "
               f"within 10 %.{repeated}")
        return
    yield (f"Cross-check: in {len(found)} of {len(rows)} runs the whole machine's working time (/proc/stat, less what "
           "went on just before the run) differs from what the command reports by more than 10 %. Up to "
           f"{noise:.1f} cores were busy with something else just before a run.{repeated} These were not quiet:")
    yield table(["set", "grader", "copies", "command, CPU-s", "machine, CPU-s", "busy before, cores"],
                [[row["set"].split("_")[0], row["title"], str(row["count"]), f"{row['cpu']:.1f}", f"{busy:.1f}",
                  f"{row['background']:.2f}"] for row, busy in found])


def _stages(found: dict[str, Any]) -> Iterator[str]:
    yield "## Where our time goes"
    yield ("![Stacked bars: milliseconds of processor time for one submission by stage and problem set. The numbers "
           "are in the table below.](stages.svg)")
    sets = list(found)
    names = list(dict.fromkeys(stage for name in sets for stage in found[name]["stages"]["each"]))
    lines = [["fork, isolation, the child's start and end", *(f"{found[name]['empty'] * 1e3:.1f}" for name in sets)],
             ["cells, in the child", *(f"{(found[name]['stages']['child'] - found[name]['empty']) * 1e3:.1f}"
                                       for name in sets)]]
    for stage in names:
        lines.append([stage, *(f"{found[name]['stages']['each'].get(stage, 0.0) * 1e3:.1f}" for name in sets)])
    lines.append(["**sum**", *(f"**{summary.our_cost(found[name]) * 1e3:.0f}**" for name in sets)])
    heads = [name.split("_")[0] for name in sets]
    yield table(["milliseconds of processor time per submission", *heads], lines)
    once = list(found[sets[0]]["stages"]["once"])
    yield table(["once per run, CPU-s", *heads],
                [[stage, *(f"{found[name]['stages']['once'][stage]:.2f}" for name in sets)] for stage in once])
    yield "### Above the student's own compute"
    yield ("The same cells in one bare process, without sandbox, fork, judging or storing, take what the notebook "
           "itself takes.")
    rows = [["set-up, answers and tests, alone", *(f"{found[name]['own']['cells']:.3f}" for name in sets)],
            ["(examples and figures, alone)", *(f"({found[name]['own']['examples']:.3f})" for name in sets)],
            ["course grade", *(f"{summary.our_cost(found[name]):.3f}" for name in sets)],
            ["**above the student's own compute**", *(f"**{_above(found[name]):.3f}**" for name in sets)],
            ["target", *(f"≤ {TARGETS[name]:g}: {'met' if _above(found[name]) <= TARGETS[name] else 'missed'}"
                         for name in sets)]]
    yield table(["CPU-s per submission", *heads], rows)


def _above(stages: dict[str, Any]) -> float:
    return summary.our_cost(stages) - float(stages["own"]["cells"])


def _growth(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "## Growth with the class"
    yield ("![Left: CPU-seconds per submission against the size of the class. Right: memory of the grading process "
           "over the course of the largest run. The numbers are in the table below.](growth.svg)")
    lines = [[str(row["count"]), str(row["workers"]), f"{row['cpu']:.0f}", f"{row['cpu'] / row['count']:.3f}",
              f"{row['count'] / row['wall']:.1f}", f"{row['peak'] / MIB:.0f}"] for row in rows]
    yield table([f"submissions of {rows[0]['set'].split('_')[0]}", "workers", "CPU-s", "CPU-s each",
                 "submissions per second", "peak MiB of the trusted process"], lines)
    if rows[-1]["workers"] == 2:
        yield (f"{rows[-1]['count']} submissions on two workers: {rows[-1]['wall']:.0f} s and "
               f"{rows[-1]['peak'] / MIB:.0f} MiB (targets for 1000: 120 s and 200 MiB).")


def _checks(found: dict[str, Any]) -> Iterator[str]:
    yield "## Instant checks"
    yield ("The slowest check of each set on a solved notebook, in processor time, and how many products of two "
           "512 × 512 matrices would fit into it. A student should not notice one: 100 ms at most.")
    yield table(["set", "slowest check", "ms", "÷ a matrix product"],
                [[name.split("_")[0], f"`{one['check']}`", f"{one['milliseconds']:.0f}",
                  f"{one['milliseconds'] / one['peer']:.1f}"] for name, one in sorted(found.items())])


def _slips(found: dict[str, Any]) -> Iterator[str]:
    yield "## A wrong answer"
    yield ("Submissions with one wrong answer, of every exercise in turn: a listed mistake, and two at once. The "
           f"second look and all explaining are in it. At most {MOST_FOR_A_SLIP} times a right one.")
    rows = [[name.split("_")[0], f"{one['right']:.3f}", f"{one['wrong']:.3f}", f"{one['wrong'] / one['right']:.2f}"]
            for name, one in sorted(found.items())]
    yield table(["set", "CPU-s, right", "CPU-s, with a slip", "with a slip ÷ right"], rows)
