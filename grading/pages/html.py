"""HTML pages from templates: everything is escaped, and nothing a student wrote steers a terminal or a browser."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grading.whole_files import write_text

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def write_page(path: Path, template: str, **facts: Any) -> None:
    """Fill in one of the templates and write it."""
    write_text(path, environment_of("grading.pages").get_template(template).render(facts))


@cache
def environment_of(package: str) -> Environment:
    """One for all pages of a package: it keeps the templates, and reading one takes far longer than filling it in."""
    environment = Environment(loader=PackageLoader(package, "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              finalize=_without_controls)
    environment.filters["duration"] = _duration
    environment.filters["markdown"] = _markdown
    return environment


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _markdown(text: str) -> Markup:
    from grading.pages.markdown import to_html
    return to_html(text)


def _without_controls(value: Any) -> Any:
    """Text without control characters, which have no business on a page and steer terminals."""
    return CONTROLS.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value
