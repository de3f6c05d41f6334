"""Saying that another contact is from the same family, page by page, without a script."""

import pytest
from tests.services.builders import nominated, publish_shipped, the_case
from tests.web.desk import ago, application, hidden, staff_member, words

CHILD = {"id": "aoif", "relationship": "child", "given_name": "Eefa", "family_name": "Obrien Nguyen", "dob": "2014"}
APART = {
    "members": [CHILD], "address": {"line_1": "Refuge", "town": "Derby", "postcode": "ZZ99 9ZZ"},
    "offence": "no", "offence_who": None, "offence_on": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def door(app, database):
    publish_shipped()
    return app


@pytest.fixture
def officer(door):
    return staff_member(door)


@pytest.fixture
def two(door):
    first = nominated(received_at=ago(hours=50)).reference
    return first, nominated(key="key-2", received_at=ago(hours=5), **APART).reference


def test_from_the_case_to_joined_and_back_again(officer, two):
    first, second = two
    case = f"/cases/{second}"
    assert f'href="{case}/family"' in officer.get(case).text
    assert f'href="{case}/family/{first}/join"' in officer.get(f"{case}/family").text
    both = officer.read(f"{case}/family/{first}/join")
    assert "Eefa" in both
    assert "Nóra" in both
    sent = officer.send(f"{case}/family/{first}/join", {"because": "The aunt told me"})
    assert (sent.status_code, sent.location) == (303, case)
    page = officer.read(case)
    assert first in page
    assert f"Joined with {first}: the same family" in page
    assert "The aunt told me" in page
    assert "Joined by a person" in officer.read(f"{case}/family")
    officer.send(f"{case}/family/{first}/part", {"because": "It was another aunt"})
    assert "Joined by a person" not in officer.read(f"{case}/family")


def test_a_reference_is_taken_as_it_is_read_aloud_and_refused_when_it_can_be_none(officer, two):
    first, second = two
    found = officer.get(f"/cases/{second}/family?reference={first.lower().replace('-', '+')}")
    assert (found.status_code, found.location) == (303, f"/cases/{second}/family/{first}/join")
    wrong = officer.get(f"/cases/{second}/family?reference=12345")
    assert wrong.status_code == 422
    assert "Error:" in wrong.text


def test_without_saying_how_one_knows_nothing_is_joined(officer, two):
    first, second = two
    before = the_case(second).revision
    refused = officer.send(f"/cases/{second}/family/{first}/join", {"because": " "})
    assert refused.status_code == 422
    assert "Enter how you know" in words(refused)
    assert the_case(second).revision == before


def test_a_stale_page_shows_what_happened_and_keeps_what_was_written(door, officer, two):
    first, second = two
    where = f"/cases/{second}/family/{first}/join"
    old = hidden(officer.get(where).text, "revision")
    staff_member(door, "team_leader", name="Tia Leader").send(where, {"because": "I know them"})
    assert "known to be one family already" in officer.read(where)
    stale = officer.post(where, {"revision": old, "because": "The aunt told me"})
    assert stale.status_code == 409
    assert "The aunt told me" in words(stale)


def test_who_may_not_join_is_offered_no_link(door, two):
    page = staff_member(door, "business_support").get(f"/cases/{two[1]}")
    assert page.status_code == 200
    assert "/family" not in page.text
    assert staff_member(door, "auditor").get(f"/cases/{two[1]}/family").status_code == 403
