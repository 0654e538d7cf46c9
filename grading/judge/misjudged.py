"""An answer that is itself a test, and takes some implementations for what they are not. Pure."""

from grading.judge.evidence import Evidence, Named
from grading.probes.implementations import implementation_among

LISTED = 3  # ideas in a sentence


def misjudged(evidence: Evidence) -> Named | None:
    """Right implementations that are rejected, or else the ideas of wrong ones that get through."""
    name, catches = evidence.probe.id, evidence.probe.catches
    if not catches:
        return None
    rejected, through = 0, dict.fromkeys(catches.slips, False)
    for case, got in zip(evidence.cases, evidence.given, strict=True):
        implementation = implementation_among(case.inputs)
        value = got.leaves["out"].value if list(got.leaves) == ["out"] else None
        says = value is not None and value.ndim == 0 and bool(value)
        if implementation and implementation.right:
            if got.error:
                return None  # what stopped it is said
            rejected += not says
        elif says and case.group in through:
            through[case.group] = True
    if rejected:
        return Named("rejects_right_ones", f"`{name}` does not say True of some implementations that are right. Two "
                                           "right ways to a number may differ in its last digits, and what you compare "
                                           "with has to be right wherever you look.")
    ideas = [catches.slips[slip] for slip in through if through[slip]]
    if not ideas:
        return None
    return Named("lets_some_through", f"`{name}` says True of {'; of '.join(ideas[:LISTED])}"
                                      f"{'; and of others' if ideas[LISTED:] else ''}. For which arguments would that "
                                      "show?")
