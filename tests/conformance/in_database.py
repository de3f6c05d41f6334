"""Compare MongoDB with the engine, and the browser with the engine, on random decision tables over stored cases.

`python -m tests.conformance.in_database --seed 7 --tables 200 --cases 20000`
Prints the first differences and exits with 1 if there are any. The same seed gives the same tables and cases. It starts
a database of its own, or takes that of MONGODB_URI.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pymongo
from pymongo.collection import Collection
from tests.conformance.reference import answers
from tests.conformance.tables import HOLIDAYS, KINDS, situation, table

from frontdoor.cli import local_mongod
from frontdoor.cli.json_text import written
from frontdoor.domain.errors import RuleFailed
from frontdoor.domain.rules.compiled import compiled
from frontdoor.domain.rules.facts import derive
from frontdoor.domain.rules.pushdown.plans import Held, decided, values_of
from frontdoor.domain.rules.pushdown.pushed import NotInDatabase
from frontdoor.domain.rules.pushdown.stored import Plainly
from frontdoor.domain.rules.situation import Situation
from frontdoor.domain.rules.table import Rules

NOTHING = Rules({}, {}, {})
HELD = Held(KINDS)
BROWSED = 100  # cases of each table that the browser's engine decides as well
Documents = Collection[dict[str, Any]]


def stored_cases(collection: Documents, random: Random, count: int) -> list[Situation]:
    """Store cases and return their situations; none of them may be one that only the engine decides."""
    situations = [situation(random) for _ in range(count)]
    collection.drop()
    batch = []
    for number, each in enumerate(situations):
        kept = Plainly(_with_facts(each), HELD).keep(each)
        assert not kept.apart, each
        batch.append({"_id": number, "data": kept.data, "fixed": kept.fixed})
    collection.insert_many(batch, ordered=False)
    return situations


_FACTS = table(Random(0))  # noqa: S311 - any table will do: its row facts are those that sources speak of
_ROWS = Rules({}, _FACTS.facts, {}, kinds=_FACTS.kinds)


def _with_facts(each: Situation) -> Rules:
    return _ROWS if each.facts or each.row_facts else NOTHING


def in_database(collection: Documents, rules: Rules) -> dict[int, str]:
    """Return the deciding row's key of every stored case, by MongoDB; NotInDatabase where the engine has to."""
    expression = decided(rules, "T", HELD, values_of(rules), HOLIDAYS)
    return {found["_id"]: found["key"] for found in collection.aggregate([{"$project": {"key": expression}}])}


def table_differences(collection: Documents, rules: Rules, situations: Sequence[Situation]) -> list[str]:
    """Return a line for each case that MongoDB decides otherwise than the engine."""
    found = in_database(collection, rules)
    engine = Plainly(rules, HELD)
    wanted = (engine.decide("T", each) for each in situations)
    return [
        f"case {number}: engine {key}, database {found.get(number)}"
        for number, key in enumerate(wanted)
        if found.get(number) != key
    ]


def browser_differences(rules: Rules, situations: Sequence[Situation]) -> list[str]:
    """Return a line for each plain rule of a row that a browser answers otherwise than the engine."""
    pairs = list(_plain_pairs(rules, situations))
    theirs = answers((rule, data) for rule, data in pairs)
    ours = (_ours(rule, data) for rule, data in pairs)
    return [
        f"{json.dumps(rule)[:200]}: engine {mine}, browser {other}"
        for (rule, _), mine, other in zip(pairs, ours, theirs, strict=True)
        if mine != other
    ]


def _plain_pairs(rules: Rules, situations: Sequence[Situation]) -> Iterator[tuple[Any, Any]]:
    needed = rules.needed(rules.decisions["T"].reads)
    for each in situations:
        data = json.loads(json.dumps(derive(needed, each).data))
        for row in rules.decisions["T"].rows:
            assert row.test is not None
            translated = row.test.translation
            yield from ((rule, data) for rule in (translated.surely_true, translated.surely_false, translated.failing))


def _ours(rule: Any, data: Any) -> str:
    try:
        return written(compiled(rule)(data))
    except RuleFailed:
        return "error"


@contextmanager
def a_collection() -> Iterator[Documents]:
    """A collection to try in: of MONGODB_URI, else of a database that is stopped again."""
    given = os.environ.get("MONGODB_URI")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        child, uri = (None, given) if given else local_mongod.start(Path(folder))
        try:
            with pymongo.MongoClient[dict[str, Any]](uri) as client:
                yield client[f"frontdoor_conformance_{os.getpid()}"]["cases"]
                client.drop_database(f"frontdoor_conformance_{os.getpid()}")
        finally:
            if child is not None:
                child.stop()


def main() -> int:
    """Run the command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--tables", type=int, default=200)
    options.add_argument("--cases", type=int, default=20_000)
    chosen = options.parse_args()
    with a_collection() as collection:
        found, refused = _compared(collection, chosen)
    for line in found[:10]:
        sys.stdout.write(f"  {line}\n")
    told = ", ".join(f"{code} {count}" for code, count in refused.items()) or "none"
    sys.stdout.write(
        f"seed {chosen.seed}: {chosen.tables} tables over {chosen.cases:,} stored cases, {len(found):,} differences; "
        f"tables left to the engine: {told}\n"
    )
    return bool(found)


def _compared(collection: Documents, chosen: argparse.Namespace) -> tuple[list[str], Counter[str]]:
    random = Random(chosen.seed)  # noqa: S311 - repeatable, not secret
    situations = stored_cases(collection, random, chosen.cases)
    found: list[str] = []
    refused: Counter[str] = Counter()
    for number in range(chosen.tables):
        rules = table(random)
        try:
            found += [f"table {number}, {line}" for line in table_differences(collection, rules, situations)]
        except NotInDatabase as left:
            refused[left.problems[0].code] += 1
        some = random.sample(situations, min(BROWSED, len(situations)))
        found += [f"table {number}, {line}" for line in browser_differences(rules, some)]
    return found, refused


if __name__ == "__main__":
    sys.exit(main())
