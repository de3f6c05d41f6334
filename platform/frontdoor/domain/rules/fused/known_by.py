"""How each fact of a table is known, where no source has said anything: it depends on who sent which form alone.

With one exception: a fact of rows is known by nobody where there are no rows. So what each fact reads is weighed once
for each set of senders and of empty groups, by the same functions as everywhere.
"""

from collections.abc import Mapping, Sequence

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.facts import Derivation, DerivedFact, read_provenance
from frontdoor.domain.rules.prepare import UNKNOWN
from frontdoor.domain.rules.situation import Provenance, Situation, provenance_json, weakest
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
        self[empty] = tuple(canonical(provenance_json(work.facts[fact.name].provenance)) for fact in self.facts)
        return self[empty]
