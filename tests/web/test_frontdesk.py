import re

import pytest
from tests.services.builders import DERBY, MOOR, nominated, partner, programme_of, publish_shipped
from tests.services.builders import staff as viewer_of
from tests.web.desk import ago, application, staff_member, words

from frontdoor.services import screen
from frontdoor.store import alerts, cases, drafts, records


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


def raised(**more):
    """An alert of a draft that nobody has sent."""
    concern = screen.Concern("being_harmed", 2, ("Bruises on both arms",))
    return screen.raise_alert(
        partner(), programme_of(), concern, **{"at": ago(minutes=5), "draft": "d1", "source": "draft", **more}
    )


@pytest.mark.parametrize(
    ("role", "page"),
    [
        pytest.param("front_door_officer", "/queue", id="officer"),
        pytest.param("duty_social_worker", "/queue", id="duty-with-no-alert"),
        pytest.param("business_support", "/queue", id="business-support"),
        pytest.param("configurer", "/changes", id="configurer"),
        pytest.param("account_administrator", "/accounts", id="administrator"),
        pytest.param("auditor", "/access-log", id="auditor"),
        pytest.param("operator", "/outbox", id="operator"),
        pytest.param("lead_practitioner", "/account", id="practitioner-has-no-list-yet"),
    ],
)
def test_everybody_has_a_first_page_of_their_own(door, role, page):
    assert staff_member(door, role).get("/desk").location == page


def test_duty_begins_with_the_alerts_when_one_waits(door):
    raised()
    assert staff_member(door, "duty_social_worker").get("/desk").location == "/alerts"


def test_an_empty_queue_says_so(officer):
    assert "Nothing waits" in officer.read("/queue")


def test_a_line_says_whose_it_is_where_it_stands_and_when_it_is_due(officer):
    done = nominated(received_at=ago(hours=1))
    text = officer.read("/queue")
    for told in (done.reference, "O'Brien-Nguyễn", "Known family", "New family", "In time", "Nomination and checks"):
        assert told in text


def test_the_most_urgent_clock_comes_first(officer):
    later = nominated(received_at=ago(hours=1), key="later").reference
    overdue = nominated(
        received_at=ago(days=30), key="overdue", family_name="Okafor",
        address={"line_1": "2 Far Lane", "town": "Derby", "postcode": "ZZ99 1AA"},
    ).reference  # fmt: skip
    text = officer.read("/queue")
    assert text.index(overdue) < text.index(later)
    assert later not in officer.read("/queue", state="overdue")
    assert "2 cases" in text


def test_where_many_cases_wait_the_queue_says_that_there_are_more(officer, monkeypatch):
    monkeypatch.setattr(records, "COUNTED_AT_MOST", 1)
    for number in range(2):
        nominated(received_at=ago(days=30 + number), key=f"k{number}")
    counted = re.findall(r'fd-counts__number">([^<]+)<', officer.get("/queue").text)
    assert counted == ["1+", "1+", "0"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"name": "Nguyen"}, True, id="name-without-accents"),
        pytest.param({"name": "Smith"}, False, id="another-name"),
        pytest.param({"stage": "support"}, False, id="another-stage"),
        pytest.param({"decision": "new"}, True, id="an-outcome-it-has"),
        pytest.param({"decision": "eligible"}, False, id="an-outcome-it-has-not"),
        pytest.param({"role": "front_door_officer"}, True, id="waits-for-me"),
        pytest.param({"status": "closed"}, False, id="closed"),
        pytest.param({"page": "no-number"}, True, id="a-page-that-is-no-number"),
    ],
)
def test_filters_are_in_the_address_and_work_without_a_script(officer, asked, found):
    reference = nominated(received_at=ago(hours=1)).reference
    text = officer.read("/queue", **asked)
    assert (reference in text) is found
    assert ("No case is like that" in text) is not found


def test_a_concern_shows_red_to_everybody_at_the_front_door(officer):
    raised()
    assert "1 safeguarding alert waits" in officer.read("/queue")


def test_another_authority_sees_and_counts_nothing(door):
    done = nominated(received_at=ago(hours=1), concern="being_harmed", harm_details="Bruises")
    stranger = staff_member(door, authority=MOOR)
    text = stranger.read("/queue")
    assert done.reference not in text
    assert "0 open" in text
    assert "safeguarding alert" not in text
    assert done.reference not in stranger.read("/search", name=done.reference)
    assert "Nothing was found" in stranger.read("/search", name="Nguyen")


@pytest.mark.parametrize("role", ["configurer", "auditor", "lead_practitioner"])
def test_who_may_not_see_the_queue_is_told_so(door, role):
    assert staff_member(door, role).get("/queue").status_code == 403


@pytest.mark.parametrize("typed", ["Nguyễn", "nguyen", "o'brien", "OBrien Nguyen"])
def test_search_finds_a_name_however_it_is_spelt(officer, typed):
    reference = nominated(received_at=ago(hours=1)).reference
    assert reference in officer.read("/search", name=typed)


def test_search_finds_a_reference_typed_as_it_was_heard(officer):
    reference = nominated(received_at=ago(hours=1)).reference
    heard = reference.lower().replace("-", "").replace("0", "o").replace("1", "l")
    assert reference in officer.read("/search", name=heard)


