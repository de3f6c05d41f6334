"""What an author's regular expression asks of the whole text, and whether only ASCII can be right."""

import re
from collections.abc import Mapping

from frontdoor.domain.forms.questions import Json

_SYMBOL = re.compile(r"\\.|.", re.DOTALL)
_ASCII = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
# What lets in letters that are not written out: a dot, a negated class, a flag, a class of Unicode.
_OPEN = re.compile(r"(?<!\\)\.|\[\^|\(\?(?!:)|\\(?![dw]|[^A-Za-z0-9])")


def whole(schema: Mapping[str, Json]) -> str:
    r"""Return what an author's pattern asks of the whole text, `""` when it is not simply `^…$`.

    `\d` and `\w` are written out: here they mean ASCII, to some validators every script's figures and letters.
    """
    pattern = schema.get("pattern", "")
    symbols = _SYMBOL.findall(pattern)
    if len(symbols) < 3 or symbols[0] != "^" or symbols[-1] != "$":
        return ""
    depth, in_class, body = 0, False, []
    for symbol in symbols[1:-1]:
        if not in_class and (symbol in {"^", "$"} or (symbol == "|" and depth == 0)):
            return ""
        in_class = symbol == "[" or (in_class and symbol != "]")
        depth += {"(": 1, ")": -1}.get(symbol, 0) if not in_class else 0
        spelt = _ASCII.get(symbol, symbol)
        body.append(f"[{spelt}]" if symbol in _ASCII and not in_class else spelt)
    return "".join(body)


def ascii_alone(schema: Mapping[str, Json]) -> bool:
    """Return whether only ASCII text can keep the author's pattern: it is tested on the whole, and says each letter."""
    pattern = whole(schema)
    return bool(pattern) and pattern.isascii() and not _OPEN.search(pattern)
