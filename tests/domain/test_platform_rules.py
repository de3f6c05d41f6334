import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor import packs_dir
from frontdoor.domain.calendar import OutsideCalendar, from_document
from frontdoor.domain.errors import FrontDoorError, RuleFailed
from frontdoor.domain.platform_rules import DISPATCH

CALENDAR = from_document(json.loads((packs_dir() / "rules/base/holidays.json").read_text(encoding="utf-8")))
HOLIDAYS = {
    "covers": {"from": "2026-01-01", "to": "2026-12-31"},
    "days": {"2026-11-30": {"title": {"en": "Local day"}}},
}


def rule(name, facts):
    return DISPATCH[name](facts, CALENDAR)


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        # The rows of DOMAIN E whose rule is the platform's.
        pytest.param(
            "TRAJ", {"max": 660, "rate_pct": 60, "claimed": 130}, "expected 396; remaining 266; claimed 19.7%", id="D32"
        ),
        pytest.param("SAMPLE", {"n": 425, "pct": 10}, "43", id="D33"),
        pytest.param(
            "CLOCK", {"basis": "elapsed_hours", "n": 24, "from": "2026-12-24T10:00"}, "Fri 2026-12-25 10:00", id="F10"
        ),
        pytest.param("CLOCK", {"basis": "calendar_days", "n": 5, "from": "2026-12-24"}, "Tue 2026-12-29", id="F12"),
        pytest.param("CLOCK", {"basis": "working_days", "n": 5, "from": "2026-12-24"}, "Tue 2027-01-05", id="F13"),
        pytest.param("CLOCK", {"basis": "working_days", "n": 1, "from": "2026-11-28"}, "Mon 2026-11-30", id="F15"),
        pytest.param(
            "CLOCK", {"basis": "weeks", "n": 6, "from": "2026-11-16", "roll": "previous"}, "Thu 2026-12-24", id="F18"
        ),
        pytest.param(
            "CLOCK", {"basis": "months", "n": 3, "from": "2026-11-16", "roll": "previous"}, "Tue 2027-02-16", id="F19"
        ),
        pytest.param(
            "CLOCK", {"basis": "months", "n": 3, "from": "2026-12-14", "roll": "previous"}, "Fri 2027-03-12", id="W7"
        ),
        pytest.param("CLOCK", {"basis": "weeks", "n": 6, "from": "2026-11-16"}, "Mon 2026-12-28", id="W12"),
        pytest.param("LANG", {"correspondence_language": "cy"}, "cy", id="W14"),
        pytest.param("LANG", {"correspondence_language": "unknown"}, "cy+en", id="W16"),
        pytest.param(
            "DIST",
            {"readings": {"own_goal_1": [3, 5, 7], "own_goal_2": [4]}},
            "own_goal_1 +4; own_goal_2 n/a",
            id="W17",
        ),
        pytest.param(
            "LAYER",
            {"key": "data_sharing_agreement", "locked": ["data_sharing_agreement", "measures"]},
            "reject_pack / KEY_LOCKED",
            id="C7",
        ),
        pytest.param(
            "LAYER",
            {"key": "allocation_weekday", "locked": ["data_sharing_agreement", "measures"]},
            "load / OVERRIDDEN",
            id="C17",
        ),
        pytest.param("ID", {"type": "nhs", "value": "943 476 5919"}, "valid", id="N1"),
        pytest.param("ID", {"type": "upn", "value": "P207000016049"}, "valid", id="N3"),
        pytest.param("ID", {"type": "nino", "value": "QQ 12 34 56 A"}, "invalid / FORMAT", id="N5"),
    ],
)
def test_the_worked_examples_of_the_domain(name, facts, expected):
    assert rule(name, facts) == expected


@pytest.mark.parametrize(
    ("holidays", "expected"),
    [
        pytest.param(None, "Mon 2026-11-30", id="shipped-table"),
        pytest.param(["2026-11-30"], "Tue 2026-12-01", id="list-of-dates"),
        pytest.param(HOLIDAYS, "Tue 2026-12-01", id="whole-table"),
        pytest.param([], "Mon 2026-11-30", id="no-holidays-at-all"),
    ],
)
def test_a_clock_may_bring_its_own_holidays(holidays, expected):
    facts = {"basis": "working_days", "n": 1, "from": "2026-11-28", "holidays": holidays, "roll": None}
    assert rule("CLOCK", facts) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "en"), ("both", "cy+en"), (None, "cy+en"), ("CY", "cy+en"), (["cy"], "cy+en")],
)
def test_both_languages_are_sent_unless_one_is_known(language, expected):
    assert rule("LANG", {"correspondence_language": language}) == expected


