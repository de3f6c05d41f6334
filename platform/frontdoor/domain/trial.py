"""What is tried on a draft: a made-up family, and a form of the draft that somebody fills in for nobody.

A test family stands in the tree under `test_families`, by id; the meta-schema `test-families.json` says what it holds.
Source: ADR 0027.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Given:
    """A made-up family: the day on which it comes, answers by form id, and what else the rules read.

    `role` sends or completes the forms, `""` for nobody in particular. `known` has `open_episode`, `closed_on` and
    `contacts_12m` as far as they are said; `evidence` what a source says, by fact.
    """

    as_of: date
    answers: Mapping[str, Answers] = field(default_factory=dict)
    role: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as a test family holds it: what says nothing is left out."""
        held = {
            "answers": {form: dict(one) for form, one in self.answers.items()},
            "role": self.role,
            "known": {key: value for key, value in self.known.items() if value is not None},
            "evidence": {key: value for key, value in self.evidence.items() if value is not None},
        }
        return {"as_of": self.as_of.isoformat(), **{key: value for key, value in held.items() if value}}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> "Given":
        """Return what `to_json` wrote, or a person wrote by hand under the meta-schema."""
        return cls(
            date.fromisoformat(held["as_of"]),
            held.get("answers", {}),
            held.get("role", ""),
            held.get("known", {}),
            held.get("evidence", {}),
        )


@dataclass(frozen=True)
class Trial:
    """A form of a draft being filled in for nobody, seen by its writer alone and gone by `expires_at`.

    `answers` are by form, `typed` as in a draft, of the form that is open. `family` is the test family that it began
    with and will replace, `label` what that is called, `table` the "rule_set/CODE" from whose page it was begun.
    `like` says of one from a past case what was decided there: `{decision, outcome, same}`.
    """

    id: str
    authority: str
    programme: str
    change: str
    tokens: tuple[str, ...]
    account: str
    form: str
    as_of: date
    started_at: datetime
    saved_at: datetime
    expires_at: datetime
    answers: Mapping[str, Answers] = field(default_factory=dict)
    typed: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Any] = field(default_factory=dict)
    family: str = ""
    label: str = ""
    table: str = ""
    like: Mapping[str, Any] = field(default_factory=dict)
    revision: int = 0

    @property
    def given(self) -> Given:
        """The family as it is so far."""
        return Given(self.as_of, self.answers, self.role, self.known, self.evidence)


@dataclass(frozen=True)
class Difference:
    """One thing that is not as a test family expects: a kind, what it is about, what was expected and what is."""

    kind: str
    about: str
    expected: str = ""
    says: str = ""
