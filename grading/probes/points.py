"""Points that look at nothing: refused when a problem set is loaded, for they would be given to everybody."""

from collections.abc import Iterable

import numpy as np

from grading.probes.model import Probe
from helpers.wire import flatten


def refuse_points_of_nothing(probe: Probe) -> None:
    """Raise ValueError where a point's `group` has no cases, or its `part` is none of the reference's leaves there."""
    for point in probe.points:
        if point.group not in probe.cases:
            raise ValueError(f"{probe.id}: the point {point.name!r} is for the group {point.group!r}, which has no "
                             f"cases; there are {_listed(probe.cases)}.")
        if point.part and point.part not in (leaves := _leaves(probe, point.group)):
            raise ValueError(f"{probe.id}: the point {point.name!r} looks at the part {point.part!r}, which the "
                             f"reference does not give; there are {_listed(leaves)}. Parts of a tuple are numbered: "
                             "'0', '1'.")


def _leaves(probe: Probe, group: str) -> list[str]:
    inputs = probe.cases[group].drawn(0, np.random.default_rng(0))
    with np.errstate(all="ignore"):
        value = probe.use(probe.reference, *inputs.values()) if probe.use else probe.reference(*inputs.values())
        if probe.observe:
            parts = {leaf.name: leaf.value for leaf in flatten("out", value)}
            value = probe.observe(inputs, parts.get("out", {name.removeprefix("out."): part
                                                            for name, part in parts.items()}))
    return [leaf.name.removeprefix("out").removeprefix(".") for leaf in flatten("out", value)]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names if name) or "none, it is one value"
