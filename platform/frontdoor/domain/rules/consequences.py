"""What each missing answer would change: the outcomes that it can lead to. Analysis of a decision, never the decision.

Each value of a missing fact is tried with every completion of the other unknown facts, within a bound. Numbers are
tried around what they are compared with, so that values which lead to the same are told as one span.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from frontdoor.domain.rules.facts import Derivation, DerivedFact, derive
from frontdoor.domain.rules.outstanding import (
    ANY_OTHER,
    MOST_COMPLETIONS,
    compared_with,
    completions,
    open_leaves,
    values_to_try,
)
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Decision, Fact, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE, Walk
from frontdoor.domain.text import Text, say

_ANY_OTHER: Text = {"en": "anything else", "cy": "unrhyw beth arall"}
_SPANS: Mapping[str, Text] = {
    "at most": {"en": "{0} or less", "cy": "{0} neu lai"},
    "less": {"en": "less than {0}", "cy": "llai na {0}"},
    "at least": {"en": "{0} or more", "cy": "{0} neu fwy"},
    "more": {"en": "more than {0}", "cy": "mwy na {0}"},
    "any": {"en": "any number", "cy": "unrhyw rif"},
    "between": {"en": "{0} to {1}", "cy": "{0} i {1}"},
}


@dataclass(frozen=True)
class Answer:
    """One value of a missing fact, or several numbers in a row, and what follows.

    `alone` is the decision were this the only thing found out; `outcomes` are the decisions that it can end in once
    the others are known too, in the order of the table. `values` are those that were tried.
    """

    values: tuple[Finding, ...]
    alone: str
    outcomes: tuple[str, ...]
    span: str = ""  # a key of _SPANS, for numbers
    ends: tuple[float, ...] = ()

    def told(self, fact: Fact, language: str) -> str:
        """Return the answer in words: `yes`, `3 or more`, a code by its label."""
        if self.span:
            words = say(_SPANS[self.span], language)
            for place, end in enumerate(self.ends):
                words = words.replace(f"{{{place}}}", f"{end:g}")
            return words
        return "; ".join(
            say(_ANY_OTHER, language) if value.value == ANY_OTHER else printed(value, fact, language)
            for value in self.values
        )


@dataclass(frozen=True)
class Consequence:
    """What one missing fact would change.

    No `answers`: its values cannot be tried (a date, a list). `whole`: every completion of the others was tried;
    without it `outcomes` hold `alone` only.
    """

    fact: Fact
    answers: tuple[Answer, ...]
    whole: bool


def consequences(
    rules: Rules, decision: Decision, situation: Situation, wanted: Collection[str]
) -> tuple[Consequence, ...]:
    """Return what each of the wanted facts would change, of those that are unknown by themselves."""
    work = derive(rules.needed(decision.reads), situation)
    leaves = open_leaves(work)
    candidates = {known.fact.id: tuple(values_to_try(known, decision, rules)) for known in leaves}
    tried = {key: values for key, values in candidates.items() if values}
    whole = prod(len(values) for values in tried.values()) <= MOST_COMPLETIONS
    walks = completions(rules, decision, work, tried) if whole else {}
    return tuple(
        Consequence(known.fact, tuple(_answers(known, decision, rules, work, _by_value(known, tried, walks))), whole)
        for known in leaves
        if known.fact.id in wanted
    )


def _by_value(
    known: DerivedFact, tried: Mapping[str, tuple[Finding, ...]], walks: Mapping[tuple[Finding, ...], Walk]
) -> dict[Finding, list[Walk]]:
    """Return where the walk ended for each value of one fact; no walks where not every completion was tried."""
    found: dict[Finding, list[Walk]] = {value: [] for value in tried.get(known.fact.id, ())}
    place = [*tried].index(known.fact.id) if found else 0
    for values, walked in walks.items():
        if found:
            found[values[place]].append(walked)
    return found


def _answers(
    known: DerivedFact, decision: Decision, rules: Rules, work: Derivation, walks: Mapping[Finding, list[Walk]]
) -> Iterator[Answer]:
    only = completions(rules, decision, work, {known.fact.id: tuple(walks)}) if walks else {}
    each = []
    for value, walked in walks.items():
        alone = _ends_in(only[value,], decision)
        ends = {_ends_in(one, decision) for one in walked} or {alone}
        each.append(Answer((value,), alone, _in_order(ends, decision)))
    if known.fact.type in ("integer", "number"):
        fractions = known.fact.type == "number"
        numbers = compared_with(known.fact, decision, rules) if fractions else ()
        yield from _spans(each, [one for one in numbers if isinstance(one, int | float)])
    else:
        yield from _together(each)


def _ends_in(walked: Walk, decision: Decision) -> str:
    if walked.stopped:
        return CANNOT_DECIDE
    return walked.fired[0].decision if walked.fired else decision.when_unknown.decision


def _in_order(found: Collection[str], decision: Decision) -> tuple[str, ...]:
    order = [row.decision for row in (*decision.rows, decision.otherwise, decision.when_unknown)]
    return tuple(sorted(found, key=lambda one: order.index(one) if one in order else len(order)))


def _together(answers: Sequence[Answer]) -> Iterator[Answer]:
    """Yield answers that lead to the same as one, in the order of the first."""
    same: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for one in answers:
        same.setdefault((one.alone, one.outcomes), []).extend(one.values)
    for (alone, outcomes), values in same.items():
        yield Answer(tuple(values), alone, outcomes)


def _spans(answers: Sequence[Answer], constants: Collection[float]) -> Iterator[Answer]:
    """Yield numbers that lead to the same as one span; they come in order.

    `constants` are what a fraction is compared with; for whole numbers it is empty.
    """
    runs: list[list[Answer]] = []
    for one in answers:
        last = runs[-1][-1] if runs else None
        if last is not None and (last.alone, last.outcomes) == (one.alone, one.outcomes):
            runs[-1].append(one)
        else:
            runs.append([one])
    for place, run in enumerate(runs):
        values = tuple(value for one in run for value in one.values)
        before = runs[place - 1][-1].values[-1].value if place else None
        after = runs[place + 1][0].values[0].value if place + 1 < len(runs) else None
        span, ends = _span((before, values[0].value), (values[-1].value, after), constants)
        yield Answer(values, run[0].alone, run[0].outcomes, span, ends)


def _span(
    lower: tuple[float | None, float], upper: tuple[float, float | None], constants: Collection[float]
) -> tuple[str, tuple[float, ...]]:
    """Return how a run of numbers is told. `lower` is the number before it and its first, `upper` its last and next."""
    (before, low), (high, after) = lower, upper
    if before is None and after is None:
        return "any", ()
    if before is None:
        return ("less", (after,)) if after in constants and after is not None else ("at most", (high,))
    if after is None:
        return ("more", (before,)) if before in constants and low not in constants else ("at least", (low,))
    return ("between", (low, high)) if low != high else ("", ())
