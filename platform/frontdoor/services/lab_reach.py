"""How far a change of parameters reaches: which facts and rows are to be decided afresh, and what these read.

All else is read as it was worked out when the case was stored. Cases that agree in what is read are decided once, by
the engine: the answer is that of deciding each of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.facts import Derivation, derive
from frontdoor.domain.rules.prepare import SIGNS, Finding
from frontdoor.domain.rules.pushdown.findings import FIXED
from frontdoor.domain.rules.pushdown.plans import Held, row_unasked, touched, unasked_facts, values_of
from frontdoor.domain.rules.pushdown.stored import key, situation_of
from frontdoor.domain.rules.situation import VERIFIED, Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Decision, Fact, Row, Rules, fact_name
from frontdoor.domain.rules.truths import row_truths
from frontdoor.store.facts_columns import Answers, WorkedOut

_EMPTY: Mapping[str, Any] = {"answers": {}, "family": {}, "case": {}, "capacity": {}, "decisions": {}}
_READ_SIGNS = ["", *(sign for sign in SIGNS if sign != "?")]  # no rule reads `?`: ADR 0003


@dataclass(frozen=True)
class Alike:
    """Cases that agree in all that a change reaches: what stands of what was worked out, and the answers read."""

    letters: str
    facts: Mapping[str, Any]
    fixed: Mapping[str, Any]
    answers: Answers


@dataclass(frozen=True)
class Deciding:
    """What decides such cases, as the engine has it. Their answers are read when it is first asked, and then kept."""

    reach: "Reach"
    one: Alike

    @cached_property
    def _situation(self) -> Situation:
        return self.reach.situation(self.one)

    def __call__(self, parameters: Mapping[str, Any], /) -> str:
        """Return the deciding row's key under values of parameters."""
        return self.reach.decided(self.one.letters, self._situation, parameters)

    def data(self) -> Mapping[str, Any]:
        """Return the data that the rules read, with the facts as they are."""
        return self.reach.worked_out(self._situation, {}).data


