"""What a decision leaves behind: enough to explain it in words, and to replay it to the same answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.situation import Provenance, Situation, provenance, provenance_json
from frontdoor.domain.text import Text


@dataclass(frozen=True)
class Snapshot:
    """Which published configuration decided; number 0 and no digest where files were used directly."""

    authority: str = ""
    programme: str = ""
    number: int = 0
    digest: str = ""


@dataclass(frozen=True)
class UsedFact:
    """One fact that the table reads, as it was known. `rows` has the findings of its rows by row id."""

    id: str
    label: Text
    type: str
    finding: Finding
    provenance: Provenance
    error: str = ""
    rows: Mapping[str, Finding] = field(default_factory=dict)


@dataclass(frozen=True)
class RowTruth:
    """One row of the table as it was walked: `truth` is true, false, unknown or error."""

    id: str
    truth: str
    decision: str
    reason_code: str


@dataclass(frozen=True)
class Outstanding:
    """One thing that is not known and could change the outcome."""

    id: str
    label: Text


@dataclass(frozen=True)
class Receipt:
    """One decision. `fired` are the ids of the rows that decided; empty while it waits or when a person must decide.

    `texts` are the reason for `staff`, `referrer` and `family`, by language, with everything inserted. `situation` is
    all that went in. `as_of` is a date as text.
    """

    code: str
    decision: str
    reason_code: str
    argument: str | None
    texts: Mapping[str, Text]
    rule_id: str
    fired: tuple[str, ...]
    rows: tuple[RowTruth, ...]
    facts: Mapping[str, UsedFact]
    parameters: Mapping[str, Any]
    outstanding: tuple[Outstanding, ...]
    as_of: str
    holidays: str
    engine: str
    snapshot: Snapshot
    situation: Situation

    @property
    def outcome(self) -> str:
        """The outcome as one line: `accept / BASE swansea`."""
        line = f"{self.decision} / {self.reason_code}"
        return f"{line} {self.argument}" if self.argument else line

    def to_json(self) -> dict[str, Any]:
        """Return the receipt as plain JSON."""
        following = self.following_json()
        outstanding = following.pop("outstanding")
        return {
            "code": self.code,
            **following,
            "facts": {key: _used_json(used) for key, used in self.facts.items()},
            "parameters": dict(self.parameters),
            "outstanding": outstanding,
            "as_of": self.as_of,
            "holidays": self.holidays,
            "engine": self.engine,
            "snapshot": _plain(self.snapshot),
            "situation": self.situation.to_json(),
        }

    def following_json(self) -> dict[str, Any]:
        """Return what follows from the facts, as plain JSON."""
        return {
            "decision": self.decision,
            "reason_code": self.reason_code,
            "argument": self.argument,
            "outcome": self.outcome,
            "texts": {audience: dict(text) for audience, text in self.texts.items()},
            "rule_id": self.rule_id,
            "fired": [*self.fired],
            "rows": [_plain(row) for row in self.rows],
            "outstanding": [{"id": each.id, "label": dict(each.label)} for each in self.outstanding],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Receipt":
        """Return the receipt that `to_json` wrote."""
        kept = {key: value for key, value in stored.items() if key != "outcome"}
        return cls(
            **{
                **kept,
                "fired": tuple(stored["fired"]),
                "rows": tuple(RowTruth(**row) for row in stored["rows"]),
                "facts": {key: _used(key, used) for key, used in stored["facts"].items()},
                "outstanding": tuple(Outstanding(**each) for each in stored["outstanding"]),
                "snapshot": Snapshot(**stored["snapshot"]),
                "situation": Situation.from_json(stored["situation"]),
            }
        )


def _plain(record: object) -> dict[str, Any]:
    """Return the fields of a dataclass that holds no other, without the copies that `asdict` makes of each value."""
    return dict(vars(record))


def _used_json(used: UsedFact) -> dict[str, Any]:
    known = used.provenance
    return {
        "label": dict(used.label),
        "type": used.type,
        "value": used.finding.value,
        "state": used.finding.state,
        "low": used.finding.low,
        "high": used.finding.high,
        "complete": used.finding.complete,
        "error": used.error,
        "known": provenance_json(known),
        "rows": {row: _plain(finding) for row, finding in used.rows.items()},
    }


def _used(key: str, stored: Mapping[str, Any]) -> UsedFact:
    rows = {row: Finding(**each) for row, each in stored["rows"].items()}
    known = provenance(stored["known"])
    return UsedFact(key, stored["label"], stored["type"], finding_of(stored), known, stored["error"], rows)


def finding_of(stored: Mapping[str, Any]) -> Finding:
    """Return what was known of a stored fact."""
    return Finding(
        stored["value"],
        none=stored["state"] == "none",
        low=stored["low"],
        high=stored["high"],
        complete=stored["complete"],
    )
