"""Decides with a receipt from accepted answers, written as it is stored: by a function if it can, else by `decide`.

The function works out the facts and spells them. All that follows from the facts of the family (the truth of each row,
what fires, the texts, what is outstanding) `decide` works out once for each combination of them, and it is kept.
For the first of them, and for some ever after, both ways write the whole receipt: if they ever part, the function is
not used again.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import DocumentRejected, NotFound
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.conclude import ENGINE, Circumstances, concluded
from frontdoor.domain.rules.decide import decide
from frontdoor.domain.rules.facts import Derivation, DerivedFact
from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.fused.decider import (
    MOST_FUNCTIONS,
    NOT_MINE,
    Function,
    Told,
    function_of,
    inputs_of,
    words_of,
)
from frontdoor.domain.rules.fused.known_by import KnownBy, ProvedBy
from frontdoor.domain.rules.fused.recording import RECORD, Recording
from frontdoor.domain.rules.fused.settling import only_told, tells
from frontdoor.domain.rules.fused.spelling import NAMES
from frontdoor.domain.rules.fused.surroundings import Fixings, Surroundings
from frontdoor.domain.rules.fused.terms import NotFused
from frontdoor.domain.rules.prepare_inputs import fixed_by
from frontdoor.domain.rules.receipt import Receipt, finding_of
from frontdoor.domain.rules.situation import Provenance, Situation
from frontdoor.domain.rules.table import Decision, Fact, Rules

MOST_CONCLUSIONS: Final = 4_096  # of one table; what a family's facts may come to is few, but for numbers and dates
MOST_SENDERS: Final = 256
SURE: Final = 32  # so many combinations of facts are checked first, and of so many one after that
# The parts of a receipt in the order in which it is stored, and those of them that follow from the facts.
PARTS: Final = (
    "argument", "as_of", "code", "decision", "engine", "facts", "fired", "holidays", "outcome", "outstanding",
    "parameters", "reason_code", "rows", "rule_id", "situation", "snapshot", "texts",
)  # fmt: skip
FOLLOWING: Final = (
    "argument", "decision", "fired", "outcome", "outstanding", "reason_code", "rows", "rule_id", "texts",
)  # fmt: skip
Key = tuple[Any, ...]
_PLAIN: Final = Circumstances()
_WHOLE: Final = "{" + ",".join(f'"{part}":%s' for part in PARTS) + "}"


@dataclass(frozen=True)
class Written:
    """One decision with its receipt. `parts` are the canonical texts of the receipt's parts, in order."""

    decision: str
    reason_code: str
    argument: str | None
    rule_id: str
    parts: Mapping[str, str]

    @property
    def text(self) -> str:
        """The receipt as it is stored: its canonical text."""
        return _WHOLE % (*self.parts.values(),)

    def with_rest(self, rest: Mapping[str, str]) -> "Written":
        """Return this with the parts that it has not."""
        known, parts = self.parts, {}
        for part in PARTS:
            parts[part] = known[part] if part in known else rest[part]
        return Written(self.decision, self.reason_code, self.argument, self.rule_id, parts)


@dataclass(frozen=True)
class _Concluded:
    """What follows where all that counts is equal: by the values of the told facts that its texts insert."""

    tells: tuple[int, ...]
    by_told: dict[Key, Written] = field(default_factory=dict)


@dataclass
class _Recorded:
    """What is kept for one table and one setting of parameters."""

    function: Function
    around: Surroundings
    decision: Decision
    facts: tuple[Fact, ...]
    groups: tuple[str, ...]
    senders: dict[tuple[tuple[str, Provenance], ...], KnownBy] = field(default_factory=dict)
    concluded: dict[Key, "_Concluded"] = field(default_factory=dict)
    met: int = 0

    @cached_property
    def told(self) -> list[Fact]:
        """The facts that are only told."""
        return only_told(self.decision, self.facts)

    def found(self, key: Key, told: Key) -> Written | None:
        """Return what follows, if it was worked out for such a case before."""
        kept = self.concluded.get(key)
        return kept.by_told.get((*(told[place] for place in kept.tells),)) if kept else None

    def following(self, rules: Rules, parts: Mapping[str, str], around: Circumstances) -> Written:
        """Return what follows from the facts that the function wrote, by the general way."""
        situation = Situation.from_json(json.loads(parts["situation"]))
        work = Derivation(situation, situation.fresh())
        known = json.loads(parts["facts"])
        for fact in self.facts:
            work.put(DerivedFact(fact, finding_of(known[fact.id])))
        receipt = concluded(rules, self.decision, work, around)
        return _written(receipt, receipt.following_json())

    def keep(self, key: Key, told: Key, whole: Written) -> None:
        """Keep what follows for the next such case."""
        if len(self.concluded) >= MOST_CONCLUSIONS:
            self.concluded.clear()
        kept = self.concluded.setdefault(key, _Concluded(tells(self.decision, whole.rule_id, self.told)))
        if len(kept.by_told) >= MOST_CONCLUSIONS:
            kept.by_told.clear()
        following = {part: whole.parts[part] for part in FOLLOWING}
        kept.by_told[(*(told[place] for place in kept.tells),)] = replace(whole, parts=following)

    def known_by(self, sources: Mapping[str, Provenance]) -> KnownBy:
        key = (*sources.items(),)
        found = self.senders.get(key)
        if found is None:
            if len(self.senders) >= MOST_SENDERS:
                self.senders.clear()
            found = self.senders[key] = KnownBy(self.facts, self.groups, sources)
        return found


