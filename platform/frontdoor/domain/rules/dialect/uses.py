"""Every place that uses an entry of a rule set, so that it is not taken away under it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import find, pointer
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.inserts import inserted
from frontdoor.domain.text import Text, say

Documents = Mapping[str, Mapping[str, Any]]

_LOGIC = frozenset({"when", "logic", "argument", "if"})
_RESULTS = frozenset({"rows", "otherwise", "when_unknown"})


@dataclass(frozen=True)
class Use:
    """One place: the document's name, the pointer in it, and what stands there in words, by language."""

    document: str
    pointer: str
    label: Text


def uses(documents: Documents, name: str, place: Place) -> list[Use]:
    """Return every place in `documents` that uses the entry at `place` of the rule set with id `name`.

    Logic that reads it, texts that insert it, clocks that count by it, rows that come to it.
    """
    own = next((one for one in documents.values() if one.get("id") == name), {})
    wanted = _Wanted(sort_of(place), place, find(own, place, {}))
    found = []
    for key, document in documents.items():
        for at, value in _branches(document, ()):
            over = find(document, (*at[:-1], "over"), "")
            if at != place and wanted.used(at, value, over, own_document=document is own):
                found.append(Use(key, pointer(at), _words(document, at)))
    return found


@dataclass(frozen=True)
class _Wanted:
    sort: str
    place: Place
    entry: Mapping[str, Any]

    def used(self, at: Place, value: Any, over: str, *, own_document: bool) -> bool:
        """Tell whether what stands at a place uses the entry; `over` is the group whose rows logic there reads."""
        match self.sort:
            case "parameter":
                by_clock = value == {"parameter": self.place[1]}
                return by_clock or self._read(at, value, self._paths(over)) or self._inserted(value)
            case "fact":
                return self._read(at, value, self._paths(over)) or self._inserted(value)
            case "table":
                return at[:2] != self.place and self._read(at, value, self._paths(over))
            case "outcome":
                return (own_document and self._comes_to(at, value)) or self._compared(at, value, "decision")
            case "row":
                return self._compared(at, value, "reason_code")
            case _:
                return False

    def _paths(self, over: str) -> tuple[str, ...]:
        section, key = self.place[:2]
        if section == "facts" and "over" in self.entry and "roll_up" not in self.entry:
            whole = f"{self.entry['over']}.{key}"
            return (whole, f"row.{key}") if over == self.entry["over"] else (whole,)
        return (f"{section}.{key}",)

    def _read(self, at: Place, value: Any, paths: tuple[str, ...]) -> bool:
        """Tell whether this is logic that reads one of the paths, or something inside it."""
        if not at or at[-1] not in _LOGIC:
            return False
        return any(path == one or path.startswith(f"{one}.") for path in names_read(value) for one in paths)

    def _inserted(self, value: Any) -> bool:
        said = isinstance(value, Mapping) and "en" in value and all(isinstance(one, str) for one in value.values())
        return said and self.place[1] in inserted(value)

    def _comes_to(self, at: Place, value: Any) -> bool:
        inside = at[:2] == self.place[:2] and len(at) > 2 and at[2] in _RESULTS
        return inside and isinstance(value, Mapping) and value.get("decision") == self.place[3]

    def _compared(self, at: Place, value: Any, what: str) -> bool:
        """Tell whether this is logic that compares the table's latest result with the outcome's or row's code."""
        code = self.place[3] if what == "decision" else self.entry.get("reason_code")
        return self._read(at, value, (f"decisions.{self.place[1]}.{what}",)) and json.dumps(code) in json.dumps(value)


def _branches(value: Any, at: Place) -> Iterator[tuple[Place, Any]]:
    """Yield every object of a document with its place; logic as a whole."""
    if isinstance(value, Mapping):
        yield at, value
        if not (at and at[-1] in _LOGIC):
            for key, below in value.items():
                yield from _branches(below, (*at, str(key)))


def names_read(logic: Any) -> Iterator[str]:
    """Yield every name that logic reads, as far as it spells them out, one as often as it is read."""
    waiting = [logic]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            path = value.get("var")
            path = path[0] if isinstance(path, list) and path else path
            if isinstance(path, str):
                yield path
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _words(document: Mapping[str, Any], at: Place) -> Text:
    """Return where a place is: the titles and labels on the way to it."""
    held = [find(document, at[:length], {}) for length in range(len(at) + 1)]
    texts = [one.get("label") or one.get("title") for one in held if isinstance(one, Mapping)]
    return {language: ", ".join(_said(texts, language)) or pointer(at) for language in ("en", "cy")}


def _said(texts: list[Any], language: str) -> list[str]:
    return [f"“{say(text, language)}”" for text in texts if isinstance(text, Mapping) and "en" in text]
