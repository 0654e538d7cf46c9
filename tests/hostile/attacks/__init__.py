"""All attacks, by category. SAMPLE fits the published sample of bad submissions to this course, OWN goes beyond it."""

from dataclasses import replace
from types import ModuleType

from tests.hostile.attack import BOTH, Attack
from tests.hostile.attacks import damaging, exhausting, forging, honest, leaking, outlasting, reading, tampering
from tests.malformed import mutations

CATEGORIES: dict[str, ModuleType] = {
    "tampering": tampering, "reading": reading, "forging": forging, "outlasting": outlasting, "exhausting": exhausting,
    "damaging": damaging, "leaking": leaking, "honest": honest, "malformed": mutations,
}
BY_CATEGORY: dict[str, list[Attack]] = {
    category: [*(replace(attack, sets=BOTH) for attack in module.SAMPLE), *module.OWN] for category, module in CATEGORIES.items()}
ATTACKS: dict[str, Attack] = {attack.name: attack for attacks in BY_CATEGORY.values() for attack in attacks}


def of_category(category: str) -> list[tuple[str, str]]:
    """(problem set, attack's name) of every submission of a category."""
    return [(problem_set, attack.name) for attack in BY_CATEGORY[category] for problem_set in attack.sets]
