from datetime import timedelta
from threading import Event

import pytest
from pymongo.errors import AutoReconnect
from tests.services.builders import (
    DERBY,
    RECEIVED,
    education_says,
    nominated,
    partner,
    partner_with_address,
    programme_of,
    staff,
    the_case,
)

from frontdoor import worker
from frontdoor.domain.case import Pin
from frontdoor.domain.submission import Draft
from frontdoor.services import deliver, duty, health, screen
from frontdoor.services.confirm import confirm
from frontdoor.store import cases, drafts, heartbeats, ledger, submissions

LATER = RECEIVED + timedelta(hours=3)


class Post:
    """Takes mail; refuses as often as it is told to."""

    def __init__(self, refusals: int = 0):
        self.taken, self.refusals = [], refusals

    def __call__(self, message):
        if self.refusals:
            self.refusals -= 1
            raise ConnectionRefusedError
        self.taken.append(message)


def work(at, post=None):
    return deliver.round_of_work(post or Post(), at=at, worker="w")


def test_events_reach_the_ledger_once_and_leave_the_case(shipped):
    reference = nominated().reference
    assert work(LATER).events == len(ledger.of_case(DERBY, reference)) > 0
    assert the_case(reference).undelivered == ()
    assert work(LATER).events == 0
    assert ledger.verify(DERBY) is None


def test_the_ledger_holds_codes_and_digests_and_never_a_name(shipped):
    nominated(partner())
    work(LATER)
    assert "Brien" not in str(list(shipped[ledger.ENTRIES].find({})))


def test_delivering_again_after_a_crash_between_the_two_steps_adds_nothing(shipped):
    reference = nominated().reference
    events = the_case(reference).undelivered
    ledger.append(DERBY, reference, events)
    assert work(LATER).events == len(events)
    assert len(ledger.of_case(DERBY, reference)) == len(events)


def test_an_acknowledgement_leaves_at_once_and_once(shipped):
    nominated(partner_with_address())
    post = Post()
    work(LATER, post)
    work(LATER, post)
    assert [message.to for message in post.taken] == ["teacher@school.example"]


def test_a_refused_message_is_tried_again_later(shipped):
    nominated(partner_with_address())
    post = Post(refusals=1)
    assert work(LATER, post).sent == 0
    assert work(LATER + timedelta(hours=1), post).sent == 1


def test_the_outcome_is_told_at_its_moment_and_not_before(shipped):
    reference = nominated(partner_with_address()).reference
    education_says(staff(), reference, 15.0, at=LATER)
    confirm(staff(), reference, "TFP1-E", at=LATER, revision=the_case(reference).revision)
    moment = submissions.by_case(staff(), reference)[0].release_at
    post = Post()
    assert work(moment - timedelta(seconds=1), post).released == 0
    assert submissions.by_case(staff(), reference)[0].status == "received"
    assert work(moment, post).released == 1
    assert submissions.by_case(staff(), reference)[0].status == "decided"
    assert [message.release_at for message in post.taken][-1] == moment


def test_a_draft_with_a_concern_that_is_left_alone_reaches_duty_without_its_words(shipped):
    viewer = partner()
    drafts.add(
        viewer,
        Draft(
            "d1", DERBY, "derby", "e_nomination", Pin(1, "d"), tuple(viewer.tokens), "school", viewer.account, {},
            RECEIVED, RECEIVED, concern={"answer": "being_harmed", "gravity": 2, "words": ["Bruises"]},
        ),
    )  # fmt: skip
    concern = screen.Concern("being_harmed", 2, ("Bruises",))
    screen.raise_alert(viewer, programme_of(), concern, at=RECEIVED, draft="d1", source="draft")
    assert work(RECEIVED + timedelta(minutes=29)).abandoned == 0
    assert work(RECEIVED + timedelta(minutes=31)).abandoned == 1
    assert work(RECEIVED + timedelta(minutes=32)).abandoned == 0
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert alert.abandoned_at is not None
    assert alert.sent_at is None


def test_an_unacknowledged_alert_escalates_on_its_clock(shipped):
    nominated(concern="not_sure", harm_details="Bruise")
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert work(alert.due_at).escalated == 0
    work(alert.due_at + timedelta(minutes=1))
    (late,) = duty.waiting(staff("duty_social_worker"))
    assert late.escalated_at == alert.due_at + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("seconds", "told"), [pytest.param(5, "well", id="just-now"), pytest.param(60, "late", id="a-minute-ago")]
)
def test_the_workers_health_is_told_by_its_last_round(shipped, seconds, told):
    heartbeats.beat("w", RECEIVED)
    assert health.look(at=RECEIVED + timedelta(seconds=seconds)).worker == told


def test_a_worker_that_never_ran_is_absent(shipped):
    assert health.look(at=RECEIVED) == health.Health(database=True, worker="absent")


def test_the_loop_ends_when_told_and_outlives_a_database_that_is_away(shipped, monkeypatch):
    stop, rounds = Event(), []
    monkeypatch.setattr(worker, "_PAUSE_AFTER_FAULT", 0.0)

    def now():
        rounds.append(1)
        if len(rounds) == 1:
            raise AutoReconnect("away")
        stop.set()
        return LATER

    worker.run(Post(), now, stop)
    assert len(rounds) == 2
    assert cases.undelivered(1) == ()
