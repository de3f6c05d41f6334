"""Decides: from a case's answers, evidence and what the platform knows, or from given facts, to a receipt."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from frontdoor.domain.errors import NotFound, RuleFailed
from frontdoor.domain.rules.conclude import Circumstances, conclude
from frontdoor.domain.rules.facts import Derivation, derive
from frontdoor.domain.rules.given import given_situation
from frontdoor.domain.rules.inputs import Inputs
from frontdoor.domain.rules.prepare_inputs import prepared
from frontdoor.domain.rules.printing import bare
from frontdoor.domain.rules.receipt import Receipt, Snapshot
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Rules

__all__ = ["Circumstances", "Inputs", "Snapshot", "decide", "derive_all", "derive_facts", "evaluate_fact", "from_facts"]


def decide(rules: Rules, code: str, inputs: Inputs, around: Circumstances | None = None) -> Receipt:
    """Return the receipt of one decision. Never raises for what a rule does: that is `cannot_decide`.

    NotFound where the rules have no such table.
    """
    return conclude(rules, code, _situation(rules, code, inputs), around or Circumstances())


def _situation(rules: Rules, code: str, inputs: Inputs) -> Situation:
    decision = rules.decisions.get(code)
    if decision is None:
        raise NotFound(f"These rules have no decision {code}")
    return prepared(rules, inputs, decision.shows)


def derive_facts(rules: Rules, inputs: Inputs) -> Mapping[str, Any]:
    """Return every fact of the rules by id, each a `facts.DerivedFact`: what a case file shows."""
    return derive_all(rules, inputs).by_id()


def derive_all(rules: Rules, inputs: Inputs) -> Derivation:
    """Return every fact of the rules worked out, with the data that they stand in."""
    every = frozenset(fact.name for fact in rules.facts.values())
    return derive(rules.needed(every), prepared(rules, inputs, every))


def from_facts(
    rules: Rules,
    code: str,
    facts: Mapping[str, Any],
    *,
    as_of: date,
    holidays: Sequence[str] = (),
    around: Circumstances | None = None,
) -> Receipt:
    """Return the receipt of one decision over given facts; a name that is a parameter sets it, `as_of` the date.

    NotFound for an unknown table, AnswersRejected for names and values that cannot be used.
    """
    decision = rules.decisions.get(code)
    if decision is None:
        raise NotFound(f"These rules have no decision {code}")
    situation = given_situation(rules, facts, decision.shows, as_of=as_of)
    return conclude(rules, code, _with_holidays(situation, holidays), around or Circumstances())


def evaluate_fact(
    rules: Rules, name: str, facts: Mapping[str, Any], *, as_of: date, holidays: Sequence[str] = ()
) -> str:
    """Return one fact, by id or code, over given facts, as worked examples print it: `true`, `null`, `3`, a text.

    A fact over rows sees the flat facts as one row. NotFound, AnswersRejected as above; RuleFailed if its rule fails.
    """
    fact = rules.fact(name)
    if fact is None:
        raise NotFound(f"These rules have no fact {name}")
    reads = frozenset({fact.name})
    situation = _with_holidays(given_situation(rules, facts, reads, as_of=as_of, asked=fact), holidays)
    known = derive(rules.needed(reads), situation).by_id()[fact.id]
    if known.error:
        raise RuleFailed(known.error)
    return bare(next(iter(known.rows.values()), known.finding) if fact.of_row else known.finding)


def _with_holidays(situation: Situation, holidays: Sequence[str]) -> Situation:
    return Situation({**situation.data, "holidays": [*holidays]}, situation.facts, situation.row_facts)
