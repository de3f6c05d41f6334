"""Writes translated rules over local names: the engine's writers, with what is known of each value used.

A rule's answer is the engine's, operator by operator (`program.py`, `writers.py`); what is added is that names are
local names, that constants fold away, and that no test is made twice for what is known already.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.fused import cutoffs
from frontdoor.domain.rules.fused.terms import ALWAYS, NEVER, NotFused, plain_test, surely
from frontdoor.domain.rules.program import NULL_TERM, HoldsUndefined, Term, Writer

DEEPEST: Final = 45  # brackets within each other; CPython refuses 200, and a part of a rule nests three at most
MOST_WRITTEN: Final = 40_000  # operators and literals of one function
LARGEST: Final = 3_000  # operators and literals of one rule: with the lists that come in it cannot run out of steps


class Fused(Writer):
    """Writes rules into one function. `paths` are the names that rules may read, `surely` what is known not None."""

    def __init__(self, writers: "dict[str, Callable[[Any, list[Any]], Term]]") -> None:
        super().__init__(writers, undefined=False)
        self.paths: dict[str, Term] = {}
        self.days: dict[str, Term] = {}  # a text as it was given -> the day it names, if it names one
        self.cuts: list[cutoffs.Cut] = []
        self.sure: frozenset[str] = frozenset()
        self._bound: dict[tuple[type, Any], str] = {}
        self.opposites: dict[str, Term] = {}
        self._tells: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.inside = False
        self.testing = self.asked = False  # whether the next rule, and the one being written, is asked for its truth

    def rule(self, logic: Any) -> Term:
        """Write one rule; NotFused where it says what this writer cannot."""
        before = self.written
        try:
            term = self.term(logic)
        except HoldsUndefined:
            raise NotFused("undefined") from None
        if self.written - before > LARGEST:
            raise NotFused("too large")
        return term

    def condition(self, logic: Any) -> Term:
        """Write one rule as a test: a literal true or false, or an expression that Python takes as one."""
        while isinstance(logic, dict) and set(logic) == {"!!"}:
            logic = only(arguments(logic)[1])
        self.testing = True
        return self.known(self.truth(self.rule(logic)))

    def day(self, logic: Any) -> Term | None:
        """Return the term of a day that a rule simply names, perhaps None; None for anything else.

        Nothing is written for it, so that no part of a rule is written twice.
        """
        term = self._named(logic)
        term = self.days.get(term.text, term) if term is not None else None
        return term if term is not None and cutoffs.is_day(term) else None

    def constant(self, logic: Any) -> Term | None:
        """Return the term of a number that is written, or that a parameter is; None for anything else."""
        if isinstance(logic, int | float) and not isinstance(logic, bool):
            return self.literal(logic)
        term = self._named(logic)
        return term if term is not None and term.literal and term.kind == "number" else None

    def _named(self, logic: Any) -> Term | None:
        if not isinstance(logic, dict) or len(logic) != 1:
            return None
        operator, values = arguments(logic)
        if operator == "var" and len(values) == 1 and isinstance(values[0], str):
            return self.name(values[0])
        return end_of(self, values) if operator == "if" else None

    def truth(self, term: Term) -> Term:
        """Return the test of a term."""
        if term.literal and not isinstance(term.value, float):
            return ALWAYS if term.value else NEVER
        return term if plain_test(term) else self.test(term)

    def term(self, logic: Any) -> Term:
        """Write any rule or literal."""
        if isinstance(logic, dict) and len(logic) != 1:
            raise NotFused("object")
        if self.written > MOST_WRITTEN:
            raise NotFused("too large")
        self.asked, self.testing = self.testing, False
        return super().term(logic)

    def bind(self, value: Any) -> str:
        """Return a name that means `value`; the same one for the same text or number."""
        key = type(value), value if isinstance(value, str | int) else id(value)
        if key not in self._bound:
            self._bound[key] = super().bind(value)
        return self._bound[key]

    def name(self, path: str) -> Term:
        """Return the term of a name; NotFused for one that was not prepared."""
        term = self.paths.get(path)
        if term is None:
            raise NotFused(path)
        if f"-{term.text}" in self.sure:
            return NULL_TERM
        return surely(term) if f"+{term.text}" in self.sure else term

    @contextmanager
    def knowing(self, test: Term, *, held: bool = True) -> Iterator[None]:
        """Write what follows where a test is true, or where it is not."""
        before = self.sure
        self.sure = before | self.told(test, held=held)
        yield
        self.sure = before

    def told(self, test: Term, *, held: bool = True) -> frozenset[str]:
        """Return what a test tells where it is true, or not: `=` and the text of what is true, `~` of what is not.

        `+` and a name say that it is not None, `-` that it is.
        """
        known = self._tells.get(test.text, (frozenset(), frozenset()))[0 if held else 1]
        sign = "=" if held else "~"
        if held and test.text.isidentifier():
            known |= {f"+{test.text}"}
        return known | {sign + test.text}

    def tells(self, test: Term, held: frozenset[str], failed: frozenset[str]) -> Term:
        """Note what a test tells besides itself."""
        self._tells[test.text] = held, failed
        return test

    def known(self, test: Term) -> Term:
        """Return a test as what is known of it here already."""
        if f"={test.text}" in self.sure:
            return ALWAYS
        if f"~{test.text}" in self.sure or f"-{test.text}" in self.sure:
            return NEVER
        return test

    def build(self, text: str, parts: list[Term], kind: str = "any") -> Term:
        """Return a term of `text`; NotFused where it nests too deep for one expression."""
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > DEEPEST:
            raise NotFused("too deep")
        return Term(text, kind, depth)

    def function(self, lines: list[str]) -> str:
        """Refuse: a function of its own would not see the local names."""
        raise NotFused("function")

    def helper(self, line: str) -> str:
        """Add a function of a list `s` and the run `r` that returns `line`; return its name."""
        name = self.fresh("f")
        self.functions.append(f"def {name}(s, r):\n    return {line}")
        return name


def end_of(w: Fused, values: list[Any]) -> Term | None:
    """Return the end of a value that the translation spells out: itself where it is there, else its companion."""
    if len(values) != 3 or not isinstance(values[1], dict) or set(values[1]) != {"var"}:
        return None
    if values[0] != {"!==": [values[1], None]} or not isinstance(values[2], dict) or set(values[2]) != {"var"}:
        return None
    head, dot, last = str(values[1]["var"]).rpartition(".")
    ends = (f"{head}{dot}<{last}", f"{head}{dot}>{last}")
    return w.name(values[2]["var"]) if values[2]["var"] in ends else None


def only(values: list[Any]) -> Any:
    """Return the one argument; NotFused where there are more or none."""
    if len(values) != 1:
        raise NotFused("arity")
    return values[0]
