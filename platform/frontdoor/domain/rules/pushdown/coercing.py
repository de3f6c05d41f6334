"""JavaScript's conversions in the database: what is true, a number, a text. `coerce` is the same in Python."""

from typing import Any

from frontdoor.domain.rules import coerce
from frontdoor.domain.rules.fuel import Run
from frontdoor.domain.rules.pushdown.pushed import (
    NAN,
    NULL,
    NUMBERS,
    TEXTS,
    NotInDatabase,
    Pushed,
    bound,
    chosen,
    is_null,
    is_type,
    literal,
)

DEEPEST_LIST = 3  # lists within lists that are made a text; what is stored deeper the engine works out
HEX_DIGITS = 13  # digits of a number written as 0x…, which a double holds exactly

_BLANK = coerce.BLANK
_DECIMAL = r"[+-]?(?:Infinity|[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)"
_RADIX = r"^0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)\z"


def truth(pushed: Pushed) -> Any:
    """Return an expression that MongoDB takes as true exactly when JSONLogic takes the value as true."""
    if pushed.const:
        return coerce.truthy(pushed.value)
    if pushed.within(frozenset({"null", "bool", "num"})):
        return pushed.expr  # MongoDB: null, missing, false and nought are false
    tests = [
        {"$ne": [pushed.expr, empty]}
        for kind, empty in (("str", ""), ("arr", []), ("nan", NAN))
        if kind in pushed.types
    ]
    if not tests:
        return pushed.expr
    if pushed.simple:
        return {"$and": [pushed.expr, *tests]}
    return {"$not": [{"$in": [{"$ifNull": [pushed.expr, None]}, [None, False, 0.0, "", [], NAN]]}]}


def number(pushed: Pushed) -> Any:
    """Return the value as `-`, `/`, `<` and `==` see it; NaN where it is no number."""
    if pushed.const:
        return float(coerce.to_number(pushed.value, Run(None)))
    if pushed.within(NUMBERS):
        return pushed.expr
    if pushed.within(NUMBERS | NULL):
        return {"$ifNull": [pushed.expr, 0.0]}
    if pushed.within(frozenset({"bool", "null"})):
        return {"$cond": [pushed.expr, 1.0, 0.0]}
    if pushed.within(frozenset({"date"})):
        return NAN
    return bound(pushed, _number)


def _number(pushed: Pushed) -> Any:
    cases = [
        ({"$isNumber": pushed.expr} if pushed.may(NUMBERS) else False, pushed.expr),
        (is_null(pushed), 0.0),
        (is_type(pushed, "bool"), {"$cond": [pushed.expr, 1.0, 0.0]}),
        (is_type(pushed, "string"), _of_text(pushed.expr) if "str" in pushed.types else NAN),
        (is_type(pushed, "array"), _of_text(_joined(pushed.expr)) if "arr" in pushed.types else NAN),
    ]
    return _switch(cases, NAN)


def leading_number(pushed: Pushed) -> Any:
    """Return the number that the value's text begins with, as `+` and `*` read it; null and booleans are NaN."""
    if pushed.const:
        return float(coerce.parse_float(pushed.value, Run(None)))
    if pushed.within(NUMBERS):
        return pushed.expr
    if pushed.within(NUMBERS | NULL):
        return {"$ifNull": [pushed.expr, NAN]}
    return bound(pushed, _leading)


def _leading(pushed: Pushed) -> Any:
    cases = [
        ({"$isNumber": pushed.expr} if pushed.may(NUMBERS) else False, pushed.expr),
        (is_type(pushed, "string"), _beginning(pushed.expr)),
        (is_type(pushed, "array"), _beginning(_joined(pushed.expr)) if "arr" in pushed.types else NAN),
    ]
    return _switch(cases, NAN)


def _switch(cases: list[tuple[Any, Any]], default: Any) -> Any:
    result = default
    for condition, value in reversed(cases):
        result = chosen(condition, value, result)
    return result


