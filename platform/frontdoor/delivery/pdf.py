"""Printouts as PDF: the only file that knows xhtml2pdf.

It reads the fonts that came with the build, by name, and nothing else: no other file, no address, whatever a document
holds. What it makes has no tags, so each says on its first page where the accessible page is. One is made at a time in
a process; xhtml2pdf keeps its fonts in module globals.
"""

import base64
import io
import logging
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import RenderLimitError, ResourceAccessPolicy

from frontdoor.delivery import layout
from frontdoor.delivery.layout import Sheet
from frontdoor.domain.drawing import cleaned
from frontdoor.domain.errors import DocumentRejected
from frontdoor.domain.printout import Printout, TooLongToPrint

_SECONDS = 30
_TYPEFACES = ("AtkinsonHyperlegibleNext_400Regular.ttf", "NotoSans_400Regular.ttf")
_MISSING = "\ufffd"
_TAG = re.compile(r"(<[^>]*>)")
_BEYOND = re.compile(r"[^\x00-\x7f]")
for _name in ("xhtml2pdf", "svglib", "reportlab"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # they log what they set, and people are in that


def made(printout: Printout, sheet: Sheet, *, fonts: Path, original: str) -> bytes:
    """Return the printout as PDF. `original` is the address of the same document as a page.

    Errors: `TooLongToPrint` for more than a PDF may hold or than can be set in time.
    """
    printout.must_fit()

    try:
        return _with_logo(printout, sheet, fonts, original)
    except (ArithmeticError, ValueError, LookupError):
        # A drawing that is well formed and cannot be drawn, such as one without a size.
        if not sheet.logo:
            raise
        return _with_logo(printout, replace(sheet, logo=""), fonts, original)


def _with_logo(printout: Printout, sheet: Sheet, fonts: Path, original: str) -> bytes:
    logo = _address(sheet.logo)
    markup, whole = _legible(layout.paper(printout, sheet, original=original, logo=logo), fonts)
    if not whole:
        markup, _ = _legible(layout.paper(printout, sheet, original=original, logo=logo, no_letters=True), fonts)
    return rendered(markup, fonts)


def rendered(markup: str, fonts: Path) -> bytes:
    """Return HTML as PDF, with the fonts of a folder and nothing else from anywhere."""
    policy = ResourceAccessPolicy.server(fonts, allow_remote=False, max_render_seconds=_SECONDS)
    out = io.BytesIO()
    try:
        pisa.CreatePDF(markup, out, path=str(fonts / "sheet.html"), resource_policy=policy)
    except RenderLimitError:
        message = "This takes too long as a PDF. Read it as a page, or print the page from your browser."
        raise TooLongToPrint(message) from None
    return out.getvalue()


def _address(drawing: str) -> str:
    """Return a logo as an address that holds it; one that cannot be used is left out."""
    try:
        return f"data:image/svg+xml;base64,{base64.b64encode(cleaned(drawing).encode()).decode()}" if drawing else ""
    except DocumentRejected:
        return ""


def _legible(markup: str, fonts: Path) -> tuple[str, bool]:
    """Return a document whose letters are all in some embedded typeface, and whether every one is.

    A letter that a typeface lacks vanishes without a word: what the first lacks is set in the second, and what both
    lack is shown to be missing.
    """
    known, other = (_letters(fonts / name) for name in _TYPEFACES)
    head, start, body = unicodedata.normalize("NFC", markup).partition("<body>")
    missing: set[str] = set()

    def set_in_other(run: re.Match[str]) -> str:
        missing.update(letter for letter in run[0] if ord(letter) not in other)
        shown = "".join(letter if ord(letter) in other else _MISSING for letter in run[0])
        return f'<span class="other">{shown}</span>'

    def words(text: str) -> str:
        return _BEYOND.sub(lambda run: run[0] if all(ord(one) in known for one in run[0]) else set_in_other(run), text)

    parts = _TAG.split(body)
    body = "".join(part if part.startswith("<") else words(part) for part in parts)
    return head + start + body, not missing


@lru_cache(maxsize=8)
def _letters(font: Path) -> frozenset[int]:
    return frozenset(TTFont(font.stem, str(font)).face.charToGlyph)
