"""Themes: contrast, duty numbers, and letters that compile in the sandbox."""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.delivery import letters
from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem
from frontdoor.services.checks.names import Names

CONTRAST = 4.5
PAIRS = (("accent_text", "accent"), ("accent_text", "accent_dark"), ("link", ""))


def check(names: Names) -> Iterator[Problem]:
    """Yield every problem of the theme documents."""
    themes = names.tree.get("themes", {})
    yield from _contrast(themes.get("theme", {}).get("colours", {}))
    if "authority" in names.tree.get("owner", {}):
        yield from _of_authority(themes)
    for name, document in themes.items():
        if name.startswith("letters/"):
            yield from _letter(name, document)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines it; each is written #rrggbb."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _contrast(colours: Mapping[str, str]) -> Iterator[Problem]:
    for words, ground in PAIRS:
        if words not in colours or (ground and ground not in colours):
            continue
        found = contrast(colours[words], colours[ground] if ground else "#ffffff")
        if found < CONTRAST:
            on = f"`{ground}`" if ground else "white"
            message = f"`{words}` on {on} stands out {found:.2f} to 1: choose colours that reach {CONTRAST} to 1"
            yield Problem(f"/themes/theme/colours/{words}", "contrast", message)


def _of_authority(themes: Mapping[str, Any]) -> Iterator[Problem]:
    duty = themes.get("notices", {}).get("duty", {})
    for key in ("emergency", "in_hours", "out_of_hours"):
        if key not in duty:
            message = f"Add `duty` `{key}`: a safeguarding page shows it before anything else"
            yield Problem("/themes/notices", "no_duty_number", message)
    for key in ("privacy", "accessibility"):
        if key not in themes.get("notices", {}):
            yield Problem("/themes/notices", "no_notice", f"Add `{key}`: people have to be told")
    if "theme" not in themes:
        yield Problem("", "no_theme", "Add theme.json: the name, colours and typeface of the pages")


def _letter(name: str, document: Mapping[str, Any]) -> Iterator[Problem]:
    for part in ("subject", "body"):
        for language, words in document.get(part, {}).items():
            for found in letters.check(str(words)):
                yield Problem(f"{pointer(('themes', name))}/{part}/{language}", found.code, found.message)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
