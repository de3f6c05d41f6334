"""The nouns of a proof: what was found in a table, how sure it is, and which family shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdoor.domain.rules.symbolic.families import MOST_ROWS, Told
from frontdoor.domain.text import Text

CONTRADICTORY, DEAD, GAP, CLASH, DIFFERENCE = "contradictory", "dead", "gap", "clash", "difference"
PROVED, POSSIBLE = "proved", "possible"
BLOCKING = frozenset({CONTRADICTORY, DEAD, CLASH})


@dataclass(frozen=True)
class Limit:
    """How long and how large a proof may be: seconds in all and for one question, megabytes, rows of a group."""

    seconds: float = 60.0
    each: float = 15.0
    megabytes: int = 1024
    rows: int = MOST_ROWS


@dataclass(frozen=True)
class TableFinding:
    """One thing found in a table.

    `rows` are the rows it is about, `covered_by` those that decide before a dead row. `sure` is `proved`, or
    `possible` where it rests on what the model leaves open. `witness` is the family that shows it, confirmed by the
    engine; `told` says it in words. `was` and `now` are the decisions of a difference.
    """

    kind: str
    rows: tuple[str, ...]
    told: Text
    sure: str = PROVED
    covered_by: tuple[str, ...] = ()
    witness: Told | None = None
    was: str = ""
    now: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the table may not be published like this."""
        return self.kind in BLOCKING and self.sure == PROVED

    def to_json(self) -> dict[str, Any]:
        """Return the finding as plain JSON."""
        document: dict[str, Any] = {
            "kind": self.kind,
            "rows": [*self.rows],
            "sure": self.sure,
            "blocks": self.blocks,
            "told": dict(self.told),
        }
        if self.covered_by:
            document["covered_by"] = [*self.covered_by]
        if self.kind == DIFFERENCE:
            document |= {"was": self.was, "now": self.now}
        return document | ({"counterexample": told_json(self.witness)} if self.witness is not None else {})


@dataclass(frozen=True)
class Findings:
    """What a proof of one table found.

    `not_proved` names each question that had no answer in time, `disagreements` what solver and engine see
    differently: a fault of ours, never shown as a finding. `bounds` are the groups of which only so many rows were
    looked at, `as_of` is the day that it holds for.
    """

    code: str
    as_of: date
    found: tuple[TableFinding, ...] = ()
    not_proved: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()
    bounds: Mapping[str, int] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Whether something keeps the table from being published."""
        return any(finding.blocks for finding in self.found)

    @property
    def proved(self) -> bool:
        """Whether every question had an answer that the engine agrees with."""
        return not self.not_proved and not self.disagreements

    def to_json(self) -> dict[str, Any]:
        """Return the findings as plain JSON."""
        return {
            "decision": self.code,
            "as_of": self.as_of.isoformat(),
            "proved": self.proved,
            "blocks": self.blocks,
            "findings": [finding.to_json() for finding in self.found],
            "not_proved": [*self.not_proved],
            "disagreements": [*self.disagreements],
            "rows_looked_at": dict(self.bounds),
        }


def told_json(family: Told) -> dict[str, Any]:
    """Return a family as plain JSON: what a person can give to `frontdoor decide`, and what else is known."""
    document = {
        "answers": {form: dict(answers) for form, answers in family.answers.items()},
        "evidence": [{"fact": fact, "row": row, "value": value} for (fact, row), value in family.evidence.items()],
        "platform": dict(family.platform),
        "decisions": dict(family.decisions),
    }
    return {key: value for key, value in document.items() if value}
