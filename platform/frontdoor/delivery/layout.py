"""Printouts as HTML: the page, which is the original, and the sheet that becomes a PDF, from one template."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from frontdoor.domain.printout import Printout
from frontdoor.domain.text import Text, like, say

_WORDS: dict[str, Text] = {
    "reference": {"en": "Reference", "cy": "Cyfeirnod"},
    "untagged": {
        "en": "This PDF has no tags for screen readers. The original is an accessible page with the same words:",
        "cy": "Nid oes tagiau darllenydd sgrin yn y PDF hwn. Tudalen hygyrch â\u2019r un geiriau yw\u2019r gwreiddiol:",
    },
    "no_letters": {
        "en": "Some letters cannot be printed here and are shown as \ufffd. The page shows them.",
        "cy": "Ni ellir argraffu rhai llythrennau yma; dangosir \ufffd. Mae\u2019r dudalen yn eu dangos.",
    },
    "page": {"en": "Page", "cy": "Tudalen"},
    "of": {"en": "of", "cy": "o"},
    "signatures": {"en": "Signatures", "cy": "Llofnodion"},
    "name": {"en": "Name", "cy": "Enw"},
    "signature": {"en": "Signature", "cy": "Llofnod"},
    "date": {"en": "Date", "cy": "Dyddiad"},
}


@dataclass(frozen=True)
class Sheet:
    """What an authority's theme adds to each page of a PDF: colours as #rrggbb, words, and a drawing as SVG text."""

    accent: str = "#1d3f58"
    link: str = "#1d4f9c"
    header: str = ""
    footer: str = ""
    logo: str = ""


def page(printout: Printout, *, level: int = 1) -> str:
    """Return the printout as HTML to stand in a page; everything that a person wrote in it is escaped.

    `level` is that of its title's heading, more than 1 where the page has a title of its own and the printout no parts.
    """
    return _template("printout.html").render(_given(printout), level=level, paper=False, original="", no_letters=False)


def paper(printout: Printout, sheet: Sheet, *, original: str, logo: str, no_letters: bool = False) -> str:
    """Return the whole document that becomes a PDF.

    `logo` is its address for xhtml2pdf, `""` for none; `no_letters` says that some letters cannot be printed.
    """
    return _template("paper.html").render(
        _given(printout), level=1, paper=True, original=original, sheet=sheet, logo=logo, no_letters=no_letters
    )


def _given(printout: Printout) -> dict[str, object]:
    return {"printout": printout, "words": {key: say(text, printout.language) for key, text in _WORDS.items()}}


def _lines(text: str) -> list[str]:
    return [like(text, line) for line in text.split("\n")]


@cache
def _template(name: str) -> Template:
    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters.update(lines=_lines, plain=str)
    return environment.get_template(name)
