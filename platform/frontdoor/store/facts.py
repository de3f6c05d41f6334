"""The compact facts collection: of each case what the live rules read of it, for asking "what if" of all cases at once.

It holds no name and no word that anybody wrote: prepared answers by question id, dimensions, outcomes. The worker keeps
it from the cases and may build it afresh at any time; nothing is decided from it (ADR 0017). A case is there twice:
short in `facts`, and whole in `facts_whole`. What was worked out of cases that are alike stands once in `facts_alike`:
a change that reaches no further is decided there, and only counted over the cases.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pymongo import ASCENDING, IndexModel

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.domain.canonical import digest
from frontdoor.domain.case import Case
from frontdoor.store import cases
from frontdoor.store.client import Document, database, in_memory
from frontdoor.store.queue import NEWEST
from frontdoor.store.records import within

COLLECTION, ALIKE, WHOLE, BASES = "facts", "facts_alike", "facts_whole", "facts_bases"
INDEXES = (IndexModel([("authority", ASCENDING), ("programme", ASCENDING), ("rules", ASCENDING)], name="rules"),)
_APART = "!"
IN_ORDER = {"_id": 1}
ALIKE_INDEXES = (IndexModel([("authority", ASCENDING), ("basis", ASCENDING)], name="basis"),)
BASIS_INDEXES = (IndexModel([("authority", ASCENDING), ("programme", ASCENDING)], name="programme"),)


@dataclass(frozen=True)
class Basis:
    """Under what some cases were worked out: a digest of the rules, and the kinds of the paths they were asked for."""

    id: str
    authority: str
    programme: str
    tokens: tuple[str, ...]
    rules: str
    paths: Mapping[str, str]


@dataclass(frozen=True)
class CaseFacts:
    """One case in the collection.

    `dimensions` are codes by dimension (`area`, `team`, `month`, `agency`, `age_band`, and the id of each protected
    question). `said` is, by decision code, what a person confirmed: `{"decision", "reason", "override"}`. `noise` is a
    whole number below 65,536 that belongs to the case alone. `data`, `facts`, `fixed`, `truths`, `outcomes` are
    `domain.rules.pushdown.stored.Kept`'s; `apart` is its text, "" for all but a few. `steps` is what the case would be
    under other values of a number (`pushdown.stretches`), by table and parameter.
    """

    reference: str
    authority: str
    programme: str
    tokens: tuple[str, ...]
    revision: int
    rules: str
    basis: str
    noise: int
    dimensions: Mapping[str, str]
    said: Mapping[str, Mapping[str, Any]]
    data: Mapping[str, Any]
    facts: Mapping[str, Any]
    fixed: Mapping[str, Any]
    truths: Mapping[str, str]
    outcomes: Mapping[str, str]
    apart: str = ""
    steps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cases:
    """Which cases are asked about: those of a programme that were worked out on one basis."""

    programme: str
    basis: str


def put(viewer: Viewer, kept: CaseFacts) -> None:
    """Store a case's facts in place of what was there. The same case twice leaves one record."""
    basis = _APART + kept.basis if kept.apart else kept.basis  # its own name, so that one test leaves these out
    shared = {"outcomes": kept.outcomes, "truths": kept.truths, "facts": kept.facts, "fixed": kept.fixed}
    worked_out: Document = {name: dict(held) for name, held in shared.items()}
    short = _short(kept, basis, digest({"basis": basis, **worked_out})[:24])
    whole = {**short, **worked_out, "data": dict(kept.data), "text": kept.apart}
    tokens = [authority_token(kept.authority)]
    alike = {**worked_out, "authority": kept.authority, "tokens": tokens, "basis": basis}
    where = {"_id": short["_id"], "authority": viewer.authority}
    # The short one last: where it is there, so is the rest.
    same = {"_id": short["alike"], "authority": viewer.authority}
    database()[ALIKE].update_one(same, {"$setOnInsert": alike}, upsert=True)
    database()[WHOLE].replace_one(where, whole, upsert=True)
    database()[COLLECTION].replace_one(where, short, upsert=True)


