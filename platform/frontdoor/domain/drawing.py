"""A logo as it may be kept and shown: an SVG rebuilt from what is known to be harmless, and nothing else of it.

Nothing in it runs, loads or names anything outside itself: no script, style sheet, link, font, entity or address.
"""

from collections.abc import Mapping
from html import escape
from xml.parsers import expat

from frontdoor.domain.errors import DocumentRejected, Problem

LARGEST = 100_000  # octets
_DEEPEST = 30
_MOST = 3_000  # elements
_NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset({
    "svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "clipPath",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "dx", "dy", "width", "height",
    "viewBox", "preserveAspectRatio", "points", "transform", "fill", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "fill-rule", "clip-rule",
    "clip-path", "opacity", "fill-opacity", "stroke-opacity", "stop-color", "stop-opacity", "offset", "gradientUnits",
    "gradientTransform", "spreadMethod", "clipPathUnits", "font-size", "font-weight", "text-anchor", "role",
    "aria-label", "aria-hidden",
})  # fmt: skip


def cleaned(text: str) -> str:
    """Return the drawing with only what a logo needs. `DocumentRejected` for what is no SVG, too large or too deep."""
    if len(text.encode()) > LARGEST:
        raise _refused("too_large", f"Choose a logo of at most {LARGEST // 1000} kB")
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.starts
    parser.EndElementHandler = reading.ends
    parser.CharacterDataHandler = reading.says
    parser.StartDoctypeDeclHandler = reading.declares
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}"
        raise _refused("no_svg", f"This is no SVG that can be read: see {where} of the file") from None
    if not reading.written:
        raise _refused("no_svg", "Choose a file whose outermost element is svg")
    return "".join(reading.written)


class _Reading:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.depth = 0
        self.skipped = 0  # how deep we are inside something that is left out
        self.count = 0

    def declares(self, *_: object) -> None:
        raise _refused("doctype", "Save the logo without a document type: it may name other files")

    def starts(self, name: str, attributes: Mapping[str, str]) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > _DEEPEST or self.count > _MOST:
            raise _refused("too_large", "Choose a simpler logo: this one has too many parts")
        namespace, _, local = name.rpartition(" ")
        known = local in _ELEMENTS and namespace in (_NAMESPACE, "")
        if self.skipped or not known or (self.depth == 1 and local != "svg"):
            self.skipped += 1
            return
        own = f' xmlns="{_NAMESPACE}"' if self.depth == 1 else ""
        kept = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if _is_harmless(key, value))
        self.written.append(f"<{local}{own}{kept}>")

    def ends(self, name: str) -> None:
        self.depth -= 1
        if self.skipped:
            self.skipped -= 1
        else:
            self.written.append(f"</{name.rpartition(' ')[2]}>")

    def says(self, text: str) -> None:
        if not self.skipped and self.written:
            self.written.append(escape(text))


def _is_harmless(name: str, value: str) -> bool:
    """Return whether an attribute is known and names nothing but a part of the same drawing: url(#id)."""
    if name not in _ATTRIBUTES or "\\" in value:
        return False
    plain = value.casefold().replace(" ", "")
    calls = plain.startswith(("url(#", "rgb(")) and plain.count("(") == 1
    return "(" not in plain or calls or name in ("transform", "gradientTransform")


def _refused(code: str, message: str) -> DocumentRejected:
    return DocumentRejected("This logo cannot be used", problems=[Problem("/logo", code, message)])