def test_both_languages_are_sent_when_nobody_asked():
    assert rule("LANG", {}) == "cy+en"


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        pytest.param({"a": [5, 3]}, "a -2", id="worse"),
        pytest.param({"a": [5, 7, 5]}, "a 0", id="no-change"),
        pytest.param({"a": [3, None, 5]}, "a +2", id="unknown-between"),
        pytest.param({"a": [None, 5]}, "a n/a", id="one-known"),
        pytest.param({"a": []}, "a n/a", id="none-taken"),
        pytest.param({}, "n/a", id="no-readings"),
        pytest.param({"b": [1, 2], "a": [2, 1]}, "b +1; a -1", id="in-the-order-given"),
        pytest.param({"a": [0.1, 0.3]}, "a +0.2", id="exact-decimals"),
        pytest.param({"a": [0, 100]}, "a +100", id="hundreds-in-full"),
    ],
)
def test_distance_is_the_latest_less_the_first(readings, expected):
    assert rule("DIST", {"readings": readings}) == expected


@pytest.mark.parametrize(
    ("key", "locked", "expected"),
    [
        pytest.param("measures.timeliness", ["measures"], "reject_pack / KEY_LOCKED", id="dotted-below"),
        pytest.param("measures/timeliness/n", ["measures"], "reject_pack / KEY_LOCKED", id="slashed-below"),
        pytest.param("/measures/timeliness", ["measures"], "reject_pack / KEY_LOCKED", id="pointer-below"),
        pytest.param("/a~1b/c", ["/a~1b"], "reject_pack / KEY_LOCKED", id="escaped-pointer"),
        pytest.param("/a/b", ["/a~1b"], "load / OVERRIDDEN", id="escaped-is-one-key"),
        pytest.param("measures", ["measures.timeliness"], "reject_pack / KEY_LOCKED", id="the-branch-around-it"),
        pytest.param("measures_local", ["measures"], "load / OVERRIDDEN", id="a-key-that-only-begins-alike"),
        pytest.param("measures.local", ["measures.timeliness"], "load / OVERRIDDEN", id="a-neighbour"),
        pytest.param("measures", [], "load / OVERRIDDEN", id="nothing-locked"),
        pytest.param("measures", None, "load / OVERRIDDEN", id="no-list"),
    ],
)
def test_a_locked_key_holds_for_its_whole_branch(key, locked, expected):
    assert rule("LAYER", {"key": key, "locked": locked}) == expected


@pytest.mark.parametrize(
    ("n", "pct", "expected"),
    [
        pytest.param(0, 10, "0", id="nought-of-nought"),
        pytest.param(1, 10, "1", id="at-least-one"),
        pytest.param(43, 10, "5", id="forty-three-contracts"),
        pytest.param(40, 10, "4", id="exact"),
        pytest.param(700, 0.1, "1", id="a-tenth-of-a-percent"),
        pytest.param(1000, 0.7, "7", id="floats-would-say-8"),
        pytest.param(10.0, 100, "10", id="all"),
        pytest.param(10, 0, "0", id="none-asked"),
    ],
)
def test_a_sample_is_rounded_up_exactly(n, pct, expected):
    assert rule("SAMPLE", {"n": n, "pct": pct}) == expected


@given(st.integers(0, 10**6), st.integers(0, 1000))
def test_a_sample_is_the_least_whole_number_that_reaches_its_share(n, tenths):
    size = int(rule("SAMPLE", {"n": n, "pct": tenths / 10}))
    share = Fraction(n * tenths, 1000)
    assert size >= share > size - 1 or size == share == 0


@pytest.mark.parametrize(
    ("most", "rate", "claimed", "expected"),
    [
        pytest.param(660, 60, 500, "expected 396; remaining 0; claimed 75.8%", id="more-than-expected"),
        pytest.param(5, 50, 0, "expected 3; remaining 3; claimed 0.0%", id="half-a-claim-goes-up"),
        pytest.param(428, 60, 1, "expected 257; remaining 256; claimed 0.2%", id="nearest-whole-claim"),
        pytest.param(2000, 100, 1, "expected 2000; remaining 1999; claimed 0.1%", id="half-a-tenth-goes-up"),
        pytest.param(0, 60, 0, "expected 0; remaining 0; claimed n/a", id="nothing-to-claim"),
        pytest.param(10, 60, 10, "expected 6; remaining 0; claimed 100.0%", id="all-of-it"),
    ],
)
def test_the_trajectory_is_exact(most, rate, claimed, expected):
    assert rule("TRAJ", {"max": most, "rate_pct": rate, "claimed": claimed}) == expected


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("CLOCK", {"basis": "weeks", "n": 1, "from": None}),
        ("CLOCK", {"basis": None, "n": 1, "from": "2026-11-16"}),
        ("CLOCK", {"basis": "weeks", "n": None, "from": "2026-11-16"}),
        ("ID", {"type": "nhs", "value": None}),
        ("ID", {"type": None, "value": "1"}),
        ("LAYER", {"key": None, "locked": []}),
        ("DIST", {"readings": None}),
        ("SAMPLE", {"n": None, "pct": 10}),
        ("SAMPLE", {"n": 10, "pct": None}),
        ("TRAJ", {"max": 660, "rate_pct": 60, "claimed": None}),
    ],
)
def test_an_unknown_fact_gives_an_unknown_answer(name, facts):
    assert rule(name, facts) == "null"


