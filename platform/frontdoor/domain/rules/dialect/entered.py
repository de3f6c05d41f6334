"""From boxes to what an entry of a rule set holds, and back: the two undo each other."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.boxes import MISSING, Fields, Reading, read, shown_in
from frontdoor.domain.boxes import fields_of as boxes_of
from frontdoor.domain.proposing import CODE
from frontdoor.domain.rules.dialect.boxes import BOXES, Box
from frontdoor.domain.rules.dialect.reading import PATH
from frontdoor.domain.typed import type_for, typed

__all__ = ["KEPT", "Fields", "fields_of", "read_boxes"]

KEPT = "*kept"  # an argument that no box can show; it stays as it is
_TYPES = {"integer": "number", "list": "string"}


def read_boxes(sort: str, fields: Fields, old: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of a sort as the boxes have it; what `old` holds beside its boxes stays.

    Errors: `AnswersRejected` with a problem for each box, `/label.en`.
    """
    return read(BOXES[sort], _Reading(fields, old))


def fields_of(sort: str, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the boxes of an entry as its form shows them; empty boxes are left out."""
    return boxes_of(BOXES[sort], entry, _shown)


def _shown(box: Box, value: Any) -> dict[str, tuple[str, ...]]:
    return _shown_argument(box.name, value) if box.sort == "argument" else shown_in(box, value)


def _shown_argument(name: str, value: Any) -> dict[str, tuple[str, ...]]:
    match value:
        case {"clock": str(clock)} if len(value) == 1:
            return {f"{name}.clock": (clock,)}
        case {"var": str(path)} if len(value) == 1:
            return {name: (path,)}
    return {name: (KEPT,)}


class _Reading(Reading):
    """Knows values of the entry's own type, and what is printed after a reason code."""

    def one(self, box: Box) -> Any:
        return self.argument(box) if box.sort == "argument" else super().one(box)

    def read(self, box: Box, texts: list[str]) -> Any:
        kind = str(self.entry.get("type", "string"))
        sort = type_for(_TYPES.get(kind, kind))
        if box.sort == "values" or (box.sort == "typed" and kind == "list"):
            return [typed(text, sort) for text in dict.fromkeys(texts)]
        if box.sort == "typed" and len(texts) == 1:
            return _whole(typed(texts[0], sort), kind)
        if box.sort == "typed":
            raise ValueError("Fill this in on one line")
        return super().read(box, texts)

    def argument(self, box: Box) -> Any:
        path = "".join(self.fields.get(box.name, ())[:1]).strip()
        clock = "".join(self.fields.get(f"{box.name}.clock", ())[:1]).strip()
        if path == KEPT:
            return self.old.get(box.name, MISSING)
        if path and clock:
            return self.wrong(box.name, "Choose either a name or a clock")
        if clock and not CODE.fullmatch(clock):
            return self.wrong(f"{box.name}.clock", "Choose a clock")
        if path and not PATH.fullmatch(path):
            return self.wrong(box.name, "Choose what is printed after the reason code")
        return {"clock": clock} if clock else {"var": path} if path else MISSING


def _whole(value: Any, kind: str) -> Any:
    if kind == "integer" and not isinstance(value, int):
        raise ValueError("Enter a whole number, like 2")
    return value