class Recorder:
    """Decides by one configuration; keep it as long as the configuration.

    `sure` combinations of facts are checked first, and one of so many after that. `parted` names the tables that it
    gave up on.
    """

    def __init__(self, rules: Rules, forms: Mapping[str, Form], *, sure: int = SURE) -> None:
        self.rules, self.forms, self.sure = rules, forms, sure
        self.parted: list[str] = []
        self._recorded: dict[tuple[str, bool, str], _Recorded | None] = {}

    def record(self, code: str, told: Told, around: Circumstances | None = None) -> Written:
        """Return what `decide` decides, with its receipt as `canonical` writes it. NotFound for an unknown table."""
        around = around or _PLAIN
        kept = self.recorded(code, told)
        if kept is None:
            return self.by_decide(code, told, around)
        try:
            key, inserted, parts = self._run(kept, code, told, around)
            known = kept.found(key, inserted)
        except (*NOT_MINE, DocumentRejected):
            return self.by_decide(code, told, around)
        if known is not None:
            return known.with_rest(parts)
        kept.met += 1
        if kept.met > self.sure and kept.met % self.sure:
            following = kept.following(self.rules, parts, around)
            kept.keep(key, inserted, following)
            return following.with_rest(parts)
        whole = self.by_decide(code, told, around)
        if all(whole.parts[part] == text for part, text in parts.items()):
            kept.keep(key, inserted, whole)
        else:
            self.parted.append(code)
            self._recorded = {each: None if one is kept else one for each, one in self._recorded.items()}
        return whole

    def kept(self) -> int:
        """Return for how many combinations of facts it is kept what follows from them."""
        return sum(len(each.by_told) for one in self._recorded.values() if one for each in one.concluded.values())

    def by_decide(self, code: str, told: Told, around: Circumstances) -> Written:
        """Return the same by the general way."""
        return written(decide(self.rules, code, inputs_of(self.forms, told), around))

    def recorded(self, code: str, told: Told) -> _Recorded | None:
        """Return what is kept for a table and a setting of parameters; None where no function can be written."""
        key = code, bool(told.evidence), canonical(dict(told.parameters)) if told.parameters else ""
        if key not in self._recorded:
            if len(self._recorded) >= MOST_FUNCTIONS:
                self._recorded.clear()
            self._recorded[key] = self._made(code, told)
        return self._recorded[key]

    def _made(self, code: str, told: Told) -> _Recorded | None:
        decision = self.rules.decisions.get(code)
        if decision is None:
            raise NotFound(f"These rules have no decision {code}")
        parameters = {**{key: each.value for key, each in self.rules.parameters.items()}, **told.parameters}
        try:
            table = Recording(self.rules, decision, self.forms, parameters, proved=bool(told.evidence))
            function = function_of(table.recording(), RECORD, code, {**table.w.names, **NAMES}, table.w.cuts)
            around = Surroundings(table.paths, parameters)
        except (NotFused, DocumentRejected):
            return None
        return _Recorded(function, around, decision, table.needed, table.groups)

    def _run(self, kept: _Recorded, code: str, told: Told, around: Circumstances) -> tuple[Key, Key, dict[str, str]]:
        """Return what settles all that follows, what is told, and the parts of the receipt that do not follow."""
        function = kept.function
        text, cuts = function.days.get(told.as_of) or function.thresholds(told.as_of)
        run = Run({"holidays": [*told.holidays]}) if function.metered else None
        words: tuple[Any, Any] = ({}, {})
        fixed: Fixings = ({}, {})
        known: KnownBy | ProvedBy
        if told.evidence:
            words, fixed = words_of(self.rules, told), fixed_by(kept.facts, told.evidence)
            known = ProvedBy(kept.facts, told.sources, *fixed)
        else:
            known = kept.known_by(told.sources)
        key, inserted, facts, answers = function.main(
            told.answers, text, cuts, *words, told.platform, told.decisions, run, around.clock_dates or {}, known
        )
        parts = {
            "as_of": f'"{text}"',
            "code": kept.around.quoted(code),
            "engine": kept.around.quoted(ENGINE),
            "facts": facts,
            "holidays": kept.around.quoted(around.holidays),
            "parameters": kept.around.parameters,
            "situation": kept.around.situation(answers, text, told, fixed),
            "snapshot": kept.around.snapshot(around.snapshot),
        }
        return (*sorted(fixed[0]), None, *key) if fixed[0] else key, inserted, parts


def written(receipt: Receipt) -> Written:
    """Return a receipt written as it is stored."""
    return _written(receipt, receipt.to_json())


def _written(receipt: Receipt, told: Mapping[str, Any]) -> Written:
    parts = {part: canonical(told[part]) for part in PARTS if part in told}
    return Written(receipt.decision, receipt.reason_code, receipt.argument, receipt.rule_id, parts)
