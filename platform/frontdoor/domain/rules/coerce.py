"""JavaScript's conversions for JSON values: what is a number, a text, true.

The standard is ECMA-262 (Number::toString, StringToNumber, parseFloat), because
a browser decides the same rules. Numbers are doubles: an int here is always within 2**53 or is treated as the
double nearest to it. Nothing here recurses over data. A text or list that costs time to read is charged to `run`.
"""

import math
import re
from typing import Any, Final

from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.fuel import TEXT, Run, text_too_long

EXACT: Final = 2**53
NAN: Final = math.nan

Number = int | float


class Undefined:
    """What JavaScript calls undefined: an argument that is not there. Never leaves the engine."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()

# White space and line ends of ECMA-262: without U+0085 and the separators that Python strips as well.
BLANK: Final = "".join(
    map(
        chr,
        (9, 10, 11, 12, 13, 32, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF),
    )
)
_DECIMAL = r"[+-]?(?:Infinity|[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)"
_WHOLE_NUMBER = re.compile(_DECIMAL + r"\Z")
_LEADING_NUMBER = re.compile(_DECIMAL)
_RADIX = re.compile(r"0(?:[xX](?P<x>[0-9a-fA-F]+)|[oO](?P<o>[0-7]+)|[bB](?P<b>[01]+))\Z")
_BASES = {"x": 16, "o": 8, "b": 2}


def truthy(value: Any) -> bool:
    """JSONLogic's truth: false, null, 0, NaN, "" and [] are false; "0", {} and everything else are true."""
    if value:
        return value.__class__ is not float or value == value
    return value.__class__ is dict


def double(value: Number) -> Number:
    """Return the double that `value` is: an int beyond 2**53 loses its last digits, as it does in a browser."""
    if value.__class__ is float or -EXACT <= value <= EXACT:
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def tidy(value: float) -> Number:
    """Return a whole double as an int, so that 6/2 is 3; minus nought stays a double."""
    if value.is_integer() and -EXACT <= value <= EXACT and (value or math.copysign(1, value) > 0):
        return int(value)
    return value


def to_number(value: Any, run: Run) -> Number:
    """Return `value` as the operators `-`, `/`, `<` and `==` see it; NaN if it is no number."""
    kind = value.__class__
    if kind is int or kind is float:
        return double(value)
    if kind is str:
        return _text_to_number(value, run)
    if kind is bool:
        return 1 if value else 0
    if value is None:
        return 0
    if value is UNDEFINED:
        return NAN
    return _text_to_number(to_text(value, run), run)


def _text_to_number(text: str, run: Run) -> Number:
    if len(text) > 64:
        run.spend(len(text) >> 5)
    text = text.strip(BLANK)
    if not text:
        return 0
    if _WHOLE_NUMBER.match(text):
        return tidy(float(text))
    found = _RADIX.match(text)
    if found and found.lastgroup:
        return double(int(found[found.lastgroup], _BASES[found.lastgroup]))
    return NAN


def parse_float(value: Any, run: Run) -> Number:
    """Return the number that `value`'s text begins with, as `+` and `*` read it: "12 weeks" is 12, null is NaN."""
    kind = value.__class__
    if kind is int or kind is float:
        return double(value) or 0 if value == value else value
    if kind is not str:
        if kind is bool or value is None or value is UNDEFINED:
            return NAN
        value = to_text(value, run)
    if len(value) > 64:
        run.spend(len(value) >> 5)
    found = _LEADING_NUMBER.match(value.lstrip(BLANK))
    return tidy(float(found[0])) if found else NAN


def number_text(value: Number) -> str:
    """Return a number as JavaScript prints it: 1e21, 0.1, NaN, and 0 for minus nought."""
    value = double(value)
    if value.__class__ is int:
        return str(value)
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if not value:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    return sign + _placed(digits.rstrip("0"), point)


def _placed(digits: str, point: int) -> str:
    """Put the decimal point after `point` digits, or write an exponent where JavaScript does."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    exponent = f"e{point - 1:+d}"
    return digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + exponent


def to_text(value: Any, run: Run) -> str:
    """Return `value` as text: lists are joined by commas, an object is "[object Object]".

    Raises:
        RuleFailed: the text would be too long; or an object has a key that hides its own conversion.
    """
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return]  # its class has just been read
    if kind is list:
        return _joined(value, run)
    return _scalar_text(value)


def _scalar_text(value: Any) -> str:
    kind = value.__class__
    if kind is int or kind is float:
        return number_text(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if kind is dict:
        if "toString" in value:
            raise RuleFailed("An object with a key `toString` cannot be made a text: rename the key")
        return "[object Object]"
    raise RuleFailed(f"The facts hold a {kind.__name__}: give the rule plain JSON")


def _joined(items: list[Any], run: Run) -> str:
    """Join a list's texts by commas, lists within lists too; null and undefined are empty."""
    pieces: list[str] = []
    size = 0
    waiting = [iter(items)]
    comma = ""
    while waiting:
        for item in waiting[-1]:
            run.spend(1)
            pieces.append(comma)
            size += len(comma)
            comma = ","
            if item.__class__ is list:
                waiting.append(iter(item))
                comma = ""
                break
            if item is not None and item is not UNDEFINED:
                text = item if item.__class__ is str else _scalar_text(item)
                pieces.append(text)
                size += len(text)
            if size > TEXT:
                text_too_long()
        else:
            waiting.pop()
            comma = ","
    return "".join(pieces)
