from datetime import datetime, timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, nominated, partner, staff, the_case

from frontdoor.services import casefile, deliver, duty, queue, tend
from frontdoor.services.confirm import Otherwise, confirm, countersign, override
from frontdoor.store import submissions

LATER = RECEIVED + timedelta(days=1)


def test_what_was_sent_first_stays_as_it_was_sent(shipped):
    first = nominated()
    second = nominated(recorded_at=LATER, benefits="no")
    kept = {one.id: one for one in submissions.by_case(staff(), first.reference)}
    told = [kept[one.submission].answers["benefits"] for one in (first, second)]
    assert told == ["dont_know", "no"]
    assert kept[second.submission].amends == first.submission


def test_the_rules_decide_on_the_new_answers(shipped):
    reference = nominated().reference
    nominated(recorded_at=LATER, absent="yes", absent_who=["aoif"], absence_pct=21.5)
    assert the_case(reference).decisions["TFP1-E"].proposed.decision == "eligible"


def test_a_third_sending_amends_the_second(shipped):
    first = nominated()
    second = nominated(recorded_at=LATER, benefits="no")
    third = nominated(recorded_at=LATER + timedelta(hours=1), benefits="no", asb="dont_know")
    assert submissions.get(partner(), third.submission).amends == second.submission
    assert third.reference == first.reference


def test_sending_an_amendment_twice_is_one_amendment(shipped):
    nominated()
    second = nominated(recorded_at=LATER, benefits="no")
    again = nominated(recorded_at=LATER + timedelta(minutes=1), benefits="no")
    assert again.submission == second.submission
    assert shipped.submissions.count_documents({}) == 2


def test_what_was_confirmed_stays_confirmed_and_somebody_is_asked_to_look(shipped):
    reference = nominated(absent="yes", absent_who=["aoif"], absence_pct=21.5).reference
    confirm(staff(), reference, "TFP1-E", at=RECEIVED, revision=0)
    nominated(recorded_at=LATER, absent="no")
    state = the_case(reference).decisions["TFP1-E"]
    assert (state.confirmed.decision, state.contradicted) == ("eligible", True)
    kinds = sorted(task.kind for task in the_case(reference).tasks if task.done_at is None)
    assert kinds == ["amended", "contradiction"]


def test_nobody_is_asked_any_more_once_the_rules_agree_again_with_what_was_confirmed(shipped):
    truant = {"absent": "yes", "absent_who": ["aoif"], "absence_pct": 21.5}
    reference = nominated(**truant).reference
    confirm(staff(), reference, "TFP1-E", at=RECEIVED, revision=0)
    nominated(recorded_at=LATER, absent="no")
    nominated(recorded_at=LATER + timedelta(hours=1), **truant)
    case = the_case(reference)
    assert not case.decisions["TFP1-E"].contradicted
    assert {task.kind for task in case.tasks if task.done_at is None} == {"amended"}
    assert [entry.what for entry in case.history if entry.what.startswith(("contra", "agreed"))] == [
        "contradicted", "agreed_again",
    ]  # fmt: skip


def test_an_amendment_that_was_looked_at_no_longer_waits(shipped):
    reference = nominated().reference
    nominated(recorded_at=LATER, benefits="no")
    (task,) = the_case(reference).tasks
    tend.seen(staff(), reference, task.id, at=LATER, revision=the_case(reference).revision)
    assert the_case(reference).tasks[0].done_by == staff().account


def test_a_concern_told_later_reaches_duty_though_the_first_answer_was_no(shipped):
    reference = nominated().reference
    nominated(recorded_at=LATER, concern="danger_now", harm_details="He is outside the house")
    (alert,) = duty.waiting(staff("duty_social_worker"))
    assert (alert.case, alert.source) == (reference, "amendment")
    assert "SG-ACK" in {clock.code for clock in the_case(reference).clocks}


def test_taking_a_concern_back_keeps_the_alert(shipped):
    nominated(concern="being_harmed", harm_details="Bruises")
    nominated(recorded_at=LATER, concern="no")
    assert [alert.concern for alert in duty.waiting(staff("duty_social_worker"))] == ["being_harmed"]


WORRY = {"concern": "being_harmed", "harm_details": "Bruises"}


