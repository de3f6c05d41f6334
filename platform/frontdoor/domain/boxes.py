"""From boxes to what an entry of a document holds, and back: the two undo each other.

A box stands for one value of an entry: its name is the path of that value, `ui/label`, and words have a box for each
language, `ui/label.cy`. What an entry holds beside its boxes is never touched by them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.proposing import CODE, ID
from frontdoor.domain.typed import number, shown, typed

Fields = Mapping[str, Sequence[str]]  # a box's name, and what is in it: one text, or several for a list

LONGEST = 5_000
MISSING: Any = object()


@dataclass(frozen=True)
class Box:
    """One box: where its value stands in the entry, and of what sort it is.

    text: words by language, in boxes `NAME.en`, `NAME.cy` · line: one text · choice: one of `choices` · id, code: as
    they are written · ids: several of those · number · integer · yes: yes or no · flag: ticked or not. A document's
    own readers know more sorts.
    """

    name: str
    sort: str
    required: bool = False
    choices: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Return where its value stands in the entry."""
        return tuple(self.name.split("/"))


@dataclass
class Reading:
    """Reads box after box; `entry` is what they say so far, for boxes that depend on an earlier one."""

    fields: Fields
    old: Mapping[str, Any]
    entry: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def one(self, box: Box) -> Any:
        """Return what a box says, MISSING for nothing; what is wrong with it is among the problems."""
        if box.sort == "text":
            return self.text(box)
        texts = [text for raw in self.fields.get(box.name, ()) for text in lines(raw)]
        if not texts:
            return self.wrong(box.name, "Fill this in") if box.required else MISSING
        try:
            return self.read(box, texts)
        except ValueError as wrong:
            return self.wrong(box.name, str(wrong))

    def read(self, box: Box, texts: list[str]) -> Any:
        """Return the value of what was typed. Raises: ValueError with what to type instead."""
        if box.sort == "ids":
            return [SORTS["id"](text, box) for text in dict.fromkeys(texts)]
        if len(texts) > 1:
            raise ValueError("Fill this in on one line")
        return SORTS[box.sort](texts[0], box)

    def wrong(self, name: str, message: str) -> Any:
        """Note what is wrong with a box; return MISSING."""
        self.problems.append(Problem(f"/{name}", "value", message))
        return MISSING

    def text(self, box: Box) -> Any:
        """Return words by language."""
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
        return said or MISSING


def read(boxes: Iterable[Box], reading: Reading) -> dict[str, Any]:
    """Return an entry as the boxes have it; what the old one holds beside its boxes stays.

    Errors: `AnswersRejected` with a problem for each box, `/label.en`.
    """
    boxes = tuple(boxes)
    for box in boxes:
        value = reading.one(box)
        if value is not MISSING:
            put(reading.entry, box.path, value)
    if reading.problems:
        raise AnswersRejected("Some boxes need another look", problems=reading.problems)
    kept = deepcopy(dict(reading.old))
    for box in boxes:
        take_out(kept, box.path)
    return _laid(kept, reading.entry)


def fields_of(
    boxes: Iterable[Box], entry: Mapping[str, Any], show: Callable[[Box, Any], dict[str, tuple[str, ...]]] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the boxes of an entry as its form shows them; empty boxes are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for box in boxes:
        value = find(entry, box.path, MISSING)
        if value is not MISSING and value is not None:
            found |= (show or shown_in)(box, value)
    return found


def shown_in(box: Box, value: Any) -> dict[str, tuple[str, ...]]:
    """Return what a box holds of a value."""
    if box.sort == "text":
        return {f"{box.name}.{language}": (words,) for language, words in value.items()}
    if isinstance(value, list):
        return {box.name: tuple(shown(one) for one in value)}
    return {box.name: (shown(value),)}


def put(entry: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Set a value at its path."""
    *branch, leaf = path
    for step in branch:
        entry = entry.setdefault(step, {})
    entry[leaf] = value


def take_out(entry: dict[str, Any], path: Sequence[str]) -> None:
    """Take what is at a path out of an entry, and what is empty without it."""
    head, *rest = path
    if not rest:
        entry.pop(head, None)
    elif isinstance(entry.get(head), dict):
        take_out(entry[head], rest)
        if not entry[head]:
            del entry[head]


def lines(raw: str) -> list[str]:
    """Return the lines of a text that say anything, without blanks at their ends."""
    return [line.strip() for line in raw.splitlines() if line.strip()]


def _laid(under: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in over.items():
        held = under.get(key)
        both = isinstance(held, dict) and isinstance(value, Mapping)
        under[key] = _laid(held, value) if both and isinstance(held, dict) else value
    return under


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
    return typed(text, "yes_no") or MISSING


def _number(text: str, _: Box) -> float:
    return number(text)


def _integer(text: str, _: Box) -> int:
    if not float(number(text)).is_integer():
        raise ValueError("Enter a whole number, like 2")
    return int(number(text))


SORTS: Mapping[str, Callable[[str, Box], Any]] = {
    "line": _line, "choice": _chosen, "id": _id, "code": _code, "yes": _yes, "flag": _flag, "number": _number,
    "integer": _integer,
}  # fmt: skip
