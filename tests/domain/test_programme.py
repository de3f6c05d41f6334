"""A programme as it is live: parsed from its tree, with clocks that warn before they are due."""

from datetime import date
from typing import Any

import pytest

from frontdoor.domain.calendar import Calendar
from frontdoor.domain.case import Pin
from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.programme import Programme
from frontdoor.domain.programme.clock import programme_clocks

CHRISTMAS = Calendar(frozenset({date(2026, 12, 25), date(2026, 12, 28)}), date(2026, 1, 1), date(2027, 12, 31))


def text(words: str) -> dict[str, str]:
    return {"en": words}


def tree(**rules: Any) -> dict[str, Any]:
    holidays = {"id": "test", "covers": {"from": "2026-01-01", "to": "2027-12-31"}, "days": {}}
    return {
        "forms": {},
        "rules": {"holidays": holidays, **rules},
        "themes": {"words": {"words": {"family": text("family")}}},
        "languages": {"cy": {"order": 20}, "en": {"order": 10}},
        "owner": {"title": text("East"), "programme_title": text("Care"), "reference_prefix": "EAS"},
    }


def programme(**rules: Any) -> Programme:
    return Programme.from_tree(tree(**rules), authority="east", programme="care", number=7, digest="abc")


def test_a_programme_knows_whose_it_is_and_which_snapshot() -> None:
    made = programme()
    assert (made.authority, made.programme, made.authority_title, made.title) == (
        "east", "care", text("East"), text("Care"),
    )  # fmt: skip
    assert made.pin == Pin(7, "abc")
    assert (made.stamp.number, made.stamp.digest, made.stamp.authority) == (7, "abc", "east")
    assert made.languages == ("en", "cy")
    assert made.reference_prefix == "EAS"


def test_roles_come_in_order_with_what_they_may() -> None:
    entries = {
        "b": {"order": 20, "label": text("B"), "description": text("b"), "may": {"see_queue": True}, "sees": "team"},
        "a": {"order": 30, "label": text("A"), "description": text("a"), "may": {}, "sees": "none"},
    }
    roles = programme(roles={"roles": entries}).roles
    assert list(roles) == ["b", "a"]
    assert roles["b"].may == frozenset({"see_queue"})
    assert roles["b"].sees == "team"


CAPACITIES = [
    pytest.param(None, None, id="nobody-counts"),
    pytest.param(12, 12, id="a-number"),
    pytest.param({"staff": 4, "per_worker": 3}, 12, id="staff-times-places"),
    pytest.param({"staff": 4, "per_worker": {"parameter": "caseload"}}, 20, id="places-from-a-parameter"),
    pytest.param({"staff": 4, "per_worker": {"parameter": "unknown"}}, None, id="a-parameter-that-is-not-there"),
]


@pytest.mark.parametrize(("written", "places"), CAPACITIES)
def test_a_teams_places_are_counted_from_what_is_written(written: Any, places: int | None) -> None:
    caseload = {"order": 10, "label": text("Caseload"), "type": "integer", "value": 5, "source": "invented"}
    team = {
        "order": 10,
        "label": text("Base"),
        "kind": "locality",
        **({} if written is None else {"capacity": written}),
    }
    rules = {"id": "limits", "title": text("Limits"), "parameters": {"caseload": caseload}}
    made = programme(teams={"teams": {"base_1": team}}, limits=rules)
    assert made.teams["base_1"].capacity == places


def test_a_tree_without_a_pathway_has_none_and_says_so() -> None:
    made = programme()
    assert not made.has_pathway
    with pytest.raises(DocumentRejected, match=r"rules/care/pathway\.json"):
        _ = made.pathway


def test_what_cannot_be_parsed_is_told_with_its_place_in_the_tree() -> None:
    name = {"type": "string", "ui": {"page": "lost", "order": 10, "widget": "text", "label": text("Name")}}
    form = {"id": "request", "title": text("Request"), "pages": {}, "questions": {"name": name}}
    broken = {**tree(), "forms": {"request": form}}
    with pytest.raises(DocumentRejected) as refused:
        Programme.from_tree(broken, authority=None, programme="care", number=0, digest="")
    assert [problem.where for problem in refused.value.problems] == ["/forms/request/questions/name/ui/page"]


def clock(**more: Any) -> dict[str, Any]:
    return {
        "label": text("Decide"),
        "from_event": "received",
        "n": 5,
        "basis": "working_days",
        "owner": "officer",
        **more,
    }


WARNED = [
    pytest.param({"n": 1, "basis": "working_days"}, "2026-12-30", id="a-working-day-before"),
    pytest.param({"n": 3, "basis": "working_days"}, "2026-12-24", id="working-days-skip-holidays"),
    pytest.param({"n": 2, "basis": "calendar_days"}, "2026-12-29", id="calendar-days"),
    pytest.param({"n": 1, "basis": "weeks"}, "2026-12-24", id="a-week"),
    pytest.param({"n": 1, "basis": "months"}, "2026-11-30", id="a-month-clamped"),
    pytest.param({"n": {"parameter": "warning"}, "basis": "calendar_days"}, "2026-12-27", id="days-from-a-parameter"),
]


@pytest.mark.parametrize(("amber", "day"), WARNED)
def test_a_clock_may_turn_amber_some_time_before_it_is_due(amber: dict[str, Any], day: str) -> None:
    one = programme_clocks({"K1": clock(amber=amber)})["K1"]
    deadline = one.due({"received": "2026-12-22"}, {"warning": 4}, CHRISTMAS)
    assert deadline
    assert deadline.due_on == date(2026, 12, 31)
    assert deadline.amber
    assert deadline.amber.on.isoformat() == day


def test_hours_before_an_instant_are_an_instant() -> None:
    amber = {"n": 4, "basis": "elapsed_hours"}
    one = programme_clocks({"K1": clock(n=24, basis="elapsed_hours", amber=amber)})["K1"]
    deadline = one.due({"received": "2026-12-24T10:00"}, {}, CHRISTMAS)
    assert deadline
    assert str(deadline.amber) == "Fri 2026-12-25 06:00"


def test_a_clock_that_has_not_started_has_no_warning_either() -> None:
    assert programme_clocks({"K1": clock(amber={"n": 1, "basis": "weeks"})})["K1"].due({}, {}, CHRISTMAS) is None


def test_a_warning_from_a_parameter_that_is_missing_fails_loudly() -> None:
    one = programme_clocks({"K1": clock(amber={"n": {"parameter": "warning"}, "basis": "weeks"})})["K1"]
    with pytest.raises(RuleFailed, match="warning"):
        one.due({"received": "2026-12-22"}, {}, CHRISTMAS)


def test_two_ways_of_turning_amber_are_refused() -> None:
    both = clock(amber={"n": 1, "basis": "weeks"}, amber_at={"n": 1, "basis": "weeks"})
    with pytest.raises(DocumentRejected) as refused:
        programme_clocks({"K1": both})
    assert [problem.where for problem in refused.value.problems] == ["/K1/amber"]
