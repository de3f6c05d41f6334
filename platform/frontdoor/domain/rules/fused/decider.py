"""The outcome of a decision from accepted answers: by a function of its own if one could be written, else `decide`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from frontdoor.domain.canonical import canonical
from frontdoor.domain.case import Evidence
from frontdoor.domain.errors import DocumentRejected, NotFound, RuleFailed
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.forms.states import answer_states
from frontdoor.domain.rules.conclude import Circumstances
from frontdoor.domain.rules.decide import decide
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.fused import cutoffs, incoming
from frontdoor.domain.rules.fused.outcome import Outcome
from frontdoor.domain.rules.fused.tables import HEAD, Table
from frontdoor.domain.rules.fused.terms import NotFused
from frontdoor.domain.rules.inputs import Inputs
from frontdoor.domain.rules.situation import Provenance
from frontdoor.domain.rules.table import Decision, Row, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE, walk

MOST_FUNCTIONS: Final = 128  # parameters may be moved about at will, and each setting is a function of its own
MOST_DAYS: Final = 1_000
_MISSING: Final = object()
_NAMES: Final[Mapping[str, Any]] = {
    "len": len, "any": any, "all": all, "fits": fits, "MISSING": _MISSING,
    **{name: getattr(incoming, name) for name in (
        "DAYS", "GiveUp", "NO_DAYS", "a_bool", "a_text", "chosen", "days", "number", "rows", "texts", "whole_day",
        "whole_number")},
}  # fmt: skip
_HOLDS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "boolean": incoming.a_bool, "integer": incoming.whole_number, "number": incoming.number,
    "date": incoming.whole_day, "string": incoming.a_text, "list": incoming.texts,
}  # fmt: skip
# What came in was not what the function was written for: the general way decides, and says what is wrong if need be.
NOT_MINE: Final = (incoming.GiveUp, RuleFailed, TypeError, KeyError, ValueError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Told:
    """What a decision is made from: accepted answers by form, and the rest as `Inputs` has it.

    `clock_dates` are the dates of clocks by code, for rows whose argument is such a date.
    """

    answers: Mapping[str, Mapping[str, Any]]
    as_of: date
    evidence: Sequence[Evidence] = ()
    platform: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    holidays: Sequence[str] = ()
    clock_dates: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, Provenance] = field(default_factory=dict)


def inputs_of(forms: Mapping[str, Form], told: Told) -> Inputs:
    """Return the same as the general way reads it."""
    return Inputs(
        answers={key: answer_states(forms[key], said, as_of=told.as_of) for key, said in told.answers.items()},
        as_of=told.as_of,
        evidence=told.evidence,
        platform=told.platform,
        decisions=told.decisions,
        parameters=told.parameters,
        holidays=told.holidays,
        sources=told.sources,
    )


@dataclass(frozen=True)
class Function:
    """One function, the thresholds that it needs for a day, and whether it meters what it runs."""

    main: Callable[..., Any]
    cuts: tuple[cutoffs.Cut, ...]
    metered: bool
    days: dict[date, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    def thresholds(self, as_of: date) -> tuple[str, tuple[str, ...]]:
        """Return the day as text, and the day of each threshold; kept, because cases of one day come together."""
        if len(self.days) >= MOST_DAYS:
            self.days.clear()
        text = as_of.isoformat()
        return self.days.setdefault(as_of, (text, cutoffs.days(self.cuts, text)))


def words_of(rules: Rules, told: Told) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return what sources have said by fact, and by fact and row; the latest word counts."""
    fixed: dict[str, Any] = {}
    by_row: dict[str, dict[str, Any]] = {}
    for word in sorted(told.evidence, key=lambda each: each.at):
        fact = rules.facts.get(word.fact)
        if fact is None:
            continue
        value = word.value if word.value is None else _HOLDS[fact.type](word.value)
        if word.row is None:
            fixed[word.fact] = value
        else:
            by_row.setdefault(word.fact, {})[word.row] = value
    return fixed, by_row


def function_of(source: str, head: str, code: str, names: Mapping[str, Any], cuts: Sequence[cutoffs.Cut]) -> Function:
    """Return the function of a source, whose own begins with `head`."""
    known = {**names, **_NAMES}
    # The source is ours from end to end: every literal, path and key of a document is bound by name.
    exec(compile(source, f"<{code}>", "exec"), known)  # noqa: S102
    body = source[source.index(head) + len(head) :]
    return Function(known["main"], tuple(cuts), bool(re.search(r"\br\b", body)))


class Decider:
    """Decides by one configuration; keep it as long as the configuration, for it keeps its functions."""

    def __init__(self, rules: Rules, forms: Mapping[str, Form]) -> None:
        self.rules, self.forms = rules, forms
        self._functions: dict[tuple[str, bool, str], Function | None] = {}

    def outcome(self, code: str, told: Told) -> Outcome:
        """Return what `decide` would decide. NotFound where the rules have no such table."""
        function = self.function(code, told)
        if function is not None:
            try:
                return self._run(function, told)
            except NOT_MINE:
                pass
        return self.by_decide(code, told)

    def function(self, code: str, told: Told) -> Function | None:
        """Return the function for a table, a setting of parameters, and with or without evidence; None without one."""
        key = code, bool(told.evidence), canonical(dict(told.parameters)) if told.parameters else ""
        if key not in self._functions:
            if len(self._functions) >= MOST_FUNCTIONS:
                self._functions.clear()
            self._functions[key] = self._written(code, told)
        return self._functions[key]

    def by_decide(self, code: str, told: Told) -> Outcome:
        """Return the outcome by the general way."""
        receipt = decide(self.rules, code, inputs_of(self.forms, told), Circumstances(clock_dates=told.clock_dates))
        return Outcome(receipt.decision, receipt.reason_code, receipt.argument, receipt.fired)

    def _written(self, code: str, told: Told) -> Function | None:
        decision = self.rules.decisions.get(code)
        if decision is None:
            raise NotFound(f"These rules have no decision {code}")
        parameters = {**{key: each.value for key, each in self.rules.parameters.items()}, **told.parameters}
        table = Table(self.rules, decision, self.forms, parameters)
        try:
            source = table.source(proved=bool(told.evidence))
        except (NotFused, DocumentRejected):
            return None
        return function_of(source, HEAD, code, {**table.w.names, "weighed": _weighing(decision)}, table.w.cuts)

    def _run(self, function: Function, told: Told) -> Outcome:
        fixed, by_row = words_of(self.rules, told)
        text, cuts = function.days.get(told.as_of) or function.thresholds(told.as_of)
        run = Run({"holidays": [*told.holidays]}) if function.metered else None
        outcome: Outcome = function.main(
            told.answers, text, cuts, fixed, by_row, told.platform, told.decisions, run, told.clock_dates
        )
        return outcome


def _weighing(decision: Decision) -> Callable[[list[str], Mapping[str, str]], Outcome]:
    def weighed(truths: list[str], dates: Mapping[str, str]) -> Outcome:
        walked = walk(decision, truths)
        if walked.stopped:
            return Outcome(CANNOT_DECIDE, walked.stopped, None, ())
        if not walked.fired:
            return Outcome(decision.when_unknown.decision, decision.when_unknown.reason_code, None, ())
        first = walked.fired[0]
        arguments = [dates.get(row.clock) for row in walked.fired if row.clock]
        argument = next((each for each in arguments if each), None)
        return Outcome(first.decision, "+".join(row.reason_code for row in walked.fired), argument, _ids(walked.fired))

    return weighed


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return () if rows[0].decision == CANNOT_DECIDE else tuple(row.id for row in rows)
