"""The lab's pages: several values in one address, and cases that are read by the worker."""

import pytest
from tests.web.administering import INSIDE, application, people, problems_shown, site

from frontdoor import clock
from frontdoor.services import lab_shelf
from frontdoor.store import changes, jobs

__all__ = ["application", "people", "site"]
TRY = "/lab/derby/try?decision=TFP1-E&move=criteria_min"
FIELDS = {"decision": "TFP1-E", "move": "criteria_min", "value": "3"}


@pytest.fixture
def many(monkeypatch):
    """However few cases there are, they count as many, and none are in memory."""
    monkeypatch.setattr(lab_shelf, "AT_ONCE", -1)
    monkeypatch.setattr(lab_shelf, "_shelf", lab_shelf._Shelf())


def test_several_values_are_tried_and_become_one_draft(people):
    iona = people("configurer", "Iona")
    page = iona.get(f"{TRY}&value=3&with=local_min&value-local_min=2")
    assert page.status_code == 200
    assert "Criteria that must be met: 3 criteria instead of 2 criteria" in page.text
    assert "Local concerns needed beside them: 2 local concerns instead of 1 local concerns" in page.text
    sent = {**FIELDS, "with": "local_min", "value-local_min": "2", "title": "Board", "because": "Minute"}
    made = iona.post("/lab/derby/draft", page=f"/lab/derby/draft{TRY.removeprefix('/lab/derby/try')}", **sent)
    assert made.status_code == 303
    stored = changes.get(INSIDE, made.location.rpartition("/")[2])
    assert {edit.pointer.split("/")[4]: edit.value for edit in stored.edits} == {"criteria_min": 3, "local_min": 2}


def test_each_value_says_itself_what_is_wrong_with_it(people):
    iona = people("configurer", "Iona")
    shown = iona.get(f"{TRY}&value=99&with=local_min&value-local_min=many")
    assert shown.status_code == 422
    assert list(problems_shown(shown.text)) == ["value", "value-local_min"]
    assert "Make this a draft change" not in shown.text


@pytest.mark.parametrize("address", [f"{TRY}&with=none_such", f"{TRY}&with=a&with=b&with=c&with=d"])
def test_what_does_not_move_the_decision_is_not_found(people, address):
    assert people("configurer", "Iona").get(address).status_code == 404


def test_reading_is_shown_left_stopped_and_begun_again(people, many):
    iona = people("configurer", "Iona")
    page = iona.get(f"{TRY}&value=3")
    assert page.status_code == 202
    assert "It begins as soon as the worker is free." in page.text
    assert iona.get(f"{TRY}&value=3&part=result").status_code == 202
    assert iona.get(f"/lab/derby/draft{TRY.removeprefix('/lab/derby/try')}").status_code == 202
    assert len(jobs.latest(INSIDE, lab_shelf.KIND)) == 1
    back = iona.post("/lab/derby/reading", page=f"{TRY}&value=3", do="stop", **FIELDS)
    assert "value=3" in back.location
    assert "Reading was stopped." in iona.get(back.location).text
    iona.post("/lab/derby/reading", page=back.location, do="begin", **FIELDS)
    assert lab_shelf.work_off("w", clock.now)
    assert iona.get(f"{TRY}&value=3").status_code == 200


def test_nobody_else_reads_or_stops(people, many):
    gus = people("front_door_officer", "Gus")
    assert gus.get(TRY).status_code == 403
    assert gus.post("/lab/derby/reading", page="/", do="stop", **FIELDS).status_code == 403
