"""Whether the front door has met this family before: exact identifiers, names that sound alike, dates that agree.

Nothing is merged here. What is found feeds `family.*` in the rules and is shown to an officer as "earlier contacts".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import jellyfish

from frontdoor.domain.access import Viewer
from frontdoor.domain.case import Case
from frontdoor.domain.family import Family, Known, Person, contacts_since, name_tokens
from frontdoor.domain.programme import Programme
from frontdoor.services.identity import new_id
from frontdoor.store import families, secrets

_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Household:
    """The people of one nomination and the keys under which the family is found again."""

    name: str
    people: tuple[Person, ...]
    keys: tuple[str, ...]
    search: tuple[str, ...]


def household(programme: Programme, authority: str, answers: Mapping[str, Any]) -> Household:
    """Read the people out of an intake form's answers, by the pathway's `intake.subject`."""
    subject = programme.pathway.intake.subject
    rows = answers.get(subject.get("members", ""), ()) or ()
    people = tuple(_person(authority, subject, row) for row in rows)
    surnames = dict.fromkeys(person.family_name for person in people)
    name = str(answers.get(subject.get("name", ""), "")) or " and ".join(surnames)
    words = name_tokens(name, *(part for person in people for part in (person.given_name, person.family_name)))
    postcode = _postcode(answers.get(subject.get("address", "")))
    each = (match_keys(person, name_tokens(name, person.family_name), postcode) for person in people)
    keys = tuple(dict.fromkeys(key for found in each for key in found))
    search = (*words, *(f"sound:{sound(word)}" for word in words), *(key for key in keys if key.startswith("id:")))
    return Household(name, people, keys, tuple(dict.fromkeys(search)))


def known_before(found: Sequence[Family], received_at: datetime) -> Known:
    """Return what `found` hold about a family on the day of receipt, this contact counted in; new is `Known(None)`.

    `found` are the records that match a household (`families.matching`), the one that shares most first.
    """
    return _known(found, received_at, this_one=1)


def known_again(viewer: Viewer, case: Case) -> Known:
    """Return what is held about a case's family, leaving out the case itself and whatever came after it."""
    if case.family is None:
        return Known(None, contacts_12m=1)
    family = families.get(viewer, case.family)
    others = [one for one in families.matching(viewer, family.keys) if one.id != family.id]
    return _known([family, *others], case.received_at, reference=case.reference)


def _known(found: Sequence[Family], received_at: datetime, *, reference: str = "", this_one: int = 0) -> Known:
    """Return what several records of one family hold together; the first is the one that a contact is added to."""
    if not found:
        return Known(None, contacts_12m=this_one)
    closed = [family.closed_on for family in found if family.closed_on]
    contacts = [contact for family in found for contact in family.contacts if contact <= received_at]
    earlier = dict.fromkeys(case for family in found for case in family.cases if case != reference)
    return Known(
        family=found[0].id,
        open_episode=any(case != reference for family in found for case in family.open_cases),
        closed_on=max(closed, default=None),
        contacts_12m=contacts_since(contacts, received_at - _A_YEAR) + this_one,
        earlier=tuple(earlier),
    )


def remember(viewer: Viewer, home: Household, found: Sequence[Family], reference: str, received_at: datetime) -> str:
    """Record this contact with the family, new or known, inside the caller's transaction; return the family's id.

    A family of whom nothing was `found` is added, else the first record is replaced: one write either way, so that the
    time it takes does not tell.
    """
    if not found:
        family = Family(
            id=new_id(),
            authority=viewer.authority,
            name=home.name,
            people=home.people,
            tokens=(f"authority:{viewer.authority}",),
            keys=home.keys,
            cases=(reference,),
            contacts=(received_at,),
        )
        families.add(viewer, family)
        return family.id
    before = found[0]
    after = replace(
        before,
        people=_joined(before.people, home.people),
        keys=tuple(dict.fromkeys((*before.keys, *home.keys))),
        cases=(*before.cases, reference),
        contacts=(*before.contacts, received_at),
    )
    families.replace(viewer, after, expected_revision=before.revision)
    return before.id


def settle(viewer: Viewer, before: Case, after: Case, today: date) -> None:
    """Keep the family's open episodes in step with a case that has opened or closed one, in the same transaction."""
    if after.family is None or before.status == after.status:
        return
    ended = before.status == "support" and after.status in ("review", "closed")
    family = families.get(viewer, after.family)
    others = tuple(case for case in family.open_cases if case != after.reference)
    opened = (*others, after.reference) if after.status == "support" else others
    closed = today if ended else family.closed_on
    changed = replace(family, open_cases=opened, closed_on=closed)
    families.replace(viewer, changed, expected_revision=family.revision)


def sound(word: str) -> str:
    """Return how a normalised name sounds, so that "kayleigh" finds "kaylee"."""
    return jellyfish.metaphone(word) or word


def search_tokens(text: str) -> tuple[str, ...]:
    """Return the tokens that a search for names should find: each word as it sounds."""
    return tuple(f"sound:{sound(word)}" for word in name_tokens(text))


def _person(authority: str, subject: Mapping[str, Any], row: Mapping[str, Any]) -> Person:
    def told(key: str) -> str:
        value = row.get(subject.get(key, ""), "")
        return value if isinstance(value, str) else ""

    identifiers = {
        kind: secrets.keyed_digest(f"{kind}:{row[question]}")
        for kind, question in subject.get("identifiers", {}).items()
        if row.get(question)
    }
    return Person(
        id=str(row.get("id", "")) or new_id(),
        authority=authority,
        given_name=told("given_name"),
        family_name=told("family_name"),
        dob=told("dob") or None,
        identifiers=identifiers,
    )


def match_keys(person: Person, surnames: Iterable[str], postcode: str) -> list[str]:
    """Return one person's match keys: each identifier; how the names sound, with the birth date or the postcode."""
    keys = [f"id:{kind}:{digest}" for kind, digest in sorted(person.identifiers.items())]
    born = person.dob if person.dob and len(person.dob) == len("2011-05-02") else ""
    for given in name_tokens(person.given_name)[:1]:
        for surname in surnames:
            named = f"{sound(given)}:{sound(surname)}"
            keys += [f"born:{born}:{named}"] if born else []
            keys += [f"home:{postcode}:{named}"] if postcode else []
    return keys


def _postcode(address: Any) -> str:
    written = address.get("postcode", "") if isinstance(address, Mapping) else ""
    return "".join(str(written).upper().split())


def _joined(before: tuple[Person, ...], now: tuple[Person, ...]) -> tuple[Person, ...]:
    """Add the people who were not told of before; whoever was keeps the first record."""

    def face(person: Person) -> tuple[tuple[str, ...], str | None]:
        return name_tokens(person.given_name, person.family_name), person.dob

    seen = {face(person) for person in before}
    return (*before, *(person for person in now if face(person) not in seen))
