"""Shipped documents of many owners, resolved into one flat tree for one (authority, programme), with origins.

Library parts are inlined where they are used when a document enters the tree, before any overlay: overlays, policies
and local edits therefore point into the form as people see it.
"""

from frontdoor.domain.packs.owners import Owner, Packs, gather
from frontdoor.domain.packs.resolve import Resolved, resolve
from frontdoor.domain.packs.sources import Source, kind_of

__all__ = ["Owner", "Packs", "Resolved", "Source", "gather", "kind_of", "resolve"]
