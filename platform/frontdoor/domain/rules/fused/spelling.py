"""Spells values and findings as canonical JSON (RFC 8785): what a recording function writes as it goes.

What does not change from case to case is spelled once, when the function is written.
"""

from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any, Final

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.fused.incoming import GiveUp, number
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import NotFused, Slot, base, is_list
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.prepare import SIGNS
from frontdoor.domain.rules.table import Fact

NULL: Final = "null"
TRUTHS: Final = {True: "true", False: "false", None: NULL}
_ROW: Final = '{"complete":true,"high":null,"low":null,"none":false,"value":'
FRONT: Final = '"complete":true,"error":"","high":null,"known":'
ROW_TRUTHS: Final = {truth: f"{_ROW}{text}}}" for truth, text in TRUTHS.items()}


def quoted(text: str) -> str:
    """Return a text as JSON; half a surrogate pair is a ValueError."""
    if not text.isascii():
        text.encode()
    return encode_basestring(text)


def counted(value: Any) -> str:
    """Return a number as JSON; one with a needless fraction is left to the general way, which may print it so."""
    if value.__class__ is int:
        return repr(number(value))
    if number(value).is_integer():
        raise GiveUp
    return canonical(value)


def listed(values: list[str] | None, texts: Mapping[str | None, str]) -> str:
    """Return a list of texts as JSON, given the JSON of each."""
    if not values:
        return NULL if values is None else "[]"
    return f"[{','.join([texts[each] for each in values])}]"


