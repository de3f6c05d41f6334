"""A case as the database decides it: the prepared data in doubles, with markers beside dates, and what was worked out.

What the database cannot be trusted with makes a case *apart*: the engine decides it, from the situation kept as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.coerce import tidy
from frontdoor.domain.rules.facts import Derivation, derive
from frontdoor.domain.rules.prepare import NONE, Finding
from frontdoor.domain.rules.pushdown import tables
from frontdoor.domain.rules.pushdown.days import MARKER, ORDINAL
from frontdoor.domain.rules.pushdown.findings import FIXED
from frontdoor.domain.rules.pushdown.plans import Held, row_unasked, unasked_facts
from frontdoor.domain.rules.pushdown.writing import Writing
from frontdoor.domain.rules.situation import VERIFIED, Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Decision, Fact, Row, Rules
from frontdoor.domain.rules.truths import row_truths
from frontdoor.domain.rules.walk import RULE_CLASH, walk


@dataclass(frozen=True)
class Kept:
    """What is stored of one case for deciding.

    `data` and `facts` are prepared data, a source's word beside each row fact; `fixed` what sources say of the family.
    `truths` has, by table, a letter for each row (t, f, u, e, n: never asked), `outcomes` the deciding row's key.
    `apart` is the situation as canonical text where the engine must decide, else "".
    """

    data: Mapping[str, Any]
    facts: Mapping[str, Any]
    fixed: Mapping[str, Any]
    truths: Mapping[str, str]
    outcomes: Mapping[str, str]
    apart: str = ""


def read_by(rules: Rules) -> frozenset[str]:
    """Return every name that a table's tests and arguments read."""
    return frozenset().union(*(decision.reads for decision in rules.decisions.values()))


def paths_of(rules: Rules) -> dict[str, str]:
    """Return the kinds of the answers and platform values that tables lead to, by path, groups included."""
    needed = rules.needed(read_by(rules))
    names = read_by(rules).union(*(fact.reads | ({fact.over} if fact.over else set()) for fact in needed))
    own = {fact.name for fact in rules.facts.values()}
    paths: dict[str, str] = {}
    for name in sorted(names):
        root, *rest = name.split(".")
        if root == "answers" and name not in own:
            for size in range(2, min(len(rest), 3) + 1):
                path = ".".join([root, *rest[:size]])
                paths[path] = rules.kinds.get(path, "any")
        elif root in ("family", "case", "capacity"):
            path = ".".join([root, rest[0]])
            paths[path] = rules.kinds.get(path, "any")
    return paths


@dataclass(frozen=True)
class Plainly:
    """The engine's side: what is stored of cases that were asked for `held.paths`, and what must be decided."""

    rules: Rules
    held: Held

    @cached_property
    def _unasked(self) -> frozenset[tuple[str, str]]:
        """The rows, by table and id, that read what these cases were never asked."""
        lost = unasked_facts(self.rules, self.held)
        return frozenset(
            (code, row.id)
            for code, decision in self.rules.decisions.items()
            for row in decision.rows
            if row_unasked(row, self.rules, self.held, lost)
        )

    @cached_property
    def _needed(self) -> Mapping[str, tuple[Fact, ...]]:
        return {code: self.rules.needed(decision.reads) for code, decision in self.rules.decisions.items()}

    @cached_property
    def _all_needed(self) -> tuple[Fact, ...]:
        return self.rules.needed(read_by(self.rules))

    def keep(self, situation: Situation) -> Kept:
        """Return what is stored of a case whose situation was prepared for `read_by(rules)`."""
        work = derive(self._all_needed, situation)
        truths = {code: self._truths(code, work) for code in self.rules.decisions}
        outcomes = {code: key(self.rules.decisions[code], letters, work) for code, letters in truths.items()}
        writing = Writing(self.held.paths, self.rules)
        data = {name: work.data[name] for name in ("answers", "family", "case", "capacity", "decisions", "as_of")}
        told = writing.fields(data, "")
        facts = writing.fields({"facts": work.data["facts"]}, "")
        fixed = {one: writing.fixed(each, one, self.rules) for one, each in situation.facts.items()}
        _rows_said(told, situation, writing, self.rules)
        failed = any(known.error for known in work.facts.values()) or any("e" in each for each in truths.values())
        if writing.odd or failed:
            return Kept({}, {}, {}, truths, outcomes, canonical(situation.to_json()))
        return Kept(told, facts.get("facts", {}), fixed, truths, outcomes)

    def decide(self, code: str, situation: Situation) -> str:
        """Return the deciding row's key as the engine has it: what the database's expression must give."""
        work = derive(self._needed[code], situation)
        return key(self.rules.decisions[code], self._truths(code, work), work)

    def _truths(self, code: str, work: Derivation) -> str:
        """Return a letter for each row: t, f, u, e as the engine finds, n where it reads what was never asked."""
        decision = self.rules.decisions[code]
        found = zip(decision.rows, row_truths(decision, work), strict=True)
        return "".join("n" if (code, row.id) in self._unasked else truth[0] for row, truth in found)


