"""Formulas as MathML, which browsers draw without anybody's help; of what a formula says only that is kept."""

from html import unescape
from xml.etree import ElementTree

LONGEST = 4000  # characters of a formula
DEEPEST = 100  # of its parts within parts
# The converter lets a formula choose links, classes and styles (\href, \class, \style), and passes text on as it is.
ATTRIBUTES = {"accent", "accentunder", "align", "bevelled", "columnalign", "columnlines", "columnspacing", "depth",
              "display", "displaystyle", "fence", "form", "frame", "height", "linebreak", "linethickness", "lspace",
              "mathcolor", "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines",
              "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width", "xmlns"}


def to_mathml(source: str, block: bool) -> str:
    """A formula as MathML, safe to put into a page. Raises whatever the converter does for what it cannot read."""
    from latex2mathml.converter import convert_to_element
    if len(source) > LONGEST:
        raise ValueError("too long for a formula")
    formula = convert_to_element(source.strip(), display="block" if block else "inline")
    _tidy(formula, 0)
    return ElementTree.tostring(formula, encoding="unicode")


def _tidy(element: ElementTree.Element, depth: int) -> None:
    """Signs as themselves, to be escaped with everything else, and no attribute that is not MathML's own."""
    if depth > DEEPEST:
        raise ValueError("too deep for a formula")
    if not (element.tag == "math" or element.tag.startswith("m")) or not element.tag.isalpha():
        raise ValueError(f"not MathML: {element.tag[:40]}")
    element.text, element.tail = unescape(element.text or ""), unescape(element.tail or "")
    for name in set(element.attrib) - ATTRIBUTES:
        del element.attrib[name]
    for part in element:
        _tidy(part, depth + 1)
