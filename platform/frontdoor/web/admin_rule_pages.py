"""What the pages of a rule set show: every entry with its sentence, what stands against it, and where it is kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from frontdoor.domain.canonical import digest, find, path, pointer
from frontdoor.domain.errors import NotFound
from frontdoor.domain.orders import in_order
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import plain_value, sentence
from frontdoor.domain.text import say
from frontdoor.services.edit_rules import Desk


@dataclass(frozen=True)
class Entry:
    """One entry on a page: `at` its pointer in the rule set, `told` its sentence, `problems` what stands against it.

    `advanced` where its logic is outside the dialect; `keeper` the owner that keeps it as it is, or `""`.
    """

    key: str
    at: str
    held: Mapping[str, Any]
    label: str
    told: str = ""
    result: str = ""
    advanced: bool = False
    problems: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the entry on its page."""
        return f"entry-{self.at.strip('/').replace('/', '-').replace('_', '-')}"


@dataclass(frozen=True)
class Overview:
    """A rule set: its tables, facts and parameters; `keepers` who keeps each of these parts, by its name."""

    title: str
    tables: tuple[Entry, ...]
    facts: tuple[Entry, ...]
    parameters: tuple[Entry, ...]
    keepers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A decision table: rows in order, its two ends (None where they are not there yet), outcomes, other problems.

    `digest` is its hash.
    """

    code: str
    at: str
    held: Mapping[str, Any]
    title: str
    rows: tuple[Entry, ...]
    otherwise: Entry | None
    when_unknown: Entry | None
    outcomes: tuple[Entry, ...]
    problems: tuple[str, ...]
    keeper: str
    digest: str


def overview(desk: Desk, language: str) -> Overview:
    """Return a rule set as its page shows it."""
    document = desk.document
    sections = ("decisions", "facts", "parameters")
    tables, facts, parameters = (tuple(_section(desk, document, (part,), language)) for part in sections)
    kept = {part: desk.keeper((part, "x")) for part in sections}
    return Overview(say(document["title"], language), tables, facts, parameters, kept)


def table(desk: Desk, code: str, language: str) -> Table:
    """Return a decision table as its page shows it."""
    at: Place = ("decisions", code)
    held = desk.document["decisions"][code]
    ends = {end: _entry(desk, (*at, end), held[end], language) if end in held else None for end in _ENDS}
    entries = (*_section(desk, desk.document, (*at, "rows"), language), *(one for one in ends.values() if one))
    told = {one for entry in entries for one in entry.problems}
    return Table(
        code,
        pointer(at),
        held,
        say(held["title"], language),
        tuple(_section(desk, desk.document, (*at, "rows"), language)),
        ends["otherwise"],
        ends["when_unknown"],
        tuple(_section(desk, desk.document, (*at, "outcomes"), language)),
        tuple(one for one in _problems(desk, at) if one not in told),
        desk.keeper(at),
        digest(held),
    )


def place_of(typed: str) -> Place:
    """Return the place that a pointer of our pages names. Errors: `NotFound` where no entry stands at such a place."""
    place = tuple(path(typed) or ())
    if not sort_of(place):
        raise NotFound("There is no such part of the rules any more. Look at them as they are now.")
    return place


def beside(document: Mapping[str, Any], place: Place) -> Mapping[str, Any]:
    """Return the entries among which a place stands; none where there is no such list yet."""
    found: Mapping[str, Any] = find(document, place[:-1], {})
    return found


def address_beside(change_id: str, rule_set: str, place: Place) -> str:
    """Return the address of the page that lists an entry, at the entry."""
    anchor = Entry(place[-1], pointer(place), {}, "").anchor
    if place[0] == "decisions" and len(place) > 2:
        where = url_for("admin.rule_table", change_id=change_id, rule_set=rule_set, at=place[1])
    elif place[0] == "facts" and len(place) > 2:
        where = url_for("admin.rule_entry", change_id=change_id, rule_set=rule_set, at=pointer(place[:2]))
    else:
        where = url_for("admin.rule_set", change_id=change_id, rule_set=rule_set)
    return f"{where}#{anchor}"


def told(desk: Desk, place: Place, held: Mapping[str, Any], language: str) -> tuple[str, bool]:
    """Return what an entry says, in a sentence, and whether it is an advanced rule."""
    logic = held.get("when" if sort_of(place) == "row" else "logic")
    if logic is None:
        return "", False
    kind = "boolean" if sort_of(place) == "row" else kind_of(held.get("type", "any"))
    rule = read(logic, kind)
    return sentence(rule, desk.names.of_row(held.get("over", "")), language), isinstance(rule, tree.Advanced)


def _section(desk: Desk, document: Mapping[str, Any], at: Place, language: str) -> Iterator[Entry]:
    entries: Mapping[str, Any] = find(document, at, {})
    for key in in_order(entries):
        yield _entry(desk, (*at, key), entries[key], language)


def _entry(desk: Desk, place: Place, held: Mapping[str, Any], language: str) -> Entry:
    words, advanced = told(desk, place, held, language)
    label = say(held.get("label") or held.get("title"), language)
    result, problems = _result(desk, place, held, language), tuple(dict.fromkeys(_problems(desk, place)))
    return Entry(place[-1], pointer(place), held, label, words, result, advanced, problems)


def _result(desk: Desk, place: Place, held: Mapping[str, Any], language: str) -> str:
    if sort_of(place) == "parameter":
        unit = say(held.get("unit", {}), language)
        value = plain_value(held["value"], language)
        return f"{value}{'' if unit.startswith('%') else ' '}{unit}".strip()
    outcomes: Mapping[str, Any] = find(desk.document, (*place[:2], "outcomes"), {})
    found = outcomes.get(held.get("decision", ""), {})
    return say(found.get("label"), language) or str(held.get("decision", ""))


def _problems(desk: Desk, place: Place) -> Iterator[str]:
    here = pointer(("rules", desk.name, *place))
    for one in desk.problems:
        # What is still missing is told where it belongs: a table that was just begun has nothing wrong with it.
        if one.code != "missing_key" and (one.where == here or one.where.startswith(f"{here}/")):
            yield one.message


_ENDS = ("otherwise", "when_unknown")
