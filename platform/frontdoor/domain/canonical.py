"""One text for one JSON value (RFC 8785), so that a hash means the value and not its spelling.

With it, JSON pointers (RFC 6901), which name a place in such a value.
"""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from frontdoor.domain.errors import DocumentRejected, Problem

MAX_DEPTH = 200
_EXACT = 2**53
_KEYS: frozenset[type] = frozenset({str})
_ATOMS: frozenset[type] = frozenset({str, bool, type(None)})
_quoted = json.JSONEncoder(ensure_ascii=False).encode
_plainly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode

Path = tuple[str, ...]


def canonical(value: object) -> str:
    """Return the RFC 8785 text of a JSON value; tuples count as arrays.

    DocumentRejected, with the pointer, for what JSON cannot say or a browser would read as another value: NaN,
    infinities, whole numbers that no double holds, keys that are not text, half a surrogate pair, other Python
    objects, more than 200 levels.
    """
    if _is_plain(value, MAX_DEPTH):
        text = _plainly(value)
        if _is_whole(text):
            return text
    out: list[str] = []
    _write(value, (), out)
    return "".join(out)


def together(texts: Mapping[str, str]) -> str:
    """Return the canonical text of an object, given the canonical text of each of its values."""
    return "{" + ",".join(f"{_quoted(key)}:{texts[key]}" for key in _in_order(texts)) + "}"


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    return digest_of_text(canonical(value))


def digest_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8: of a canonical text, what `digest` returns of its value."""
    return hashlib.sha256(text.encode()).hexdigest()


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


def _is_plain(value: object, levels: int) -> bool:
    """Tell whether json's own encoder, which is ten times as fast, writes the canonical text of a value.

    It does for all but floats, long integers, keys beyond ASCII, which it may order otherwise, and what is refused.
    """
    kind = type(value)
    if kind is dict:
        members = cast(dict[str, object], value)
        if not _KEYS.issuperset(map(type, members)) or not "".join(members).isascii():
            return False
        inner: Iterable[object] = members.values()
    elif kind is list or kind is tuple:
        inner = cast(Sequence[object], value)
    else:
        return kind in _ATOMS or (kind is int and abs(cast(int, value)) <= _EXACT)
    if levels == 0 or _ATOMS.issuperset(map(type, inner)):
        return levels > 0
    return all(_is_plain(each, levels - 1) for each in inner if type(each) not in _ATOMS)


def _is_whole(text: str) -> bool:
    """Tell whether a text holds no half of a surrogate pair."""
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _write(value: object, at: Path, out: list[str]) -> None:
    """Append the pieces of the text to `out`: generators would be slow, and a refusal names the place."""
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
    for index, key in enumerate(_in_order(keys)):
        out.append("," if index else "")
        out.append(f"{texts[key]}:")
        _write(value[key], (*at, key), out)
    out.append("}")


def _in_order(keys: Iterable[str]) -> list[str]:
    """Return keys as RFC 8785 orders them, by UTF-16 code units: U+10000 comes before U+FB01, unlike in Python."""
    return sorted(keys, key=lambda key: key.encode("utf-16-be"))


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
