"""Every stored decision taken again as a job: begun once, cancelled, and an alarm where one differs."""

import json
from datetime import timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, nominated, staff, the_case

from frontdoor.domain.errors import NotAllowed, NotFound
from frontdoor.services import replay, replay_all
from frontdoor.store import jobs, receipts

LATER = RECEIVED + timedelta(hours=1)


@pytest.fixture
def reference(shipped):
    return nominated().reference


def now():
    return LATER


def alter(database, reference, code="TFP1-E"):
    """Make the receipt of a decision say another outcome, and return its id."""
    receipt = the_case(reference).decisions[code].proposed.receipt
    stored = json.loads(database[receipts.COLLECTION].find_one({"_id": receipt})["text"])
    changed = {"$set": {"text": json.dumps({**stored, "decision": "not_eligible"})}}
    database[receipts.COLLECTION].update_one({"_id": receipt}, changed)
    return receipt


def alarms_on(reference):
    return [one for one in the_case(reference).history if one.what == replay.DIFFERS]


def test_all_decisions_of_an_authority_are_taken_again(reference):
    nominated(authority=MOOR, key="elsewhere")
    job = replay_all.ask(staff("auditor"), at=LATER)
    assert replay_all.work_off("w", now)
    done = replay_all.run(staff("auditor"), job.id)
    assert (done.job.state, done.job.result["replayed"], done.differ) == ("done", 3, 0)
    assert not replay_all.work_off("w", now), "nothing waits any more"
    assert alarms_on(reference) == []


def test_a_decision_that_differs_is_named_and_is_an_alarm_once(reference, shipped):
    receipt = alter(shipped, reference)
    for _ in range(2):
        job = replay_all.ask(staff("auditor"), at=LATER)
        assert replay_all.work_off("w", now)
    done = replay_all.run(staff("auditor"), job.id)
    assert [(one.reference, one.receipt) for one in done.found] == [(reference, receipt)]
    assert done.differ == 1
    assert [one.detail["receipt"] for one in alarms_on(reference)] == [receipt]
    assert [one.kind for one in the_case(reference).undelivered].count(replay.DIFFERS) == 1, "it goes to the ledger"
    assert replay_all.alarms(staff("auditor")) == 1
    assert replay_all.alarms(staff("auditor", authority=MOOR)) == 0


def test_what_is_put_right_is_no_alarm_any_more(reference, shipped):
    receipt = the_case(reference).decisions["TFP1-E"].proposed.receipt
    kept = shipped[receipts.COLLECTION].find_one({"_id": receipt})["text"]
    alter(shipped, reference)
    replay_all.ask(staff("auditor"), at=LATER)
    replay_all.work_off("w", now)
    shipped[receipts.COLLECTION].update_one({"_id": receipt}, {"$set": {"text": kept}})
    replay_all.ask(staff("auditor"), at=LATER + timedelta(minutes=1))
    replay_all.work_off("w", now_later)
    assert replay_all.alarms(staff("auditor")) == 0


def now_later():
    return LATER + timedelta(minutes=2)


def test_one_replay_that_differs_is_an_alarm_too(reference, shipped):
    receipt = alter(shipped, reference)
    assert "/decision" in replay.replay_one(staff(), reference, receipt, at=LATER).differences
    assert len(alarms_on(reference)) == 1


def test_a_case_that_the_reader_may_not_open_is_counted_and_not_named(reference, shipped):
    alter(shipped, reference)
    job = replay_all.ask(staff("auditor"), at=LATER)
    replay_all.work_off("w", now)
    shipped.cases.update_one({"_id": reference}, {"$set": {"tokens": ["restricted:nobody"]}})
    done = replay_all.run(staff("auditor"), job.id)
    assert (done.found, done.hidden, done.differ) == ((), 1, 1)


def test_while_one_waits_no_second_begins(reference):
    first = replay_all.ask(staff("auditor"), at=LATER)
    assert replay_all.ask(staff("auditor"), at=LATER).id == first.id


def test_a_replay_that_is_cancelled_does_not_begin(reference):
    job = replay_all.ask(staff("auditor"), at=LATER)
    assert replay_all.cancel(staff("auditor"), job.id, at=LATER).state == "cancelled"
    assert not replay_all.work_off("w", now)


def test_a_replay_that_is_cancelled_at_work_stops(reference):
    job = replay_all.ask(staff("auditor"), at=LATER)

    def cancelled_meanwhile():
        replay_all.cancel(staff("auditor"), job.id, at=LATER)
        return LATER

    moments = iter([now, cancelled_meanwhile])
    assert replay_all.work_off("w", lambda: next(moments, now)())
    assert jobs.get(staff("auditor"), job.id).state == "cancelled"


def test_who_may_not_replay_neither_begins_nor_sees_nor_stops_one(reference):
    job = replay_all.ask(staff("auditor"), at=LATER)
    for act in (
        lambda: replay_all.ask(staff(), at=LATER),
        lambda: replay_all.runs(staff()),
        lambda: replay_all.run(staff(), job.id),
        lambda: replay_all.cancel(staff(), job.id, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_another_authoritys_replay_is_not_there(reference):
    job = replay_all.ask(staff("auditor"), at=LATER)
    with pytest.raises(NotFound):
        replay_all.run(staff("auditor", authority=MOOR), job.id)
    with pytest.raises(NotFound):
        replay_all.cancel(staff("auditor", authority=MOOR), job.id, at=LATER)
    assert replay_all.runs(staff("auditor", authority=MOOR)) == ()
