"""New ids and references. The only place where services ask for randomness."""

import secrets

from frontdoor.domain import references


def new_id() -> str:
    """Return 128 random bits as 32 hexadecimal characters."""
    return secrets.token_hex(16)


def new_row_id() -> str:
    """Return an id for one row of a repeating group, unique enough within one form."""
    return secrets.token_hex(6)


def new_reference(prefix: str) -> str:
    """Return a case reference: the programme's prefix, eight random characters and a check character."""
    return str(references.issue(prefix, secrets.token_bytes(references.RANDOM_BYTES)))
