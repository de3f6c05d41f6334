"""What the translation knows of one expression: eight plain rules. ADR 0003 has their meaning, operator by operator."""

from dataclasses import dataclass, field, replace
from typing import Any

from frontdoor.domain.rules import dates
from frontdoor.domain.rules.plain import Json, choose, conj, disj, neg, there, truth, var

KINDS = frozenset({"boolean", "number", "date", "string", "list", "any"})
LARGEST = 2**53


@dataclass(frozen=True)
class Bound:
    """One end of what a value can be: `value` where `defined`, which includes that the value is not none."""

    defined: Json
    value: Json


@dataclass(frozen=True)
class Part:
    """One source of a list: `elements` surely exist; all of them only if `complete`.

    With a test, element by element, the part holds those for which `sure` is true and not those for which `never` is.
    """

    elements: Json
    complete: Json
    sure: Json = True
    never: Json = False

    def surely(self) -> Json:
        """Return the elements that are surely in the part."""
        return self.elements if self.sure is True else {"filter": [self.elements, self.sure]}

    def possibly(self) -> Json:
        """Return the elements that may be in the part, of those that surely exist."""
        return self.elements if self.never is False else {"filter": [self.elements, neg(self.never)]}

    def decided(self) -> Json:
        """Return the rule that is true when for every element it is known whether it is in."""
        if self.sure is True:
            return True
        return {"none": [self.elements, neg(disj(self.sure, self.never))]}


@dataclass(frozen=True)
class Term:
    """One translated expression.

    `truth` and `falsity`: surely truthy, surely falsy. `none`: surely none. `known`: exactly known, none included;
    `some`: exactly known and not none; `value`: its value then. `kind` is one of KINDS, `any` where nobody said.
    """

    truth: Json
    falsity: Json
    none: Json
    some: Json
    value: Json
    low: Bound
    high: Bound
    kind: str = "any"
    known: Json = None
    literal: bool = False
    natural: bool = False  # a number that cannot be negative
    steady: bool = False  # always known: a literal, a parameter, the date
    parts: tuple[Part, ...] | None = None
    elements: "tuple[Term, ...] | None" = None
    branches: "tuple[Term, Term, Term] | None" = field(default=None)  # if: condition, then, else
    width: int = 1  # how many values an `if` chooses from

    def __post_init__(self) -> None:
        if self.known is None:
            object.__setattr__(self, "known", disj(self.none, self.some))


def literal(value: Any) -> Term:
    """Return the term of a scalar; null is none."""
    if value is None:
        never = Bound(False, None)
        return Term(False, True, True, False, None, never, never, literal=True, steady=True)
    here = Bound(True, value)
    kind = "boolean" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "string"
    if kind == "string" and dates.to_date(value) is not None:
        kind = "date"
    natural = kind == "number" and value >= 0
    held = bool(value)
    return Term(held, not held, False, True, value, here, here, kind=kind, literal=True, natural=natural, steady=True)


def companion(path: str, sign: str) -> str:
    """Return the path of a companion: `facts.age` and `<` give `facts.<age`."""
    head, dot, last = path.rpartition(".")
    return f"{head}{dot}{sign}{last}"


def variable(path: str, kind: str, containers: tuple[str, ...] = ()) -> Term:
    """Return the term of a `var`; `containers` are the paths of the answers that hold it and may be none."""
    value = var(path)
    named = containers if kind in ("boolean", "list") else (*containers, path)
    none = disj(*(var(companion(each, "!")) for each in named))
    whole = neg(var(companion(path, "+"))) if kind in ("any", "list") else True
    some = conj(there(value), whole)
    if kind == "any":
        held: Json = {"!!": [value]}
    elif kind == "date":
        held = disj(there(value), there(var(companion(path, "<"))), there(var(companion(path, ">"))))
    elif kind == "number":
        held = disj({"!!": [value]}, {">": [var(companion(path, "<")), 0]}, {"<": [var(companion(path, ">")), 0]})
    else:
        held = {"!!": [value]}
    empty = {"===": [value, False]} if kind == "boolean" else conj(some, neg(value))
    parts = (Part(value, disj(none, some)),) if kind in ("any", "list") else None
    low, high = _end(path, "<", kind, some), _end(path, ">", kind, some)
    return Term(held, disj(none, empty), none, some, value, low, high, kind=kind, parts=parts)


