"""What people type into one box, and what a value looks like there. The two undo each other."""

import re
from datetime import date
from typing import Any

from frontdoor.domain.canonical import canonical

TYPES = ("text", "number", "yes_no", "nothing")

_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,16})?(e[+-]?[0-9]{1,3})?")


def type_for(kind: str) -> str:
    """Return how a value of a kind is typed unless somebody says otherwise."""
    return {"number": "number", "boolean": "yes_no"}.get(kind, "text")


def type_of(value: Any) -> str:
    """Return how a value is typed."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes_no"
    return "text" if isinstance(value, str) else "number"


def shown(value: Any) -> str:
    """Return a value as it stands in its box."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else canonical(value)


def typed(text: str, sort: str) -> Any:
    """Return the value of what was typed, `sort` being one of TYPES.

    Raises:
        ValueError: what to type instead.
    """
    text = text.strip()
    if sort not in TYPES:
        raise ValueError("Choose what kind of value this is")
    if sort == "nothing":
        return None
    if sort == "number":
        return number(text)
    if sort == "yes_no":
        if text not in ("yes", "no"):
            raise ValueError("Choose yes or no")
        return text == "yes"
    if not text or not text.isprintable():
        raise ValueError("Enter a value, in one line")
    return text


def number(text: str) -> int | float:
    """Return a typed number, a whole one as such.

    Raises:
        ValueError: what to type instead.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("Enter a number, like 2")
    value = float(text)
    if abs(value) > 2**53:
        raise ValueError("Enter a smaller number")
    return int(value) if value.is_integer() else value


def is_day(text: str) -> bool:
    """Return whether a text is a date as rules write it, like 2026-11-23."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