def test_a_drafts_alert_names_who_to_ring_and_keeps_the_words(door):
    alert = raised(contact="Tess Teacher, 01632 960121")
    text = staff_member(door, "duty_social_worker").read("/alerts")
    assert "Tess Teacher, 01632 960121" in text
    assert "Bruises on both arms" not in text
    assert "still being written" in text
    assert "Bruises on both arms" not in words(staff_member(door, name="Odd").get(f"/alerts/{alert.id}"))


def test_a_sent_alert_shows_its_words_and_its_case(door):
    done = nominated(received_at=ago(hours=1), concern="being_harmed", harm_details="Bruises on both arms")
    text = staff_member(door, "duty_social_worker").read("/alerts")
    assert "Bruises on both arms" in text
    assert done.reference in text


def test_an_alert_past_its_clock_comes_first_and_says_where_it_goes(door):
    grave = raised(at=ago(minutes=1), draft="d1")
    late = raised(at=ago(days=2), draft="d2")
    page = staff_member(door, "duty_social_worker").get("/alerts").text
    assert page.index(late.id) < page.index(grave.id)
    assert "goes to: Team leader" in words(staff_member(door, name="Odd").get("/alerts"))


def test_acknowledging_is_by_name_and_once(door):
    alert = raised()
    duty, second = staff_member(door, "duty_social_worker", name="Dora"), staff_member(door, "team_leader", name="Tom")
    assert duty.post(f"/alerts/{alert.id}/acknowledge").location == "/alerts"
    late = second.post(f"/alerts/{alert.id}/acknowledge")
    assert late.status_code == 409
    assert "Dora" in words(late)
    assert "Acknowledged by Dora" in second.read("/alerts")


def test_an_officer_sees_an_alert_and_cannot_take_it_on(officer):
    alert = raised()
    assert "I am taking this on" not in officer.read("/alerts")
    assert officer.post(f"/alerts/{alert.id}/acknowledge").status_code == 403
    assert alerts.get(viewer_of(), alert.id).acknowledged_at is None


# Story 3: a contact that is typed after it came.
CONTACT = {"programme": "derby", "channel": "phone", "received_time": "16:50", "caller_anonymous": "yes"}


def on(moment):
    return {"received-day": str(moment.day), "received-month": str(moment.month), "received-year": str(moment.year)}


def test_a_contact_keeps_when_and_how_it_came_and_goes_on_to_the_form(officer):
    friday = ago(days=3)
    told = {**CONTACT, **on(friday), "caller_relationship": "Grandmother"}
    sent = officer.post("/contacts/new", told)
    assert sent.status_code == 303
    draft = drafts.get(viewer_of(), re.search(r"/forms/(\w+)", sent.location).group(1))
    assert draft.arrival["channel"] == "phone"
    assert draft.arrival["caller"] == {"anonymous": True, "relationship": "Grandmother"}
    assert draft.arrival["received_at"] < ago(days=2)
    assert f"{draft.arrival['received_at']:%M}" == "50"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        pytest.param(on(ago(days=-2)), "must not be in the future", id="in-the-future"),
        pytest.param({"received-day": "31", "received-month": "2"}, "Enter the day on which it came", id="no-such-day"),
        pytest.param({"received_time": "25:00"}, "Enter the time at which it came", id="no-such-time"),
        pytest.param({"channel": "pigeon"}, "Select how the contact came", id="no-such-channel"),
        pytest.param({"programme": "unknown"}, "Select what the contact is about", id="no-such-programme"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(officer, wrong, message):
    sent = officer.post("/contacts/new", {**CONTACT, **on(ago(days=1)), "caller_name": "Ms Okafor", **wrong})
    assert sent.status_code == 422
    assert message in words(sent)
    assert 'value="Ms Okafor"' in sent.text
    assert "<title>Error: " in sent.text


def test_earlier_contacts_of_a_name_are_shown_before_anything_is_typed_twice(officer):
    reference = nominated(received_at=ago(days=20)).reference
    looked = officer.post("/contacts/new", {**CONTACT, **on(ago(days=1)), "family": "Nguyen", "search": "yes"})
    assert looked.status_code == 200
    assert reference in words(looked)
    assert cases.get(viewer_of(), reference).revision == 0


def test_nobody_of_that_name_is_said_too(officer):
    looked = officer.post("/contacts/new", {**CONTACT, **on(ago(days=1)), "family": "Zzyzx", "search": "yes"})
    assert "Nobody of a name like this" in words(looked)


def test_an_overdue_contact_is_overdue_at_birth_on_the_queue(door):
    came, typed = ago(days=2), ago(minutes=1)
    nominated(viewer_of(authority=MOOR), authority=MOOR, received_at=came, recorded_at=typed, channel="phone")
    text = staff_member(door, authority=MOOR).read("/queue")
    assert "Overdue" in text
    assert "Telephone" in text


def test_a_long_name_and_markup_in_it_stay_words(officer):
    nominated(received_at=ago(hours=1), family_name="<b>Bold</b> " + "Long" * 40)
    page = officer.get("/queue").text
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


def test_the_second_page_goes_on_where_the_first_ends(officer):
    references = {nominated(received_at=ago(hours=1), key=f"k{place}").reference for place in range(27)}
    first, second = officer.read("/queue", name="Nguyen"), officer.read("/queue", name="Nguyen", page=2)
    shown = [{one for one in references if one in text} for text in (first, second)]
    assert [len(one) for one in shown] == [25, 2]
    assert shown[0] | shown[1] == references
    assert "Page 2 of 2" in second
    assert DERBY not in second
