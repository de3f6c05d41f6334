"""Amounts of money: kept as a whole number of pence, typed and shown as pounds and pence. ADR 0031.

A whole number of pence is exact in JSON, in a browser, in the database and in every rule; a decimal fraction is not.
"""

import re

_TYPED = re.compile(r"(?P<sign>[+-]?)£?(?P<sign_after>[+-]?)(?P<pounds>[0-9]{1,14})(?:\.(?P<pence>[0-9]{2}))?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")


def typed(text: str) -> int | None:
    """Return the pence of what somebody typed: `£1,250.50`, `1250.5` is none, `12` is 1200; None for no amount."""
    plain = "".join(text.split())
    grouped = _GROUPED.search(plain)
    if grouped:
        plain = plain.replace(grouped[0], grouped[0].replace(",", ""))
    found = _TYPED.fullmatch(plain)
    if not found or (found["sign"] and found["sign_after"]):
        return None
    pence = int(found["pounds"]) * 100 + int(found["pence"] or 0)
    return -pence if "-" in (found["sign"], found["sign_after"]) else pence


def boxed(pence: int) -> str:
    """Return an amount as it stands in its box: `1250.50`, without pence when there are none."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}" + (f".{rest:02}" if rest else "")


def shown(pence: int) -> str:
    """Return an amount as people read it: `£1,250.50`, `-£3.00`."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{rest:02}"
