"""Policies as owners write them, `{pointer into the tree: locked | add_only | bounded}`, turned to one document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from frontdoor.domain.canonical import pointer
from frontdoor.domain.policy import Policy

if TYPE_CHECKING:
    from frontdoor.domain.packs.owners import Owner

Policies = Sequence[tuple["Owner", Mapping[str, str]]]


def forbids_whole(policies: Policies, place: tuple[str, str]) -> str:
    """Return the owner that keeps this whole place locked, or `""`: then a later owner may put a document there."""
    at = pointer(place)
    locks = ((owner.id, kept) for owner, rules in policies for kept, rule in rules.items() if rule != "add_only")
    return next((owner for owner, kept in locks if at == kept or at.startswith(kept + "/")), "")


def for_document(policies: Policies, place: tuple[str, str]) -> tuple[Policy, ...]:
    """Return what earlier owners allow inside the document at `place`, by pointer into the document."""
    found = ((owner.id, dict(_inside(rules, place))) for owner, rules in policies)
    return tuple(Policy(owner, rules) for owner, rules in found if rules)


def _inside(rules: Mapping[str, str], place: tuple[str, str]) -> Iterator[tuple[str, str]]:
    at = pointer(place)
    for kept, rule in rules.items():
        if at == kept or at.startswith(kept + "/"):
            yield "", rule
        elif kept.startswith(at + "/"):
            yield kept.removeprefix(at), rule
