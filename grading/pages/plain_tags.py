"""The few HTML tags that people write into Markdown, which has no sign for them: H<sub>2</sub>O, <mark>so</mark>."""

from collections.abc import Mapping, Sequence
from html import escape
from re import compile as pattern
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

TAG = pattern(r"<(/?)(b|i|u|s|em|strong|sub|sup|small|mark|kbd)>")
BREAK = pattern(r"<br ?/?>")


def plain_tags(renderer: "MarkdownIt") -> None:
    """A plugin: bare tags of the list are kept where they are closed again; all other HTML is shown as text."""
    renderer.core.ruler.push("plain_tags", _mark_pairs)
    renderer.add_render_rule("html_inline", _inline)
    renderer.add_render_rule("html_block", _block)


def _mark_pairs(state: "StateCore") -> None:
    for token in state.tokens:
        open_ones: list[tuple[str, Token]] = []
        for part in token.children or ():
            found = TAG.fullmatch(part.content) if part.type == "html_inline" else None
            if found and not found[1]:
                open_ones.append((found[2], part))
            elif found and open_ones and open_ones[-1][0] == found[2]:
                part.meta["kept"] = open_ones.pop()[1].meta["kept"] = True


def _inline(self: Any, tokens: "Sequence[Token]", number: int, options: Any, env: Mapping[str, Any]) -> str:
    token = tokens[number]
    if BREAK.fullmatch(token.content):
        return "<br>"
    return token.content if token.meta.get("kept") else escape(token.content)


def _block(self: Any, tokens: "Sequence[Token]", number: int, options: Any, env: Mapping[str, Any]) -> str:
    return f"<p>{escape(tokens[number].content.strip())}</p>\n"