_WORDS = {"t": "true", "f": "false", "u": "unknown", "e": "error", "n": "unknown"}


def key(decision: Decision, letters: str, work: Derivation) -> str:
    """Return the deciding row's key for the rows' truths."""
    ended = walk(decision, [_WORDS[letter] for letter in letters])
    if ended.stopped:
        return tables.CLASHES if ended.stopped == RULE_CLASH else tables.STOPPED
    protective = len(ended.fired) == 1 and ended.fired[0].protective
    if "n" in letters and not protective and _hangs(decision, letters):
        return tables.UNASKED
    if not ended.fired:
        return tables.WAITS
    if any(_fails(row, work) for row in ended.fired):
        return tables.STOPPED
    return tables.key_of(decision, ended.fired)


def _hangs(decision: Decision, letters: str) -> bool:
    """Tell whether what was never asked stands before the row that would decide."""
    if decision.hit == "collect":
        return True
    first = letters.find("t")
    before = letters if first < 0 else letters[:first]
    deciding = decision.otherwise if first < 0 else decision.rows[first]
    return any(
        letter == "n" and row.decision != deciding.decision for letter, row in zip(before, decision.rows, strict=False)
    )


def _fails(row: Row, work: Derivation) -> bool:
    if row.argument_rule is None or row.clock:
        return False
    if work.failed(row.argument_reads):
        return True
    try:
        row.argument_rule(work.data)
    except RuleFailed:
        return True
    return False


def _rows_said(data: Mapping[str, Any], situation: Situation, writing: Writing, rules: Rules) -> None:
    """Write beside each row what sources say of it, fact by fact."""
    for fact_id, said in situation.row_facts.items():
        fact = rules.facts[fact_id]
        _, form, group = fact.over.split(".")
        for row in data["answers"].get(form, {}).get(group) or ():
            if row.get("id") in said:
                row[FIXED + fact_id] = writing.fixed(said[row["id"]], fact_id, rules)


def situation_of(data: Mapping[str, Any], fixed: Mapping[str, Any], constants: Mapping[str, Any]) -> Situation:
    """Return the situation that was stored, for the engine; `constants` are the parameters and holidays.

    Where things were learned is not stored: it changes no outcome.
    """
    rows: dict[str, dict[str, Fixed]] = {}
    plain = _plain(data, rows)
    return Situation({**plain, **constants}, {key: _read_fixed(each) for key, each in fixed.items()}, rows)


def _plain(value: Any, rows: dict[str, dict[str, Fixed]]) -> Any:
    if isinstance(value, float):
        return tidy(value)
    if isinstance(value, Mapping):
        for name, each in value.items():
            if name.startswith(FIXED):
                rows.setdefault(name[len(FIXED) :], {})[value["id"]] = _read_fixed(each)
        beside = (MARKER, ORDINAL, FIXED)
        return {name: _plain(each, rows) for name, each in value.items() if not name.startswith(beside)}
    return [_plain(each, rows) for each in value] if isinstance(value, list) else value


def _read_fixed(stated: Mapping[str, Any]) -> Fixed:
    return Fixed(NONE if stated.get("n") else Finding(_plain(stated["v"], {})), Provenance(VERIFIED))
