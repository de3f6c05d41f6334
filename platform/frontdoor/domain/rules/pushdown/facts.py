"""The facts that a change touches, worked out in the database in dependency order, as variables of one expression.

`findings` says what such a variable holds. A fact that belongs to rows is a new list of the rows, which later facts
read in place of the stored one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from frontdoor.domain.rules.pushdown.findings import FAILED, LETTERS, finding_of, is_condition
from frontdoor.domain.rules.pushdown.places import Record
from frontdoor.domain.rules.pushdown.pushed import BOOL, LIST, NULL, Pushed, chosen, either, literal, variable
from frontdoor.domain.rules.pushdown.rows import marked, rolled_up, written_to_rows
from frontdoor.domain.rules.table import Fact, fact_name


@dataclass(frozen=True)
class Worked:
    """What has been worked out so far: where rules read it, the variables to be bound, and how facts fail.

    `variables` are layers: each reads only those before it. `fails` has, by name, the expression that a fact failed.
    """

    place: Record
    variables: tuple[tuple[str, Any], ...] = ()
    fails: Mapping[str, Any] = field(default_factory=dict)

    def failed(self, reads: Iterable[str]) -> Any:
        """Return the expression: one of the facts among `reads` has failed."""
        names = sorted({fact_name(path) for path in reads} & set(self.fails))
        return either(*(self.fails[name] for name in names))

    def bind(self, result: Any) -> Any:
        """Return `result` with every variable that it may read worked out before it."""
        for name, expr in reversed(self.variables):
            result = {"$let": {"vars": {name: expr}, "in": result}}
        return result


def worked_out(facts: Iterable[Fact], place: Record) -> Worked:
    """Return the facts, in dependency order, worked out over the place; NotInDatabase where one cannot be."""
    work = Worked(place, (), {})
    for fact in facts:
        work = _of_row(fact, work) if fact.of_row else _of_family(fact, work)
    return work


def _of_family(fact: Fact, work: Worked) -> Worked:
    finding, fallible = rolled_up(fact, work.place) if fact.over else finding_of(fact, work.place)
    failed = work.failed(fact.reads)
    finding = chosen(failed, FAILED, finding)
    stated = f"$fixed.{fact.id}"
    said = f"{stated}.v" if is_condition(fact) else stated
    finding = {"$cond": [{"$gt": [stated, None]}, said, finding]}
    name = variable()
    given = {**work.place.given, **_readings(fact, f"$${name}")}
    fails = dict(work.fails)
    if fallible or failed is not False:
        fails[fact.name] = {"$eq": [f"$${name}", FAILED]}
    place = replace(work.place, given=given)
    return Worked(place, (*work.variables, (name, finding)), fails)


def _readings(fact: Fact, expr: str) -> dict[str, Pushed]:
    """Return what rules read of a fact: its value and companions."""
    names = {sign: f"facts.{sign}{fact.id}" for sign in ("", "!", "<", ">", "+")}
    if is_condition(fact):
        found = {path: literal(None) for path in names.values()}
        return {**found, names[""]: Pushed(expr, BOOL | NULL, simple=True, path=names[""])}
    return {
        path: Pushed(f"{expr}.{LETTERS[sign]}", _types(fact, sign), simple=True, path=path)
        for sign, path in names.items()
    }


def _types(fact: Fact, sign: str) -> frozenset[str]:
    if sign in ("!", "+"):
        return BOOL | NULL
    if fact.roll_up == "list":
        return LIST | NULL
    kinds = {"boolean": BOOL, "string": frozenset({"str"}), "date": frozenset({"date"}), "list": LIST}
    return kinds.get(fact.type, frozenset({"num"})) | NULL


def _of_row(fact: Fact, work: Worked) -> Worked:
    name = variable()
    rows, fallible = written_to_rows(fact, work.place)
    failed = work.failed(fact.reads)
    listed = Pushed(f"$${name}", LIST | NULL, simple=True, path=fact.over, listed=fact.over)
    fails = dict(work.fails)
    if fallible or failed is not False:
        fails[fact.name] = either(failed, marked(fact, name) if fallible else False)
    place = replace(work.place, given={**work.place.given, fact.over: listed})
    return Worked(place, (*work.variables, (name, rows)), fails)
