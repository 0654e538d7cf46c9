"""Markdown of written answers: drawn without a network, and nothing in it runs."""

import json
import re
from html.parser import HTMLParser

import pytest

from grading.pages.markdown import to_html
from tests.problem_sets import ROOT

HARMLESS = {"p", "em", "strong", "code", "pre", "a", "img", "span", "div", "ul", "ol", "li", "table", "thead", "tbody", "tr",
            "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "blockquote", "s", "sub", "sup", "b", "i", "u", "small", "mark", "kbd"}


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.seen = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html,<script>)",
    "<a href='javascript:alert(1)'>x</a>", "![x](http://elsewhere.example/seen.png)", "![x](file:///etc/passwd)",
    r"$\text{<script>alert(1)</script>}$", r"$\text{&lt;script&gt;alert(1)&lt;/script&gt;}$", r"$\href{javascript:alert(1)}{x}$",
    r"$\style{background:url(http://elsewhere.example)}{x}$", r"$\class{done}{x}$", r'$\color{red" onload="alert(1)}{x}$',
    r"$$\mathrm{<img src=x onerror=alert(1)>}$$", '![" onerror="alert(1)](attachment:a.png)', "[x]: javascript:alert(1)\n\n[x]",
    "$</code><script>alert(1)</script>$", r"$\frac{</code><script>$", "`</code><script>`", "<!-- --><style>*{display:none}</style>",
    "<https://elsewhere.example/\"onclick=alert(1)>", '| a |\n|:-:|\n| <svg onload=alert(1)> |',
]


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_in_an_answer_runs_or_fetches(text):
    for tag, attributes in Tags(to_html(text, {"a.png": {"image/png": "aGVsbG8="}})).seen:
        assert tag in HARMLESS or tag.startswith("m"), tag
        assert not {name for name in attributes if name.startswith("on") or (name == "style" and tag.startswith("m"))}
        assert tag.startswith("m") is False or not {"href", "class"} & set(attributes)
        assert attributes.get("src", "data:image/png;").startswith("data:image/png;")
        assert attributes.get("href", "https:").startswith(("http:", "https:", "mailto:"))


def test_a_formula_becomes_mathml_in_the_line_or_on_its_own():
    assert "<mfrac>" in to_html(r"half: $\frac{1}{2}$") and 'display="inline"' in to_html("$x$")
    assert 'display="block"' in to_html("$$\nx^2\n$$") and 'display="block"' in to_html("so $$x^2$$ it is")
    assert "<mo>&lt;</mo>" in to_html("$a < b$") and "∂" in to_html(r"$\partial$")


def test_an_environment_without_dollars_is_a_formula_as_in_jupyterlab():
    assert "<mtable" in to_html("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}")
    both = to_html("$$\n\\begin{align}\na &= b\n\\end{align}\n$$")
    assert both.count("<mtable") == 1 and "$$" not in both


@pytest.mark.parametrize("formula", [r"\begin{matrix} 1", "{" * 2000, r"\frac" * 500, "x^" * 1000, r"\begin{matrix}" * 100, "x" * 9000, ""])
def test_what_is_no_formula_is_shown_as_it_was_written(formula):
    html = to_html(f"before ${formula}$ after")
    assert "before" in html and "after" in html and "<math" not in html and formula[:1000] in html


def test_money_is_no_formula():
    assert "<math" not in to_html("it costs $5 and $6") and "$5 and $6" in to_html("it costs $5 and $6")


def test_a_picture_that_came_with_the_answer_is_shown_and_no_other():
    pictures = {"sketch.png": {"image/png": "aGVs\nbG8="}}
    assert '<img src="data:image/png;base64,aGVsbG8=" alt="my sketch">' in to_html("![my sketch](attachment:sketch.png)", pictures)
    for source in ("attachment:other.png", "https://elsewhere.example/a.png"):
        assert "[a picture that is not in the notebook: it]" in to_html(f"![it]({source})", pictures)


def test_text_that_turns_round_is_turned_back():
    assert "\u202e" not in to_html("a\u202eb") and "\x1b" not in to_html("a\x1b[31mb")


def test_every_formula_of_the_courses_own_texts_can_be_drawn():
    """The questions, the rubrics and the model answers stand beside what students wrote."""
    cells = [cell for path in sorted((ROOT / "source").glob("*/*.ipynb")) for cell in json.loads(path.read_text())["cells"]]
    pages = [to_html("".join(cell["source"])) for cell in cells if cell["cell_type"] == "markdown"]
    assert sum(page.count("<math") for page in pages) > 800
    assert not [found for page in pages for found in re.findall(r'<code class="no-formula">.*?</code>', page, re.S)]


@pytest.mark.parametrize(("text", "shown"), [
    ("H<sub>2</sub>O", "H<sub>2</sub>O"), ("x<sup>2</sup> <b>bold <i>both</i></b>", "x<sup>2</sup> <b>bold <i>both</i></b>"),
    ("one<br>two<br/>", "one<br>two<br>"), ("<sub>never closed", "&lt;sub&gt;never closed"), ("no</b> opening", "no&lt;/b&gt; opening"),
    ("<b onclick=x>b</b>", "&lt;b onclick=x&gt;b&lt;/b&gt;"), ("`<b>code</b>`", "<code>&lt;b&gt;code&lt;/b&gt;</code>"),
    ("<div>a block</div>", "&lt;div&gt;a block&lt;/div&gt;")])
def test_plain_tags_that_are_closed_are_kept_and_all_other_html_is_text(text, shown):
    assert shown in to_html(text)