def _end(path: str, sign: str, kind: str, some: Json) -> Bound:
    value = var(path)
    if kind not in ("any", "number", "date"):
        return Bound(some, value)
    end = choose(there(value), value, var(companion(path, sign)))
    whole = neg(var(companion(path, "+"))) if kind == "any" else True
    return Bound(conj(there(end), whole), end)


def steady(path: str, kind: str) -> Term:
    """Return the term of a value that is always known: a parameter, the date of the decision."""
    value = var(path)
    here = Bound(True, value)
    parts = (Part(value, True),) if kind in ("any", "list") else None
    return Term(truth(value), neg(value), False, True, value, here, here, kind=kind, steady=True, parts=parts)


def element(path: str) -> Term:
    """Return the term of a single value in a list, read as a whole: unknown when null, never none."""
    value = var(path)
    here = Bound(there(value), value)
    return Term(truth(value), conj(there(value), neg(value)), False, there(value), value, here, here)


def condition(held: Json, failed: Json) -> Term:
    """Return the term of something that is true, false or unknown."""
    some = disj(held, failed)
    value = truth(held)
    here = Bound(some, value)
    return Term(held, failed, False, some, value, here, here, kind="boolean")


def exact(some: Json, value: Json, *, none: Json = False, kind: str = "any") -> Term:
    """Return the term of a value that is known exactly (`some`) or not at all."""
    here = Bound(some, value)
    return Term(conj(some, truth(value)), disj(none, conj(some, neg(value))), none, some, value, here, here, kind=kind)


def number(exactly: Term, low: Bound, high: Bound, *, natural: bool = False) -> Term:
    """Return `exactly` with bounds that may be known when it is not. Bounds that meet are an exact value."""
    held = disj(exactly.truth, conj(low.defined, {">": [low.value, 0]}), conj(high.defined, {"<": [high.value, 0]}))
    term = replace(exactly, truth=held, low=low, high=high, kind="number", natural=natural)
    if exactly.some is True or low.value is high.value:
        return term
    some = conj(low.defined, high.defined, {">=": [low.value, high.value]})
    empty = disj(exactly.none, conj(some, {"===": [low.value, 0]}))
    return replace(term, falsity=empty, some=some, known=disj(exactly.none, some), value=low.value)


def branch(test: Term, yes: Term, no: Term) -> Term:
    """Return the term of `if`. Where the test is unknown, what both branches share is still known."""
    if yes.kind == no.kind == "boolean":
        return condition(_either(test, yes.truth, no.truth), _either(test, yes.falsity, no.falsity))
    return Term(
        truth=_either(test, yes.truth, no.truth),
        falsity=_either(test, yes.falsity, no.falsity),
        none=_either(test, yes.none, no.none),
        some=choose(test.truth, yes.some, conj(test.falsity, no.some)),
        known=choose(test.truth, yes.known, conj(test.falsity, no.known)),
        value=choose(test.truth, yes.value, no.value),
        low=_hull(test, yes, no, "low"),
        high=_hull(test, yes, no, "high"),
        kind=yes.kind if yes.kind == no.kind else "any",
        natural=yes.natural and no.natural,
        branches=(test, yes, no),
        width=yes.width + no.width,
    )


def _either(test: Term, yes: Json, no: Json) -> Json:
    return conj(disj(test.falsity, yes), disj(test.truth, no))


def _hull(test: Term, yes: Term, no: Term, side: str) -> Bound:
    first, second = getattr(yes, side), getattr(no, side)
    if not yes.kind == no.kind == "number":
        decided = choose(test.truth, first.defined, conj(test.falsity, second.defined))
        return Bound(decided, choose(test.truth, first.value, second.value))
    defined = _either(test, first.defined, second.defined)
    operator, outside = ("min", LARGEST) if side == "low" else ("max", -LARGEST)
    if yes.literal and no.literal:
        widest = min(first.value, second.value) if side == "low" else max(first.value, second.value)
        if widest == second.value:
            return Bound(True, choose(test.truth, first.value, second.value))
        return Bound(True, choose(test.falsity, second.value, first.value))
    ends = [choose(test.falsity, outside, first.value), choose(test.truth, outside, second.value)]
    return Bound(defined, {operator: ends})
