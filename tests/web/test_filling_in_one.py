"""A form on one long page, and a form on paper."""

import re

import pytest
from tests.services.builders import DERBY, partner, publish_shipped
from tests.web.desk import application, staff_member
from tests.web.partners import PAGES, Partner

from frontdoor.domain.access import system_viewer
from frontdoor.store import alerts, drafts

TESS = partner(DERBY, "school", "school-tess")


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def tess(app, database):
    publish_shipped()
    return Partner(app)


@pytest.fixture
def screened(tess):
    """A draft whose safeguarding page is answered, opened in one."""
    draft = tess.begins()
    tess.open(f"{draft}/safeguarding")
    tess.press({"concern": "no"})
    tess.open(f"{draft}/in-one")
    return draft


def everything(tess):
    """What a whole nomination says, under the names of its controls."""
    said = {}
    for page, answers in PAGES.items():
        said |= tess.in_row(answers) if page == "members" else answers
    return said


def test_a_paper_form_is_typed_in_from_one_page_and_sent(tess, screened):
    tess.press(everything(tess))
    assert tess.where == f"{screened}/check", (tess.where, tess.problems)
    assert re.fullmatch(r"DER-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]", tess.sends())


def test_nothing_is_asked_before_the_safeguarding_page_was_answered(tess):
    draft = tess.begins()
    tess.open(f"{draft}/in-one")
    assert tess.where == f"{draft}/safeguarding"
    answered = tess.client.post(f"{draft}/in-one", data={"csrf_token": tess.token(), "shown": "family_name"})
    assert answered.location.endswith("/safeguarding")
    assert "family_name" not in drafts.get(TESS, draft.removeprefix("/forms/")).answers


def test_a_concern_that_is_ticked_on_the_long_page_is_with_duty_at_once(tess, screened):
    tess.press({"concern": "now"})
    waiting = alerts.open(system_viewer(DERBY))
    assert [one.draft for one in waiting] == [screened.removeprefix("/forms/")]


def test_what_is_wrong_stands_at_its_page_and_everything_is_kept(tess, screened):
    tess.press({**everything(tess), "address-postcode": "nowhere"})
    assert tess.page.status_code == 422
    assert ("address-postcode", "Enter a postcode, like DE1 2QA") in tess.problems or tess.problems
    kept = drafts.get(TESS, screened.removeprefix("/forms/")).answers
    assert kept["family_name"] == "O'Brien-Nguyễn"
    assert tess.holds()["address-postcode"] == ["nowhere"]


def test_another_row_is_there_where_it_was_asked_for_and_nothing_else_is_lost(tess, screened):
    tess.press({"family_name": "Okafor"}, button=("add", "members"))
    assert tess.where == f"{screened}/in-one"
    assert tess.holds()["family_name"] == ["Okafor"]
    rows = tess.holds()["members-rows"]
    assert len(rows) == 2
    tess.press({}, button=("remove", f"members:{rows[1]}"))
    assert tess.holds()["members-rows"] == rows[:1]


def test_only_the_pages_that_were_typed_on_are_saved_on_the_way(tess, screened):
    token = tess.token()
    said = {"csrf_token": token, "revision": "99", "writer": "w", "turn": "1", "touched": "family",
            "shown": ["family_name", "referrer_role"], "family_name": "Okafor", "referrer_role": "Nurse"}  # fmt: skip
    assert tess.client.post(f"{screened}/in-one/save", data=said).status_code == 200
    typed = drafts.get(TESS, screened.removeprefix("/forms/")).typed
    assert typed["family"]["fields"]["family_name"] == ["Okafor"]
    assert "referrer" not in typed or not typed["referrer"]["unposted"]


def test_two_people_on_two_pages_are_in_nobodys_way_and_on_one_page_see_both(tess, screened, app):
    deputy = Partner(app, "Dev Deputy")
    deputy.open(f"{screened}/family")
    deputy.press({**PAGES["family"], "family_name": "Okafor"})
    tess.press({**everything(tess), "family_name": "O'Brien"})
    assert tess.page.status_code == 409
    assert "What you wrote" in tess.words
    assert "Okafor" in tess.words


def test_a_stranger_finds_no_draft_in_one_or_on_paper(tess, screened, app):
    other = Partner(app, "Olu Other", "clinic")
    for path in ("in-one", "on-paper"):
        assert other.open(f"{screened}/{path}").status_code == 404
    assert other.client.post(f"{screened}/in-one/save", data={"csrf_token": other.token()}).status_code == 404


def test_paper_shows_every_question_with_when_it_is_asked_and_hides_nothing(tess):
    tess.open("/paper")
    assert "e-Nomination" in tess.words or "nomination" in tess.words.lower()
    tess.open("/paper/derby/e_nomination")
    assert tess.page.status_code == 200
    assert "Only if:" in tess.words
    assert tess.page.text.count("fd-paper__question") > 60
    assert "999" in tess.words


def test_a_draft_on_paper_holds_what_was_answered(tess, screened):
    tess.press(everything(tess))
    tess.open(f"{screened}/on-paper")
    assert "O'Brien-Nguyễn" in tess.words
    assert "fd-paper__ticked" in tess.page.text


@pytest.mark.parametrize("path", ["/paper/derby/closure", "/paper/derby/intensity_check"])
def test_a_partner_prints_only_what_partners_send(tess, path):
    assert tess.open(path).status_code == 404


def test_no_form_of_that_name_is_said_so(app, tess):
    assert tess.open("/paper/derby/no_such_form").status_code == 404
    assert tess.open("/paper/nowhere/e_nomination").status_code == 404
    officer = staff_member(app, "front_door_officer")
    assert officer.client.get("/paper/derby/no_such_form").status_code == 404
    assert officer.client.get("/paper/derby/closure").status_code == 200