@dataclass(frozen=True)
class Reach:
    """What moving the parameters `names` reaches in the table `code`, over the cases of one basis."""

    rules: Rules
    code: str
    held: Held
    names: frozenset[str]
    holidays: tuple[str, ...]

    @property
    def decision(self) -> Decision:
        """The table."""
        return self.rules.decisions[self.code]

    @cached_property
    def _changed(self) -> frozenset[str]:
        moved = {**self.held.parameters, **{name: object() for name in self.names}}
        return touched(self.rules, self.held, moved)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows whose truth may change, in order; all of them where nothing stored is to be relied on."""
        lost = unasked_facts(self.rules, self.held)
        asked = [row for row in self.decision.rows if not row_unasked(row, self.rules, self.held, lost)]
        return tuple(row for row in asked if self.held.rules is None or self._reads_changed(row.reads))

    def _reads_changed(self, reads: Iterable[str]) -> bool:
        return any(path in self._changed or fact_name(path) in self._changed for path in reads)

    @cached_property
    def _letters(self) -> str:
        """A letter for each row where it is known for all cases, a blank where it is read or decided."""
        lost = unasked_facts(self.rules, self.held)
        return "".join(
            "n" if row_unasked(row, self.rules, self.held, lost) else " " if row in self.rows else "s"
            for row in self.decision.rows
        )

    @cached_property
    def _read(self) -> frozenset[str]:
        """What the rows read, and the arguments of all rows, for any of them may come to decide."""
        every = (*self.decision.rows, self.decision.otherwise)
        return frozenset().union(*(row.reads for row in self.rows), *(row.argument_reads for row in every))

    @cached_property
    def afresh(self) -> tuple[Fact, ...]:
        """The facts to be worked out afresh, in dependency order."""
        by_name = {fact.name: fact for fact in self.rules.facts.values()}
        found: set[str] = set()
        waiting = [*self._read]
        while waiting:
            fact = by_name.get(fact_name(waiting.pop()))
            if fact is not None and fact.name in self._changed and fact.id not in found:
                found.add(fact.id)
                waiting += fact.reads
        return tuple(fact for fact in self.rules.facts.values() if fact.id in found)

    @cached_property
    def _paths(self) -> frozenset[str]:
        return self._read.union(*(fact.reads | ({fact.over} - {""}) for fact in self.afresh))

    @cached_property
    def standing(self) -> tuple[Fact, ...]:
        """The family's facts that are read as they were stored, in dependency order."""
        names = {fact_name(path) for path in self._paths}
        every = self.rules.facts.values()
        return tuple(
            fact for fact in every if fact.name in names and not fact.of_row and fact.name not in self._changed
        )

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields of the prepared data that are read, with companions; a group whole where rows are read so."""
        groups = {fact.over for fact in self.rules.facts.values() if fact.over}
        found: set[str] = set()
        for path in self._paths:
            found |= self._fields_of(path, groups)
        return tuple(sorted(one for one in found if not any(one.startswith(f"{other}.") for other in found)))

    def _fields_of(self, path: str, groups: Iterable[str]) -> set[str]:
        root, *rest = path.split(".")
        if root not in _EMPTY:
            return {"as_of"} if root == "as_of" else set()
        group = ".".join([root, *rest[:2]])
        if root == "answers" and group in groups:
            return self._fields_of_rows(group, rest[2] if len(rest) > 2 else "")
        if root == "decisions":
            return {".".join([root, rest[0]])}
        return {*_beside(".".join([root, *rest[: 2 if root == "answers" else 1]]))}

    def _fields_of_rows(self, group: str, name: str) -> set[str]:
        if self._whole(group):
            return {*_beside(group)}
        # Of a row that is only counted something has to be read, or there would be none.
        held = {*_beside(f"{group}.{name}")} if name else {f"{group}.order"}
        said = {f"{group}.{FIXED}{fact.id}" for fact in self.afresh if fact.over == group}
        return {*_beside(group)} - {group} | held | said

    def _whole(self, group: str) -> bool:
        """Tell whether some rule reads the rows as a list, or a row as a whole."""
        readers: list[Any] = [row.when for row in self.rows]
        readers += [row.argument for row in (*self.decision.rows, self.decision.otherwise)]
        readers += [fact.logic for fact in self.afresh if fact.over != group or fact.of_row]
        if any(f'"{group}"' in canonical(one) for one in readers if one is not None):
            return True
        return any(f'"{group}"' in text or '"row"' in text for text in map(canonical, self._over(group)))

    def _over(self, group: str) -> list[Any]:
        return [fact.logic for fact in self.afresh if fact.over == group and fact.logic is not None]

    def alike(self, held: WorkedOut) -> tuple[str, str, str]:
        """Return as text what stands for a case of what was worked out: the rows' letters, facts, what sources say."""
        stored = held.truths.get(self.code, "")
        letters = "".join(stored[index] if letter == "s" else letter for index, letter in enumerate(self._letters))
        names = {f"{sign}{fact.id}" for fact in self.standing for sign in _READ_SIGNS}
        facts = {name: value for name, value in held.facts.items() if name in names}
        ids = {fact.id for fact in self.afresh}
        return letters, canonical(facts), canonical({one: said for one, said in held.fixed.items() if one in ids})

    @cached_property
    def _derived(self) -> tuple[Fact, ...]:
        """The facts that stand and those to be worked out afresh, in dependency order."""
        ids = {fact.id for fact in (*self.standing, *self.afresh)}
        return tuple(fact for fact in self.rules.facts.values() if fact.id in ids)

    @cached_property
    def _table(self) -> Decision:
        """The table with those of its rows that may change."""
        return replace(self.decision, rows=self.rows)

    def decided(self, known: str, situation: Situation, values: Mapping[str, Any]) -> str:
        """Return the deciding row's key; `known` has the letters of the rows that stand."""
        work = self.worked_out(situation, values)
        found = iter(row_truths(self._table, work))
        letters = "".join(next(found)[0] if letter == " " else letter for letter in known)
        return key(self.decision, letters, work)

    def worked_out(self, situation: Situation, values: Mapping[str, Any]) -> Derivation:
        """Return the facts that stand and those worked out afresh, under values of parameters."""
        every = {**values_of(self.rules), **values}
        data = {**situation.data, "parameters": every, "holidays": list(self.holidays)}
        return derive(self._derived, replace(situation, data=data))

    def situation(self, one: Alike) -> Situation:
        """Return the situation that the engine decides."""
        data = {**_EMPTY, **one.answers.read()}
        data["answers"] = {form: _with_ids(held) for form, held in data["answers"].items()}
        situation = situation_of(data, one.fixed, {})
        stood = situation_of({"facts": one.facts}, {}, {}).data["facts"]
        return replace(situation, facts={**situation.facts, **{f.id: _stood(f, stood) for f in self.standing}})


def _beside(path: str) -> Iterable[str]:
    """Return the field at a path, and its companions."""
    before, dot, last = path.rpartition(".")
    return [f"{before}{dot}{sign}{last}" for sign in _READ_SIGNS]


def _with_ids(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's answers, with numbers for the ids of rows where no rule reads them."""
    return {
        name: [{"id": f"r{index}", **row} if isinstance(row, Mapping) else row for index, row in enumerate(value)]
        if isinstance(value, list)
        else value
        for name, value in held.items()
    }


def _stood(fact: Fact, stored: Mapping[str, Any]) -> Fixed:
    finding = Finding(
        stored.get(fact.id),
        none=bool(stored.get(f"!{fact.id}")),
        low=stored.get(f"<{fact.id}"),
        high=stored.get(f">{fact.id}"),
        complete=not stored.get(f"+{fact.id}"),
    )
    return Fixed(finding, Provenance(VERIFIED))
