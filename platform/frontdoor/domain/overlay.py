"""Local differences on top of a document, with their reason and origin. Source: DESIGN section 4, ADR 0002.

`changes` is merged by key. What stands under `when`, `logic`, `value` or `const`, and every array, is one value and
is replaced whole: two merged rules would be an object of two operators, which is always true. `null` switches a key
off. Documents are never changed in place: each layer makes a new one.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.canonical import Path, canonical, digest, find, path, pointer
from frontdoor.domain.errors import Conflict, DocumentRejected, Problem
from frontdoor.domain.policy import MISSING, Policy, Step

__all__ = ["WHOLE", "Layered", "Origin", "Overlay", "Policy", "apply", "forbidden", "original", "pointer", "replaced"]

WHOLE = frozenset({"when", "logic", "value", "const"})

_EXTENDS = re.compile(r"[a-z][a-z0-9-]{0,62}@[0-9A-Za-z][0-9A-Za-z._-]*")


@dataclass(frozen=True)
class Origin:
    """Who set a value, in which version of theirs, and why (`""` for the document that was there first)."""

    owner: str
    version: str
    because: str = ""


@dataclass(frozen=True)
class Overlay:
    """One layer: `extends` is `OWNER@VERSION`, `replaces` holds the digest of each value it was written over."""

    owner: str
    version: str
    extends: str
    because: str
    changes: Mapping[str, Any]
    replaces: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise _rejected("/because", "required", "Say why this differs, and on whose authority")
        if not _EXTENDS.fullmatch(self.extends):
            raise _rejected("/extends", "extends", "Name what this extends, and its version, as owner@7")
        if any(path(at) is None for at in self.replaces):
            raise _rejected("/replaces", "pointer", "Write each place that is replaced as a JSON pointer")
        canonical(self.changes)  # refuses what JSON cannot hold, and nesting that would exhaust the merge


@dataclass(frozen=True)
class Layered:
    """A document and where every value of it comes from: `origins` is keyed by the pointer of each whole value."""

    document: Mapping[str, Any]
    owner: str
    version: str
    origins: Mapping[str, Origin]
    policies: tuple[Policy, ...] = ()

    def origin(self, at: str) -> Origin | None:
        """Return who set the value at pointer `at`, which may lie inside an array or a rule; None for a branch."""
        steps = path(at) or ()
        found = (self.origins.get(pointer(steps[:length])) for length in range(len(steps), -1, -1))
        return next((origin for origin in found if origin), None)


def original(document: Mapping[str, Any], owner: str, version: str, policy: Mapping[str, Any] | None = None) -> Layered:
    """Return a document as the lowest layer, with the policy that its owner sets for all above it."""
    origins = {pointer(at): Origin(owner, version) for at in _leaves(document, ())}
    return Layered(deepcopy(dict(document)), owner, version, origins, (Policy(owner, policy or {}),))


def apply(under: Layered, overlay: Overlay, policy: Mapping[str, Any] | None = None) -> Layered:
    """Return `under` with the overlay's changes; `policy` binds the layers above, on top of those below.

    DocumentRejected where a policy forbids a change or `extends` names another layer. Conflict, holding both values
    of each place, where a value that the overlay replaces is no longer the one it was written over.
    """
    if overlay.extends != f"{under.owner}@{under.version}":
        raise _rejected("/extends", "extends", f"Rebase: the layer below is {under.owner}@{under.version}")
    steps = tuple(_steps(under.document, overlay.changes, ()))
    document = deepcopy(dict(under.document))
    for step in steps:
        _carry_out(document, step)
    problems = forbidden(under, overlay.changes)
    if problems:
        raise DocumentRejected(
            "This overlay changes what a layer below keeps; take those changes out", problems=problems
        )
    _same_originals(under.document, document, overlay)
    mine = Origin(overlay.owner, overlay.version, overlay.because)
    set_here = {step.at for step in steps}
    origins = {}
    for at in _leaves(document, ()):
        ours = any(at[:length] in set_here for length in range(1, len(at) + 1))
        origins[pointer(at)] = mine if ours else under.origins.get(pointer(at), mine)
    policies = (*under.policies, Policy(overlay.owner, policy or {}))
    return Layered(document, overlay.owner, overlay.version, origins, policies)


def forbidden(under: Layered, changes: Mapping[str, Any]) -> list[Problem]:
    """Return why a policy of the layers below forbids these changes; empty when they may be made."""
    return [
        found
        for step in _steps(under.document, changes, ())
        for policy in under.policies
        for found in policy.forbids(step, under.document)
    ]


def replaced(document: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, str]:
    """Return `replaces` for an overlay written over `document` today: the digest of each value it takes away."""
    return {pointer(step.at): digest(step.old) for step in _steps(document, changes, ()) if step.old is not MISSING}


def _steps(old: Mapping[str, Any], changes: Mapping[str, Any], at: Path) -> Iterator[Step]:
    for key, new in changes.items():
        here, was = (*at, key), old.get(key, MISSING)
        if new is None:
            if was is not MISSING:
                yield Step(here, was, MISSING)
        elif key in WHOLE or not isinstance(new, Mapping):
            yield Step(here, was, new)
        elif isinstance(was, Mapping) or (was is MISSING and new):
            yield from _steps({} if was is MISSING else was, new, here)
        else:
            yield Step(here, was, _without_nulls(new))


def _carry_out(document: dict[str, Any], step: Step) -> None:
    branch = document
    for key in step.at[:-1]:
        branch = branch.setdefault(key, {})
    if step.new is MISSING:
        del branch[step.at[-1]]
    else:
        branch[step.at[-1]] = deepcopy(step.new)


def _without_nulls(branch: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without_nulls(value) if key not in WHOLE and isinstance(value, Mapping) else value
        for key, value in branch.items()
        if value is not None
    }


def _leaves(value: Any, at: Path) -> Iterator[Path]:
    if isinstance(value, Mapping) and value and not (at and at[-1] in WHOLE):
        for key, below in value.items():
            yield from _leaves(below, (*at, key))
    else:
        yield at


def _same_originals(before: Mapping[str, Any], after: Mapping[str, Any], overlay: Overlay) -> None:
    theirs = {at: find(before, path(at) or (), MISSING) for at in overlay.replaces}
    found = {at: "nothing" if value is MISSING else digest(value) for at, value in theirs.items()}
    changed = [at for at, recorded in overlay.replaces.items() if found[at] != recorded]
    if changed:
        told = "; ".join(f"`{at}` was {overlay.replaces[at][:12]}, is now {found[at][:12]}" for at in changed)
        raise Conflict(
            f"The original has changed since this overlay was written: {told}. Keep one value of each and save again",
            theirs={at: None if theirs[at] is MISSING else theirs[at] for at in changed},
            mine={at: find(after, path(at) or (), None) for at in changed},
        )


def _rejected(where: str, code: str, message: str) -> DocumentRejected:
    return DocumentRejected(message, problems=[Problem(where, code, message)])
