"""Which unknown facts could change the outcome: analysis of a decision, never the decision itself.

Every completion of the unknown leaf facts is tried, within a bound; a fact matters if changing it alone can change the
outcome. What cannot be tried (dates, lists, too many at once) counts as mattering.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import prod
from typing import Any

from frontdoor.domain.rules.facts import Derivation, DerivedFact, among, derive, with_other
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.prepare import NONE, Finding
from frontdoor.domain.rules.receipt import Outstanding
from frontdoor.domain.rules.situation import Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Decision, Fact, Row, Rules, fact_name
from frontdoor.domain.rules.truths import row_truths
from frontdoor.domain.rules.walk import Walk, walk

MOST_COMPLETIONS = 512
MOST_VALUES = 8  # tried for one fact
ANY_OTHER = "\x00any other"  # a code that nobody has written


def outstanding(rules: Rules, decision: Decision, walked: Walk, work: Derivation) -> tuple[Outstanding, ...]:
    """Return what is not known and could change where the walk ended, in the order of the facts.

    `work` are facts worked out, at least those that the table reads.
    """
    rows = walked.undecided or walked.fired
    work = among(work, rules.needed(decision.reads))
    leaves = open_leaves(work)
    candidates = {known.fact.id: tuple(values_to_try(known, decision, rules)) for known in leaves}
    tried = [key for key, values in candidates.items() if values]
    mattering = {key for key, values in candidates.items() if not values}
    if prod(len(candidates[key]) for key in tried) <= MOST_COMPLETIONS:
        mattering |= _mattering(rules, decision, work, {key: candidates[key] for key in tried})
    else:
        mattering |= set(tried)
    near = {fact.id for fact in rules.needed(_reads(rows))}
    named = [known.fact for known in leaves if known.fact.id in mattering]
    if not any(fact.id in near for fact in named):
        named = [known.fact for known in leaves if known.fact.id in near]
    return (*(Outstanding(fact.id, fact.label) for fact in named), *_other(rows, work))


def settling(rules: Rules, decision: Decision, situation: Situation, wanted: Collection[str]) -> frozenset[str]:
    """Return those of the wanted facts of which one answer alone would end the walk with a final outcome.

    Dates and lists are left out, as their values cannot be tried.
    """
    needed = rules.needed(decision.reads)
    unknown = (known for known in derive(needed, situation).by_id().values() if known.fact.id in wanted)
    return frozenset(known.fact.id for known in unknown if _settles(known, needed, decision, situation, rules))


def _settles(
    known: DerivedFact, needed: Sequence[Fact], decision: Decision, situation: Situation, rules: Rules
) -> bool:
    for value in values_to_try(known, decision, rules):
        given = {known.fact.id: Fixed(value, Provenance())}
        work = derive(needed, replace(situation, facts={**situation.facts, **given}))
        fired = walk(decision, row_truths(decision, work)).fired
        outcomes = [decision.outcome(row.decision) for row in fired]
        if outcomes and all(outcome is not None and outcome.final for outcome in outcomes):
            return True
    return False


def _reads(rows: tuple[Row, ...]) -> frozenset[str]:
    return frozenset().union(*(row.reads for row in rows))


def open_leaves(work: Derivation) -> list[DerivedFact]:
    """Return the facts that are unknown by themselves, in the order of the facts."""
    return [known for known in work.by_id().values() if _is_leaf(known, work)]


def _is_leaf(known: DerivedFact, work: Derivation) -> bool:
    """Tell whether a fact is unknown by itself: nothing it reads is an unknown fact of the family."""
    if known.finding.known or known.error or known.fact.of_row:
        return False
    met = (work.facts.get(fact_name(path)) for path in known.fact.reads)
    return not any(each is not None and not each.fact.of_row and not each.finding.known for each in met)


def _other(rows: tuple[Row, ...], work: Derivation) -> Iterator[Outstanding]:
    """Yield what the rows read themselves that is no fact: an answer, another decision, what the platform supplies."""
    for path in sorted(_reads(rows)):
        if path.split(".")[0] in ("facts", "parameters", "as_of") or _there(path, work.data):
            continue
        value = platform_value(path)
        yield Outstanding(path, value.label if value else {"en": path.rpartition(".")[2].replace("_", " ")})


def _there(path: str, data: Any) -> bool:
    *holders, last = path.split(".")
    for holder in holders:
        data = data.get(holder) if isinstance(data, dict) else None
    return isinstance(data, dict) and (data.get(last) is not None or "!" + last in data)


def _mattering(
    rules: Rules, decision: Decision, work: Derivation, candidates: Mapping[str, tuple[Finding, ...]]
) -> set[str]:
    """Return the facts whose value alone can change the outcome, over all completions of the candidates."""
    walks = completions(rules, decision, work, candidates)
    outcomes = {values: _outcome(walked) for values, walked in walks.items()}
    found = set()
    for place, key in enumerate(candidates):
        seen: dict[Any, Any] = {}
        for values, outcome in outcomes.items():
            others = values[:place] + values[place + 1 :]
            if seen.setdefault(others, outcome) != outcome:
                found.add(key)
                break
    return found


def completions(
    rules: Rules, decision: Decision, work: Derivation, candidates: Mapping[str, tuple[Finding, ...]]
) -> dict[tuple[Finding, ...], Walk]:
    """Return where the walk ends for every combination of the candidates' values, in their order."""
    needed = rules.needed(decision.reads)
    found = {}
    for values in product(*candidates.values()):
        given = {key: Fixed(value, Provenance()) for key, value in zip(candidates, values, strict=True)}
        found[values] = walk(decision, row_truths(decision, with_other(needed, work, given)))
    return found


