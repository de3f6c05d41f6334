"""How each fact of a table is known, weighed by the same functions as everywhere.

Where no source has said anything it depends on who sent which form alone, and on groups without rows, of which nobody
knows anything: so it is weighed once for each set of senders and of empty groups.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.facts import Derivation, DerivedFact, read_provenance, row_source, telling
from frontdoor.domain.rules.prepare import UNKNOWN, Finding
from frontdoor.domain.rules.situation import Fixed, Provenance, Situation, provenance_json, weakest
from frontdoor.domain.rules.table import Fact


class KnownBy(dict[tuple[bool, ...], tuple[str, ...]]):
    """How the facts are known, as JSON, by which groups (in the order of `groups`) have no rows."""

    def __init__(self, facts: Sequence[Fact], groups: Sequence[str], sources: Mapping[str, Provenance]) -> None:
        super().__init__()
        self.facts, self.groups, self.sources = facts, groups, sources

    def __missing__(self, empty: tuple[bool, ...]) -> tuple[str, ...]:
        """Work it out and keep it: there are few."""
        none = {group for group, rowless in zip(self.groups, empty, strict=True) if rowless}
        work = Derivation(Situation({}, sources=self.sources), {"facts": {}})
        for fact in self.facts:
            derived = weakest([read_provenance(path, work) for path in fact.in_order])
            known = Provenance() if fact.of_row and fact.over in none else weakest([derived])
            work.facts[fact.name] = DerivedFact(fact, UNKNOWN, known)
        self[empty] = tuple(spelled(work.facts[fact.name].provenance) for fact in self.facts)
        return self[empty]


@dataclass(frozen=True)
class ProvedBy:
    """How the facts of one case are known, of which sources have said something; called by the function itself."""

    facts: Sequence[Fact]
    sources: Mapping[str, Provenance]
    fixed: Mapping[str, Fixed]
    by_row: Mapping[str, Mapping[str, Fixed]]

    def __call__(self, rows: Mapping[str, list[str]], truths: Mapping[str, Mapping[str, bool | None]]) -> list[str]:
        """Return it as JSON, given the rows of each group and what is true of them."""
        work = Derivation(Situation({}, sources=self.sources), {"facts": {}})
        for fact in self.facts:
            known = self._known(fact, rows.get(fact.over, []), truths.get(fact.id, {}), work)
            work.facts[fact.name] = DerivedFact(fact, UNKNOWN, known)
        return [spelled(work.facts[fact.name].provenance) for fact in self.facts]

    def _known(self, fact: Fact, rows: list[str], truths: Mapping[str, bool | None], work: Derivation) -> Provenance:
        fixed = self.fixed.get(fact.id)
        if fixed is not None and not fact.of_row:
            return fixed.provenance
        derived = weakest([read_provenance(path, work) for path in fact.in_order])
        if not fact.over:
            return derived
        stated = self.by_row.get(fact.id, {})
        sources = {row: row_source(stated.get(row), derived) for row in rows}
        if fact.of_row:
            return weakest([*sources.values()])
        findings = {row: Finding(truths[row]) for row in rows}
        return weakest(telling(fact.roll_up, findings, sources) or [*sources.values(), derived])


@lru_cache(maxsize=1_024)
def spelled(known: Provenance) -> str:
    """Return a provenance as JSON."""
    return canonical(provenance_json(known))
