"""Families and people, and the keys by which a second contact finds the first."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Person:
    """One member as told by a nominator. `dob` is a partial date; `identifiers` maps a kind to a keyed digest."""

    id: str
    authority: str
    given_name: str
    family_name: str
    dob: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """A household known to one authority: its people, the cases it had and the keys under which it is found."""

    id: str
    authority: str
    name: str
    people: tuple[Person, ...]
    tokens: tuple[str, ...]
    keys: tuple[str, ...]
    cases: tuple[str, ...] = ()
    open_cases: tuple[str, ...] = ()
    closed_on: date | None = None
    contacts: tuple[datetime, ...] = ()
    revision: int = 0


@dataclass(frozen=True)
class Known:
    """What the platform knows of the family on the day of receipt; the `family.*` values that rules read."""

    family: str | None
    open_episode: bool = False
    closed_on: date | None = None
    contacts_12m: int = 0
    earlier: tuple[str, ...] = ()


def name_tokens(*names: str) -> tuple[str, ...]:
    """Return the normalised words of some names: no accents, lower case, apostrophes dropped, hyphens split.

    "O'Brien-Nguyễn" gives ("obrien", "nguyen").
    """
    words: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("đ", "d").replace("ł", "l"))
        bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
        words.extend(re.findall(r"\w+", re.sub("['\u2019`]", "", bare)))
    return tuple(dict.fromkeys(words))


def contacts_since(contacts: Iterable[datetime], start: datetime) -> int:
    """Return how many contacts were received at or after `start`."""
    return sum(1 for contact in contacts if contact >= start)
