from datetime import timedelta

import pytest
from tests.services.builders import DERBY, MOOR, RECEIVED, nominated, partner, programme_of, staff, the_case

from frontdoor.services import deliver, duty, screen
from frontdoor.store import alerts

NOW = RECEIVED


def raised(concern="being_harmed", gravity=2, words=("Bruises",), **more):
    told = {"at": NOW, "draft": "d1", "source": "draft", "contact": "Tess Teacher"} | more
    return screen.raise_alert(partner(), programme_of(), screen.Concern(concern, gravity, words), **told)


@pytest.mark.parametrize(
    ("answers", "gravity"),
    [
        pytest.param({"concern": "no"}, None, id="no"),
        pytest.param({}, None, id="nothing-answered"),
        pytest.param({"concern": ["no"]}, None, id="not-even-an-answer"),
        pytest.param({"concern": "not_sure"}, 1, id="not-sure-acts-as-yes"),
        pytest.param({"concern": "danger_now"}, 3, id="danger"),
        pytest.param({"concern": "an option of next year"}, 3, id="unheard-of-counts-as-gravest"),
    ],
)
def test_every_answer_but_no_is_a_concern(shipped, answers, gravity):
    found = screen.concern_in(programme_of(), answers)
    assert (found.gravity if found else None) == gravity


def test_a_draft_has_one_alert_whose_concern_only_rises(shipped):
    first = raised()
    graver = raised("danger_now", 3, at=NOW + timedelta(minutes=5))
    milder = raised("not_sure", 1, at=NOW + timedelta(minutes=9))
    assert first.id == graver.id == milder.id
    assert (milder.concern, milder.due_at) == ("danger_now", first.due_at)


def test_it_is_due_by_the_duty_clock_day_and_night(shipped):
    assert raised().due_at == NOW + timedelta(hours=programme_of().parameters["duty_acknowledge_hours"])


def test_sharing_rests_on_its_gateway_and_not_on_agreement(shipped):
    assert raised().override.gateway == "safeguarding_child"


def test_another_authority_neither_sees_nor_acknowledges_it(shipped):
    alert = raised()
    stranger = staff("duty_social_worker", MOOR)
    assert duty.waiting(stranger) == ()
    assert duty.escalate_due(MOOR, NOW + timedelta(days=9)) == 0
    assert alerts.get(staff(), alert.id).acknowledged_at is None


def test_a_draft_that_is_sent_ties_its_alert_to_the_case_even_when_the_answer_is_no_by_then(shipped):
    alert = raised()
    done = nominated(draft="d1", recorded_at=NOW + timedelta(minutes=30), concern="no")
    kept = alerts.get(staff(), alert.id)
    assert (kept.case, kept.concern) == (done.reference, "being_harmed")
    assert the_case(done.reference).safeguarding
    clock = next(one for one in the_case(done.reference).clocks if one.code == "SG-ACK")
    assert clock.due_at == alert.due_at, "the clock began when the concern was told, not when the form was sent"


def test_acknowledged_while_still_a_draft_the_cases_clock_is_stopped_at_birth(shipped):
    alert = raised()
    duty.acknowledge(staff("duty_social_worker"), alert.id, at=NOW + timedelta(minutes=3))
    sent = NOW + timedelta(minutes=30)
    done = nominated(draft="d1", recorded_at=sent, concern="being_harmed", harm_details="Bruises")
    clock = next(one for one in the_case(done.reference).clocks if one.code == "SG-ACK")
    assert clock.stopped_at == NOW + timedelta(minutes=3)


def test_a_case_clock_that_runs_out_is_put_before_whoever_it_escalates_to_once(shipped):
    done = nominated()
    late = NOW + timedelta(days=30)
    assert deliver.round_of_work(lambda _: None, at=late, worker="w").escalated > 0
    overdue = [task for task in the_case(done.reference).tasks if task.kind == "overdue"]
    assert {task.role for task in overdue} == {"team_leader"}
    deliver.round_of_work(lambda _: None, at=late + timedelta(hours=1), worker="w")
    assert len([task for task in the_case(done.reference).tasks if task.kind == "overdue"]) == len(overdue)
    assert the_case(done.reference).authority == DERBY
