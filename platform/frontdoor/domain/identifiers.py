"""Numbers that name a person or a place, and whether they can be right. Source: DOMAIN F.1.

White space is taken out and letters are put in upper case before a test. Only ASCII counts: an Arabic three is a
digit to Python, and a dotless i becomes I in upper case, but no card or letter carries either.
"""

import re
from collections.abc import Callable, Collection, Mapping

from frontdoor.domain.errors import RuleFailed

VALID = "valid"
FORMAT = "invalid / FORMAT"
CHECK_DIGIT = "invalid / CHECK_DIGIT"
CHECK_LETTER = "invalid / CHECK_LETTER"

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # without I, O and S; a letter's value is its place, 0 to 22
_SHAPES = {
    "nhs": re.compile(r"[0-9]{10}"),
    "upn": re.compile(rf"[{_UPN_LETTERS}][0-9]{{11}}[0-9{_UPN_LETTERS}]"),
    "nino": re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]?"),
    "postcode": re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}"),
    "uprn": re.compile(r"[0-9]{1,12}"),
    "la_code": re.compile(r"[EWSN][0-9]{8}"),
}
# BS 7666, by area: which letters may stand first, second, third and fourth, and which two may end the code.
_BS_7666 = re.compile(
    r"(?:[A-PR-UWYZ][0-9]{1,2}|[A-PR-UWYZ][A-HK-Y][0-9]{1,2}|[A-PR-UWYZ][0-9][A-HJKPS-UW]"
    r"|[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRV-Y])[0-9][ABD-HJLNP-UW-Z]{2}"
)

KINDS = tuple(_SHAPES)
_FIELDS: Mapping[object, str] = {"nhs_no": "nhs"}


def tidy(value: str) -> str:
    """Return `value` as it is stored: no white space, letters in upper case, always text."""
    return "".join(value.split()).upper()


def check(kind: object, value: object) -> str:
    """Return `valid`, `invalid / FORMAT`, `invalid / CHECK_DIGIT` (NHS) or `invalid / CHECK_LETTER` (UPN).

    `kind` is one of KINDS, or the field `nhs_no`; RuleFailed for another. A number that is not text fails its format:
    it has lost its zeros.
    """
    kind = _FIELDS.get(kind, kind) if isinstance(kind, str) else ""
    if kind not in _SHAPES:
        raise RuleFailed(f"An identifier's type is one of {', '.join(KINDS)}")
    if not isinstance(value, str) or not "".join(value.split()).isascii():
        return FORMAT
    text = tidy(value)
    if not _SHAPES[kind].fullmatch(text):
        return FORMAT
    return _CHECKS[kind](text) if kind in _CHECKS else VALID


def warnings(kind: str, value: str, known_la: Collection[str] = ()) -> tuple[str, ...]:
    """Return what looks odd in a valid `value` without making it wrong, as codes.

    `UNUSUAL_POSTCODE`: outside BS 7666, though real exceptions exist. `UNKNOWN_LA`: digits 2 to 4 of a UPN are in no
    code of `known_la`; nothing is said while that list is empty.
    """
    text = tidy(value)
    if kind == "postcode" and not _BS_7666.fullmatch(text):
        return ("UNUSUAL_POSTCODE",)
    if kind == "upn" and known_la and text[1:4] not in known_la:
        return ("UNKNOWN_LA",)
    return ()


def shown(kind: str, value: str) -> str:
    """Return `value` as people read it: NHS 3-3-4, postcode with its space, NI number in pairs."""
    text = tidy(value)
    if kind == "nhs":
        return f"{text[:3]} {text[3:6]} {text[6:]}"
    if kind == "postcode":
        return f"{text[:-3]} {text[-3:]}"
    if kind == "nino":
        return " ".join(text[at : at + 2] for at in range(0, len(text), 2))
    return text


def _nhs(text: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(text, range(10, 1, -1), strict=False))
    wanted = 11 - total % 11
    # 11 stands for 0; 10 is never issued, and no single digit equals it.
    return VALID if int(text[9]) == (0 if wanted == 11 else wanted) else CHECK_DIGIT


def _upn(text: str) -> str:
    total = sum(_upn_value(symbol) * place for place, symbol in enumerate(text[1:], start=2))
    return VALID if _UPN_LETTERS[total % 23] == text[0] else CHECK_LETTER


def _upn_value(symbol: str) -> int:
    return int(symbol) if symbol.isdigit() else _UPN_LETTERS.index(symbol)


_CHECKS: Mapping[str, Callable[[str], str]] = {"nhs": _nhs, "upn": _upn}
