"""A restricted case: the service goes on working on it, and whoever may not open it learns nothing of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.services.builders import (
    DERBY,
    MOOR,
    RECEIVED,
    education_says,
    nominated,
    partner,
    programme_of,
    staff,
    the_case,
)

from frontdoor.domain.access import Viewer, person_token, system_viewer
from frontdoor.domain.errors import NotAllowed, NotFound
from frontdoor.services import casefile, deliver, duty, queue, track
from frontdoor.services.confirm import Otherwise, override
from frontdoor.store import cases, receipts, views

LATER = RECEIVED + timedelta(days=1)
WORRY = {"concern": "being_harmed", "harm_details": "Bruises"}
INSIDE = system_viewer(DERBY)


@pytest.fixture
def restricted(shipped: object) -> Iterator[str]:
    """A case that one named manager may open."""
    reference = nominated().reference
    case = cases.get(INSIDE, reference)
    token = (person_token(named().account),)
    cases.replace(INSIDE, replace(case, tokens=token, restricted=True), expected_revision=case.revision)
    return reference


def named() -> Viewer:
    return staff("team_leader", name="Named Manager")


def inside(reference: str) -> cases.Case:
    return cases.get(INSIDE, reference)


def test_an_amendment_reaches_it_is_screened_and_decided_and_waits_for_somebody(restricted):
    nominated(recorded_at=LATER, **WORRY)
    case = inside(restricted)
    assert case.decisions["S0"].proposed.decision == "duty_now"
    assert ([task.kind for task in case.tasks], case.restricted) == (["amended"], True)
    assert case.tokens == (person_token(named().account),)
    assert receipts.get(named(), case.decisions["S0"].proposed.receipt)


def test_the_worker_escalates_its_clocks_and_delivers_its_events(restricted):
    done = deliver.round_of_work(lambda _: None, at=RECEIVED + timedelta(days=60), worker="w")
    assert done.escalated > 0
    case = inside(restricted)
    assert "overdue" in {task.kind for task in case.tasks}
    deliver.round_of_work(lambda _: None, at=RECEIVED + timedelta(days=60), worker="w")
    assert inside(restricted).undelivered == ()


def test_a_named_person_checks_a_fact_and_decides(restricted):
    revision = inside(restricted).revision
    other = Otherwise("duty_now", "She rang again")
    override(named(), restricted, "S0", other, at=LATER, revision=revision)
    assert inside(restricted).decisions["S0"].confirmed.decision == "duty_now"
    assert casefile.open_file(named(), restricted, at=LATER).case.restricted


def test_nobody_else_finds_it_in_the_queue_or_by_searching_or_opens_it(restricted):
    officer = staff()
    assert queue.look(officer, queue.Wanted(), at=LATER).page.total == 0
    for text in (restricted, "O'Brien"):
        assert queue.find(officer, text, at=LATER).page.rows == ()
        assert [row.reference for row in queue.find(named(), text, at=LATER).page.rows] == [restricted]
    with pytest.raises(NotFound):
        casefile.open_file(officer, restricted, at=LATER)


def test_a_later_contact_of_the_family_does_not_show_it_to_who_may_not_open_it(restricted):
    later = nominated(key="key-2", received_at=LATER).reference
    assert casefile.open_file(staff(), later, at=LATER).earlier == ()
    assert [one.reference for one in casefile.open_file(named(), later, at=LATER).earlier] == [restricted]


def test_duty_learns_of_a_concern_and_of_nothing_else_until_somebody_named_takes_it_on(restricted):
    nominated(recorded_at=LATER, **WORRY)
    worker = staff("duty_social_worker")
    (alert,) = duty.waiting(worker)
    assert (alert.concern, alert.case, alert.words) == ("being_harmed", None, ())
    assert (duty.board(worker, at=LATER).waiting, duty.one(worker, alert.id, at=LATER).waiting) == ([alert], (alert,))
    (whole,) = duty.waiting(named())
    assert (whole.case, whole.words) == (restricted, ("Bruises",))


def test_acknowledging_it_stops_the_clock_of_the_case_that_is_not_shown(restricted):
    nominated(recorded_at=LATER, **WORRY)
    worker = staff("duty_social_worker")
    duty.acknowledge(worker, duty.waiting(worker)[0].id, at=LATER)
    case = inside(restricted)
    assert [one.code for one in case.clocks if one.code == "SG-ACK" and one.stopped_at is None] == []
    (taken,) = duty.board(worker, at=LATER).taken
    assert (taken.case, taken.words) == (None, ())


def test_its_sender_follows_what_they_sent_as_before(restricted):
    assert track.standing_of_case(partner(), restricted).submission.case == restricted
    assert len(track.home(partner(), at=LATER).sent) == 1


def test_what_was_read_of_it_is_in_the_access_log(restricted):
    casefile.open_file(named(), restricted, at=LATER)
    governance = replace(staff("information_governance_officer"))
    assert [view.name for view in views.of_record(governance, "case", restricted).rows] == ["Named Manager"]


def test_which_case_a_reading_was_of_is_told_to_who_may_see_the_access_log_alone(restricted):
    receipt = inside(restricted).decisions["DEDUP"].proposed.receipt
    views.add(named(), "receipt", receipt, LATER)
    read = views.newest(staff("information_governance_officer")).rows
    assert views.cases_of(staff("information_governance_officer"), read) == {receipt: restricted}
    assert views.cases_of(staff("information_governance_officer", MOOR), read) == {}
    with pytest.raises(NotAllowed):
        views.cases_of(staff(), read)


def test_an_ordinary_case_is_shown_as_before(shipped):
    reference = nominated(**WORRY).reference
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert (alert.case, alert.words) == (reference, ("Bruises",))
    assert the_case(reference).team == programme_of().pathway.intake.team
    education_says(staff(), reference, 21.5, at=LATER)
