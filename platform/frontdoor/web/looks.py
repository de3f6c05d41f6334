"""An authority's colours and logo as files that a browser loads, made from its theme document."""

import re

from frontdoor.domain.programme import Programme

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NAMES = ("accent", "accent_text", "accent_dark", "focus", "link")


def stylesheet(programme: Programme) -> str:
    """Return the theme's colours as custom properties; a value that is no colour is left out."""
    colours = programme.theme.get("colours", {})
    lines = [
        f"--fd-{name.replace('_', '-')}:{colours[name]};"
        for name in _NAMES
        if _COLOUR.fullmatch(str(colours.get(name, "")))
    ]
    if programme.theme.get("font") == "system":
        lines.append("--frontdoor-font:system-ui,sans-serif;")
    return f":root{{{''.join(lines)}}}\n"


def logo(programme: Programme) -> str | None:
    """Return the authority's logo as SVG text, `None` where it has none."""
    drawing = programme.tree.get("logo", {}).get("svg")
    return drawing if isinstance(drawing, str) else None
