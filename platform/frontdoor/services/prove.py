"""Proves a decision table over every family that its forms allow: no gap, no dead row, no clash. ADR 0016.

The only module that talks to the solver. What the rules mean is not said here: `domain.rules.symbolic` turns the very
rules that decide into formulas, this asks for families, and the engine confirms each one before it is shown.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any

import z3

from frontdoor.domain.errors import NotFound
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.symbolic.formulas import TRUTH, Formula
from frontdoor.domain.rules.table import Rules
from frontdoor.services.proofs.findings import Findings, Limit
from frontdoor.services.proofs.proving import NO, NO_ANSWER, YES, Answer, TableProof
from frontdoor.services.proofs.replaying import Engine

__all__ = ["Findings", "Limit", "differences", "prove"]


def prove(
    rules: Rules,
    forms: Mapping[str, Form],
    code: str,
    *,
    as_of: date,
    limit: Limit | None = None,
    holidays: Sequence[str] = (),
) -> Findings:
    """Return what is wrong with the table of a decision: contradictory and dead rows, a gap, clashes.

    It holds for decisions on `as_of`; `holidays`, dates as text, are for the families that the engine confirms. What
    could not be settled within `limit` is `not_proved`, never taken as right.
    NotFound where the rules have no such table.
    """
    proof = _proof(Engine(rules, forms, code, as_of, tuple(holidays)), limit or Limit())
    return proof.findings([*proof.rows(), *proof.gaps(), *proof.clashes()])


def differences(
    was: Rules,
    now: Rules,
    forms: Mapping[str, Form],
    code: str,
    *,
    as_of: date,
    limit: Limit | None = None,
    holidays: Sequence[str] = (),
) -> Findings:
    """Return one family for each (old decision, new decision) that two versions of a table give. As `prove`."""
    if code not in was.decisions:
        raise NotFound(f"The earlier rules have no decision {code}")
    proof = _proof(Engine(now, forms, code, as_of, tuple(holidays)), limit or Limit())
    return proof.findings([*proof.since(was)])


def _proof(engine: Engine, limit: Limit) -> TableProof:
    if engine.code not in engine.rules.decisions:
        raise NotFound(f"These rules have no decision {engine.code}")
    ends = time.monotonic() + limit.seconds
    return TableProof(engine, partial(_Solver, limit.each, ends), limit.rows)


class _Solver:
    """Formulas as z3 has them, each turned once. `each` are seconds for one question, `ends` is when all must end."""

    def __init__(self, each: float, ends: float) -> None:
        self._solver = z3.Solver()
        self._turned: dict[Formula, Any] = {}
        self._each, self._ends = each, ends

    def assume(self, formula: Formula) -> None:
        """Take something to be true from now on."""
        self._solver.add(self._turn(formula))

    def ask(self, *formulas: Formula, tracked: Sequence[Formula] = ()) -> Answer:
        """Ask for a family of which all formulas are true."""
        left = min(self._each, self._ends - time.monotonic())
        if left <= 0:
            return Answer(NO_ANSWER)
        self._solver.set("timeout", max(1, int(left * 1000)))
        asked, held = ([self._turn(each) for each in some] for some in (formulas, tracked))
        self._solver.push()
        try:
            self._solver.add(*asked)
            for place, each in enumerate(held):
                self._solver.assert_and_track(each, f"tracked|{place}")
            return self._answer(self._solver.check())
        except z3.Z3Exception:  # out of memory: what it would have said nobody knows
            return Answer(NO_ANSWER)
        finally:
            self._solver.pop()

    def _answer(self, said: Any) -> Answer:
        if said == z3.unsat:
            core = sorted(int(str(each).rpartition("|")[2]) for each in self._solver.unsat_core())
            return Answer(NO, because=tuple(core))
        return Answer(YES, partial(self._read, self._solver.model())) if said == z3.sat else Answer(NO_ANSWER)

    def _read(self, model: Any, formula: Formula) -> Any:
        found = model.eval(self._turn(formula), model_completion=True)
        if z3.is_bool(found):
            return z3.is_true(found)
        if z3.is_int_value(found):
            return Fraction(found.as_long())
        return Fraction(found.numerator_as_long(), found.denominator_as_long())

    def _turn(self, formula: Formula) -> Any:
        """Return a formula as z3 has it, its parts first: a sum over a long list lies deeper than Python may call."""
        waiting = [formula]
        while waiting:
            here = waiting[-1]
            open_parts = [] if here.op in _LEAVES else [each for each in here.args if each not in self._turned]
            if open_parts and here not in self._turned:
                waiting.extend(open_parts)
                continue
            waiting.pop()
            if here not in self._turned:
                self._turned[here] = self._made(here)
        return self._turned[formula]

    def _made(self, formula: Formula) -> Any:
        if formula.op == "const":
            return _constant(formula.value)
        if formula.op == "var":
            name, sort = formula.args
            return z3.Bool(name) if sort == TRUTH else z3.Int(name)
        return _OPERATORS[formula.op](*(self._turned[each] for each in formula.args))


def _constant(value: bool | Fraction) -> Any:
    if isinstance(value, bool):
        return z3.BoolVal(value)
    return z3.IntVal(value.numerator) if value.denominator == 1 else z3.Q(value.numerator, value.denominator)


_LEAVES = frozenset({"const", "var"})
_OPERATORS: Mapping[str, Callable[..., Any]] = {
    "and": z3.And, "or": z3.Or, "not": z3.Not, "ite": z3.If, "+": lambda *terms: z3.Sum(terms),
    "*": lambda one, other: one * other, "div": lambda one, other: one / other, "mod": lambda one, other: one % other,
    "<=": lambda one, other: one <= other, "<": lambda one, other: one < other, "=": lambda one, other: one == other,
}  # fmt: skip
