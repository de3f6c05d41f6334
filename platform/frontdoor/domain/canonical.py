"""One text for one JSON value (RFC 8785), so that a hash means the value and not its spelling.

With it, JSON pointers (RFC 6901), which name a place in such a value.
"""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any

from frontdoor.domain.errors import DocumentRejected, Problem

MAX_DEPTH = 200
_EXACT = 2**53
_quoted = json.JSONEncoder(ensure_ascii=False).encode

Path = tuple[str, ...]


def canonical(value: object) -> str:
    """Return the RFC 8785 text of a JSON value; tuples count as arrays.

    DocumentRejected, with the pointer, for what JSON cannot say or a browser would read as another value: NaN,
    infinities, whole numbers that no double holds, keys that are not text, half a surrogate pair, other Python
    objects, more than 200 levels.
    """
    out: list[str] = []
    _write(value, (), out)
    return "".join(out)


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def pointer(steps: Path) -> str:
    """Return the JSON pointer (RFC 6901) of a path of keys."""
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def path(text: str) -> Path | None:
    """Return the keys that a JSON pointer names, or None where it is none."""
    if (text and not text.startswith("/")) or re.search("~(?![01])", text):
        return None
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:])


def find(value: Any, steps: Path, missing: Any) -> Any:
    """Return what lies at a path of keys and array places, or `missing`."""
    for step in steps:
        if isinstance(value, Mapping) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return missing
    return value


def _write(value: object, at: Path, out: list[str]) -> None:
    """Append the pieces of the text to `out`: receipts are written on every decision, and generators would be slow."""
    if len(at) > MAX_DEPTH:
        raise _refusal(at, "too_deep", f"Nest it less: {MAX_DEPTH} levels are the limit")
    if isinstance(value, Mapping):
        _write_object(value, at, out)
    elif isinstance(value, list | tuple):
        out.append("[")
        for index, element in enumerate(value):
            out.append("," if index else "")
            _write(element, (*at, str(index)), out)
        out.append("]")
    else:
        out.append(_scalar(value, at))


def _write_object(value: Mapping[object, object], at: Path, out: list[str]) -> None:
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise _refusal(at, "key_not_text", "Give the object keys that are text")
    texts = {key: _text(key, at) for key in keys}
    out.append("{")
    # RFC 8785 orders by UTF-16 code units: U+10000 comes before U+FB01, unlike in Python.
    plain = all(map(str.isascii, keys))
    for index, key in enumerate(sorted(keys) if plain else sorted(keys, key=lambda one: one.encode("utf-16-be"))):
        out.append("," if index else "")
        out.append(f"{texts[key]}:")
        _write(value[key], (*at, key), out)
    out.append("}")


def _scalar(value: object, at: Path) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value, at)
    if isinstance(value, int):
        if abs(value) <= _EXACT:
            return str(int(value))
        return _large(value, at)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _refusal(at, "not_finite", "Use a finite number")
        return _number(value)
    raise _refusal(at, "not_json", "Use text, numbers, true, false, null, arrays and objects only")


def _text(value: str, at: Path) -> str:
    try:
        value.isascii() or value.encode()
    except UnicodeEncodeError as half:
        raise _refusal(at, "bad_text", "Type the text again: it holds half a character") from half
    return _quoted(value)


def _large(value: int, at: Path) -> str:
    try:
        text = _number(float(value))
    except OverflowError:
        text = ""
    # A browser writes 2^60 as 1152921504606847000, and reads that as 2^60: the same value either way.
    if not text or (text != str(value) and float(value) != value):
        raise _refusal(at, "not_exact", "Write a whole number this long as text: a browser would round it")
    return text


def _number(value: float) -> str:
    """Return ECMAScript's Number::toString; Python's repr finds the same shortest digits."""
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return ("-" if value < 0 else "") + _laid_out(digits, point)


def _laid_out(digits: str, point: int) -> str:
    """Return `digits` with the decimal point after the first `point` of them, as ECMAScript 6.1.6.1.20 lays it out."""
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    power = point - 1
    sign = "+" if power > 0 else "-"
    return f"{digits[0]}{'.' * (len(digits) > 1)}{digits[1:]}e{sign}{abs(power)}"


def _refusal(at: Path, code: str, message: str) -> DocumentRejected:
    return DocumentRejected("This value has no canonical text", problems=[Problem(pointer(at), code, message)])
