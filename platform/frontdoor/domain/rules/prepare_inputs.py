"""From a case's inputs to a situation: only what the rules read is taken, so a receipt keeps no more."""

from collections.abc import Iterable, Mapping
from typing import Any

from frontdoor.domain.case import Evidence
from frontdoor.domain.forms.states import NONE as HIDDEN
from frontdoor.domain.forms.states import Interval, Known, ListState, Parts, Rows, State, StatedAnswers
from frontdoor.domain.rules import prepare
from frontdoor.domain.rules.inputs import Inputs
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.rules.prepare import Finding, between, known_empty, place
from frontdoor.domain.rules.situation import ASSUMED, VERIFIED, Fixed, Provenance, Situation
from frontdoor.domain.rules.table import Fact, Rules


def prepared(rules: Rules, inputs: Inputs, reads: frozenset[str]) -> Situation:
    """Return the situation for rules that read `reads`, and for the facts these lead to."""
    needed = rules.needed(reads)
    paths = reads.union(*(fact.reads for fact in needed))
    data = {
        "answers": _answers(inputs.answers, paths, rules.kinds),
        "parameters": {**{key: each.value for key, each in rules.parameters.items()}, **inputs.parameters},
        "decisions": {code: {"decision": decision} for code, decision in inputs.decisions.items()},
        "as_of": inputs.as_of.isoformat(),
        "holidays": [*inputs.holidays],
        **platform_data(inputs.platform, paths),
    }
    facts, row_facts = fixed_by(needed, inputs.evidence)
    return Situation(data, facts, row_facts, inputs.sources)


def _answers(answers: Mapping[str, StatedAnswers], paths: Iterable[str], kinds: Mapping[str, str]) -> dict[str, Any]:
    prepared_answers: dict[str, Any] = {}
    for path in sorted({".".join(path.split(".")[:3]) for path in paths if path.startswith("answers.")}):
        _, form, question = path.split(".")
        held = prepared_answers.setdefault(form, {})
        states = answers.get(form)
        if states is not None and question in states:
            place(held, question, _finding(states[question], path, paths, kinds))
    return prepared_answers


def _finding(state: State, path: str, paths: Iterable[str], kinds: Mapping[str, str]) -> Finding:
    if isinstance(state, Rows):
        return _rows(state, path, paths, kinds)
    if isinstance(state, Parts):
        return Finding(_parts(state, path, kinds))
    if isinstance(state, Known):
        return Finding(state.value)
    if isinstance(state, Interval):
        return between(state.earliest.isoformat(), state.latest.isoformat())
    if isinstance(state, ListState):
        return Finding([*state.values], complete=state.complete)
    return known_empty(kinds.get(path, "any")) if state is HIDDEN else prepare.UNKNOWN


def _rows(state: Rows, path: str, paths: Iterable[str], kinds: Mapping[str, str]) -> Finding:
    wanted = {name[len(path) + 1 :].split(".")[0] for name in paths if name.startswith(f"{path}.")}
    rows = []
    for row in state.rows:
        held: dict[str, Any] = {"id": row.id}
        for key in sorted(wanted & set(row.answers)):
            place(held, key, _finding(row.answers[key], f"{path}.{key}", (), kinds))
        rows.append(held)
    return Finding(rows, complete=state.complete)


def _parts(state: Parts, path: str, kinds: Mapping[str, str]) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for key, part in state.parts.items():
        place(parts, key, _finding(part, f"{path}.{key}", (), kinds))
    return parts


def platform_data(values: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """Return what the platform supplies, prepared: only what `paths` read."""
    held: dict[str, Any] = {"family": {}, "case": {}, "capacity": {}}
    read = {path for path in PLATFORM_VALUES for name in paths if name == path or name.startswith(f"{path}.")}
    for path in sorted(read & set(values)):
        root, _, name = path.partition(".")
        value = values[path]
        place(held[root], name, Finding(value) if value is not None else known_empty(PLATFORM_VALUES[path].type))
    return held


def fixed_by(
    needed: Iterable[Fact], evidence: Iterable[Evidence]
) -> tuple[dict[str, Fixed], dict[str, dict[str, Fixed]]]:
    """Return the facts that evidence settles, of the family and of rows; the latest word on each counts."""
    by_id = {fact.id: fact for fact in needed}
    facts: dict[str, Fixed] = {}
    rows: dict[str, dict[str, Fixed]] = {}
    for word in sorted(evidence, key=lambda each: each.at):
        fact = by_id.get(word.fact)
        if fact is None:
            continue
        value = Finding(word.value) if word.value is not None else known_empty(fact.type)
        state = ASSUMED if word.kind == ASSUMED else VERIFIED
        fixed = Fixed(value, Provenance(state, (word.source,), (word.by_name,), word.checked_on.isoformat()))
        if word.row is None:
            facts[fact.id] = fixed
        else:
            rows.setdefault(fact.id, {})[word.row] = fixed
    return facts, rows
