"""The nouns of a rule set: parameters, facts, decisions and their rows. Frozen; `model.parse_rules` makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from frontdoor.domain.canonical import canonical
from frontdoor.domain.rules.compiled import Condition, Value
from frontdoor.domain.rules.translate import translate, translate_value
from frontdoor.domain.text import Text

MOST_KEPT = 1_024  # sets of names whose facts are remembered


@dataclass(frozen=True)
class Parameter:
    """One value that a board may move without touching logic; `bounds` as in the document."""

    id: str
    label: Text
    type: str
    value: Any
    unit: Text | None = None
    bounds: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Fact:
    """One named value that rules read.

    `logic` is None where only people or source systems know it. With `over` the logic is worked out for each row of
    that group; `roll_up` makes one value of the rows, without it the fact belongs to each row. `reads` are the names
    it reads, `rule` the compiled logic. `labels` are what its codes are called: as `verify` says, or as the options
    of the questions that it reads.
    """

    id: str
    order: float
    label: Text
    type: str
    code: str = ""
    question: Text | None = None
    logic: Any = None
    over: str = ""
    roll_up: str = ""
    if_omitted: Any = None
    omitted_stated: bool = False
    unknown_as: Any = None
    unknown_because: str = ""
    verify: Mapping[str, Any] = field(default_factory=dict)
    reads: frozenset[str] = frozenset()
    labels: Mapping[str, Text] = field(default_factory=dict, compare=False, repr=False)
    rule: Condition | Value | None = field(default=None, compare=False, repr=False)

    @cached_property
    def of_row(self) -> bool:
        """Whether each row has its own value, and the family none."""
        return bool(self.over) and not self.roll_up

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """What the fact reads, sorted."""
        return tuple(sorted(self.reads))

    @cached_property
    def reads_facts(self) -> tuple[str, ...]:
        """The names of the facts among what it reads, and of what could be one, sorted as the paths are."""
        return tuple(dict.fromkeys(map(fact_name, self.in_order)))

    @cached_property
    def name(self) -> str:
        """The path by which rules read the fact; of a row's fact the whole path, which rules shorten to `row`."""
        return f"{self.over}.{self.id}" if self.of_row else f"facts.{self.id}"


@dataclass(frozen=True)
class Texts:
    """The reason in three texts, for staff, for who referred and for the family."""

    staff: Text
    referrer: Text
    family: Text


@dataclass(frozen=True)
class Outcome:
    """One possible decision of a table."""

    code: str
    label: Text
    final: bool
    safeguarding: bool = False
    owner: str = ""
    clock: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One row. `argument` is printed after the reason code: a rule, or `clock` names the clock whose date it is.

    `asks_unknown` says that the row's own test uses `unknown`, so it fires whatever else is unknown.
    """

    id: str
    label: Text
    decision: str
    reason_code: str
    texts: Texts
    when: Any = True
    argument: Any = None
    clock: str = ""
    protective: bool = False
    asks_unknown: bool = False
    intended: bool = True
    reads: frozenset[str] = frozenset()
    argument_reads: frozenset[str] = frozenset()
    tells: frozenset[str] = frozenset()  # the facts that its texts insert
    test: Condition | None = field(default=None, compare=False, repr=False)
    argument_rule: Value | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Decision:
    """One decision table. `otherwise` is walked as a last row that is always true."""

    code: str
    order: float
    title: Text
    hit: str
    outcomes: Mapping[str, Outcome]
    rows: tuple[Row, ...]
    otherwise: Row
    when_unknown: Row
    rule_set: str = ""

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every name that the table's tests and arguments read."""
        return frozenset().union(*(row.reads | row.argument_reads for row in (*self.rows, self.otherwise)))

    @cached_property
    def shows(self) -> frozenset[str]:
        """Every name that the table reads or its texts tell."""
        return self.reads.union(*(row.tells for row in (*self.rows, self.otherwise, self.when_unknown)))

    def outcome(self, decision: str) -> Outcome | None:
        """Return the outcome of a decision code; None for one that the table does not list."""
        return self.outcomes.get(decision)


@dataclass(frozen=True)
class Rules:
    """All rule sets of one configuration. `facts` are in dependency order: each reads only earlier ones."""

    parameters: Mapping[str, Parameter]
    facts: Mapping[str, Fact]
    decisions: Mapping[str, Decision]
    digest: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def fact(self, name: str) -> Fact | None:
        """Return a fact by its id or its code."""
        found = self.facts.get(name)
        return found or next((fact for fact in self.facts.values() if fact.code == name), None)

    def condition(self, logic: Any, over: str = "") -> Condition:
        """Return a part of a rule as a condition of its own, compiled once; `over` as `translate` has it."""
        key = over, canonical(logic)
        if key not in self._conditions:
            self._conditions[key] = Condition(translate(logic, self.kinds, over=over))
        return self._conditions[key]

    def value(self, logic: Any, over: str = "") -> Value:
        """Return a part of a rule as a value of its own, compiled once; `over` as `translate` has it."""
        key = over, canonical(logic)
        if key not in self._values:
            self._values[key] = Value(translate_value(logic, self.kinds, over=over))
        return self._values[key]

    @cached_property
    def _conditions(self) -> dict[tuple[str, str], Condition]:
        return {}

    @cached_property
    def _values(self) -> dict[tuple[str, str], Value]:
        return {}

    def needed(self, reads: frozenset[str]) -> tuple[Fact, ...]:
        """Return the facts that `reads` lead to, in dependency order; found once for each table and row."""
        known = self._needed.get(reads)
        if known is None:
            if len(self._needed) >= MOST_KEPT:
                self._needed.clear()
            known = self._needed[reads] = self._led_to(reads)
        return known

    @cached_property
    def _needed(self) -> dict[frozenset[str], tuple[Fact, ...]]:
        return {}

    def _led_to(self, reads: frozenset[str]) -> tuple[Fact, ...]:
        wanted, open_names = set(), list(reads)
        by_name = {fact.name: fact for fact in self.facts.values()}
        while open_names:
            fact = by_name.get(fact_name(open_names.pop()))
            if fact is not None and fact.id not in wanted:
                wanted.add(fact.id)
                open_names.extend(fact.reads)
        return tuple(fact for fact in self.facts.values() if fact.id in wanted)


def fact_name(path: str) -> str:
    """Return the part of a path that names a fact: of `facts.list.0` it is `facts.list`."""
    return ".".join(path.split(".")[: 4 if path.startswith("answers.") else 2])
