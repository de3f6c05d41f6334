import json
from datetime import UTC, date, datetime

import pytest

from frontdoor import packs_dir
from frontdoor.domain.calendar import from_document
from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.pathways.clock_documents import parse_clocks
from frontdoor.domain.pathways.clocks import print_clock

CALENDAR = from_document(json.loads((packs_dir() / "rules/base/holidays.json").read_text(encoding="utf-8")))

CLOCKS = parse_clocks(
    {
        "MEETING": {
            "order": 20,
            "label": {"en": "First planning meeting"},
            "take": "earlier",
            "limits": {
                "of_assessment": {"from_event": "assessed", "n": 10, "basis": "calendar_days"},
                "of_referral": {"from_event": "referred", "n": 30, "basis": "calendar_days"},
            },
            "stop_event": "met",
        },
        "LAST": {
            "order": 30,
            "label": "Whichever is later",
            "take": "later",
            "limits": {
                "one": {"from_event": "assessed", "n": 10, "basis": "calendar_days"},
                "two": {"from_event": "referred", "n": 30, "basis": "calendar_days"},
            },
        },
        "REVIEW": {
            "order": 10,
            "label": {"en": "Review"},
            "owner": "coach",
            "from_event": "reviewed",
            "stop_event": "reviewed",
            "cancel_event": "closed",
            "n": 3,
            "basis": "months",
            "roll": "previous",
            "amber_at": {"n": 6, "basis": "weeks", "roll": "previous"},
            "on_overdue": {"event": "review_missed", "escalate_to": "team_leader"},
        },
        "DECISION": {
            "order": 40,
            "label": {"en": "Decision"},
            "code": "FF-K1",
            "from_event": "received",
            "stop_event": "decided",
            "cancel_event": "withdrawn",
            "n": {"parameter": "decision_hours"},
            "basis": "elapsed_hours",
            "amber_at": {"n": 20, "basis": "elapsed_hours", "from_event": "acknowledged"},
        },
        "VISIT": {
            "order": 50,
            "label": {"en": "First visit"},
            "from_event": "referred",
            "stop_event": "visited",
            "n": 5,
            "basis": {"parameter": "profile", "map": {"as_written": "calendar_days", "working": "working_days"}},
        },
        "ALLOCATE": {
            "order": 60,
            "label": {"en": "Allocation"},
            "from_event": "ready",
            "meeting": {"weekday": {"parameter": "weekday"}},
        },
        "OFF": {
            "order": 70,
            "label": {"en": "Shipped disabled"},
            "from_event": "referred",
            "n": 1,
            "basis": "weeks",
            "enabled": False,
        },
    }
)
PARAMETERS = {"decision_hours": 24, "profile": "as_written", "weekday": 3}


def printed(clock, facts, **parameters):
    return print_clock(CLOCKS[clock], facts, {**PARAMETERS, **parameters}, CALENDAR)


def state(clock, at, **events):
    return CLOCKS[clock].standing(events, datetime.fromisoformat(at), PARAMETERS, CALENDAR).state


