"""The facts collection read for columns: of each case only what a count needs, and the answers as bytes to compare.

What was worked out stands once for cases that are alike; of the answers only the named ones leave the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import bson
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument

from frontdoor.domain.access import Viewer, authority_token
from frontdoor.store.client import Document, database, in_memory
from frontdoor.store.facts import ALIKE, COLLECTION, WHOLE, Cases, reach
from frontdoor.store.records import within

_LINE = ("reference", "tokens", "noise", "cell", "alike")
_RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument)


class Answers(bytes):
    """Some answers of one case, to be compared with another's; empty where none are read."""

    def read(self) -> Document:
        """Return the answers."""
        return dict(bson.decode(self)) if self else {}


@dataclass(frozen=True, slots=True)
class Line:
    """One case: `cell` and `said` as stored text, `answers` those asked for as bytes that are equal for equal answers.

    `ordinary`: everybody who sees the authority's ordinary records may know that there is such a case.
    """

    reference: str
    ordinary: bool
    noise: int
    cell: str
    said: str
    alike: str
    answers: Answers


@dataclass(frozen=True)
class WorkedOut:
    """What was worked out of cases that are alike: `stored.Kept` without the answers."""

    facts: Mapping[str, Any]
    fixed: Mapping[str, Any]
    truths: Mapping[str, str]
    outcomes: Mapping[str, str]


def lines(viewer: Viewer, among: Cases, code: str, paths: Iterable[str]) -> Iterator[Line]:
    """Yield a line for each case but those apart; `paths` are fields of the prepared data, none where none are read."""
    wanted = [f"data.{path}" for path in paths]
    shown = dict.fromkeys([*_LINE, f"said.{code}", *wanted], 1)
    name, ordinary = (WHOLE if wanted else COLLECTION), authority_token(viewer.authority)
    for one in _found(name, reach(viewer, among), shown):
        answers = one.get("data")
        yield Line(
            one["reference"],
            ordinary in one["tokens"],
            int(one["noise"]),
            one["cell"],
            (one.get("said") or {}).get(code, ""),
            one["alike"],
            _bytes_of(answers),
        )


def _bytes_of(answers: Any) -> Answers:
    if answers is None:
        return Answers()
    return Answers(answers.raw if isinstance(answers, RawBSONDocument) else bson.encode(answers))


def worked_out(viewer: Viewer, among: Cases) -> dict[str, WorkedOut]:
    """Return what was worked out of cases that are alike, by what they are known as."""
    query = within(viewer, {"basis": among.basis})
    query["tokens"] = authority_token(viewer.authority)
    return {
        one["_id"]: WorkedOut(one["facts"], one["fixed"], one["truths"], one["outcomes"])
        for one in database()[ALIKE].find(query)
    }


def how_many(viewer: Viewer, programme: str) -> int:
    """Return how many cases of a programme the collection holds."""
    return int(database()[COLLECTION].count_documents(within(viewer, {"programme": programme})))


def _found(name: str, query: Document, shown: Mapping[str, int]) -> Iterator[Any]:
    collection = database()[name]
    if in_memory():  # it knows no raw documents
        return iter(collection.find(query, shown))
    return iter(collection.with_options(codec_options=_RAW).find(query, shown, batch_size=5_000))


def is_ordinary(viewer: Viewer, tokens: Iterable[str]) -> bool:
    """Tell whether everybody who sees the authority's ordinary records may know of a case with these tokens."""
    return authority_token(viewer.authority) in tokens
