from dataclasses import replace
from datetime import timedelta

import pytest
from tests.store.conftest import NORTH, NOW, SYSTEM, staff, together

from frontdoor.domain.access import authority_token
from frontdoor.domain.alert import Alert
from frontdoor.domain.consent import SAFEGUARDING_CHILD, Override
from frontdoor.domain.errors import WrongState
from frontdoor.store import alerts
from frontdoor.store.client import in_transaction

OFFICER = staff()
HOUR = timedelta(hours=1)


def make_alert(alert: str = "a1", **more) -> Alert:
    made = Alert(
        id=alert,
        authority=NORTH,
        programme="early",
        tokens=(authority_token(NORTH),),
        raised_at=NOW,
        due_at=NOW + HOUR,
        role="duty",
        escalate_to="manager",
        source="e_form",
        draft="d1",
        case="NOR-1",
        organisation="school",
        contact="Teacher, 01632 960001",
        concern="not_sure",
        gravity=1,
        words=("first words",),
        override=Override(SAFEGUARDING_CHILD, "screen", "teacher", NOW),
    )
    return replace(made, **more)


def test_one_draft_raises_one_alert_however_often_its_page_is_posted(store):
    first = alerts.add(OFFICER, make_alert(case=None))
    again = alerts.add(OFFICER, make_alert("a2", case=None, words=("other words",)))
    assert again == first
    assert [alert.id for alert in alerts.open(OFFICER)] == ["a1"]


def test_two_pages_at_the_same_moment_raise_one_alert_with_the_graver_concern(store):
    grave = make_alert("a2", concern="danger_now", gravity=3)
    raised = together(lambda: alerts.add(OFFICER, make_alert()), lambda: alerts.add(OFFICER, grave), times=2)
    assert {type(alert).__name__ for alert in raised} == {"Alert"}
    (only,) = alerts.open(OFFICER)
    assert (only.concern, only.gravity) == ("danger_now", 3)


def test_a_concern_rises_and_never_falls_and_the_first_words_stay(store):
    alerts.add(OFFICER, make_alert(case=None))
    graver = alerts.add(OFFICER, make_alert("a2", case=None, concern="danger_now", gravity=3, words=("more",)))
    assert (graver.id, graver.concern, graver.words) == ("a1", "danger_now", ("first words",))
    assert alerts.add(OFFICER, make_alert("a3", case=None)) == graver


def test_what_was_sent_in_the_end_joins_the_first_words(store):
    alerts.add(OFFICER, make_alert(case=None))
    alerts.add(OFFICER, make_alert("a2", case=None, words=("first words, half ty",)))
    sent = alerts.add(OFFICER, make_alert("a3", words=("all of the words",)))
    assert (sent.id, sent.words) == ("a1", ("first words", "all of the words"))
    assert alerts.add(OFFICER, make_alert("a4", words=("all of the words",))) == sent


def test_a_graver_concern_never_lengthens_a_clock_that_runs(store):
    alerts.add(OFFICER, make_alert())
    assert alerts.add(OFFICER, make_alert(gravity=2, due_at=NOW + 9 * HOUR)).due_at == NOW + HOUR
    assert alerts.add(OFFICER, make_alert(gravity=3, due_at=NOW)).due_at == NOW


def test_a_graver_concern_after_somebody_took_it_on_asks_again_on_a_new_clock(store):
    alerts.add(OFFICER, make_alert())
    alerts.acknowledge(OFFICER, "a1", at=NOW)
    again = alerts.add(OFFICER, make_alert(gravity=3, due_at=NOW + 9 * HOUR))
    assert (again.acknowledged_at, again.acknowledged_name, again.due_at) == (None, None, NOW + 9 * HOUR)
    assert alerts.open(OFFICER) == (again,)


def test_the_same_concern_after_somebody_took_it_on_asks_nobody_again(store):
    alerts.add(OFFICER, make_alert())
    taken = alerts.acknowledge(OFFICER, "a1", at=NOW)
    assert alerts.add(OFFICER, make_alert()) == taken