@pytest.mark.parametrize(
    ("clock", "facts", "expected"),
    [
        pytest.param(
            "MEETING", {"referred": "2026-11-02", "assessed": "2026-11-09"}, "Thu 2026-11-19", id="first-limit"
        ),
        pytest.param(
            "MEETING", {"referred": "2026-11-02", "assessed": "2026-11-30"}, "Wed 2026-12-02", id="second-limit"
        ),
        pytest.param("MEETING", {"referred": "2026-11-02", "assessed": None}, "Wed 2026-12-02", id="one-is-unknown"),
        pytest.param("MEETING", {"assessed": "2026-11-09"}, "Thu 2026-11-19", id="one-is-absent"),
        pytest.param("MEETING", {"met": "2026-11-09"}, None, id="not-started"),
        pytest.param("LAST", {"referred": "2026-11-02", "assessed": "2026-11-09"}, "Wed 2026-12-02", id="later"),
        pytest.param("LAST", {"referred": "2026-11-02"}, None, id="later-waits-for-both"),
        pytest.param("DECISION", {"received": "2026-12-18T16:50"}, "Sat 2026-12-19 16:50", id="hours-from-a-parameter"),
        pytest.param("OFF", {"referred": "2026-11-02"}, "Mon 2026-11-09", id="a-disabled-clock-still-says-when"),
        pytest.param(
            "ALLOCATE", {"ready": "2026-12-23T15:00", "other": "x"}, "Thu 2026-12-31", id="missed-the-cut-off"
        ),
        pytest.param("ALLOCATE", {"ready": "2026-12-23T12:00"}, "Thu 2026-12-24", id="on-the-cut-off"),
        pytest.param("ALLOCATE", {"ready": "2026-12-23T12:01"}, "Thu 2026-12-31", id="a-minute-late"),
        pytest.param("ALLOCATE", {"ready": "2026-12-22"}, "Thu 2026-12-24", id="a-day-alone"),
        pytest.param("ALLOCATE", {"ready": "2026-12-24T08:00"}, "Thu 2026-12-31", id="on-the-day"),
    ],
)
def test_a_clock_prints_when_it_is_due(clock, facts, expected):
    assert printed(clock, facts) == expected


@pytest.mark.parametrize(
    ("ready", "weekday", "expected"),
    [
        pytest.param("2026-12-22T10:00", 4, "Thu 2026-12-24", id="christmas-friday-moves-to-thursday"),
        pytest.param("2026-12-23T13:00", 4, "Thu 2026-12-31", id="then-new-years-day-moves-too"),
        pytest.param("2026-12-23T11:00", 0, "Thu 2026-12-24", id="boxing-monday-moves-over-the-weekend"),
        pytest.param("2026-12-23T13:00", 0, "Mon 2027-01-04", id="and-its-cut-off-with-it"),
        pytest.param("2027-05-31T11:00", 1, "Tue 2027-06-08", id="cut-off-before-a-holiday-monday"),
        pytest.param("2027-05-28T11:00", 1, "Tue 2027-06-01", id="friday-is-the-working-day-before"),
    ],
)
def test_a_meeting_on_a_holiday_moves_to_the_working_day_before(ready, weekday, expected):
    assert printed("ALLOCATE", {"ready": ready}, weekday=weekday) == expected


def test_the_cut_off_is_data():
    clock = parse_clocks(
        {
            "EARLY": {
                "from_event": "ready",
                "meeting": {"weekday": 3, "cut_off": "17:00", "working_days_before": 0},
            }
        }
    )["EARLY"]
    assert print_clock(clock, {"ready": "2026-12-31T16:59"}, {}, CALENDAR) == "Thu 2026-12-31"
    assert print_clock(clock, {"ready": "2026-12-31T17:01"}, {}, CALENDAR) == "Thu 2027-01-07"


@pytest.mark.parametrize("weekday", [-1, 5, 2.5, "3"])
def test_a_meeting_is_on_a_weekday(weekday):
    with pytest.raises(RuleFailed, match="0 \\(Monday\\) to 4 \\(Friday\\)"):
        printed("ALLOCATE", {"ready": "2026-12-22"}, weekday=weekday)


def test_one_setting_turns_calendar_days_into_working_days():
    assert printed("VISIT", {"referred": "2026-12-24"}) == "Tue 2026-12-29"
    assert printed("VISIT", {"referred": "2026-12-24"}, profile="working") == "Tue 2027-01-05"


@pytest.mark.parametrize("profile", [None, "lunar"])
def test_a_setting_that_the_clock_does_not_know_is_named(profile):
    with pytest.raises(RuleFailed, match="Set parameter `profile`"):
        printed("VISIT", {"referred": "2026-12-24"}, profile=profile)


def test_an_event_that_is_no_date_is_refused():
    with pytest.raises(RuleFailed, match="A date is written"):
        printed("VISIT", {"referred": "yesterday"})


