"""Everything a decision is made from, as plain JSON, before any fact is worked out. A receipt keeps it whole."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from frontdoor.domain.rules.prepare import Finding

ASSERTED, ASSUMED, GIVEN, VERIFIED, PLATFORM = "asserted", "assumed", "given", "verified", "platform"
# From weakest to strongest. What was worked out is as good as the weakest thing it read; what the platform itself
# counts weakens nothing.
STRENGTH = (ASSERTED, ASSUMED, GIVEN, VERIFIED, PLATFORM)


@dataclass(frozen=True)
class Provenance:
    """How something is known: `state` as in STRENGTH ("" where nothing is), by whom, from which sources, and when.

    `checked_on` is the oldest date among what was verified, as text.
    """

    state: str = ""
    sources: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    checked_on: str = ""


def _with_own_rows(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's prepared answers with rows that facts may be added to; what rows hold is shared."""
    return {
        key: [dict(row) if isinstance(row, dict) else row for row in value] if isinstance(value, list) else value
        for key, value in held.items()
    }


def _copied(value: Any) -> Any:
    """Return a copy of plain JSON, lists and objects all through."""
    if isinstance(value, Mapping):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


def weakest(provenances: "list[Provenance]") -> Provenance:
    """Return what a value is worth that was worked out from these."""
    stated = [each for each in dict.fromkeys(provenances) if each.state]
    if not stated:
        return Provenance()
    if len(stated) == 1 and all(len({*each}) == len(each) for each in (stated[0].sources, stated[0].by)):
        return stated[0]
    return Provenance(
        min((each.state for each in stated), key=STRENGTH.index),
        tuple(dict.fromkeys(source for each in stated for source in each.sources)),
        tuple(dict.fromkeys(name for each in stated for name in each.by)),
        min((each.checked_on for each in stated if each.checked_on), default=""),
    )


@dataclass(frozen=True)
class Fixed:
    """A fact that is not worked out: given, verified, assumed or left out."""

    finding: Finding
    provenance: Provenance


@dataclass(frozen=True)
class Situation:
    """Prepared data (ADR 0003) without facts, and the facts that are fixed, of the family and of rows.

    `sources` says of each form who sent it. `row_facts` is `{fact: {row id: Fixed}}`.
    """

    data: Mapping[str, Any]
    facts: Mapping[str, Fixed] = field(default_factory=dict)
    row_facts: Mapping[str, Mapping[str, Fixed]] = field(default_factory=dict)
    sources: Mapping[str, Provenance] = field(default_factory=dict)

    def fresh(self) -> dict[str, Any]:
        """Return the data to work on: facts are added, the situation stays as it was."""
        answers = {form: _with_own_rows(held) for form, held in self.data.get("answers", {}).items()}
        return {**self.data, "answers": answers, "facts": {}}

    def to_json(self) -> dict[str, Any]:
        """Return the situation as plain JSON."""
        return {
            "data": _copied(self.data),
            "facts": {key: fixed_json(fixed) for key, fixed in self.facts.items()},
            "row_facts": {
                key: {row: fixed_json(fixed) for row, fixed in rows.items()} for key, rows in self.row_facts.items()
            },
            "sources": {key: provenance_json(source) for key, source in self.sources.items()},
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Situation":
        """Return the situation that `to_json` wrote."""
        return cls(
            stored["data"],
            {key: _fixed(fixed) for key, fixed in stored["facts"].items()},
            {key: {row: _fixed(fixed) for row, fixed in rows.items()} for key, rows in stored["row_facts"].items()},
            {key: provenance(source) for key, source in stored["sources"].items()},
        )


def provenance_json(known: Provenance) -> dict[str, Any]:
    """Return a provenance as plain JSON."""
    return {"state": known.state, "sources": [*known.sources], "by": [*known.by], "checked_on": known.checked_on}


def provenance(stored: Mapping[str, Any]) -> Provenance:
    """Return the provenance that `provenance_json` wrote."""
    return Provenance(stored["state"], tuple(stored["sources"]), tuple(stored["by"]), stored["checked_on"])


def fixed_json(fixed: Fixed) -> dict[str, Any]:
    """Return a fixed fact as plain JSON."""
    return {"finding": asdict(fixed.finding), "provenance": provenance_json(fixed.provenance)}


def _fixed(stored: Mapping[str, Any]) -> Fixed:
    return Fixed(Finding(**stored["finding"]), provenance(stored["provenance"]))
