"""From the boxes of a form's entry to what it holds, and back: the two undo each other."""

import re
from collections.abc import Mapping
from typing import Any

from frontdoor.domain import boxes
from frontdoor.domain.boxes import MISSING, Box, Fields, Reading
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.design.places import Document, Place, sort_of
from frontdoor.domain.forms.design.properties import ALWAYS, boxes_of
from frontdoor.domain.forms.partial_dates import day

_TODAY = re.compile(r"today\s*(?:([+-])\s*([0-9]{1,5})\s*(?:days?)?)?", re.IGNORECASE)
_COUNTED = re.compile(r"as_of(?:([+-])([0-9]{1,5})d)?")


def read_entry(document: Document, place: Place, fields: Fields, held: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entry at a place as its boxes have it. Errors: `AnswersRejected` with a problem for each box."""
    asked = boxes_of(document, place, held)
    if sort_of(place) != "question":
        return boxes.read(asked, _Reading(fields, held))
    reading = _Reading(fields, held)
    made = boxes.read([box for box in asked if box.sort != "needed"], reading)
    if any(box.sort == "needed" for box in asked):
        _set_needed(made, "".join(fields.get("ui/needed", ())[:1]).strip())
    return made


def fields_of(document: Document, place: Place, held: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the boxes of an entry as its form shows them; empty boxes are left out."""
    found = boxes.fields_of(boxes_of(document, place, held), held, _shown)
    if sort_of(place) == "question":
        ui = held.get("ui", {})
        needed = ALWAYS if ui.get("required") else ui.get("required_if", "")
        found |= {"ui/needed": (needed,)} if needed else {}
    return found


def _set_needed(made: dict[str, Any], needed: str) -> None:
    made["ui"].pop("required", None)
    made["ui"].pop("required_if", None)
    if needed == ALWAYS:
        made["ui"]["required"] = True
    elif needed:
        made["ui"]["required_if"] = needed


def _shown(box: Box, value: Any) -> dict[str, tuple[str, ...]]:
    if box.sort != "limit":
        return boxes.shown_in(box, value)
    counted = _COUNTED.fullmatch(str(value))
    if not counted:
        return {box.name: (str(value),)}
    return {box.name: (f"today {counted[1]} {counted[2]} days" if counted[1] else "today",)}


class _Reading(Reading):
    """Knows limits of dates, and the types of answers."""

    def one(self, box: Box) -> Any:
        """Return what a box says; a type that is not said is the first that the question can have."""
        found = super().one(box)
        if box.name == "type" and found is MISSING:
            return self.old.get("type", MISSING)
        return found

    def read(self, box: Box, texts: list[str]) -> Any:
        """Return the value of what was typed."""
        if box.sort == "limit" and len(texts) == 1:
            return _limit(texts[0])
        value = super().read(box, texts)
        if box.name == "maxLength" and not 1 <= value <= 20_000:
            raise ValueError("Enter a whole number from 1 to 20,000")
        if box.name in ("ui/min_items", "minLength") and value < 0:
            raise ValueError("Enter a whole number from 0 up")
        if box.name == "ui/max_items" and not 1 <= value <= 200:
            raise ValueError("Enter a whole number from 1 to 200")
        if box.name == "ui/rows" and not 1 <= value <= 40:
            raise ValueError("Enter a whole number from 1 to 40")
        if box.name == "pattern":
            _pattern(value)
        return value


def _pattern(text: str) -> None:
    try:
        validators.compiled({"type": "string", "pattern": text})
    except ValueError:
        raise ValueError("Write the pattern without look-around and back-references") from None


def _limit(text: str) -> str:
    counted = _TODAY.fullmatch(text.strip())
    if counted:
        return f"as_of{counted[1]}{int(counted[2])}d" if counted[1] else "as_of"
    if day(text) is None:
        raise ValueError("Enter a date like 2026-01-31, or today, or today + 294 days")
    return text
