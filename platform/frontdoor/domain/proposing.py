"""Ids proposed from what people call things. A person may type another; afterwards an id is permanent."""

import re
import unicodedata
from collections.abc import Container

ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")

_LONGEST = 40


def propose_id(label: str, taken: Container[str]) -> str:
    """Return an id for a label that nothing in `taken` has: "Local concerns" gives `local_concerns`."""
    words = re.sub(r"[^a-z0-9]+", "_", _plain(label).lower()).strip("_")
    stem = (words if ID.match(words) else f"x_{words}")[:_LONGEST].strip("_")
    return _free(stem, taken)


def propose_code(label: str, taken: Container[str]) -> str:
    """Return a reason code for a label: "All three criteria" gives `ALL_THREE_CRITERIA`."""
    stem = re.sub(r"[^A-Z0-9]+", "_", _plain(label).upper()).strip("_")[:_LONGEST].strip("_")
    return _free(stem or "REASON", taken)


def _plain(label: str) -> str:
    """Return a label without accents: ŵ is w."""
    return "".join(each for each in unicodedata.normalize("NFKD", label) if not unicodedata.combining(each))


def _free(stem: str, taken: Container[str]) -> str:
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}_{number}"
    return found
