"""Overlays that change nothing: what they extend is in no configuration of their owner."""

from collections.abc import Iterator

from frontdoor.domain.errors import NotFound, Problem
from frontdoor.domain.packs import Packs


def check(packs: Packs) -> Iterator[Problem]:
    """Yield a problem for each overlay over an owner that none of its own owner's configurations is built on."""
    below = _below(packs)
    for owner in packs.owners.values():
        for source in owner.sources:
            extends = str(source.document.get("extends", "")).partition("@")[0]
            if owner.id in below and extends in packs.owners and extends not in below[owner.id]:
                message = f"This changes nothing: {owner.id} is not built on {extends}. Extend another, or take it out"
                yield Problem("/extends", "unused", message, source.file)


def _below(packs: Packs) -> dict[str, set[str]]:
    """Return, for each owner of some configuration, the owners that it is built on there."""
    found: dict[str, set[str]] = {}
    for authority, programme in packs.pairs():
        try:
            chain = packs.chain(programme, authority)
        except NotFound:
            continue  # told of the owner that names it
        for place, owner in enumerate(chain):
            found.setdefault(owner.id, set()).update(one.id for one in chain[:place])
    return found
