"""JSON as a browser reads and prints it, for lines that may be hostile.

Numbers are doubles, printed as JavaScript prints them (NaN and infinities as null, -0 as 0); half a surrogate pair
survives as an escape. Neither direction recurses over what it prints.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from frontdoor.domain.rules.coerce import double, number_text

_DIGITS_OF_AN_INT = 15
_HALF = re.compile("[\ud800-\udfff]")


def read(text: bytes) -> Any:
    """Return the JSON value of a line.

    Raises:
        ValueError: it is no JSON, or no UTF-8.
        RecursionError: it is too deep to read.
    """
    return json.loads(text.decode("utf-8-sig"), parse_int=_number, parse_constant=_no_number)


def _number(digits: str) -> int | float:
    if len(digits) > _DIGITS_OF_AN_INT or digits == "-0":
        return float(digits)
    return int(digits)


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def written(value: Any) -> str:
    """Return the JSON text of a value, without spaces."""
    return "".join(_pieces(value))


def _pieces(value: Any) -> Iterator[str]:
    """Yield the text piece by piece; what is waiting is either a value or, as a one-tuple, a text to print."""
    waiting: list[Any] = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            yield part[0]
        elif isinstance(part, list):
            inner = [each for item in part for each in ((",",), item)]
            waiting += [("]",), *reversed(inner[1:]), ("[",)]
        elif isinstance(part, dict):
            inner = [each for key, item in part.items() for each in ((",",), (_text(key) + ":",), item)]
            waiting += [("}",), *reversed(inner[1:]), ("{",)]
        else:
            yield _scalar(part)


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    text = number_text(double(value))
    return "null" if text[-1] in "Ny" else text


def _text(text: str) -> str:
    """Return a JSON string: only quotes, controls and half surrogate pairs are escaped."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(text, ensure_ascii=False))