@pytest.mark.parametrize(
    ("at", "events", "expected"),
    [
        pytest.param("2026-12-18T16:00Z", {}, "not_started", id="nothing-happened"),
        pytest.param("2026-12-18T16:00Z", {"received": "2026-12-18T16:50Z"}, "not_started", id="not-yet-received"),
        pytest.param("2026-12-18T16:50Z", {"received": "2026-12-18T16:50Z"}, "running", id="just-received"),
        pytest.param("2026-12-19T16:50Z", {"received": "2026-12-18T16:50Z"}, "running", id="on-the-instant"),
        pytest.param("2026-12-19T16:51Z", {"received": "2026-12-18T16:50Z"}, "overdue", id="a-minute-later"),
        pytest.param("2026-12-21T08:40Z", {"received": "2026-12-18T16:50Z"}, "overdue", id="overdue-at-birth"),
        pytest.param(
            "2026-12-19T14:00Z",
            {"received": "2026-12-18T16:50Z", "acknowledged": "2026-12-18T17:00Z"},
            "amber",
            id="amber-from-an-event-of-its-own",
        ),
        pytest.param(
            "2026-12-21T08:40Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-12-19T16:50Z"},
            "stopped_on_time",
            id="stopped-on-the-instant",
        ),
        pytest.param(
            "2026-12-21T08:40Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-12-19T16:51Z"},
            "stopped_late",
            id="stopped-a-minute-late",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-12-19T16:00Z"},
            "running",
            id="the-stop-is-still-to-come",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-11-01T09:00Z"},
            "running",
            id="the-stop-was-of-an-earlier-round",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "withdrawn": "2026-12-19T09:00Z"},
            "cancelled",
            id="cancelled",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-12-19T08:00Z", "withdrawn": "2026-12-19T09:00Z"},
            "stopped_on_time",
            id="stopped-before-it-was-cancelled",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "decided": "2026-12-19T09:30Z", "withdrawn": "2026-12-19T09:00Z"},
            "cancelled",
            id="cancelled-before-it-was-stopped",
        ),
        pytest.param(
            "2026-12-19T10:00Z",
            {"received": "2026-12-18T16:50Z", "withdrawn": "2026-11-01"},
            "running",
            id="cancelled-in-an-earlier-round",
        ),
    ],
)
def test_an_hourly_clock_stands_as_its_events_say(at, events, expected):
    assert state("DECISION", at, **events) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-12-24T23:59:59Z", "running", id="soft-limit-day"),
        pytest.param("2026-12-25T00:00Z", "amber", id="after-six-weeks-rolled-back-from-the-28th"),
        pytest.param("2027-02-16T23:59:59Z", "amber", id="hard-limit-day"),
        pytest.param("2027-02-17T00:00Z", "overdue", id="after-three-months"),
    ],
)
def test_a_cadence_is_amber_after_its_soft_limit_and_overdue_after_its_hard_one(at, expected):
    assert state("REVIEW", at, reviewed="2026-11-16") == expected


def test_a_cadence_ends_only_when_it_is_cancelled():
    assert state("REVIEW", "2027-03-01T00:00Z", reviewed="2026-11-16", closed="2026-12-01") == "cancelled"


def test_a_stop_on_the_day_it_starts_counts_when_only_the_day_is_known():
    events = {"referred": "2026-11-02T15:00", "visited": "2026-11-02"}
    assert state("VISIT", "2026-11-03T09:00Z", **events) == "stopped_on_time"


@pytest.mark.parametrize(("visited", "expected"), [("2026-11-07", "stopped_on_time"), ("2026-11-08", "stopped_late")])
def test_a_day_clock_is_judged_by_the_day(visited, expected):
    assert state("VISIT", "2026-12-01T09:00Z", referred="2026-11-02T15:00", visited=visited) == expected


def test_a_clock_with_two_limits_starts_with_the_first_and_is_brought_forward_by_the_second():
    assert state("MEETING", "2026-11-20T00:00Z", referred="2026-11-02") == "running"
    assert state("MEETING", "2026-11-20T00:00Z", referred="2026-11-02", assessed="2026-11-09") == "overdue"
    assert state("MEETING", "2026-11-20T00:00Z", referred="2026-11-02", met="2026-11-10") == "stopped_on_time"


