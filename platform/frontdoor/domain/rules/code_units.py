"""Text as a browser counts it: in UTF-16 code units, where an emoji is two.

Python counts characters. The two differ only for text beyond U+FFFF and for halves of such characters
(lone surrogates), so every function first asks whether it has to care.
"""

import re

_WIDE = re.compile("[\U00010000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")
_CODING = "utf-16-le"


def cost(text: str) -> int:
    """Return the steps that reading a text by code units costs: one a character, far fewer if it is ASCII."""
    return len(text) >> 6 if text.isascii() else len(text)


def length(text: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(text) if text.isascii() else len(_encoded(text)) // 2


def between(text: str, start: int, end: int) -> str:
    """Return the code units from `start` up to `end`, both within the text; half a character may be left."""
    if text.isascii():
        return text[start:end]
    return _encoded(text)[2 * start : 2 * end].decode(_CODING, "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode(_CODING, "surrogatepass")


def mend(text: str) -> str:
    """Return `text` with two halves that have come together as the one character they make."""
    if text.isascii() or not _HALF.search(text):
        return text
    return _encoded(text).decode(_CODING, "surrogatepass")


def contains(text: str, part: str) -> bool:
    """Tell whether `part` occurs in `text`; half a character occurs in the whole one."""
    if part in text:
        return True
    if part.isascii() or not _HALF.search(part):
        return False
    return _WIDE.sub(_halves, part) in _WIDE.sub(_halves, text)


def _halves(match: re.Match[str]) -> str:
    beyond = ord(match[0]) - 0x10000
    return chr(0xD800 + (beyond >> 10)) + chr(0xDC00 + (beyond & 0x3FF))


def before(a: str, b: str) -> bool:
    """Tell whether `a` sorts before `b` by code units: an emoji sorts before U+FFFD."""
    if a.isascii() or b.isascii():
        return a < b
    return a.encode("utf-16-be", "surrogatepass") < b.encode("utf-16-be", "surrogatepass")
