"""Kill anything at any moment: what was acknowledged is there afterwards, whole and once.

FRONTDOOR_KILLS and FRONTDOOR_SEED vary it: `FRONTDOOR_KILLS=500 FRONTDOOR_SEED=7 pytest tests/durability`.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymongo
import pytest
from pymongo.database import Database
from tests.durability.site import Site
from tests.durability.submitting import GIVEN, SURNAMES, Sent, Submitter
from tests.services.builders import RUNNING

from frontdoor.domain.canonical import digest

KILLS = int(os.environ.get("FRONTDOOR_KILLS", "50"))
SEED = int(os.environ.get("FRONTDOOR_SEED", "20261122"))
TARGETS = {"web worker": 18, "web server": 8, "worker": 10, "database": 14}
LONGEST = 210.0  # seconds of killing; a machine that is slower than that has fewer kills, and says so
SUBMITTERS = 4

pytestmark = pytest.mark.timeout(max(300, KILLS * 12))


class Aftermath:
    """What the database and the submitters hold once all has ended."""

    def __init__(
        self, site: Site, sent: list[Sent], submitters: list[Submitter], database: Database[dict[str, Any]]
    ) -> None:
        self.site, self.sent, self.submitters, self.database = site, sent, submitters, database
        self.submissions = {one["key"]: one for one in database.submissions.find()}
        self.cases = {one["reference"]: one for one in database.cases.find()}
        self.receipts = list(database.receipts.find())
        self.families = list(database.families.find())
        self.consents = list(database.consents.find())
        self.alerts = list(database.alerts.find())
        self.ledger = list(database.ledger.find())


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aftermath]:
    """Fifty kills under four submitters, then quiet until the worker has nothing left to deliver."""
    site = Site(tmp_path_factory.mktemp("killed"))
    try:
        tokens = site.inside("prepare")
        site.start()
        submitters = [
            Submitter(
                f"s{number}", site.port, tokens[authority][number // 2], RUNNING[authority], authority, SEED + number
            )
            for number, authority in enumerate([*RUNNING] * (SUBMITTERS // 2))
        ]
        for submitter in submitters:
            submitter.start()
        _kill(site, random.Random(SEED), submitters)  # noqa: S311 - a test's dice
        for submitter in submitters:
            submitter.over.set()
        for submitter in submitters:
            submitter.join(120)
        site.wait_until_healthy()
        _settle(site)
        with pymongo.MongoClient[dict[str, Any]](site.environ["MONGODB_URI"], tz_aware=True) as client:
            sent = [one for submitter in submitters for one in submitter.acknowledged]
            yield Aftermath(site, sent, submitters, client["frontdoor"])
    finally:
        site.stop()


def _kill(site: Site, chance: random.Random, submitters: list[Submitter]) -> None:
    plan = [what for what, times in TARGETS.items() for _ in range(times)]
    chance.shuffle(plan)
    began, done = time.monotonic(), Counter[str]()
    while done.total() < KILLS and (time.monotonic() - began < LONGEST or "FRONTDOOR_KILLS" in os.environ):
        time.sleep(chance.uniform(0.05, 1.2))
        what = plan[done.total() % len(plan)]
        site.kill(what, chance.choice)
        done[what] += 1
        if chance.random() < 0.7:  # and sometimes the next one falls before all is up again
            site.wait_until_healthy()
    spent = time.monotonic() - began
    acknowledged = sum(len(one.acknowledged) for one in submitters)
    repeated = sum(sent.tries > 1 for one in submitters for sent in one.acknowledged)
    kills = ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
    print(f"\nseed {SEED}: {done.total()} kills in {spent:.0f} s ({kills})")  # noqa: T201 - how to do it again
    print(f"{acknowledged} nominations acknowledged, {repeated} of them after being sent more than once")  # noqa: T201
    assert done.total() >= KILLS * 0.8, (
        f"only {done.total()} of {KILLS} kills in {LONGEST:.0f} s: this machine is too busy"
    )


def _settle(site: Site) -> None:
    """Wait until the worker that survived has delivered everything; it needs no help."""
    limit = time.monotonic() + 60
    with pymongo.MongoClient[dict[str, Any]](site.environ["MONGODB_URI"]) as client:
        while client["frontdoor"].cases.count_documents({"undelivered.0": {"$exists": True}}):
            assert time.monotonic() < limit, "the worker stopped delivering"
            time.sleep(0.2)


def test_there_was_work_between_the_kills_and_nothing_was_refused(aftermath: Aftermath):
    assert len(aftermath.sent) >= KILLS
    assert [why for one in aftermath.submitters for why in one.refused] == []
    assert [one.unanswered for one in aftermath.submitters] == [set()] * SUBMITTERS
    assert any(sent.tries > 1 for sent in aftermath.sent), "no kill ever met a nomination under way"


def test_every_acknowledged_nomination_is_there_with_the_answers_that_were_sent(aftermath: Aftermath):
    for sent in aftermath.sent:
        kept = aftermath.submissions[sent.key]
        assert kept["case"] == sent.reference
        assert digest(kept["answers"]) == kept["digest"] == digest(sent.answers)


def test_every_nomination_is_there_once(aftermath: Aftermath):
    assert (
        len({sent.key for sent in aftermath.sent})
        == len({sent.reference for sent in aftermath.sent})
        == len(aftermath.sent)
    )
    assert set(aftermath.submissions) == {sent.key for sent in aftermath.sent}
    assert set(aftermath.cases) == {sent.reference for sent in aftermath.sent}
    assert aftermath.database.submissions.count_documents({}) == len(aftermath.submissions)


def test_every_case_is_whole_and_nothing_stands_alone(aftermath: Aftermath):
    receipts = Counter(one["case"] for one in aftermath.receipts)
    known = {one["_id"] for one in aftermath.receipts}
    for reference, case in aftermath.cases.items():
        (submission,) = case["submissions"]
        assert aftermath.database.submissions.find_one({"_id": submission})["case"] == reference
        named = [receipt for state in case["decisions"].values() for receipt in state["receipts"]]
        assert set(named) <= known
        assert len(named) == receipts[reference] >= 2
        assert case["clocks"]
    assert set(receipts) == set(aftermath.cases)
    assert sorted(one["case"] for one in aftermath.consents) == sorted(aftermath.cases)


def test_every_case_belongs_to_one_family_that_knows_it(aftermath: Aftermath):
    held = Counter(reference for family in aftermath.families for reference in family["cases"])
    assert held == Counter(list(aftermath.cases))
    for family in aftermath.families:
        assert len(family["contacts"]) == len(family["cases"])
        assert {aftermath.cases[reference]["family"] for reference in family["cases"]} == {family["_id"]}
    assert max(map(len, (family["cases"] for family in aftermath.families))) > 1, "no family was ever known before"


def test_every_concern_has_its_alert_and_no_other_has_one(aftermath: Aftermath):
    expected = sorted(sent.reference for sent in aftermath.sent if sent.concern)
    assert expected
    assert sorted(alert["case"] for alert in aftermath.alerts) == expected
    assert all(alert["words"] for alert in aftermath.alerts)
    assert sorted(reference for reference, case in aftermath.cases.items() if case["safeguarding"]) == expected


def test_the_ledger_verifies_and_tells_of_every_case_once(aftermath: Aftermath):
    chains = aftermath.site.inside("ledger")
    assert {authority: broken for authority, (_, broken) in chains.items()} == dict.fromkeys(RUNNING, "None")
    assert sum(entries for entries, _ in chains.values()) == len(aftermath.ledger)
    received = Counter(entry["case"] for entry in aftermath.ledger if entry["kind"] == "received")
    assert received == Counter(list(aftermath.cases))
    assert len({entry["event"] for entry in aftermath.ledger}) == len(aftermath.ledger)


def test_no_log_names_a_person(aftermath: Aftermath):
    written = aftermath.site.written()
    assert written, "nothing was logged at all"
    assert [name for name in (*SURNAMES, *GIVEN, "bruise") if name in written] == []


def test_a_site_that_is_started_with_what_is_left_serves_again(aftermath: Aftermath, tmp_path: Path):
    last = aftermath.submitters[0]
    probe = Submitter("afterwards", aftermath.site.port, last.token, last.programme, last.authority, SEED + 99)
    assert probe._promised("one-more", next(probe._families()))