def test_a_disabled_clock_never_starts():
    assert state("OFF", "2026-12-01T00:00Z", referred="2026-11-02") == "not_started"


def test_a_deadline_gives_instants_in_utc_and_the_local_date():
    review = CLOCKS["REVIEW"].due({"reviewed": "2026-03-30"}, PARAMETERS, CALENDAR)
    assert (review.due_at, review.due_on) == (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30))
    assert review.amber_at == datetime(2026, 5, 11, 22, 59, tzinfo=UTC)
    decision = CLOCKS["DECISION"].due({"received": datetime(2026, 6, 1, 9, tzinfo=UTC)}, PARAMETERS, CALENDAR)
    assert (decision.due_at, decision.amber_at) == (datetime(2026, 6, 2, 9, tzinfo=UTC), None)


def test_clocks_come_in_their_order_with_what_the_pathway_needs():
    assert list(CLOCKS) == ["REVIEW", "MEETING", "LAST", "DECISION", "VISIT", "ALLOCATE", "OFF"]
    review = CLOCKS["REVIEW"]
    assert (review.owner, review.overdue_event, review.escalate_to) == ("coach", "review_missed", "team_leader")
    assert (review.code, CLOCKS["DECISION"].code) == ("REVIEW", "FF-K1")
    assert (review.from_event, CLOCKS["LAST"].from_events) == ("reviewed", ("assessed", "referred"))
    assert CLOCKS["LAST"].label == {"en": "Whichever is later"}


GOOD = {"label": {"en": "x"}, "from_event": "a", "n": 1, "basis": "weeks"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        pytest.param({"basis": "fortnights"}, ["/X/basis"], id="basis"),
        pytest.param({"basis": {"map": {}}}, ["/X/basis"], id="basis-without-parameter"),
        pytest.param({"roll": "nearest"}, ["/X/roll"], id="roll"),
        pytest.param({"basis": "elapsed_hours", "roll": "next"}, ["/X/roll"], id="hours-never-roll"),
        pytest.param({"n": -1}, ["/X/n"], id="negative"),
        pytest.param({"n": True}, ["/X/n"], id="truth-for-a-number"),
        pytest.param({"n": "5"}, ["/X/n"], id="text-for-a-number"),
        pytest.param({"n": None}, ["/X/n"], id="no-number"),
        pytest.param({"from_event": ""}, ["/X/from_event"], id="no-event"),
        pytest.param({"take": "earlier"}, ["/X/take"], id="take-without-limits"),
        pytest.param({"limits": {"a": GOOD}}, ["/X/take"], id="limits-without-take"),
        pytest.param({"limits": {"a": GOOD}, "take": "first"}, ["/X/take"], id="unknown-take"),
        pytest.param({"limits": {}, "take": "later"}, ["/X/limits"], id="no-limits"),
        pytest.param(
            {"limits": {"a": {"n": 1}}, "take": "later"}, ["/X/limits/a/from_event", "/X/limits/a/basis"], id="limit"
        ),
        pytest.param({"amber_at": {"n": 1, "basis": "years"}}, ["/X/amber_at/basis"], id="amber-basis"),
        pytest.param({"amber": {"n": 1, "basis": "weeks"}}, ["/X/amber"], id="amber-by-its-old-name"),
        pytest.param({"meeting": {"weekday": 3, "cut_off": "noon"}}, ["/X/meeting/cut_off"], id="cut-off"),
        pytest.param({"meeting": {"weekday": 3, "cut_off": 12}}, ["/X/meeting/cut_off"], id="cut-off-as-a-number"),
        pytest.param({"meeting": {}}, ["/X/meeting/weekday"], id="no-weekday"),
        pytest.param(
            {"meeting": {"weekday": 3}, "from_event": None}, ["/X/meeting/from_event"], id="meeting-without-event"
        ),
    ],
)
def test_a_clock_that_cannot_run_is_refused_with_every_place(change, where):
    with pytest.raises(DocumentRejected) as refused:
        parse_clocks({"X": {**GOOD, **change}, "Y": GOOD})
    assert [problem.where for problem in refused.value.problems] == where
