"""Markdown with formulas and pictures as HTML that needs no network, and that runs nothing in a reader's browser.

HTML in the text is shown as text but for a few plain tags, links go to the web only, and of pictures those are shown
that come with the answer.
Formulas become MathML, which browsers draw themselves; what is no formula that we can read is shown as it was written.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from markupsafe import Markup

from grading.pages.html import CONTROLS
from grading.pages.mathml import to_mathml
from grading.pages.plain_tags import plain_tags

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PNG = re.compile(r"[A-Za-z0-9+/=\s]+")
# Characters that turn the direction of what follows: a text could show other words than it has.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# JupyterLab takes an environment of LaTeX's that stands between no $$ for a formula, too.
ENVIRONMENT = re.compile(r"\$\$.*?\$\$|^\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.M | re.S)


def to_html(text: str, pictures: Mapping[str, Any] | None = None) -> Markup:
    """The HTML of a Markdown text; `pictures` are its attachments (name → type → base64)."""
    text = TURNS.sub("", CONTROLS.sub("", text.replace("\r\n", "\n")))
    text = ENVIRONMENT.sub(lambda found: f"$$\n{found[0]}\n$$" if found[1] else found[0], text)
    return Markup(_renderer().render(text, {"pictures": pictures or {}}))


@pass_context
def of_a_cell(context: Mapping[str, Any], text: str) -> str:
    """The same for nbgrader's templates (formgrader, generate_feedback), which have the cell beside its text.

    Theirs put a student's HTML into the page as it is, where a script would act with the rights of whoever grades.
    """
    return str(to_html(text, context.get("cell", {}).get("attachments")))


@cache
def _renderer() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    renderer.use(dollarmath_plugin, allow_labels=False, allow_digits=False, double_inline=True, renderer=_formula)
    renderer.use(plain_tags)
    for name, rule in (("image", _image), ("link_open", _link)):
        renderer.add_render_rule(name, rule)
    return renderer


def _formula(source: str, options: Mapping[str, Any]) -> str:
    """MathML of a formula; its source where it is none."""
    block = bool(options.get("display_mode"))
    try:
        return to_mathml(source, block)
    except Exception:  # a converter of formulas that students typed by hand: anything may be wrong with one
        dollars = "$$" if block else "$"
        return f'<code class="no-formula">{escape(dollars + source + dollars)}</code>'


def _image(self: Any, tokens: Sequence[Any], number: int, options: Any, env: Mapping[str, Any]) -> str:
    """A picture that came with the answer; one that would have to be fetched from somewhere is not."""
    token = tokens[number]
    source, words = str(token.attrs.get("src", "")), escape(token.content or "a picture in the answer")
    of_type = env["pictures"].get(source.removeprefix("attachment:"), {}) if source.startswith("attachment:") else {}
    encoded = of_type.get("image/png", "")
    encoded = "".join(encoded) if isinstance(encoded, list) else encoded
    if isinstance(encoded, str) and PNG.fullmatch(encoded):
        return f'<img src="data:image/png;base64,{"".join(encoded.split())}" alt="{words}">'
    return f'<span class="no-picture">[a picture that is not in the notebook: {words}]</span>'


def _link(self: Any, tokens: Sequence[Any], number: int, options: Any, env: Mapping[str, Any]) -> str:
    """A link that opens beside the page and tells nobody where it came from."""
    href = str(tokens[number].attrs.get("href", ""))
    if not href.startswith(("http://", "https://", "mailto:")):
        return "<a>"
    return f'<a href="{escape(href)}" target="_blank" rel="noopener noreferrer nofollow">'
