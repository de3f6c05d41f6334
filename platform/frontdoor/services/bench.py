"""Where worked examples are run: shipped packs as programmes, without a database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from frontdoor.domain.calendar import Calendar, from_document
from frontdoor.domain.errors import DocumentRejected, NotFound
from frontdoor.domain.packs import Packs, resolve
from frontdoor.domain.programme import Programme

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Bench:
    """Where examples are run: a programme for each pack, the library's calendar, today for rows without `as_of`.

    `defaults` are parameter values that hold where a row does not set them; `rules` names every rule of the packs.
    """

    programme: Callable[[str], Programme]
    calendar: Calendar
    today: date
    defaults: Values = field(default_factory=dict)
    rules: Callable[[], frozenset[str]] = frozenset


def of_packs(packs: Packs, today: date, authority: str | None = None, defaults: Values | None = None) -> Bench:
    """Return the bench of shipped packs; with an authority, packs that it runs are as it has them."""

    @cache
    def programme(name: str) -> Programme:
        if name == library_of(packs):
            # The library's rules read facts that each programme supplies: any of them will do.
            name = next(iter(packs.programmes()), name)
        runs = authority is not None and name in packs.owner(authority).programmes
        return programme_of(packs, f"{authority}/{name}" if runs else name)

    return Bench(programme, calendar_of(packs), today, defaults or {}, lambda: _rules(packs))


def _rules(packs: Packs) -> frozenset[str]:
    """Return what decisions, facts and clocks are called in the packs; one that cannot be used has none."""
    names: set[str] = set()
    for authority, programme in packs.pairs():
        try:
            found = programme_of(packs, f"{authority}/{programme}" if authority else programme)
        except DocumentRejected:
            continue
        names |= {*found.rules.decisions, *found.rules.facts}
        names |= {name for fact in found.rules.facts.values() for name in (fact.name, fact.code) if name}
        names |= {name for clock in found.clocks.values() for name in (clock.code, clock.id)}
    return frozenset(names)


def programme_of(packs: Packs, name: str) -> Programme:
    """Return the programme that a pack's name means; NotFound, or DocumentRejected where it cannot be used."""
    programme, authority = packs.named(name)
    tree = resolve(packs, programme, authority).tree
    return Programme.from_tree(tree, authority=authority, programme=programme, number=0, digest="")


def calendar_of(packs: Packs) -> Calendar:
    """Return the working days of the library. NotFound where there is no library."""
    return from_document(resolve(packs, library_of(packs)).tree["rules"].get("holidays", {}))


def library_of(packs: Packs) -> str:
    """Return the owner whose documents every other builds on, by its kind."""
    found = next((owner.id for owner in packs.owners.values() if owner.kind == "base"), None)
    if found is None:
        raise NotFound("These packs hold no library: add an owner of kind `base`.")
    return found
