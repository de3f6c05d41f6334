"""Works facts out in dependency order, from a situation. What fails is an error that a person sees, never false.

Order for each fact: fixed (given, verified, assumed) wins; else its logic, row by row where it has `over`, rolled up;
`unknown_as` comes last and also covers a given null. Source: DESIGN section 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules import dates
from frontdoor.domain.rules.compiled import OPEN, TRUE
from frontdoor.domain.rules.prepare import UNKNOWN, Finding, between, place
from frontdoor.domain.rules.situation import ASSERTED, PLATFORM, Fixed, Provenance, Situation, weakest
from frontdoor.domain.rules.table import Fact, fact_name


@dataclass(frozen=True)
class DerivedFact:
    """One fact worked out. `error` says why it could not be; `rows` are the values of its rows by row id."""

    fact: Fact
    finding: Finding
    provenance: Provenance = field(default_factory=Provenance)
    error: str = ""
    rows: Mapping[str, Finding] = field(default_factory=dict)


@dataclass
class Derivation:
    """Facts so far, and the data that rules read; made fresh for each decision."""

    situation: Situation
    data: dict[str, Any]
    facts: dict[str, DerivedFact] = field(default_factory=dict)  # by name: facts.ID or answers.FORM.GROUP.ID
    failures: bool = False
    sources: dict[str, Provenance] = field(default_factory=dict)

    def failed(self, reads: Iterable[str]) -> str:
        """Return the error of the first failed fact among `reads`; "" if none failed."""
        if not self.failures:
            return ""
        met = (self.facts.get(fact_name(path)) for path in sorted(reads))
        return next((known.error for known in met if known is not None and known.error), "")

    def put(self, known: DerivedFact) -> None:
        """Add a fact, where rules find it; one of a row is with its row already."""
        fact = known.fact
        self.facts[fact.name] = known
        self.failures |= bool(known.error)
        if not fact.of_row:
            place(self.data["facts"], fact.id, known.finding)

    def source(self, path: str) -> Provenance:
        """Return how what `path` reads is known, if it is no fact; the same for all that read it."""
        found = self.sources.get(path)
        if found is None:
            found = self.sources[path] = _given_by(path, self.situation)
        return found

    def by_id(self) -> dict[str, DerivedFact]:
        """Return the facts by id, in the order in which they were worked out."""
        return {known.fact.id: known for known in self.facts.values()}


def derive(facts: Iterable[Fact], situation: Situation) -> Derivation:
    """Return the facts, which must be in dependency order, worked out over the situation."""
    work = Derivation(situation, situation.fresh())
    for fact in facts:
        work.put(_fact(fact, work))
    return work


def among(work: Derivation, facts: Iterable[Fact]) -> Derivation:
    """Return what `derive` gives for some of the facts that were worked out, and for all that these read."""
    named = {fact.name for fact in facts}
    kept = {name: known for name, known in work.facts.items() if name in named}
    failures = any(known.error for known in kept.values())
    return Derivation(work.situation, work.data, kept, failures, work.sources)


def with_other(facts: Iterable[Fact], work: Derivation, given: Mapping[str, Fixed]) -> Derivation:
    """Return what `derive` would, were these facts of the family fixed besides: only their readers are worked out anew.

    `facts` are those of `work`, in dependency order.
    """
    situation = replace(work.situation, facts={**work.situation.facts, **given})
    touched: set[str] = set()
    again: list[Fact] = []
    for fact in facts:
        if fact.id in given or not touched.isdisjoint(fact.reads_facts):
            touched.add(fact.name)
            again.append(fact)
    if any(fact.over and fact.id not in given for fact in again):
        return derive(facts, situation)
    kept = {name: known for name, known in work.facts.items() if name not in touched}
    failures = any(known.error for known in kept.values())
    other = Derivation(situation, {**work.data, "facts": dict(work.data["facts"])}, dict(work.facts), failures)
    for fact in again:
        other.put(_fact(fact, other))
    return other


def _fact(fact: Fact, work: Derivation) -> DerivedFact:
    fixed = work.situation.facts.get(fact.id)
    if fixed is not None and not fact.of_row:
        return DerivedFact(fact, _settled(fact, fixed.finding), fixed.provenance)
    error = work.failed(fact.reads)
    if error:
        return DerivedFact(fact, UNKNOWN, error=error)
    try:
        return _over_rows(fact, work) if fact.over else _of_family(fact, work)
    except RuleFailed as failure:
        return DerivedFact(fact, UNKNOWN, error=failure.message)


def _of_family(fact: Fact, work: Derivation) -> DerivedFact:
    finding = _worked_out(fact, work.data)
    source = weakest([read_provenance(path, work) for path in fact.in_order])
    return DerivedFact(fact, _settled(fact, finding), source)


def _settled(fact: Fact, finding: Finding) -> Finding:
    return Finding(fact.unknown_as) if fact.unknown_as is not None and not finding.known else finding


def _worked_out(fact: Fact, data: Mapping[str, Any]) -> Finding:
    if fact.rule is None:
        return UNKNOWN
    found = fact.rule(data)
    if isinstance(found, Finding):
        return _checked(fact, found)
    return UNKNOWN if found == OPEN else Finding(found == TRUE)


def _checked(fact: Fact, finding: Finding) -> Finding:
    """Return the finding if it is of the fact's type; RuleFailed otherwise: a wrong type must not decide."""
    kind = "list" if fact.roll_up != "list" and fact.type == "list" else fact.type
    for value in (finding.value, finding.low, finding.high):
        if value is not None and fact.roll_up != "list" and not fits(value, kind):
            raise RuleFailed(f"The fact `{fact.id}` is not of type {kind}: correct its logic")
    return finding


