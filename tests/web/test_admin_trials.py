"""Test mode over HTTP without a script: filled in, kept as a test family, made an example, and what is refused."""

import re
from typing import Any

import pytest
from tests.web.administering import INSIDE, application, people, problems_shown, site

from frontdoor import clock
from frontdoor.services import keep_family
from frontdoor.store import changes, trials

__all__ = ["application", "people", "site"]
DAY = {"as_of-day": "23", "as_of-month": "11", "as_of-year": "2026"}
WORRY = {"concern": "being_harmed", "harm_details": "She was bruised"}


def begun(person: Any, title: str = "A change to try") -> str:
    person.post("/changes/new", programme="derby", title=title)
    return f"/changes/{changes.all_of(INSIDE)[0].id}"


def trial_in(person: Any, change: str, part: str = "e_nomination/nominator", **more: str) -> str:
    sent = person.post(f"{change}/try", part=part, **DAY, **more)
    assert sent.status_code == 303, sent.text
    return str(sent.location)


@pytest.fixture
def irena(people):
    return people("configurer", "Irena")


@pytest.fixture
def change(irena):
    return begun(irena)


def hashes(database: Any) -> dict[str, str]:
    found = database.command("dbHash")["collections"]
    return {name: digest for name, digest in found.items() if name not in {"sessions", "trials"}}


def page_of(person: Any, address: str) -> str:
    found = person.get(address)
    assert found.status_code == 200, address
    return str(found.text)