def _short(kept: CaseFacts, basis: str, alike: str) -> Document:
    return {
        "_id": _id(kept.authority, kept.programme, kept.reference),
        "authority": kept.authority,
        "tokens": list(kept.tokens),
        "basis": basis,
        "noise": kept.noise,
        "cell": json.dumps(dict(sorted(kept.dimensions.items()))),
        "said": {code: json.dumps(dict(said)) for code, said in kept.said.items()},
        "alike": alike,
        "steps": {code: dict(texts) for code, texts in kept.steps.items()},
        "programme": kept.programme,
        "rules": kept.rules,
        "reference": kept.reference,
        "revision": kept.revision,
    }


def put_basis(viewer: Viewer, basis: Basis) -> None:
    """Store a basis, once."""
    written = {
        "_id": basis.id,
        "authority": basis.authority,
        "programme": basis.programme,
        "tokens": list(basis.tokens),
        "rules": basis.rules,
        # Paths hold dots, which no key may.
        "paths": [[path, kind] for path, kind in sorted(basis.paths.items())],
    }
    where = {"_id": basis.id, "authority": viewer.authority}
    database()[BASES].update_one(where, {"$setOnInsert": written}, upsert=True)


def remove(viewer: Viewer, programme: str, reference: str) -> None:
    """Take a case out, because it can no longer be worked out."""
    where = {"_id": _id(viewer.authority, programme, reference), "authority": viewer.authority}
    database()[COLLECTION].delete_one(where)
    database()[WHOLE].delete_one(where)


def bases(viewer: Viewer, programme: str) -> tuple[Basis, ...]:
    """Return every basis on which cases of a programme stand."""
    found = database()[BASES].find(within(viewer, {"programme": programme}))
    return tuple(
        Basis(
            one["_id"],
            one["authority"],
            one["programme"],
            tuple(one["tokens"]),
            one["rules"],
            dict(one["paths"]),
        )
        for one in found
    )


def each(viewer: Viewer, among: Cases, *, apart: bool = False) -> Iterator[CaseFacts]:
    """Yield the records of some cases: those that the database decides, or those apart."""
    for one in database()[WHOLE].find(reach(viewer, among, apart=apart), hint=None if in_memory() else IN_ORDER):
        yield _read(one)


def stale(viewer: Viewer, programme: str, rules: str, limit: int) -> list[str]:
    """Return the references of cases that were worked out under other rules than these, at most `limit`."""
    query = within(viewer, {"programme": programme, "rules": {"$ne": rules}})
    return [one["reference"] for one in database()[COLLECTION].find(query, {"reference": 1}, limit=limit)]


def every_case(viewer: Viewer, programme: str) -> Iterator[Case]:
    """Yield every case of a programme that the viewer reaches, newest first: what the collection is built from."""
    return cases.RECORDS.each(within(viewer, {"programme": programme}), NEWEST)


def _id(authority: str, programme: str, reference: str) -> str:
    return f"{authority}/{programme}/{reference}"


def reach(viewer: Viewer, among: Cases, *, apart: bool = False) -> Document:
    """Return the query of some cases within the viewer's reach: one stretch of the collection, in its own order."""
    start = f"{viewer.authority}/{among.programme}/"
    stretch = {"_id": {"$gte": start, "$lt": start[:-1] + "0"}}  # "0" comes after "/"
    return within(viewer, {**stretch, "basis": _APART + among.basis if apart else among.basis})


def _read(one: Document) -> CaseFacts:
    return CaseFacts(
        reference=one["reference"],
        authority=one["authority"],
        programme=one["programme"],
        tokens=tuple(one["tokens"]),
        revision=one["revision"],
        rules=one["rules"],
        basis=one["basis"].removeprefix(_APART),
        noise=one["noise"],
        dimensions=json.loads(one["cell"]),
        said={code: json.loads(said) for code, said in one["said"].items()},
        data=one["data"],
        facts=one["facts"],
        fixed=one["fixed"],
        truths=one["truths"],
        outcomes=one["outcomes"],
        apart=one["text"],
        steps=one.get("steps", {}),
    )
