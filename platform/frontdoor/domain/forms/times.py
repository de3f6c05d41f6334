"""Times of day: kept as `15:30`, typed as people type them: `3.30pm`, `1530`, `noon`.

The grammar is one regular expression, so that the published schema says the same as the server.
"""

import re

_HOUR, _MINUTES = "(?:[01]?[0-9]|2[0-3])", "[0-5][0-9]"
_GAP = "[ \u00a0\u202f]?"
_HALF = r"(?:[Aa]\.?[Mm]\.?|[Pp]\.?[Mm]\.?|[Yy][BbPp])"  # Welsh: yb (y bore), yp (y prynhawn)
TYPED = (
    f"(?:{_HOUR}[:.]{_MINUTES}|(?:[01][0-9]|2[0-3]){_MINUTES}"
    f"|(?:0?[1-9]|1[0-2])(?:[:.]?{_MINUTES})?{_GAP}{_HALF}"
    "|[Nn]oon|[Mm]idday|[Mm]idnight|[Hh]anner dydd|[Hh]anner nos)"
)
_WHOLE = re.compile(TYPED)
_STORED = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_NAMED = {"noon": "12:00", "midday": "12:00", "hanner dydd": "12:00", "midnight": "00:00", "hanner nos": "00:00"}


def is_time(text: str) -> bool:
    """Return whether a text is a time of day, as it is kept or as it may be typed."""
    return _WHOLE.fullmatch(text) is not None


def stored(text: str) -> str:
    """Return a time as it is kept, in 24 hours: `3.30pm` is `15:30`; unchanged when it is none."""
    if _STORED.fullmatch(text) or not is_time(text):
        return text
    lowered = text.lower()
    if lowered in _NAMED:
        return _NAMED[lowered]
    figures = "".join(symbol for symbol in lowered if symbol.isdigit())
    hour, minutes = (int(figures), 0) if len(figures) <= 2 else (int(figures[:-2]), int(figures[-2:]))
    afternoon, morning = "p" in lowered, "a" in lowered or "yb" in lowered
    if afternoon or morning:
        hour = hour % 12 + (12 if afternoon else 0)
    return f"{hour:02}:{minutes:02}"


def shown(text: str, language: str = "en") -> str:
    """Return a kept time as people read it: `3.30pm`, `9am`; in Welsh in 24 hours, `15:30`."""
    if not _STORED.fullmatch(text) or language == "cy":
        return text
    hour, minutes = int(text[:2]), text[3:]
    half = "am" if hour < 12 else "pm"
    return f"{hour % 12 or 12}{'' if minutes == '00' else '.' + minutes}{half}"
