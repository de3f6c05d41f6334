"""One document as somebody wrote it: its file, whose it is and what kind it is. The kind follows from the path."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SECTIONS = ("forms", "rules", "themes")
FILE_NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")
_OWN_KINDS = frozenset(
    {
        "owner", "codes", "roles", "teams", "pathway", "clocks", "qa", "retention", "exports", "measures", "demo",
        "holidays",
    }
)  # fmt: skip
_THEMES = frozenset({"theme", "words", "notices"})


@dataclass(frozen=True)
class Source:
    """One document: `section` is forms, rules or themes; `name` the file without .json, or `letters/NAME`."""

    file: str
    owner: str
    section: str
    name: str
    document: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """Return the kind of document; `overlay` for one that extends another."""
        return kind_of(self.section, self.name, self.document)

    @property
    def target(self) -> tuple[str, str]:
        """Return the section and name of the document in the tree that this one is, or changes."""
        named = self.document.get("document")
        return self.section, named if self.kind == "overlay" and isinstance(named, str) else self.name


def kind_of(section: str, name: str, document: Mapping[str, Any]) -> str:
    """Return the kind of a document at this place: one of `schemas.KINDS`, or `""` where no document belongs."""
    if section == "rules" and name == "owner":
        return "owner"
    whole = _whole_kind(section, name, document)
    return "overlay" if whole and "extends" in document else whole


def _whole_kind(section: str, name: str, document: Mapping[str, Any]) -> str:
    if section == "forms":
        return "part" if document.get("part") is True else "form"
    if section == "rules":
        return name if name in _OWN_KINDS else "rule_set"
    if name.startswith("letters/"):
        return "letter"
    return name if name in _THEMES else ""
