"""From boxes to what an entry of a rule set holds, and back: the two undo each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.rules.dialect.boxes import BOXES, Box
from frontdoor.domain.rules.dialect.proposing import CODE, ID
from frontdoor.domain.rules.dialect.reading import PATH
from frontdoor.domain.rules.dialect.typed import number, shown, type_for, typed

Fields = Mapping[str, Sequence[str]]  # a box's name, and what is in it: one text, or several for `values` and lists

LONGEST = 5_000
KEPT = "*kept"  # an argument that no box can show; it stays as it is
_MISSING: Any = object()
_TYPES = {"integer": "number", "list": "string"}


def read_boxes(sort: str, fields: Fields, old: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of a sort as the boxes have it; what `old` holds beside its boxes stays.

    Errors: `AnswersRejected` with a problem for each box, `/label.en`.
    """
    reading = _Reading(fields, old)
    for box in BOXES[sort]:
        value = reading.one(box)
        if value is not _MISSING:
            _set(reading.entry, box.name, value)
    if reading.problems:
        raise AnswersRejected("Some boxes need another look", problems=reading.problems)
    boxed = {box.name.partition("/")[0] for box in BOXES[sort]}
    return {**{key: value for key, value in old.items() if key not in boxed}, **reading.entry}


def fields_of(sort: str, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the boxes of an entry as its form shows them; empty boxes are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for box in BOXES[sort]:
        value = find(entry, tuple(box.name.split("/")), _MISSING)
        if value is not _MISSING:
            found |= _shown(box, value)
    return found


def _shown(box: Box, value: Any) -> dict[str, tuple[str, ...]]:
    if box.sort == "text":
        return {f"{box.name}.{language}": (words,) for language, words in value.items()}
    if box.sort == "argument":
        return _shown_argument(box.name, value)
    if isinstance(value, list):
        return {box.name: tuple(shown(one) for one in value)}
    return {box.name: (shown(value),)}


def _shown_argument(name: str, value: Any) -> dict[str, tuple[str, ...]]:
    match value:
        case {"clock": str(clock)} if len(value) == 1:
            return {f"{name}.clock": (clock,)}
        case {"var": str(path)} if len(value) == 1:
            return {name: (path,)}
    return {name: (KEPT,)}


def _set(entry: dict[str, Any], name: str, value: Any) -> None:
    *branch, leaf = name.split("/")
    for step in branch:
        entry = entry.setdefault(step, {})
    entry[leaf] = value


@dataclass
class _Reading:
    """Reads box after box; `entry` is what they say so far, for boxes that depend on an earlier one."""

    fields: Fields
    old: Mapping[str, Any]
    entry: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def one(self, box: Box) -> Any:
        if box.sort == "text":
            return self.text(box)
        if box.sort == "argument":
            return self.argument(box)
        texts = [text for raw in self.fields.get(box.name, ()) for text in _lines(raw)]
        if not texts:
            return self.nothing(box)
        try:
            return self.read(box, texts)
        except ValueError as wrong:
            return self.wrong(box.name, str(wrong))

    def nothing(self, box: Box) -> Any:
        return self.wrong(box.name, "Fill this in") if box.required else _MISSING

    def wrong(self, name: str, message: str) -> Any:
        self.problems.append(Problem(f"/{name}", "value", message))
        return _MISSING

    def read(self, box: Box, texts: list[str]) -> Any:
        kind = str(self.entry.get("type", "string"))
        sort = type_for(_TYPES.get(kind, kind))
        if box.sort == "values" or (box.sort == "typed" and kind == "list"):
            return [typed(text, sort) for text in dict.fromkeys(texts)]
        if len(texts) > 1:
            raise ValueError("Fill this in on one line")
        if box.sort == "typed":
            return _whole(typed(texts[0], sort), kind)
        return _SORTS[box.sort](texts[0], box)

    def text(self, box: Box) -> Any:
        said = {}
        for name, texts in self.fields.items():
            stem, _, language = name.rpartition(".")
            words = "".join(texts[:1]).replace("\r\n", "\n").strip()
            if stem == box.name and words:
                said[language] = words
                if len(words) > LONGEST:
                    self.wrong(name, f"Shorten this to {LONGEST:,} characters")
                if len(language) != 2 or not language.isalpha() or not language.islower():
                    self.wrong(name, "Name a language by its two letters")
        if said and "en" not in said:
            return self.wrong(f"{box.name}.en", "Write this in English too: it stands in for other languages")
        if not said and box.required:
            return self.wrong(f"{box.name}.en", "Write this")
        return said or _MISSING

    def argument(self, box: Box) -> Any:
        path = "".join(self.fields.get(box.name, ())[:1]).strip()
        clock = "".join(self.fields.get(f"{box.name}.clock", ())[:1]).strip()
        if path == KEPT:
            return self.old.get(box.name, _MISSING)
        if path and clock:
            return self.wrong(box.name, "Choose either a name or a clock")
        if clock and not CODE.fullmatch(clock):
            return self.wrong(f"{box.name}.clock", "Choose a clock")
        if path and not PATH.fullmatch(path):
            return self.wrong(box.name, "Choose what is printed after the reason code")
        return {"clock": clock} if clock else {"var": path} if path else _MISSING


def _lines(raw: str) -> list[str]:
    return [line.strip() for line in raw.splitlines() if line.strip()]


def _whole(value: Any, kind: str) -> Any:
    if kind == "integer" and not isinstance(value, int):
        raise ValueError("Enter a whole number, like 2")
    return value


def _line(text: str, _: Box) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"Shorten this to {LONGEST:,} characters")
    return text


def _chosen(text: str, box: Box) -> str:
    if text not in box.choices:
        raise ValueError("Choose one of those offered")
    return text


def _id(text: str, _: Box) -> str:
    if not ID.fullmatch(text):
        raise ValueError("Use small letters, figures and _, beginning with a letter")
    return text


def _code(text: str, _: Box) -> str:
    if not CODE.fullmatch(text):
        raise ValueError("Use letters, figures, - and _")
    return text


def _yes(text: str, _: Box) -> Any:
    return typed(text, "yes_no")


def _flag(text: str, _: Box) -> Any:
    return typed(text, "yes_no") or _MISSING


def _number(text: str, _: Box) -> float:
    return number(text)


_SORTS: Mapping[str, Callable[[str, Box], Any]] = {
    "line": _line, "choice": _chosen, "id": _id, "code": _code, "yes": _yes, "flag": _flag, "number": _number,
}  # fmt: skip