def fits(value: Any, kind: str) -> bool:
    """Tell whether a value is of a fact's type; a whole number may be written 3.0."""
    if kind == "date":
        return isinstance(value, str) and dates.to_date(value) is not None
    if kind in ("integer", "number"):
        whole = not isinstance(value, float) or (isfinite(value) if kind == "number" else value.is_integer())
        return isinstance(value, int | float) and not isinstance(value, bool) and whole
    return isinstance(value, {"boolean": bool, "string": str, "list": list}[kind])


def _over_rows(fact: Fact, work: Derivation) -> DerivedFact:
    rows, complete = _rows(fact.over, work.data)
    fixed = work.situation.row_facts.get(fact.id, {})
    findings: dict[str, Finding] = {}
    sources: dict[str, Provenance] = {}
    derived = weakest([read_provenance(path, work) for path in fact.in_order])
    scope = dict(work.data)
    for row in rows:
        stated = fixed.get(row["id"])
        scope["row"] = row
        finding = stated.finding if stated else _worked_out(fact, scope)
        if fact.of_row:
            finding = _settled(fact, finding)
            place(row, fact.id, finding)
        findings[row["id"]] = finding
        sources[row["id"]] = row_source(stated, derived)
    if fact.of_row:
        return DerivedFact(fact, UNKNOWN, weakest([*sources.values()]), rows=findings)
    finding = _settled(fact, rolled_up(fact.roll_up, [*findings.values()], complete=complete))
    known = weakest(telling(fact.roll_up, findings, sources) or [*sources.values(), derived])
    return DerivedFact(fact, finding, known, rows=findings)


def row_source(stated: Fixed | None, derived: Provenance) -> Provenance:
    """Return how one row is known: as a source said, else as all rows are."""
    return stated.provenance if stated else derived


def telling(roll_up: str, findings: Mapping[str, Finding], sources: Mapping[str, Provenance]) -> list[Provenance]:
    """Return the sources of the rows that settle `any`, `all` or `none` alone.

    Empty where all rows matter, and then so does who says that there are no others.
    """
    settles = {"any": True, "none": True, "all": False}.get(roll_up)
    if settles is None:
        return []
    return [sources[row] for row, finding in findings.items() if finding.value is settles]


def rolled_up(roll_up: str, rows: list[Finding], *, complete: bool) -> Finding:
    """Return the value of `any`, `all`, `none`, `count` or `list` over rows, `complete` if no row is missing.

    `all` of no rows is false, as in JSONLogic.
    """
    held = sum(row.value is True for row in rows)
    failed = sum(row.value is False or row.none for row in rows)
    if roll_up == "count":
        return between(held, len(rows) - failed if complete else None)
    if roll_up == "list":
        values = [row.value for row in rows if not row.none]
        return Finding([value for value in values if value is not None], complete=complete and None not in values)
    if roll_up == "all":
        return _kleene(sure=complete and held == len(rows) > 0, never=failed > 0 or (complete and not rows))
    some = _kleene(sure=held > 0, never=complete and failed == len(rows))
    if roll_up == "any" or some.value is None:
        return some
    return Finding(not some.value)


def _kleene(*, sure: bool, never: bool) -> Finding:
    return Finding(True) if sure else Finding(False) if never else UNKNOWN


def _rows(path: str, data: Mapping[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """Return a group's rows, and whether none can be missing."""
    _, form, group = path.split(".")
    held = data["answers"].get(form) or {}
    if held.get("!" + group):
        return [], True
    rows = held.get(group)
    return rows or [], rows is not None and not held.get("+" + group)


def read_provenance(path: str, work: Derivation) -> Provenance:
    """Return how what `path` reads is known."""
    known = work.facts.get(fact_name(path))
    return known.provenance if known is not None else work.source(path)


def _given_by(path: str, situation: Situation) -> Provenance:
    root, _, rest = path.partition(".")
    if root == "answers":
        return situation.sources.get(rest.split(".")[0], Provenance(ASSERTED))
    return Provenance(PLATFORM, (path,)) if root in ("family", "case", "capacity", "decisions") else Provenance()
