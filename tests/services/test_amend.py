from datetime import timedelta

from tests.services.builders import RECEIVED, nominated, partner, staff, the_case

from frontdoor.services import casefile, duty, tend
from frontdoor.services.confirm import confirm
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


def test_the_file_shows_the_answers_as_they_stand(shipped):
    reference = nominated().reference
    second = nominated(recorded_at=LATER, benefits="no")
    file = casefile.open_file(staff(), reference, at=LATER)
    assert file.intake.id == second.submission
    assert len(file.submissions) == 2