def test_a_form_of_the_draft_is_filled_in_by_the_same_pages_and_nothing_is_left(irena, change, database):
    before = hashes(database)
    trial = trial_in(irena, change)
    first = str(irena.get(trial).location)
    told = page_of(irena, first)
    assert "Test mode" in told
    assert "tells nobody" in told
    assert "data-save" not in told
    assert irena.post(first, concern="", shown="concern").status_code == 422
    shown = ["concern", "harm_details", "actions_taken"]
    onwards = irena.browser.post(first, data={**_hidden(page_of(irena, first)), "shown": shown, **WORRY})
    assert onwards.status_code == 303, onwards.text
    assert onwards.location.endswith("/page/referrer")
    assert "She was bruised" in page_of(irena, f"{trial}/check")
    came = page_of(irena, f"{trial}/outcome")
    assert "duty_now" in came
    assert "Why, row by row" in came
    assert irena.get(f"{trial}/known").status_code == 200
    assert hashes(database) == before
    assert database.alerts.count_documents({}) == database.drafts.count_documents({}) == 0
    assert irena.post(f"{trial}/end", page=f"{trial}/outcome").status_code == 303
    assert irena.get(trial).status_code == 404
    assert database.trials.count_documents({}) == 0


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(csrf_token|revision|writer|turn)" value="([^"]*)"', page)
    return dict(found)


def test_it_is_kept_as_a_test_family_that_shows_beside_the_table_and_can_be_taken_out(irena, change):
    trial = trial_in(irena, change)
    outcome = f"{trial}/outcome"
    nameless = irena.post(f"{trial}/keep", page=outcome, label="", expect=["e_nomination:shown"])
    assert nameless.status_code == 422
    assert set(problems_shown(nameless.text)) == {"label"}
    ticked = ["decision:S0", "decision:TFP1-E", "e_nomination:shown", "e_nomination:errors", "decision:NO-SUCH", "x:y"]
    outcomes = {"outcome-S0": "no_concern / NO_CONCERN", "outcome-TFP1-E": "pending / CHECKS_OUTSTANDING"}
    kept = irena.post(f"{trial}/keep", page=outcome, label="Nothing said yet", expect=ticked, **outcomes)
    assert kept.status_code == 303, kept.text
    families = page_of(irena, f"{change}/families")
    assert "Not as expected" in families  # the concern was put right by hand: the rules say otherwise
    assert "no_concern / NO_CONCERN, and is" in families
    held = keep_family.held_in(changes.all_of(INSIDE)[0], at=clock.now())
    assert set(held["nothing_said_yet"]["expect"]["value"]["decisions"]) == {"S0", "TFP1-E"}
    assert "Nothing said yet" in page_of(irena, f"{change}/rules/eligibility/table?at=TFP1-E")
    again = page_of(irena, f"{change}/try?family=nothing_said_yet")
    assert "It begins with the test family" in again
    gone = irena.post(f"{change}/families/remove", page=f"{change}/families", family="nothing_said_yet")
    assert gone.status_code == 303
    assert "Nothing said yet" not in page_of(irena, f"{change}/families")


def test_a_form_leads_to_an_example_of_the_table_that_asked_for_it(irena, change):
    trial = trial_in(irena, change, table="eligibility/TFP1-E")
    irena.post(f"{change}/rules/why", because="Board, item 4")
    link = re.search(r'href="([^"]*/example\?[^"]*)"', page_of(irena, f"{trial}/outcome"))
    assert link is not None
    address = link[1].replace("&amp;", "&")
    shown = page_of(irena, address)
    assert 'value="pending / CHECKS_OUTSTANDING"' in shown
    sent = irena.post(address.split("?")[0], page=address, table="TFP1-E", label="From a form",
                      expect="pending / CHECKS_OUTSTANDING", save="yes")  # fmt: skip
    assert sent.status_code == 303, sent.text
    assert "From a form" in page_of(irena, f"{change}/rules/eligibility/table?at=TFP1-E")


def test_what_else_is_known_is_typed_and_wrong_values_are_told(irena, change):
    trial = trial_in(irena, change)
    wrong = {"contacts_12m": "many", "closed_on-day": "31", "closed_on-month": "2", "closed_on-year": "2026"}
    answer = irena.post(f"{trial}/known", **wrong)
    assert answer.status_code == 422
    assert set(problems_shown(answer.text)) == {"contacts_12m", "closed_on"}
    right = irena.post(f"{trial}/known", open_episode="yes", contacts_12m="2", **{"fact-no_such": "x"})
    assert right.status_code == 303
    (kept,) = trials.RECORDS.each({})
    assert (kept.known, kept.evidence) == ({"open_episode": True, "contacts_12m": 2}, {})


def test_another_form_goes_on_with_the_same_family(irena, change):
    trial = trial_in(irena, change)
    sent = irena.post(f"{trial}/next", page=f"{trial}/outcome", part="closure/team_leader")
    assert sent.status_code == 303
    (kept,) = trials.RECORDS.each({})
    assert (kept.form, kept.role) == ("closure", "team_leader")
    refused = irena.post(f"{trial}/next", page=f"{trial}/outcome", part="closure/nominator")
    assert refused.status_code == 422


HOSTILE = {
    "no-form": {"part": ""},
    "a-form-that-is-not-there": {"part": "../../etc/passwd"},
    "a-role-of-another-form": {"part": "closure/nominator"},
    "no-day": {"as_of-day": ""},
    "a-day-in-the-middle-ages": {"as_of-year": "1350"},
}


@pytest.mark.parametrize("sent", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_trial_does_not_begin_with(irena, change, sent, database):
    answer = irena.post(f"{change}/try", **{"part": "e_nomination/nominator", **DAY, **sent})
    assert answer.status_code == 422
    assert problems_shown(answer.text)
    assert database.trials.count_documents({}) == 0


POSTED = {
    "operators": {"concern": '{"$gt": ""}', "shown": "concern"},
    "rows-of-no-group": {"members-rows": "../x", "shown": "members-../x-dob", "remove": "members:../x"},
    "a-revision-that-is-none": {"revision": "9" * 40, "turn": "-1", "concern": "no", "shown": "concern"},
    "a-file-where-none-is-taken": {"documents": "0123456789abcdef01234567", "shown": "documents"},
    "a-nul": {"concern": "no\x00", "shown": "concern"},
}


@pytest.mark.parametrize("sent", POSTED.values(), ids=POSTED.keys())
def test_whatever_is_posted_is_taken_as_an_answer_or_refused_in_words(irena, change, sent):
    trial = trial_in(irena, change)
    page = str(irena.get(trial).location)
    answer = irena.post(page, **sent)
    assert answer.status_code in {303, 409, 422}
    assert irena.get(f"{trial}/outcome").status_code == 200
    (kept,) = trials.RECORDS.each({})
    assert "documents" not in kept.answers.get("e_nomination", {})


def test_a_kind_of_past_case_that_is_not_offered_is_refused(irena, change):
    answer = irena.post(f"{change}/families/past", kind="TFP1-E|eligible / ALL_THREE|2026-11")
    assert answer.status_code == 422
    assert page_of(irena, f"{change}/families/past").count("<option") == 0


@pytest.mark.parametrize("role", ["front_door_officer", "team_leader", "approver"])
def test_nobody_but_a_configurer_comes_in(irena, people, change, role):
    trial = trial_in(irena, change)
    other = people(role, "Other")
    for address in (f"{change}/try", f"{change}/try/closure", trial, f"{trial}/check", f"{trial}/outcome",
                    f"{trial}/known", f"{change}/families", f"{change}/families/past"):  # fmt: skip
        assert other.get(address).status_code == 403, address


def test_a_colleague_finds_the_change_and_not_the_trial(irena, people, change):
    trial = trial_in(irena, change)
    colleague = people("configurer", "Olu")
    assert colleague.get(f"{change}/try").status_code == 200
    assert "nominator" in page_of(colleague, f"{change}/try")
    for address in (trial, f"{trial}/check", f"{trial}/outcome", f"{trial}/page/safeguarding"):
        assert colleague.get(address).status_code == 404
    assert colleague.post(f"{trial}/end", page=f"{change}/try").status_code == 404
    assert irena.get(f"{trial}/check").status_code == 200


def test_a_form_of_the_draft_shows_its_test_families_and_leads_to_test_mode(irena, change):
    trial = trial_in(irena, change)
    kept = irena.post(f"{trial}/keep", page=f"{trial}/outcome", label="Nothing said yet", expect=["e_nomination:shown"])
    assert kept.status_code == 303
    for name, shown in (("e-nomination", True), ("closure", False)):
        page = page_of(irena, f"{change}/forms/{name}/conditions")
        assert ("Nothing said yet" in page) is shown
        assert f'href="{change}/try/{name}"' in page
    assert "as Nominator" in page_of(irena, f"{change}/try/e-nomination")