def _of_text(text: Any) -> Any:
    """Return the number that a whole text states; NaN where it states none."""
    trimmed = Pushed({"$trim": {"input": text, "chars": _BLANK}})

    def read(found: Pushed) -> Any:
        return {
            "$switch": {
                "branches": [
                    {"case": {"$eq": [found.expr, ""]}, "then": 0.0},
                    {"case": _matches(found.expr, f"^{_DECIMAL}\\z"), "then": _double(found.expr)},
                    {"case": _matches(found.expr, _RADIX), "then": _radix(found.expr)},
                ],
                "default": NAN,
            }
        }

    return bound(trimmed, read)


def _beginning(text: Any) -> Any:
    found = Pushed({"$regexFind": {"input": {"$ltrim": {"input": text, "chars": _BLANK}}, "regex": f"^{_DECIMAL}"}})
    return bound(found, lambda match: {"$cond": [match.expr, _double(f"{match.expr}.match"), NAN]})


def _matches(text: Any, pattern: str) -> Any:
    return {"$regexMatch": {"input": text, "regex": pattern}}


def _double(text: Any) -> Any:
    """Return the double of a decimal text. What no double holds is nought or infinite, as its exponent says."""
    beyond = {
        "$cond": [
            _matches(text, "[eE]-"),
            0.0,
            {"$cond": [_matches(text, "^-"), float("-inf"), float("inf")]},
        ]
    }
    return {"$convert": {"input": text, "to": "double", "onError": beyond}}


def _radix(text: Any) -> Any:
    """Return the number of 0x…, 0o… or 0b… ."""
    base = {
        "$switch": {
            "branches": [
                {"case": _matches(text, "^0[xX]"), "then": 16.0},
                {"case": _matches(text, "^0[oO]"), "then": 8.0},
            ],
            "default": 2.0,
        }
    }
    digit = {"$indexOfBytes": ["0123456789abcdef", {"$toLower": {"$substrBytes": [text, "$$this", 1]}}]}
    return {
        "$reduce": {
            "input": {"$range": [2, {"$strLenBytes": text}]},
            "initialValue": 0.0,
            "in": {"$add": [{"$multiply": ["$$value", base]}, digit]},
        }
    }


def text(pushed: Pushed, *, null: str = "null") -> Any:
    """Return the value as text: lists joined by commas. NotInDatabase for numbers that the rule computes."""
    if pushed.const:
        return literal(null if pushed.value is None else coerce.to_text(pushed.value, Run(None))).expr
    if pushed.within(TEXTS):
        return pushed.expr
    if pushed.within(TEXTS | NULL):
        return {"$ifNull": [pushed.expr, null]}
    if pushed.may(NUMBERS) and not pushed.printable:
        raise NotInDatabase("printed_number", "A computed number that is made a text is printed otherwise there")
    return bound(pushed, lambda one: _text(one, null))


def _text(pushed: Pushed, null: str) -> Any:
    cases = [
        (is_type(pushed, "string"), pushed.expr),
        (is_null(pushed), null),
        ({"$isNumber": pushed.expr} if pushed.may(NUMBERS) else False, _number_text(pushed.expr)),
        (is_type(pushed, "bool"), {"$cond": [pushed.expr, "true", "false"]}),
        (is_type(pushed, "array"), _joined(pushed.expr) if "arr" in pushed.types else ""),
    ]
    return _switch(cases, "[object Object]")


def _number_text(value: Any) -> Any:
    """Return a number as a browser prints it: whole, or of at most 15 digits without exponent (`writing` checks)."""
    digits = {"$rtrim": {"input": {"$toString": {"$toDecimal": value}}, "chars": "0"}}
    return {"$cond": [{"$eq": [value, {"$trunc": value}]}, {"$toString": {"$toLong": value}}, digits]}


def _joined(items: Any, depth: int = DEEPEST_LIST) -> Any:
    one = Pushed("$$this", frozenset({"null", "bool", "num", "str", "obj"}), simple=True)
    inner = _text(one, "")
    if depth > 1:
        inner = {"$cond": [{"$isArray": ["$$this"]}, _joined("$$this", depth - 1), inner]}
    joined = {"$cond": [{"$lte": ["$$value", None]}, inner, {"$concat": ["$$value", ",", inner]}]}
    return {"$ifNull": [{"$reduce": {"input": items, "initialValue": None, "in": joined}}, ""]}
