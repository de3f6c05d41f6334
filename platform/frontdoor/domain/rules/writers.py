"""How each operator is written as Python: comparisons, arithmetic, text, dates, truth.

The common case (a fact that is a number against a literal number, a text against a literal text) is written in
line; everything else calls the function of `operators` or `equality` that follows JavaScript.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from frontdoor.domain.rules.coerce import EXACT
from frontdoor.domain.rules.program import NULL_TERM, UNDEFINED_TERM, HoldsUndefined, Program, Term, Writer, fixed
from frontdoor.domain.rules.writers_of_facts import FACTS
from frontdoor.domain.rules.writers_of_iterators import ITERATORS

_IN_LINE_PAIRS: Final = 5  # arguments of an `if` that is one expression; a longer one is a function


def program_of(logic: Any) -> Program:
    """Return the program of a rule that `check_rule.refusals` has passed."""
    try:
        writer = Writer(WRITERS, undefined=False)
        return writer.finish(writer.term(logic))
    except HoldsUndefined:
        writer = Writer(WRITERS, undefined=True)
        return writer.finish(writer.term(logic))


def _call(w: Writer, *terms: Term, pattern: str, kind: str) -> Term:
    return w.call(pattern, list(terms), kind)


def _function(count: int, pattern: str, kind: str = "any") -> Callable[[Writer, list[Any]], Term]:
    return partial(fixed, count=count, write=partial(_call, pattern=pattern, kind=kind))


def _variadic(name: str, kind: str) -> Callable[[Writer, list[Any]], Term]:
    def write(w: Writer, values: list[Any]) -> Term:
        run = Term("r")
        return w.call(name + "({})", [run, *(w.term(each) for each in values)], kind)

    return write


# ── Truth ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _if(w: Writer, values: list[Any]) -> Term:
    terms = [w.term(each) for each in values]
    last = terms.pop() if len(terms) % 2 else NULL_TERM
    kinds = {term.kind for term in [*terms[1::2], last]}
    kind = kinds.pop() if len(kinds) == 1 else "any"
    pairs = [(w.test(terms[i]), terms[i + 1]) for i in range(0, len(terms), 2)]
    if len(values) > _IN_LINE_PAIRS:
        lines = [line for test, then in pairs for line in (f"if {test.text}:", f"    return {then.text}")]
        return Term(w.function([*lines, f"return {last.text}"]), kind)
    for test, then in reversed(pairs):
        last = w.build(f"({then.text} if {test.text} else {last.text})", [test, then, last], kind)
    return last


def _junction(w: Writer, values: list[Any], word: str) -> Term:
    """Write `and` or `or`, which give back one of their values, not its truth."""
    if not values:
        if not w.undefined:
            raise HoldsUndefined
        return UNDEFINED_TERM
    terms = [w.term(each) for each in values]
    kinds = {term.kind for term in terms}
    kind = kinds.pop() if len(kinds) == 1 else "any"
    if all(term.kind in {"bool", "text", "list"} for term in terms[:-1]):
        return w.build("(" + f" {word} ".join(term.text for term in terms) + ")", terms, kind)
    lines = []
    for term in terms[:-1]:
        t = w.fresh("t")
        test = w.test(Term(t, term.kind)).text
        lines += [f"{t} = {term.text}", f"if {'not ' if word == 'and' else ''}{test}:", f"    return {t}"]
    return Term(w.function([*lines, f"return {terms[-1].text}"]), kind)


def _not(w: Writer, term: Term, word: str) -> Term:
    test = w.test(term)
    return w.build(f"({word} {test.text})", [test], "bool")


# ── Comparing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _is_small_number(term: Term) -> bool:
    """Tell whether a literal can be compared in line with a whole number of any size: never rounded to it."""
    return term.literal and term.kind == "number" and -EXACT < term.value < EXACT


def _ordered(w: Writer, a: Term, b: Term, sign: str) -> Term:
    if a.kind == b.kind == "number":
        return w.build(f"({a.text} {sign} {b.text})", [a, b], "bool")
    name = "less" if sign in "<>" else "less_or_equal"
    t = w.fresh("t")
    number = "if ({t} := {text}).__class__ is int or {t}.__class__ is float else"
    if _is_small_number(b):
        left, right, call = t, b.text, (t, b.text)
        number = number.format(t=t, text=a.text)
    elif _is_small_number(a):
        left, right, call = a.text, t, (a.text, t)
        number = number.format(t=t, text=b.text)
    else:
        first, second = (a, b) if sign[0] == "<" else (b, a)
        return w.build(f"{name}({first.text}, {second.text}, r)", [a, b], "bool")
    first_name, second_name = call if sign[0] == "<" else call[::-1]
    return w.build(f"({left} {sign} {right} {number} {name}({first_name}, {second_name}, r))", [a, b], "bool")


def _between(w: Writer, a: Term, b: Term, c: Term, sign: str) -> Term:
    if c.text == "U":
        return _ordered(w, a, b, sign)
    name = "less_between" if sign == "<" else "less_or_equal_between"
    if not (_is_small_number(a) and _is_small_number(c)):
        return w.build(f"{name}(r, {a.text}, {b.text}, {c.text})", [a, b, c], "bool")
    t = w.fresh("t")
    number = f"if ({t} := {b.text}).__class__ is int or {t}.__class__ is float else"
    text = f"({a.text} {sign} {t} {sign} {c.text} {number} {name}(r, {a.text}, {t}, {c.text}))"
    return w.build(text, [a, b, c], "bool")


def _equal(w: Writer, a: Term, b: Term, name: str) -> Term:
    """Write an equality; a literal text or null on either side is compared in line."""
    fact, literal = (b, a) if a.literal else (a, b)
    if literal.literal and literal.kind == "text":
        if name == "strict_equal":
            return w.build(f"({fact.text} == {literal.text})", [fact], "bool")
        t = w.fresh("t")
        known = f"({t} := {fact.text}).__class__ is str or {t} is None"
        return w.build(f"({t} == {literal.text} if {known} else loose_equal({t}, {literal.text}, r))", [fact], "bool")
    if literal.text == "None":
        t = w.fresh("t")
        loosely = f" or {t} is U" if name == "loose_equal" else ""
        return w.build(f"(({t} := {fact.text}) is None{loosely})", [fact], "bool")
    return w.build(f"{name}({a.text}, {b.text}, r)", [a, b], "bool")


def _unequal(w: Writer, a: Term, b: Term, name: str) -> Term:
    return w.call("(not {})", [_equal(w, a, b, name)], "bool")


def _in(w: Writer, part: Term, whole: Term) -> Term:
    return w.build(f"within(r, {part.text}, {whole.text})", [part, whole], "bool")


def _in_values(w: Writer, values: list[Any]) -> Term:
    """Write `in`; a literal list of texts is bound once, because no text can be told from its copy."""
    whole = values[1] if len(values) == 2 else None
    if isinstance(whole, list) and whole and all(isinstance(each, str) for each in whole):
        part = w.term(values[0])
        w.written += len(whole)
        return w.build(f"({part.text} in {w.bind(tuple(whole))})", [part], "bool")
    return fixed(w, values, 2, _in)


WRITERS: Final[dict[str, Callable[[Writer, list[Any]], Term]]] = {
    "if": _if,
    "?:": _if,
    "and": partial(_junction, word="and"),
    "or": partial(_junction, word="or"),
    "!": partial(fixed, count=1, write=partial(_not, word="not")),
    "!!": partial(fixed, count=1, write=partial(_not, word="not not")),
    "==": partial(fixed, count=2, write=partial(_equal, name="loose_equal")),
    "===": partial(fixed, count=2, write=partial(_equal, name="strict_equal")),
    "!=": partial(fixed, count=2, write=partial(_unequal, name="loose_equal")),
    "!==": partial(fixed, count=2, write=partial(_unequal, name="strict_equal")),
    ">": partial(fixed, count=2, write=partial(_ordered, sign=">")),
    ">=": partial(fixed, count=2, write=partial(_ordered, sign=">=")),
    "<": partial(fixed, count=3, write=partial(_between, sign="<")),
    "<=": partial(fixed, count=3, write=partial(_between, sign="<=")),
    "+": _variadic("add", "number"),
    "*": _variadic("multiply", "any"),
    "-": _function(2, "subtract(r, {})", "number"),
    "/": _function(2, "divide(r, {})", "number"),
    "%": _function(2, "remainder(r, {})", "number"),
    "min": _variadic("least", "number"),
    "max": _variadic("greatest", "number"),
    "merge": _variadic("merge", "list"),
    "in": _in_values,
    "cat": _variadic("join", "text"),
    "substr": _function(3, "part_of_text(r, {})", "text"),
    "age_on": _function(2, "age_on({})"),
    "months_between": _function(2, "months_between({})"),
    "days_between": _function(2, "days_between({})"),
    "working_days_between": _function(2, "working_days_between(r, {})"),
    "count_true": _variadic("count_true", "number"),
    "unknown": _function(1, "is_unknown({})", "bool"),
    **FACTS,
    **ITERATORS,
}
