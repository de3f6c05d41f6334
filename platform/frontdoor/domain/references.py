"""References that people read aloud: `DER-7K3M-9QXT-W`. Source: DESIGN section 5.

All symbols are Crockford's 32 (no I, L, O, U), the prefix's too, so a misheard O or l can be put right everywhere.
The last symbol is a check. Each symbol is an element of the field of 32 and is multiplied by its own power of 2;
the sum must be nothing. Distinct powers catch every single wrong symbol and every exchange of two, which plain
sums and Luhn's do not.
"""

from dataclasses import dataclass

from frontdoor.domain.errors import NotFound, RuleFailed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 5  # 8 symbols of 5 bits
MAX_PREFIX = 6

_BODY = 8
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: with it the powers of 2 run through all 31 elements but zero
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DASHES = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}"


@dataclass(frozen=True)
class Reference:
    """A reference that passed its check."""

    prefix: str
    body: str
    check: str

    def __str__(self) -> str:
        """Return it as it is stored and shown, in groups of at most four symbols after the prefix."""
        return f"{self.prefix}-{self.body[:4]}-{self.body[4:]}-{self.check}"


def issue(prefix: str, random: bytes) -> Reference:
    """Return the reference of 5 fresh random bytes; the caller draws them and sees to it that none is used twice.

    RuleFailed for a prefix that could be misread: 1 to 6 letters, none of them I, L, O or U.
    """
    if not _is_prefix(prefix):
        raise RuleFailed(f"A reference's prefix is 1 to {MAX_PREFIX} capital letters without I, L, O and U")
    if len(random) != RANDOM_BYTES:
        raise RuleFailed(f"A reference is made of {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random, "big")
    body = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_BODY)))
    return Reference(prefix, body, _check(prefix + body))


def parse(text: str) -> Reference:
    """Return the reference that a person typed: in any case, with or without spaces and hyphens, O for 0, I or l for 1.

    NotFound for anything that no reference of ours can be, in words that do not repeat it.
    """
    plain = "".join(symbol for symbol in text.upper() if symbol not in _DASHES and not symbol.isspace())
    plain = plain.translate(_MISREAD)
    prefix, body, check = plain[: -_BODY - 1], plain[-_BODY - 1 : -1], plain[-1:]
    if not _is_prefix(prefix) or not set(body) <= set(ALPHABET) or _check(prefix + body) != check:
        raise NotFound("No reference reads like that. Check each letter and number against the letter or e-mail")
    return Reference(prefix, body, check)


def _is_prefix(text: str) -> bool:
    return 0 < len(text) <= MAX_PREFIX and all(symbol in ALPHABET[10:] for symbol in text)


def _check(symbols: str) -> str:
    total = 0
    for symbol in symbols:
        total = _doubled(total ^ ALPHABET.index(symbol))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ _POLYNOMIAL if element & 32 else element