def in_order(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return rows by their ids, as JSON orders them; ids beyond ASCII, which Python orders otherwise, are left."""
    if not all(row["id"].isascii() for row in rows):
        raise GiveUp
    return sorted(rows, key=itemgetter("id")) if len(rows) > 1 else rows


def of_row(value: str, low: str, high: str, *, none: bool, more: bool) -> str:
    """Return the finding of one row, given its parts."""
    return f'{{"complete":{TRUTHS[not more]},"high":{high},"low":{low},"none":{TRUTHS[none]},"value":{value}}}'


def of_family(value: str, low: str, high: str, *, none: bool, more: bool) -> tuple[str, str, str]:
    """Return what stands before how a fact is known, between its label and its rows, and its state."""
    if none:
        state = '"none"'
    elif value is not NULL:
        state = '"incomplete"' if more else '"known"'
    else:
        state = '"unknown"' if low is high is NULL else '"between"'
    front = f'"complete":{TRUTHS[not more]},"error":"","high":{high},"known":'
    return front, f',"low":{low},"rows":{{', state


class Quoted(dict[str | None, str]):
    """Texts that come again and again as JSON; others are spelled when they come, and not kept."""

    def __missing__(self, text: str) -> str:
        return quoted(text)


NAMES: Final = {
    "NONE_ROW": of_row(NULL, NULL, NULL, none=True, more=False), "UNKNOWN_ROW": f"{_ROW}{NULL}}}",
    "E": "", "NULL": NULL, "TRUTHS": TRUTHS, "ROW_TRUTHS": ROW_TRUTHS, "ROW": _ROW, "canonical": canonical,
    "tuple": tuple,
    **{each.__name__: each for each in (quoted, counted, listed, in_order, of_row, of_family)},
}  # fmt: skip


class Spelling:
    """Writes the lines that spell slots; `piece` names hold texts."""

    def __init__(self, w: Fused) -> None:
        self.w = w

    def value(self, out: Source, name: str, kind: str) -> str:
        """Write the text of one value; return its name."""
        spelled = self.w.fresh("j")
        out.add(f"{spelled} = {self._spelled(name, kind)}")
        return spelled

    def _spelled(self, name: str, kind: str) -> str:
        mark = self.w.bind('"')
        written = {
            "bool": f"TRUTHS[{name}]",
            "date": f"({mark} + {name} + {mark} if {name} is not None else NULL)",
            "text": f"TEXTS[{name}]",
            "texts": f"listed({name}, TEXTS)",
            "list": f"canonical({name})",
            **dict.fromkeys(("int", "num", "number"), f"(counted({name}) if {name} is not None else NULL)"),
        }.get(kind)
        if written is None:
            raise NotFused("kind")
        return written

    def ends(self, out: Source, slot: Slot) -> tuple[str, str]:
        """Write the texts of the ends of a value that is not known; return their names."""
        names = []
        for end in (slot.low, slot.high):
            if end is None or end.text == slot.value.text or is_list(slot.value):
                names.append("NULL")
                continue
            spelled = self.w.fresh("j")
            out.add(f"{spelled} = NULL if {slot.value.text} is not None else {self._spelled(end.text, base(end))}")
            names.append(spelled)
        return names[0], names[1]

    def placed(self, out: Source, key: str, slot: Slot) -> dict[str, str]:
        """Write a prepared value with its companions (ADR 0003); return the names of their texts by sign."""
        value, none, more = slot.value.text, slot.none.text, slot.more.text
        found = {"": self._member(out, key, self.value(out, value, base(slot.value)))}
        known = f"{value} is not None" + ("" if slot.more.literal else f" and not {more}")
        known = known if slot.none.literal else f"({known}) or {none}"
        found["?"] = self._sign(out, "?" + key, f"not ({known})")
        if not slot.none.literal:
            found["!"] = self._sign(out, "!" + key, none)
        if not slot.more.literal:
            found["+"] = self._sign(out, "+" + key, more)
        for sign, end in zip("<>", self.ends(out, slot), strict=True):
            if end != "NULL":
                name, member = self.w.fresh("j"), self.w.bind(f'"{sign}{key}":')
                out.add(f"{name} = {member} + {end} + {self.w.bind(',')} if {end} is not NULL else E")
                found[sign] = name
        return found

    def listing(self, out: Source, key: str, rows: str, whole: str) -> dict[str, str]:
        """Write the rows of a group with their companions, as `placed` does."""
        found = {"": self._member(out, key, rows)}
        return found | {sign: self._sign(out, sign + key, f"not {whole}") for sign in "?+"}

    def _member(self, out: Source, key: str, spelled: str) -> str:
        return f"{self.w.bind(f'{chr(34)}{key}{chr(34)}:')}, {spelled}"

    def _sign(self, out: Source, key: str, test: str) -> str:
        name = self.w.fresh("j")
        member = f'"{key}":true,'
        out.add(f"{name} = {self.w.bind(member)} if {test} else E")
        return name

    def together(self, placed: dict[str, dict[str, str]]) -> str:
        """Return the expression of an object of prepared values: its keys in order, companions before them."""
        parts = [signs[sign] for sign in sorted(SIGNS) for _, signs in sorted(placed.items()) if sign in signs]
        for place, (_, signs) in enumerate(sorted(placed.items())):
            parts += [self.w.bind(",")] if place else []
            parts.append(signs[""])
        return f"E.join(({self.w.bind('{')}, {', '.join(parts)}, {self.w.bind('}')}))"

    def finding(self, out: Source, slot: Slot) -> str:
        """Return the expression of the finding of one row."""
        if base(slot.value) == "bool" and slot.none.literal and slot.more.literal and slot.low is slot.high is None:
            return f"ROW_TRUTHS[{slot.value.text}]"
        value = self.value(out, slot.value.text, base(slot.value))
        low, high = self.ends(out, slot)
        if low == high == "NULL" and slot.more.literal:
            open_ = "UNKNOWN_ROW" if slot.none.literal else f"(NONE_ROW if {slot.none.text} else UNKNOWN_ROW)"
        else:
            open_ = f"of_row({value}, {low}, {high}, none={slot.none.text}, more={slot.more.text})"
        known = f"{slot.value.text} is not None" + ("" if slot.more.literal else f" and not {slot.more.text}")
        return f"(ROW + {value} + {self.w.bind('}')} if {known} else {open_})"

    def fact(self, out: Source, fact: Fact, slot: Slot) -> tuple[str, str, str]:
        """Write a fact; return its text before how it is known, before its rows, and after them."""
        w = self.w
        label = f',"label":{canonical(fact.label)}'
        closed = f',"type":{quoted(fact.type)},"value":'
        if base(slot.value) == "bool" and slot.none.literal and slot.more.literal and slot.low is slot.high is None:
            states = {
                truth: f'"{"unknown" if truth is None else "known"}"{closed}{text}}}' for truth, text in TRUTHS.items()
            }
            return w.bind(FRONT), w.bind(f'{label},"low":null,"rows":{{'), f"{w.bind(states)}[{slot.value.text}]"
        value = self.value(out, slot.value.text, base(slot.value))
        low, high = self.ends(out, slot)
        front, before, state = w.fresh("j"), w.fresh("j"), w.fresh("j")
        parts = f"{value}, {low}, {high}, none={slot.none.text}, more={slot.more.text}"
        out.add(f"{front}, {before}, {state} = of_family({parts})")
        return front, f"{w.bind(label)}, {before}", f"{state}, {w.bind(closed)}, {value}, {w.bind('}')}"
