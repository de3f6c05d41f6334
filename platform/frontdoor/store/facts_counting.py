"""Counting over the facts collection in one pass, and finding which cases two expressions tell apart."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pymongo import ASCENDING

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.store.client import Document, database
from frontdoor.store.facts import ALIKE, COLLECTION, IN_ORDER, WHOLE, Cases, reach
from frontdoor.store.records import within


@dataclass(frozen=True)
class Counted:
    """Cases that share the deciding rows' keys `was` and `now`, all dimensions, and what a person said of the decision.

    `count` of them; `noise` is the sum of theirs. Without a breakdown `dimensions` and `said` are empty.
    """

    was: str
    now: str
    dimensions: Mapping[str, str]
    said: Mapping[str, Any]
    count: int
    noise: int


def counted(viewer: Viewer, among: Cases, was: Any, now: Any, *, code: str = "") -> list[Counted]:
    """Return how many cases go from which key to which, in one pass; cases apart are left out.

    `was` and `now` are aggregation expressions over a record. With the `code` of a decision the counts are broken down
    by every dimension and by what a person said of that decision.
    """
    if _reads_answers(was, now):
        return [_counted(one) for one in _grouped(viewer, among, WHOLE, [was, "\n", now], code)]
    groups = list(_grouped(viewer, among, COLLECTION, ["$alike"], code))
    keys = _keys_of_alike(viewer, among, was, now)  # after: whatever a case is like is stored before the case
    together: dict[str, list[int]] = {}
    for one in groups:
        alike, line, rest = one["_id"].partition("\n")
        sums = together.setdefault(keys[alike] + line + rest, [0, 0])
        sums[0] += one["n"]
        sums[1] += one["z"]
    return [_counted({"_id": key, "n": count, "z": noise}) for key, (count, noise) in together.items()]


@dataclass(frozen=True)
class Ahead:
    """One number of a table that is another; `read` gives the key that a stored text of such a step has for it."""

    code: str
    name: str
    read: Callable[[str], str]


def counted_ahead(viewer: Viewer, among: Cases, ahead: Ahead, *, code: str = "") -> list[Counted]:
    """Return what `counted` does, for a number of which each case has stored what it would be."""
    parts: list[Any] = ["$alike", "\n", {"$ifNull": [f"${_at(ahead)}", ""]}]
    groups = list(_grouped(viewer, among, COLLECTION, parts, code))
    stand = _outcomes_of_alike(viewer, among, ahead.code)  # after: whatever a case is like is stored before the case
    told: dict[str, str] = {"": ""}
    together: dict[str, list[int]] = {}
    for one in groups:
        alike, _, rest = one["_id"].partition("\n")
        text, line, cell = rest.partition("\n")
        if text not in told:
            told[text] = ahead.read(text)
        was = stand[alike]
        sums = together.setdefault(f"{was}\n{told[text] or was}{line}{cell}", [0, 0])
        sums[0] += one["n"]
        sums[1] += one["z"]
    return [_counted({"_id": key, "n": count, "z": noise}) for key, (count, noise) in together.items()]


def moved_ahead(viewer: Viewer, among: Cases, ahead: Ahead) -> Iterator["Moved"]:
    """Yield what `moved` does, for such a number."""
    stand = _outcomes_of_alike(viewer, among, ahead.code)
    query = {**reach(viewer, among), _at(ahead): {"$exists": True}}
    shown = {"reference": 1, "alike": 1, _at(ahead): 1}
    for one in database()[COLLECTION].find(query, shown, sort=[("_id", ASCENDING)], hint=IN_ORDER):
        was, now = stand[one["alike"]], ahead.read(one["steps"][ahead.code][ahead.name])
        if was != now:
            yield Moved(one["reference"], was, now)


def _at(ahead: Ahead) -> str:
    return f"steps.{ahead.code}.{ahead.name}"


def _outcomes_of_alike(viewer: Viewer, among: Cases, code: str) -> dict[str, str]:
    query = within(viewer, {"basis": among.basis})
    query["tokens"] = authority_token(viewer.authority)  # as below
    return {one["_id"]: one["outcomes"][code] for one in database()[ALIKE].find(query, {f"outcomes.{code}": 1})}


def _keys_of_alike(viewer: Viewer, among: Cases, was: Any, now: Any) -> dict[str, str]:
    """Return the two keys, a line each, of cases that are alike, by what they are known as."""
    query = within(viewer, {"basis": among.basis})
    query["tokens"] = authority_token(viewer.authority)  # it names nobody: who may see some of the cases may read it
    project = {"$project": {"keys": {"$concat": [was, "\n", now]}}}
    return {one["_id"]: one["keys"] for one in database()[ALIKE].aggregate([{"$match": query}, project])}


def _grouped(viewer: Viewer, among: Cases, name: str, parts: list[Any], code: str) -> Iterator[Document]:
    if code:
        parts = [*parts, "\n", "$cell", "\n", {"$ifNull": [f"$said.{code}", "{}"]}]
    key = {"$concat": parts} if len(parts) > 1 else parts[0]
    group = {"_id": key, "n": {"$sum": 1}, "z": {"$sum": "$noise"}}
    pipeline = [{"$match": reach(viewer, among)}, {"$group": group}]
    return iter(database()[name].aggregate(pipeline, hint=IN_ORDER, allowDiskUse=True))


def _counted(one: Document) -> Counted:
    was, now, *rest = one["_id"].split("\n")
    cell, said = rest or ("{}", "{}")
    return Counted(was, now, _read_cell(cell), _read_cell(said), one["n"], int(one["z"]))


@lru_cache(maxsize=100_000)
def _read_cell(text: str) -> Mapping[str, Any]:
    return MappingProxyType(json.loads(text))


@dataclass(frozen=True)
class Moved:
    """One case and the keys of the rows that decide it, before and after."""

    reference: str
    was: str
    now: str


def moved(viewer: Viewer, among: Cases, was: Any, now: Any) -> Iterator[Moved]:
    """Yield the cases of which two expressions differ, in the order of their references; cases apart are left out."""
    if not _reads_answers(was, now):
        yield from _moved_alike(viewer, among, _keys_of_alike(viewer, among, was, now))
        return
    keys = {"$project": {"reference": 1, "was": was, "now": now}}
    differ = {"$match": {"$expr": {"$ne": ["$was", "$now"]}}}
    pipeline = [{"$match": reach(viewer, among)}, {"$sort": IN_ORDER}, keys, differ]
    for one in database()[WHOLE].aggregate(pipeline, hint=IN_ORDER):
        yield Moved(one["reference"], one["was"], one["now"])


def _moved_alike(viewer: Viewer, among: Cases, keys: Mapping[str, str]) -> Iterator[Moved]:
    pairs = {alike: tuple(both.split("\n")) for alike, both in keys.items()}
    differ = sorted(alike for alike, (was, now) in pairs.items() if was != now)
    query = {**reach(viewer, among), "alike": {"$in": differ}}
    shown = {"reference": 1, "alike": 1}
    for one in database()[COLLECTION].find(query, shown, sort=[("_id", ASCENDING)], hint=IN_ORDER):
        yield Moved(one["reference"], *pairs[one["alike"]])


def _reads_answers(*expressions: Any) -> bool:
    """Tell whether some expressions read more than what was worked out."""
    written = json.dumps(expressions, default=str)
    return '"$data' in written