def test_an_unchanged_concern_raises_no_second_alert(shipped):
    nominated(**WORRY)
    nominated(recorded_at=LATER, **WORRY, benefits="no")
    nominated(recorded_at=LATER + timedelta(hours=1), **WORRY, asb="dont_know")
    assert len(duty.waiting(staff("duty_social_worker"))) == 1


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"concern": "danger_now"}, id="graver"),
        pytest.param({"concern": "not_sure"}, id="less-grave"),
        pytest.param({"harm_details": "Bruises, and he will not go home"}, id="other-words"),
        pytest.param({"actions_taken": "I rang his aunt"}, id="more-words"),
    ],
)
def test_a_changed_answer_or_changed_words_reach_duty_and_the_earlier_words_stay(shipped, told):
    reference = nominated(**WORRY).reference
    nominated(recorded_at=LATER, **{**WORRY, **told})
    waiting = duty.waiting(staff("duty_social_worker"))
    assert {alert.case for alert in waiting} == {reference}
    assert min(waiting, key=lambda alert: alert.raised_at).words == ("Bruises",)
    assert len(waiting) == 2


def test_a_concern_that_was_taken_back_and_is_told_again_reaches_duty_again(shipped):
    nominated(**WORRY)
    nominated(recorded_at=LATER, concern="no")
    nominated(recorded_at=LATER + timedelta(hours=1), **WORRY)
    assert len(duty.waiting(staff("duty_social_worker"))) == 2


def test_a_concern_that_an_amendment_withdraws_is_lowered_by_two_people(shipped):
    reference = nominated(**WORRY).reference
    nominated(recorded_at=LATER, concern="no")
    assert the_case(reference).decisions["S0"].proposed.decision == "no_concern"
    confirm(staff(), reference, "S0", at=LATER, revision=the_case(reference).revision)
    state = the_case(reference).decisions["S0"]
    assert (state.confirmed, state.lowering.decision) == (None, "no_concern")
    countersign(
        staff("team_leader"), reference, "S0", agree=True, at=LATER, revision=the_case(reference).revision
    )  # fmt: skip
    made = the_case(reference).decisions["S0"].confirmed
    assert (made.decision, made.by_name, made.countersigned_name) == ("no_concern", "Front Door Officer", "Team Leader")
    assert len(duty.waiting(staff("duty_social_worker"))) == 1


def test_deciding_otherwise_does_not_get_round_the_second_person(shipped):
    reference = nominated(**WORRY, authority=MOOR).reference
    nominated(recorded_at=LATER, concern="no", authority=MOOR)
    officer = staff("front_door_officer", MOOR)
    again = Otherwise("duty_now", "I spoke to the school")
    override(officer, reference, "S0", again, at=LATER, revision=the_case(reference, MOOR).revision)
    assert the_case(reference, MOOR).decisions["S0"].confirmed.decision == "duty_now"


def closed(reference: str) -> None:
    """End a case as a confirmed "not eligible" does."""
    other = Otherwise("not_eligible", "They moved away")
    override(staff(), reference, "TFP1-E", other, at=RECEIVED, revision=the_case(reference).revision)
    assert the_case(reference).closed_at is not None
    assert reference not in waiting_now(RECEIVED)


def waiting_now(at: datetime) -> dict[str, queue.QueueRow]:
    found = queue.look(staff(), queue.Wanted(), at=at)
    return {row.reference: row for row in found.page.rows}


def test_an_amendment_of_a_closed_case_waits_in_the_queue_with_an_owner_and_a_clock(shipped):
    reference = nominated().reference
    closed(reference)
    nominated(recorded_at=LATER, benefits="no")
    row = waiting_now(LATER)[reference]
    assert ("amended" in row.tasks, "front_door_officer" in row.roles, row.state(LATER)) == (True, True, "running")
    (clock,) = [one for one in the_case(reference).clocks if one.stopped_at is None]
    assert clock.code == "DER-AMEND"


def test_once_it_was_looked_at_the_closed_case_rests_again(shipped):
    reference = nominated().reference
    closed(reference)
    nominated(recorded_at=LATER, benefits="no")
    nominated(recorded_at=LATER + timedelta(minutes=5), asb="dont_know")
    for task in [one for one in the_case(reference).tasks if one.kind == "amended"]:
        assert reference in waiting_now(LATER)
        tend.seen(staff(), reference, task.id, at=LATER, revision=the_case(reference).revision)
    assert [one.code for one in the_case(reference).clocks if one.stopped_at is None] == []
    others = [one for one in the_case(reference).tasks if one.done_at is None]
    assert (reference in waiting_now(LATER)) == bool(others)


def test_an_amendment_that_nobody_looks_at_escalates(shipped):
    reference = nominated().reference
    closed(reference)
    nominated(recorded_at=LATER, benefits="no")
    deliver.round_of_work(lambda _: None, at=LATER + timedelta(days=4), worker="w")
    assert {"amended", "overdue"} <= {task.kind for task in the_case(reference).tasks if task.done_at is None}


def test_the_file_shows_the_answers_as_they_stand(shipped):
    reference = nominated().reference
    second = nominated(recorded_at=LATER, benefits="no")
    file = casefile.open_file(staff(), reference, at=LATER)
    assert file.intake.id == second.submission
    assert len(file.submissions) == 2