@pytest.mark.parametrize(
    ("name", "facts", "says"),
    [
        pytest.param("CLOCK", {"n": 1, "from": "2026-11-16"}, "Give `basis`", id="no-basis"),
        pytest.param("CLOCK", {"basis": "weeks", "n": 1}, "Give `from`", id="no-start"),
        pytest.param("CLOCK", {"basis": "days", "n": 1, "from": "2026-11-16"}, "A basis is one of", id="basis"),
        pytest.param("CLOCK", {"basis": ["weeks"], "n": 1, "from": "2026-11-16"}, "A basis is one of", id="basis-list"),
        pytest.param("CLOCK", {"basis": "weeks", "n": -1, "from": "2026-11-16"}, "from 0 up", id="negative"),
        pytest.param("CLOCK", {"basis": "weeks", "n": 0.5, "from": "2026-11-16"}, "whole number", id="fraction"),
        pytest.param("CLOCK", {"basis": "weeks", "n": 1, "from": "16/11/2026"}, "A date is written", id="date"),
        pytest.param("CLOCK", {"basis": "weeks", "n": 1, "from": "2026-11-16", "roll": "up"}, "A roll is", id="roll"),
        pytest.param(
            "CLOCK",
            {"basis": "weeks", "n": 1, "from": "2026-11-16", "holidays": "none"},
            "list of dates",
            id="holidays",
        ),
        pytest.param("ID", {"type": "passport", "value": "1"}, "type is one of", id="identifier"),
        pytest.param("ID", {"value": "1"}, "Give `type`", id="no-type"),
        pytest.param("LAYER", {"locked": []}, "Give `key`", id="no-key"),
        pytest.param("LAYER", {"key": "", "locked": []}, "A key is written", id="empty-key"),
        pytest.param("LAYER", {"key": "a", "locked": "a"}, "list of keys", id="locked-is-no-list"),
        pytest.param("LAYER", {"key": "a", "locked": [1]}, "A key is written", id="locked-number"),
        pytest.param("DIST", {}, "Give `readings`", id="no-readings"),
        pytest.param("DIST", {"readings": [1, 2]}, "for each name", id="readings-without-names"),
        pytest.param("DIST", {"readings": {"a": 1}}, "list of scores", id="one-score"),
        pytest.param("DIST", {"readings": {"a": [1, "2"]}}, "is a number", id="score-as-text"),
        pytest.param("DIST", {"readings": {"a": [True, 2]}}, "is a number", id="score-as-truth"),
        pytest.param("SAMPLE", {"pct": 10}, "Give `n`", id="no-size"),
        pytest.param("SAMPLE", {"n": 10}, "Give `pct`", id="no-share"),
        pytest.param("SAMPLE", {"n": 1.5, "pct": 10}, "whole number", id="half-a-family"),
        pytest.param("SAMPLE", {"n": -1, "pct": 10}, "whole number", id="fewer-than-none"),
        pytest.param("SAMPLE", {"n": 10, "pct": 101}, "0 to 100", id="more-than-all"),
        pytest.param("SAMPLE", {"n": 10, "pct": float("inf")}, "is a number", id="infinite"),
        pytest.param("TRAJ", {"max": 1, "rate_pct": 60}, "Give `claimed`", id="no-claims"),
    ],
)
def test_facts_that_make_no_sense_say_what_to_give(name, facts, says):
    with pytest.raises(RuleFailed, match=says):
        rule(name, facts)


def test_a_clock_never_guesses_past_the_holiday_table():
    with pytest.raises(OutsideCalendar, match="add the missing years") as refused:
        rule("CLOCK", {"basis": "working_days", "n": 5, "from": "2028-12-27"})
    assert isinstance(refused.value, FrontDoorError)


def test_every_rule_says_what_it_takes_and_prints():
    assert set(DISPATCH) == {"CLOCK", "ID", "LAYER", "LANG", "DIST", "SAMPLE", "TRAJ"}
    assert all(shared.__doc__.startswith(f"{name} `{{") and "→" in shared.__doc__ for name, shared in DISPATCH.items())
