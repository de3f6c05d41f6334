"""Writes what settles all that follows from the facts: which rows hold, what fires, its texts, what is outstanding.

Two cases of which this is equal are told the same, so it is worked out for the first of them and kept. ADR 0025.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from frontdoor.domain.rules.fused.asking import Asked
from frontdoor.domain.rules.fused.terms import NotFused, Slot, is_list
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.table import Decision, Fact, Row, fact_name

# It reads holidays, which no key has.
_READS_MORE = "working_days_between"


@dataclass(frozen=True)
class Settling:
    """The facts of one table, and which of them are only told: inserted in a text, and read by no row."""

    w: Fused
    decision: Decision
    facts: Sequence[Fact]
    slots: Mapping[str, Slot]
    asked: Mapping[str, Asked]

    def key(self) -> str:
        """Return the expression of what settles which rows hold and what is outstanding."""
        rows = (*self.decision.rows, self.decision.otherwise)
        # What may be tried for one fact works out anew those that read it, and so all else that these read.
        again = [fact for fact in self.facts if not fact.over and any(map(_is_fact, fact.reads))]
        logic = [*(row.when for row in rows), *(row.argument for row in rows), *(fact.logic for fact in again)]
        if _READS_MORE in str(logic):
            raise NotFused(_READS_MORE)
        reads = self.decision.reads.union(*(fact.reads for fact in again))
        parts = [text for fact in self.facts if not fact.of_row for text in self._of_fact(fact)]
        parts += [text for path in sorted(reads) for text in self._read(path)]
        parts += [f"dates.get({self.w.bind(row.clock)})" for row in rows if row.clock]
        return _tuple(parts)

    def told(self) -> str:
        """Return the expression of the values of the facts that are only told, in order."""
        return _tuple([_tuple(_values(self.slots[fact.id])) for fact in only_told(self.decision, self.facts)])

    def _of_fact(self, fact: Fact) -> Iterable[str]:
        """Return the value of a fact that rows read; of others whether it is known, which is all that counts then."""
        slot = self.slots[fact.id]
        if not _apart(fact, self.decision, self.facts):
            return _values(slot)
        value = slot.value.text
        known = f"{value} is not None" + ("" if slot.more.literal else f" and not {slot.more.text}")
        ends = [f"None if {value} is not None else {end}" for end in _ends(slot)]
        return known, slot.none.text, *ends

    def _read(self, path: str) -> Iterable[str]:
        root, _, name = path.partition(".")
        if root in ("facts", "parameters"):
            return ()
        if path == "as_of":
            return ("as_of",)
        if root == "decisions":
            return (f"decisions.get({self.w.bind(name.split('.')[0])})",)
        if root in ("family", "case", "capacity"):
            found = f"platform.get({self.w.bind(path)}, {self.w.bind(path)})"  # what is absent is not what is none
            return found, f"{found}.__class__"
        form, _, question = name.partition(".")
        if root != "answers" or question not in self.asked[form].slots:
            raise NotFused(path)
        return _values(self.asked[form].slots[question])


def only_told(decision: Decision, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that texts insert and of which nothing else counts but whether they are known."""
    told = frozenset().union(*(row.tells for row in _all(decision)))
    return [fact for fact in facts if fact.name in told and not fact.of_row and _apart(fact, decision, facts)]


def tells(decision: Decision, rule_id: str, told: Sequence[Fact]) -> tuple[int, ...]:
    """Return which of the facts that are only told the texts of this outcome insert; all where it is not sure."""
    named = rule_id.partition("/")[2].split("+")
    rows = {row.id: row for row in _all(decision)}
    if any(name not in rows for name in named):
        return tuple(range(len(told)))
    return tuple(place for place, fact in enumerate(told) if any(fact.name in rows[name].tells for name in named))


def _all(decision: Decision) -> tuple[Row, ...]:
    return (*decision.rows, decision.otherwise, decision.when_unknown)


def _apart(fact: Fact, decision: Decision, facts: Sequence[Fact]) -> bool:
    """Tell whether no row reads the fact, and what reads it is never worked out anew because of another fact."""
    readers = [each.reads_facts for each in facts if not each.over and fact.name in each.reads_facts]
    others = any(_is_fact(name) and name != fact.name for names in readers for name in names)
    return not others and fact.name not in set(map(fact_name, decision.reads))


def _is_fact(name: str) -> bool:
    return name.startswith("facts.")


def _values(slot: Slot) -> Iterator[str]:
    value = slot.value.text
    yield from (each.text for each in (slot.none, slot.more) if not each.literal)
    yield f"tuple({value}) if {value} is not None else None" if is_list(slot.value) else value
    yield from _ends(slot)


def _ends(slot: Slot) -> Iterator[str]:
    if not is_list(slot.value):
        yield from (each.text for each in (slot.low, slot.high) if each is not None and each.text != slot.value.text)


def _tuple(parts: Iterable[str]) -> str:
    return f"({' '.join(f'{part},' for part in parts)})"
