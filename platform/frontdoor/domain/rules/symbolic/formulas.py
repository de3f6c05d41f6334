"""Formulas over truths and numbers, and nothing else: what a solver is asked. Free of any solver.

A formula is made once: equal formulas are one object, so they compare by identity and repeat for nothing. Constants
fold away while a formula is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from weakref import WeakValueDictionary

NUMERIC, WHOLE, TRUTH = "number", "whole", "truth"


@dataclass(frozen=True, eq=False)
class Formula:
    """One operator with its arguments.

    `const` holds a bool or a Fraction, `var` its name and its sort; `+`, `*`, `div` and `mod` are over numbers, `<=`,
    `<` and `=` compare numbers, `and`, `or`, `not` and `ite` are what they say. `div` and `mod` are by a constant.
    """

    op: str
    args: tuple[Any, ...]
    __slots__ = ("__weakref__", "args", "op")

    @property
    def value(self) -> Any:
        """The constant's value; None of what is no constant."""
        return self.args[0] if self.op == "const" else None


_MADE: WeakValueDictionary[tuple[Any, ...], Formula] = WeakValueDictionary()


def _make(op: str, *args: Any) -> Formula:
    key = (op, type(args[0]) if op == "const" else None, args)
    found = _MADE.get(key)
    if found is None:
        found = _MADE[key] = Formula(op, args)
    return found


TRUE, FALSE = _make("const", True), _make("const", False)


def number(value: float | Fraction) -> Formula:
    """Return a constant number; a decimal is taken as it is written, so 14.95 is 1495/100."""
    return _make("const", value if isinstance(value, Fraction) else Fraction(repr(value)))


ZERO, ONE = number(0), number(1)


def variable(name: str, sort: str) -> Formula:
    """Return what is open: a truth, a whole number, or a number."""
    return _make("var", name, sort)


def both(*formulas: Formula) -> Formula:
    """Return the formula that is true when every one is."""
    return _junction("and", formulas, neutral=TRUE, settling=FALSE)


def either(*formulas: Formula) -> Formula:
    """Return the formula that is true when any one is."""
    return _junction("or", formulas, neutral=FALSE, settling=TRUE)


def _junction(op: str, formulas: tuple[Formula, ...], *, neutral: Formula, settling: Formula) -> Formula:
    kept: dict[Formula, None] = {}
    for formula in formulas:
        if formula is settling:
            return settling
        for each in formula.args if formula.op == op else (formula,):
            if each is not neutral:
                kept[each] = None
    if not kept:
        return neutral
    if len(kept) == 1:
        return next(iter(kept))
    if any(each.op == "not" and each.args[0] in kept for each in kept):
        return settling
    return _make(op, *kept)


def negated(formula: Formula) -> Formula:
    """Return the formula that is true when the other is not."""
    if formula.op == "const":
        return FALSE if formula.value else TRUE
    return formula.args[0] if formula.op == "not" else _make("not", formula)


def choose(test: Formula, yes: Formula, no: Formula) -> Formula:
    """Return `yes` where the test holds, else `no`: two truths, or two numbers."""
    if test.op == "const":
        return yes if test.value else no
    if yes is no:
        return yes
    if yes is TRUE or no is FALSE:
        return either(test, no) if yes is TRUE else both(test, yes)
    if yes is FALSE or no is TRUE:
        return both(negated(test), no) if yes is FALSE else either(negated(test), yes)
    return _make("ite", test, yes, no)


def plus(*terms: Formula) -> Formula:
    """Return the sum."""
    fixed, rest = Fraction(0), []
    for term in terms:
        for each in term.args if term.op == "+" else (term,):
            if each.op == "const":
                fixed += each.value
            else:
                rest.append(each)
    if fixed or not rest:
        rest.append(number(fixed))
    return rest[0] if len(rest) == 1 else _make("+", *rest)


def times(term: Formula, by: Formula) -> Formula:
    """Return the product; one of the two must be a constant."""
    if term.op == "const":
        term, by = by, term
    if term.op == "const":
        return number(term.value * by.value)
    if by.value == 0:
        return ZERO
    return term if by.value == 1 else _make("*", term, by)


def minus(term: Formula, other: Formula) -> Formula:
    """Return the difference."""
    return plus(term, times(other, number(-1)))


def divided(term: Formula, by: int) -> Formula:
    """Return the whole part, rounded down, of a whole number."""
    return number(term.value // by) if term.op == "const" else _make("div", term, number(by))


def remainder(term: Formula, by: int) -> Formula:
    """Return what `divided` leaves, never negative."""
    return number(term.value % by) if term.op == "const" else _make("mod", term, number(by))


def below(first: Formula, second: Formula) -> Formula:
    """Return the formula that is true when the first number is less than the second."""
    return _compared("<", first, second)


def at_most(first: Formula, second: Formula) -> Formula:
    """Return the formula that is true when the first number is not more than the second."""
    return _compared("<=", first, second)


def same(first: Formula, second: Formula) -> Formula:
    """Return the formula that is true when two numbers are equal."""
    return TRUE if first is second else _compared("=", first, second)


def _compared(op: str, first: Formula, second: Formula) -> Formula:
    if first.op == second.op == "const":
        a, b = first.value, second.value
        return TRUE if (a < b if op == "<" else a <= b if op == "<=" else a == b) else FALSE
    return _make(op, first, second)


def counted(formulas: list[Formula]) -> Formula:
    """Return how many of the formulas are true."""
    return plus(*(choose(each, ONE, ZERO) for each in formulas))


def variables(formula: Formula) -> Iterator[Formula]:
    """Yield every variable in a formula, each once."""
    seen: set[Formula] = set()
    waiting = [formula]
    while waiting:
        here = waiting.pop()
        if here in seen:
            continue
        seen.add(here)
        if here.op == "var":
            yield here
        elif here.op != "const":
            waiting.extend(here.args)