def _outcome(walked: Walk) -> tuple[Any, ...]:
    return walked.stopped, tuple((row.decision, row.reason_code) for row in walked.fired)


def values_to_try(known: DerivedFact, decision: Decision, rules: Rules) -> Iterator[Finding]:
    """Yield the values to try for an unknown fact; nothing for dates and lists, whose values cannot be told apart."""
    fact = known.fact
    if fact.type == "boolean":
        yield from (Finding(True), Finding(False))
    elif fact.type in ("integer", "number"):
        yield from _numbers(known, compared_with(fact, decision, rules))
    elif fact.type == "string":
        texts = (each for each in compared_with(fact, decision, rules) if isinstance(each, str))
        codes = [*fact.verify.get("options", {}), *texts]
        yield from (Finding(code) for code in dict.fromkeys(codes[: MOST_VALUES - 2]))
        yield from (Finding(ANY_OTHER), NONE)


def _numbers(known: DerivedFact, constants: list[Any]) -> Iterator[Finding]:
    low, high = known.finding.low, known.finding.high
    near = {each + step for each in constants if isinstance(each, int | float) for step in (-1, 0, 1)}
    near |= {end for end in (low, high) if end is not None}
    fitting = sorted(each for each in near if (low is None or each >= low) and (high is None or each <= high))
    if len(fitting) <= MOST_VALUES:
        yield from (Finding(each) for each in fitting)


def compared_with(fact: Fact, decision: Decision, rules: Rules) -> list[Any]:
    """Return the numbers and texts that stand in rules which read the fact, parameters' values included."""
    found: list[Any] = []
    readers = [(row.when, row.reads) for row in decision.rows]
    readers += [(each.logic, each.reads) for each in rules.needed(decision.reads)]
    for logic, reads in readers:
        if fact.name not in map(fact_name, reads):
            continue
        found.extend(_literals(logic))
        for path in sorted(reads):
            if path.startswith("parameters."):
                found.extend(_literals(rules.parameters[path.split(".")[1]].value))
    return [*dict.fromkeys(each for each in found if each is not None and not isinstance(each, bool))]


def _literals(logic: Any) -> Iterator[Any]:
    if isinstance(logic, dict):
        for operator, values in logic.items():
            if operator != "var":
                yield from _literals(values)
    elif isinstance(logic, list):
        for each in logic:
            yield from _literals(each)
    else:
        yield logic
