"""Roles, teams and the other small documents of a programme, read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.pathways.model import Letter
from frontdoor.domain.text import Text

_LETTERS = "letters/"


@dataclass(frozen=True)
class Role:
    """What a role is for, which permissions it grants, and whose records it sees (authority, team, own or none).

    `kind` is who can hold it: staff or partner.
    """

    id: str
    label: Text
    description: Text
    may: frozenset[str]
    sees: str
    kind: str = "staff"


@dataclass(frozen=True)
class Team:
    """A team; `capacity` is how many families it can hold, None where nobody counts."""

    id: str
    label: Text
    kind: str
    capacity: int | None = None


def ordered(entries: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys by `order`, then by key."""
    return tuple(sorted(entries, key=lambda key: (entries[key].get("order", 0), key)))


def read_roles(document: Mapping[str, Any]) -> dict[str, Role]:
    """Return the roles of a `roles` document, in order."""
    entries = document.get("roles", {})
    return {
        key: Role(
            key,
            entries[key]["label"],
            entries[key]["description"],
            frozenset(entries[key]["may"]),
            entries[key]["sees"],
            entries[key].get("kind", "staff"),
        )
        for key in ordered(entries)
    }


def read_teams(document: Mapping[str, Any], parameters: Mapping[str, Any]) -> dict[str, Team]:
    """Return the teams of a `teams` document, in order; places for each worker may come from a parameter."""
    entries = document.get("teams", {})
    return {
        key: Team(key, entries[key]["label"], entries[key]["kind"], _capacity(entries[key].get("capacity"), parameters))
        for key in ordered(entries)
    }


def read_letters(themes: Mapping[str, Mapping[str, Any]]) -> dict[str, Letter]:
    """Return the letters among theme documents, by their names."""
    found = {name.removeprefix(_LETTERS): entry for name, entry in themes.items() if name.startswith(_LETTERS)}
    return {
        name: Letter(name, entry["title"], entry["subject"], entry["body"], entry["channel"], entry["audience"])
        for name, entry in sorted(found.items())
    }


def rule_sets(names: Iterable[str]) -> tuple[str, ...]:
    """Return which documents under rules/ are rule sets, by name."""
    others = {
        "codes",
        "roles",
        "teams",
        "pathway",
        "clocks",
        "qa",
        "retention",
        "exports",
        "measures",
        "demo",
        "holidays",
    }
    return tuple(name for name in names if name not in others)


def _capacity(entry: Any, parameters: Mapping[str, Any]) -> int | None:
    if not isinstance(entry, Mapping):
        return entry if isinstance(entry, int) else None
    each = entry["per_worker"]
    each = parameters.get(each["parameter"]) if isinstance(each, Mapping) else each
    return int(entry["staff"]) * each if isinstance(each, int) else None
