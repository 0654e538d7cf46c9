"""Measure what grading costs: python -m benchmarks, or make bench.

    python -m benchmarks                  everything, about an hour and a half on two quiet cores
    python -m benchmarks --quick          six submissions, to see that it works: build/bench/quick (ten minutes)
    python -m benchmarks --otter          with Otter-Grader, which is installed into build/bench/otter the first time
    python -m benchmarks stages growth    only these parts; the page is written from what is there
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import machine, measure, otter, page, parts, plots, replay, waiting
from benchmarks.scratch import BUILD

PARTS = ("ratios", "waiting", "stages", "growth", "replay", "pages", "checks", "slips")
OF_ONE_SET, OF_EVERY_SET = ("growth", "replay", "pages"), ("checks", "slips")
QUICK = parts.Plan(copies=6, repeats=1, growth=(6, 12))


def main() -> None:
    """Parse the command line, measure, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, "page", []],
                        help=f"{', '.join(PARTS)}: what to measure [default: all]; page: only write the page again")
    parser.add_argument("--quick", action="store_true", help="a class of 6, nothing large; results go to build/bench")
    parser.add_argument("--otter", action="store_true", help="compare with Otter-Grader too, installing it if need be")
    parser.add_argument("--copies", type=int, help="size of the class [default: 40]")
    parser.add_argument("--repeats", type=int, help="how often each grader takes its turn [default: 2]")
    parser.add_argument("--set", dest="sets", action="append", metavar="PROBLEM_SET",
                        help="measure this one; may be repeated [default: a set of each kind]")
    given = parser.parse_args()
    folder = BUILD / "quick" if given.quick else Path(__file__).parent
    store = BUILD / ("quick.json" if given.quick else "results.json")
    try:
        if given.otter and not otter.installed():
            otter.install()
        _measure(_plan(given), given.parts or list(PARTS), store)
        results = _read(store)
        folder.mkdir(parents=True, exist_ok=True)
        plots.draw(results, folder)
        (folder / "README.md").write_text(page.page(results), encoding="utf-8")
    except measure.BenchmarkError as error:
        raise SystemExit(f"Error: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit("\nStopped. Parts that were finished are kept; name the others to go on.") from None
    measure.say(f"written: {folder / 'README.md'}; raw numbers: {store}")


def _plan(given: argparse.Namespace) -> parts.Plan:
    plan = QUICK if given.quick else parts.Plan()
    copies = given.copies or plan.copies
    if copies < 4:
        raise measure.BenchmarkError("--copies must be 4 at least: two class sizes are compared.")
    return parts.Plan(copies, given.repeats or plan.repeats, plan.growth, tuple(given.sets or plan.sets),
                      otter.installed())


def _measure(plan: parts.Plan, wanted: list[str], store: Path) -> None:
    """Measure part by part and set by set; each is stored when it is done, and replaces what was there about it."""
    functions = {"ratios": parts.measure_ratios, "waiting": waiting.measure_waiting, "stages": parts.measure_stages,
                 "growth": parts.measure_growth, "replay": replay.measure_replay, "pages": waiting.measure_pages,
                 "checks": parts.measure_checks, "slips": parts.measure_slips}
    parts.warm_up()
    for name, function in functions.items():
        sets = plan.sets[:1] if name in OF_ONE_SET else parts.all_sets() if name in OF_EVERY_SET else plan.sets
        for chosen in sets if name in wanted else ():
            found = function(replace(plan, sets=(chosen,)))
            results = _read(store) if store.exists() else {}
            results |= {"machine": machine.describe(), name: _renewed(results.get(name), found)}
            store.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def _renewed(old: Any, new: Any) -> Any:
    """What was measured before, with what has been measured now in place of what it is about."""
    if isinstance(new, dict):
        return {**(old or {}), **new}
    sets = {row["set"] for row in new}
    return [*(row for row in old or [] if row["set"] not in sets), *new]


def _read(store: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(store.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise measure.BenchmarkError("Nothing has been measured yet: run it without naming a part.") from None


if __name__ == "__main__":
    main()
