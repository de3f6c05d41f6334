"""A change as it would look: each letter in each language for a family that does not exist, and the theme's colours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from frontdoor.delivery import layout, letters, pdf
from frontdoor.delivery.layout import Sheet
from frontdoor.domain.access import Viewer
from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import DocumentRejected, NotFound
from frontdoor.domain.printout import Part, Printout, Words
from frontdoor.domain.programme import Programme
from frontdoor.domain.text import say
from frontdoor.services.checks.themes import contrast
from frontdoor.services.print_record import sheet
from frontdoor.services.proposed import draft_of, ground
from frontdoor.store import changes

_NOBODY = "TEST-0000-0000-0"  # the reference of the family that does not exist


@dataclass(frozen=True)
class Shown:
    """One letter in one language: as a page, or what stands against it."""

    name: str
    title: str
    language: str
    html: str
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """What a change would look like. `sample` is a drawing of the colours at work, `contrasts` tell them in numbers."""

    change: Change
    programme: Programme
    sample: str
    contrasts: Mapping[str, float]
    letters: tuple[Shown, ...]


def look(
    viewer: Viewer, change_id: str, *, at: datetime, language: str, typed: tuple[str, Any] | None = None
) -> Preview:
    """Return a change as it would look, with a value that is typed and not kept yet: (pointer, value)."""
    change, programme = _draft(viewer, change_id, typed, at)
    colours = programme.theme.get("colours", {})
    pairs = {"accent": ("accent_text", "accent"), "accent_dark": ("accent_text", "accent_dark"), "link": ("link", "")}
    return Preview(
        change,
        programme,
        _sample(programme, language),
        {
            key: round(contrast(colours[words], colours[back] if back else "#ffffff"), 1)
            for key, (words, back) in pairs.items()
            if words in colours and (not back or back in colours)
        },
        tuple(_letters(programme, language)),
    )


def letter_pdf(
    viewer: Viewer, change_id: str, name: str, language: str, *, at: datetime, fonts: Path, original: str
) -> bytes:
    """Return one letter of a change as PDF for the family of nobody; `""` is the first. Errors: `NotFound`."""
    _, programme = _draft(viewer, change_id, None, at)
    name = name or min(programme.letters, default="")
    if name not in programme.letters or language not in _languages(programme, name):
        raise NotFound("This programme has no such letter. Choose one of those shown.")
    return pdf.made(_printout(programme, name, language), sheet(programme, language), fonts=fonts, original=original)


def _draft(viewer: Viewer, change_id: str, typed: tuple[str, Any] | None, at: datetime) -> tuple[Change, Programme]:
    change = changes.get(viewer, change_id)
    more = (Edit(typed[0], None, typed[1], "", viewer.account, viewer.name, at),) if typed else ()
    tree = draft_of(ground(change, at=at), (*change.edits, *more))
    made = Programme.from_tree(tree, authority=change.authority, programme=change.programme, number=0, digest="")
    return change, made


def _letters(programme: Programme, reading: str) -> Iterator[Shown]:
    for name, letter in sorted(programme.letters.items()):
        for language in _languages(programme, name):
            title = say(letter.title, reading)
            try:
                yield Shown(name, title, language, layout.page(_printout(programme, name, language), level=2))
            except DocumentRejected as rejected:
                problem = rejected.problems[0].message if rejected.problems else rejected.message
                yield Shown(name, title, language, "", problem)


def _languages(programme: Programme, name: str) -> list[str]:
    letter = programme.letters[name]
    return sorted(set(letter.subject) & set(letter.body), key=lambda one: (one != "en", one))


def _printout(programme: Programme, name: str, language: str) -> Printout:
    reference = f"{programme.reference_prefix}-{_NOBODY}"
    text = letters.render(programme, programme.letters[name], reference=reference, language=language)
    paragraphs = tuple(one.strip() for one in text.body.split("\n\n") if one.strip())
    authority = say(programme.authority_title, language)
    return Printout(text.subject, reference, language, authority, (Part("", (Words(paragraphs),)),))


def _sample(programme: Programme, language: str) -> str:
    """Return the theme at work as SVG: its header on the accent, a button, a link."""
    looks: Sheet = sheet(programme, language)
    colours = programme.theme.get("colours", {})
    words, dark = (escape(str(colours.get(key, "#ffffff"))) for key in ("accent_text", "accent_dark"))
    header = escape(str(looks.header))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 150" font-family="sans-serif" font-size="18">'
        '<rect width="480" height="150" fill="#ffffff"/>'
        f'<rect width="480" height="52" fill="{looks.accent}"/><text x="16" y="33" fill="{words}">{header}</text>'
        f'<rect x="16" y="72" width="130" height="44" rx="4" fill="{dark}"/>'
        f'<text x="34" y="100" fill="{words}">Aa Ŵŵ</text>'
        f'<text x="176" y="100" fill="{looks.link}" text-decoration="underline">Aa Ŵŵ Ŷŷ</text></svg>'
    )