def test_the_second_who_takes_an_alert_on_is_told_who_was_first(store):
    alerts.add(OFFICER, make_alert())
    taken = alerts.acknowledge(OFFICER, "a1", at=NOW)
    assert (taken.acknowledged_by, taken.acknowledged_name, taken.acknowledged_at) == ("officer", "Officer", NOW)
    with pytest.raises(WrongState, match="Officer has acknowledged"):
        alerts.acknowledge(staff(account="second"), "a1", at=NOW + HOUR)
    assert alerts.get(OFFICER, "a1") == taken


def test_of_four_who_take_an_alert_on_at_once_one_does(store):
    alerts.add(OFFICER, make_alert())
    results = together(lambda: alerts.acknowledge(OFFICER, "a1", at=NOW), times=4)
    assert sorted(type(result).__name__ for result in results) == ["Alert", "WrongState", "WrongState", "WrongState"]


def test_open_alerts_come_gravest_first_then_oldest_and_are_counted(store):
    alerts.add(OFFICER, make_alert("new", draft="1", raised_at=NOW))
    alerts.add(OFFICER, make_alert("old", draft="2", raised_at=NOW - HOUR, due_at=NOW - HOUR))
    alerts.add(OFFICER, make_alert("grave", draft="3", gravity=3))
    assert [alert.id for alert in alerts.open(OFFICER)] == ["grave", "old", "new"]
    assert alerts.counts(OFFICER, NOW) == {"waiting": 3, "late": 1}


def test_alerts_without_a_draft_stand_each_for_itself(store):
    alerts.add(OFFICER, make_alert("a1", draft=None))
    alerts.add(OFFICER, make_alert("a2", draft=None))
    assert len(alerts.open(OFFICER)) == 2


def test_only_what_is_late_unacknowledged_and_untold_escalates(store):
    for alert in (make_alert("late", draft="1"), make_alert("soon", draft="2", due_at=NOW + 9 * HOUR)):
        alerts.add(OFFICER, alert)
    alerts.add(OFFICER, make_alert("taken", draft="3"))
    alerts.acknowledge(OFFICER, "taken", at=NOW)
    (late,) = alerts.to_escalate(SYSTEM, NOW + 2 * HOUR)
    assert late.id == "late"
    alerts.mark_escalated(SYSTEM, replace(late, escalated_at=NOW))
    assert alerts.to_escalate(SYSTEM, NOW + 2 * HOUR) == ()
    assert alerts.get(OFFICER, "late").escalated_at == NOW


def test_an_alert_that_somebody_took_on_meanwhile_is_not_marked_as_escalated(store):
    late = alerts.add(OFFICER, make_alert())
    alerts.acknowledge(OFFICER, "a1", at=NOW)
    alerts.mark_escalated(SYSTEM, replace(late, escalated_at=NOW))
    assert alerts.get(OFFICER, "a1").escalated_at is None


def test_an_alert_is_tied_to_the_case_its_draft_became(store):
    alerts.add(OFFICER, make_alert(case=None))
    alerts.mark_sent(SYSTEM, "d1", "NOR-7", NOW)
    alerts.mark_sent(SYSTEM, "no-such-draft", "NOR-8", NOW)
    assert [(alert.id, alert.sent_at) for alert in alerts.of_case(OFFICER, "NOR-7")] == [("a1", NOW)]
    assert alerts.mark_abandoned(SYSTEM, "d1", NOW) == 0


def test_an_abandoned_draft_is_news_once(store):
    alerts.add(OFFICER, make_alert(case=None))
    assert [alerts.mark_abandoned(SYSTEM, "d1", NOW) for _ in range(2)] == [1, 0]
    assert alerts.of_draft(OFFICER, "d1").abandoned_at == NOW


def test_an_alert_raised_in_a_transaction_goes_with_it(store):
    def fails():
        alerts.add(OFFICER, make_alert())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        in_transaction(fails)
    assert alerts.open(OFFICER) == ()
