"""A checked rule as Python source: the part that every operator shares.

Each rule becomes a module of small functions of two arguments, `d` (the data in scope) and `r` (the run). Three
promises keep that safe and quick. No literal, path or key is ever written into the source: it is bound by name.
Every sub-rule is written once. An expression that grows deep moves to a function of its own, because CPython
refuses more than 200 brackets within each other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from frontdoor.domain.rules import dates, equality, fuel, lookup, operators
from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.coerce import UNDEFINED, double, tidy

DEEPEST: Final = 30

NAMES: Final[dict[str, Any]] = {
    "__builtins__": {},
    "bool": bool, "dict": dict, "float": float, "int": int, "list": list, "str": str,
    "U": UNDEFINED, "out_of_steps": fuel.out_of_steps,
    **{name: getattr(equality, name) for name in ("less", "less_or_equal", "loose_equal", "strict_equal")},
    **{name: getattr(lookup, name) for name in ("find", "look", "missing_paths", "split_path")},
    **{name: getattr(operators, name) for name in (
        "add", "count_true", "divide", "greatest", "is_unknown", "join", "least", "less_between",
        "less_or_equal_between", "merge", "multiply", "part_of_text", "remainder", "subtract", "within",
        "working_days_between")},
    **{name: getattr(dates, name) for name in ("age_on", "days_between", "months_between")},
}  # fmt: skip


@dataclass(frozen=True)
class Program:
    """Source text, what its names mean, and whether a list in its answer can hold undefined."""

    source: str
    names: dict[str, Any]
    holds_undefined: bool


@dataclass(frozen=True)
class Term:
    """One sub-rule as a Python expression.

    `kind` is what its value surely is: bool, number (never an int beyond 2^53), text, list, or any. Only lists,
    texts and bools are true in Python exactly when they are true in JSONLogic.
    """

    text: str
    kind: str = "any"
    depth: int = 1
    literal: bool = False
    value: Any = None  # of a literal


UNDEFINED_TERM: Final = Term("U", literal=True, value=UNDEFINED)
NULL_TERM: Final = Term("None", literal=True)


class Writer:
    """Writes one rule. `undefined`: data in scope can hold undefined, so that every `var` must look out for it."""

    def __init__(self, writers: "dict[str, Callable[[Writer, list[Any]], Term]]", *, undefined: bool) -> None:
        self.writers = writers
        self.undefined = undefined
        self.names = dict(NAMES)
        self.functions: list[str] = []
        self.written = 0
        self._counter = 0

    def term(self, logic: Any) -> Term:
        """Write any rule or literal."""
        self.written += 1
        if isinstance(logic, list):
            return self.call("[{}]", [self.term(each) for each in logic], "list")
        if not isinstance(logic, dict):
            return self.literal(logic)
        if len(logic) == 1:
            operator, values = arguments(logic)
            return self.writers[operator](self, values)
        if logic:
            return Term(self.bind(logic))
        return Term(f"r.plain_object({self.fresh('')})")

    def literal(self, value: Any) -> Term:
        """Write a number, a text, true, false or null: numbers and texts by name."""
        if value is None:
            return NULL_TERM
        if isinstance(value, bool):
            return Term("True" if value else "False", "bool", literal=True, value=value)
        if isinstance(value, str):
            return Term(self.bind(value), "text", literal=True, value=value)
        value = double(value)
        value = tidy(value) if isinstance(value, float) else value
        return Term(self.bind(value), "number", literal=True, value=value)

    def bind(self, value: Any) -> str:
        """Return a name that means `value` in the program."""
        name = self.fresh("k")
        self.names[name] = value
        return name

    def fresh(self, letter: str) -> str:
        """Return a name that nothing else has."""
        self._counter += 1
        return f"{letter}{self._counter}"

    def build(self, text: str, parts: list[Term], kind: str = "any") -> Term:
        """Return a term of `text`, which is made of `parts` and nests them at most three brackets deeper."""
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > DEEPEST:
            return Term(self.function([f"return {text}"]), kind)
        return Term(text, kind, depth)

    def call(self, pattern: str, parts: list[Term], kind: str = "any") -> Term:
        """Return `pattern` with the parts, separated by commas, in its braces."""
        return self.build(pattern.format(", ".join(part.text for part in parts)), parts, kind)

    def function(self, lines: list[str]) -> str:
        """Add a function of `d` and `r`, and return the call of it."""
        name = self.fresh("f")
        self.functions.append("\n    ".join([f"def {name}(d, r):", *lines]))
        return f"{name}(d, r)"

    def test(self, term: Term) -> Term:
        """Return an expression that is true in Python exactly when `term` is true in JSONLogic."""
        if term.kind in {"bool", "text", "list"} or term.text == "U":
            return term
        t = self.fresh("t")
        if term.kind == "number":
            return self.build(f"(({t} := {term.text}) and {t} == {t})", [term], "test")
        known = f"{t}.__class__ is not float or {t} == {t}"
        return self.build(f"(({t} := {term.text}) and ({known}) or {t}.__class__ is dict)", [term], "test")

    def finish(self, main: Term) -> Program:
        """Return the whole program, whose function `main` answers."""
        source = "\n".join([*self.functions, f"def main(d, r):\n    return {main.text}\n"])
        return Program(source, self.names, self.undefined)


def fixed(w: Writer, values: list[Any], count: int, write: Callable[..., Term]) -> Term:
    """Write `count` arguments, undefined where the rule has fewer; more are computed, as in a browser, and dropped."""
    terms = [w.term(each) for each in values]
    return and_drop(w, write(w, *(terms + [UNDEFINED_TERM] * count)[:count]), terms[count:])


def and_drop(w: Writer, result: Term, extra: list[Term]) -> Term:
    """Write `result` and what a browser computes and drops: it may throw an error."""
    computed = [term for term in extra if not term.literal]
    return w.call("({})[0]", [result, *computed], result.kind) if computed else result


class HoldsUndefined(Exception):
    """A rule can put undefined into a list: it has to be written again, with every `var` looking out for it."""
