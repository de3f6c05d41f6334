"""Reads rule-set documents. What comes out is frozen, complete, acyclic and compiled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from frontdoor.domain.canonical import digest
from frontdoor.domain.errors import DocumentRejected, Problem
from frontdoor.domain.rules.inserts import insert_problems
from frontdoor.domain.rules.kinds import fact_kinds, parameter_kinds, platform_kinds
from frontdoor.domain.rules.reading import read_decision, read_fact, read_parameter
from frontdoor.domain.rules.table import Decision, Fact, Outcome, Parameter, Row, Rules, Texts, fact_name
from frontdoor.domain.text import Text

__all__ = ["Decision", "Fact", "Outcome", "Parameter", "Row", "Rules", "Texts", "parse_rules"]

Documents = Mapping[str, Mapping[str, Any]]
Labels = Mapping[str, Mapping[str, Text]]


def parse_rules(documents: Documents, kinds: Mapping[str, str] | None = None, labels: Labels | None = None) -> Rules:
    """Return the rules of all rule sets of one configuration.

    `documents` are rule sets by name that passed their meta-schema. `kinds` says of what kind answers are, as
    `kinds.form_kinds` reads it from the forms; without it rules are longer, because an answer may then be anything.
    `labels` are what the codes of answers are called, as `kinds.form_labels` reads them.
    DocumentRejected with every problem, each with its document and where it is in it.
    """
    reading = _Reading(documents)
    known = {**platform_kinds(), **(kinds or {}), **parameter_kinds(documents), **fact_kinds(documents)}
    parameters = reading.each("parameters", read_parameter)
    facts = reading.each("facts", lambda *at: read_fact(*at, kinds=known))
    decisions = reading.each("decisions", lambda *at: read_decision(*at, kinds=known))
    reading.references(parameters, facts, decisions)
    ordered = reading.in_dependency_order(facts)
    if reading.problems:
        raise DocumentRejected("These rules cannot decide yet", problems=reading.problems)
    named = {key: replace(fact, labels=_labels(fact, labels or {})) for key, fact in ordered.items()}
    return Rules(parameters, named, decisions, digest(documents), known)


def _labels(fact: Fact, labels: Labels) -> dict[str, Text]:
    asked = {code: label for path in sorted(fact.reads) for code, label in labels.get(path, {}).items()}
    return asked | {code: option["label"] for code, option in fact.verify.get("options", {}).items()}


class _Reading:
    """What reading gathers: problems, and in which document each id stands."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.problems: list[Problem] = []
        self.files: dict[tuple[str, str], str] = {}

    def each(self, section: str, read: Any) -> dict[str, Any]:
        found = {}
        for name, document in self.documents.items():
            written = document.get(section, {})
            for key in sorted(written, key=lambda key: (written[key].get("order", 0), key)):
                where = f"/{section}/{key}"
                if key in found:
                    other = self.files[section, key]
                    self.add(name, where, "twice", f"`{key}` is also in {other}: give one another id")
                    continue
                self.files[section, key] = name
                try:
                    found[key] = read(key, written[key], where)
                except DocumentRejected as error:
                    self.problems += [
                        Problem(problem.where, problem.code, problem.message, name) for problem in error.problems
                    ]
        return found

    def add(self, name: str, where: str, code: str, message: str) -> None:
        self.problems.append(Problem(where, code, message, name))

    def references(
        self, parameters: Mapping[str, Parameter], facts: Mapping[str, Fact], decisions: Mapping[str, Decision]
    ) -> None:
        written = {section: self._written(section) for section in ("parameters", "facts", "decisions")}
        for fact in facts.values():
            self._names("facts", fact.id, f"/facts/{fact.id}/logic", fact.reads, written)
        for decision in decisions.values():
            for row in (*decision.rows, decision.otherwise, decision.when_unknown):
                at = f"/decisions/{decision.code}/" + (f"rows/{row.id}" if row in decision.rows else row.id)
                self._names("decisions", decision.code, at, row.reads | row.argument_reads, written)
                for where, code, message in insert_problems(row, at, parameters, facts):
                    self.add(self.files["decisions", decision.code], where, code, message)
        self._decision_rings(decisions, facts)

    def _written(self, section: str) -> frozenset[str]:
        return frozenset(key for document in self.documents.values() for key in document.get(section, {}))

    def _names(
        self, section: str, key: str, at: str, reads: Iterable[str], written: Mapping[str, frozenset[str]]
    ) -> None:
        for path in sorted(reads):
            root, _, rest = path.partition(".")
            named = rest.split(".")[0]
            if root in written and named not in written[root]:
                words = f"There is no `{root}.{named}`: define it or correct the name"
                self.add(self.files[section, key], at, "unknown_name", words)

    def in_dependency_order(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        by_name = {fact.name: fact.id for fact in facts.values()}
        needs = {
            fact.id: sorted({by_name[fact_name(path)] for path in fact.reads if fact_name(path) in by_name})
            for fact in facts.values()
        }
        order, ring = _sorted(needs)
        if ring:
            self._ring("facts", ring)
        return {key: facts[key] for key in order if key in facts}

    def _decision_rings(self, decisions: Mapping[str, Decision], facts: Mapping[str, Fact]) -> None:
        rules = Rules({}, facts, decisions)
        needs = {}
        for decision in decisions.values():
            reads = decision.reads
            reads |= frozenset().union(*(fact.reads for fact in rules.needed(reads)))
            needs[decision.code] = sorted(
                {path.split(".")[1] for path in reads if path.startswith("decisions.")} & set(decisions)
            )
        ring = _sorted(needs)[1]
        if ring:
            self._ring("decisions", ring)

    def _ring(self, section: str, ring: Sequence[str]) -> None:
        path = " → ".join([*ring, ring[0]])
        name = self.files[section, ring[0]]
        words = f"These depend on each other: {path}. Let one of them read less"
        self.add(name, f"/{section}/{ring[0]}", "ring", words)


def _sorted(needs: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the keys with what each needs before it, and a ring if there is one."""
    done: list[str] = []
    state: dict[str, bool] = {}
    for start in needs:
        trail = [(start, iter(needs[start]))] if start not in state else []
        if trail:
            state[start] = False
        while trail:
            key, rest = trail[-1]
            following = next((each for each in rest if not state.get(each, False)), None)
            if following is None:
                state[key] = True
                done.append(key)
                trail.pop()
            elif following in state:
                steps = [each for each, _ in trail]
                return done, steps[steps.index(following) :]
            else:
                state[following] = False
                trail.append((following, iter(needs[following])))
    return done, []
