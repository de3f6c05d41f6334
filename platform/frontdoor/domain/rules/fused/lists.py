"""Writes what looks into lists, counts or finds the least: lists of single values that came in, and are short."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from frontdoor.domain.rules.fused.terms import NEVER, NotFused, base, finite, is_list, is_text, nullable
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.program import NULL_TERM, Term
from frontdoor.domain.rules.writers import WRITERS


def write_in(w: Fused, values: list[Any]) -> Term:
    """Write `in`."""
    if len(values) != 2:
        raise NotFused("arity")
    if isinstance(values[1], list):
        return WRITERS["in"](w, values)
    part, whole = w.term(values[0]), w.term(values[1])
    if base(whole) == "texts" and part.text == NULL_TERM.text:
        return NEVER
    if is_list(whole) and is_text(part) and (not nullable(part) or base(whole) == "texts"):
        if not nullable(whole):
            return w.build(f"({part.text} in {whole.text})", [part, whole], "bool")
        t = whole.text if whole.text.isidentifier() else w.fresh("t")
        held = t if whole.text.isidentifier() else f"({t} := {whole.text})"
        return w.build(f"({held} is not None and {part.text} in {t})", [part, whole], "bool")
    return w.build(f"within(r, {part.text}, {whole.text})", [part, whole], "bool")


def write_count(w: Fused, values: list[Any]) -> Term:
    """Write `count_true`."""
    counted = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    if len(values) == 1 and not isinstance(values[0], list):
        term = w.term(values[0])
        if not is_list(term) or nullable(term):
            raise NotFused("count")
        return w.build(f"count_true(r, {term.text})", [term], "int")
    terms = [w.condition(each) for each in counted]
    parts = [term.text if term.kind == "bool" else f"(1 if {term.text} else 0)" for term in terms]
    return w.build("(0 + " + " + ".join(parts) + ")" if parts else "0", terms, "int")


def write_dates(w: Fused, values: list[Any], operator: str) -> Term:
    """Write a span between two dates."""
    if len(values) != 2:
        raise NotFused("arity")
    terms = [w.term(each) for each in values]
    kind = "int" if all(term.kind == "date" for term in terms) else "any"
    return w.call(operator + "({})", terms, kind)


def write_extreme(w: Fused, values: list[Any], operator: str) -> Term:
    """Write `min` or `max`."""
    terms = [w.term(each) for each in values]
    name = "least" if operator == "min" else "greatest"
    kind = finite(terms) if terms else "number"
    return w.call(name + "(r, {})", terms, kind) if terms else WRITERS[operator](w, values)


LOOPS: Final[Mapping[str, tuple[str, str]]] = {
    "some": ("any([True for d in s if {test}])", "bool"),
    "none": ("not any([True for d in s if {test}])", "bool"),
    "all": ("len(s) > 0 and all([({test}) for d in s])", "bool"),
    "filter": ("[d for d in s if {test}]", "list"),
}
_OF_NOTHING: Final[Mapping[str, str]] = {"some": "False", "none": "True", "all": "False", "filter": "[]"}


@contextmanager
def _element(w: Fused, paths: dict[str, Term]) -> Iterator[None]:
    if w.inside:
        raise NotFused("lists within lists")
    before, w.paths, w.inside = w.paths, paths, True
    yield
    w.paths, w.inside = before, False


def write_loop(w: Fused, values: list[Any], operator: str) -> Term:
    """Write `some`, `all`, `none` or `filter` over a list of single values."""
    if len(values) != 2:
        raise NotFused("arity")
    whole = w.term(values[0])
    if not is_list(whole):
        raise NotFused("not a list")
    with _element(w, {"": Term("d", "text" if base(whole) == "texts" else "any")}):
        test = w.condition(values[1])
    line, kind = LOOPS[operator]
    kind = base(whole) if operator == "filter" else kind
    return _over(w, whole, line.format(test=test.text), _OF_NOTHING[operator], kind)


def _over(w: Fused, whole: Term, line: str, nothing: str, kind: str) -> Term:
    name = w.helper(line)
    if not nullable(whole):
        return w.build(f"{name}({whole.text}, r)", [whole], kind)
    t = w.fresh("t")
    return w.build(f"({name}({t}, r) if ({t} := {whole.text}) is not None else {nothing})", [whole], kind)


def write_reduce(w: Fused, values: list[Any]) -> Term:
    """Write the two shapes that the translation of sums and counts is made of; a sum of ones is a length."""
    if len(values) != 3:
        raise NotFused("arity")
    whole, body = w.term(values[0]), values[1]
    if not is_list(whole):
        raise NotFused("not a list")
    if body == {"+": [{"var": "accumulator"}, 1]} and values[2] == 0 and values[2] is not False:
        t = w.fresh("t")
        length = f"(len({t}) if ({t} := {whole.text}) is not None else 0)"
        return w.build(length if nullable(whole) else f"len({whole.text})", [whole], "int")
    if (
        isinstance(body, dict)
        and set(body) == {"and"}
        and body["and"][0] == {"var": "accumulator"}
        and values[2] is True
    ):
        with _element(w, {"current": Term("d", "text" if base(whole) == "texts" else "any")}):
            test = w.condition({"and": body["and"][1:]})
        return _over(w, whole, f"all([({test.text}) for d in s])", "True", "bool")
    raise NotFused("reduce")


def refused(w: Fused, values: list[Any]) -> Term:
    """Leave an operator to the general way."""
    raise NotFused("operator")
