from datetime import timedelta

import pytest
from tests.web.administering import Person, application, hidden, people, site

from frontdoor import clock
from frontdoor.web import sessions

__all__ = ["application", "people", "site"]
SIGNED_IN_ONLY = "/changes"


@pytest.fixture
def stored(database):
    """The sessions as the database holds them."""
    return database.sessions


def cookie_of(person):
    return person.browser.get_cookie(sessions.COOKIE)


def test_the_cookie_is_a_random_name_that_no_script_and_no_other_site_may_use(people, stored):
    iona = people("configurer", "Iona")
    cookie = cookie_of(iona)
    assert (cookie.http_only, cookie.same_site, cookie.path) == (True, "Lax", "/")
    assert len(cookie.value) >= 43
    assert cookie.value not in str(list(stored.find()))


def test_the_cookie_goes_over_https_alone_where_people_come_by_https(site):
    secure = sessions.StoredSessions(timedelta(minutes=30), secure=True)
    with site.test_request_context("/"):
        session = sessions.ServerSession(None, {"language": "cy"})
        response = site.response_class()
        secure.save_session(site, session, response)
    assert "Secure" in response.headers["Set-Cookie"]


def test_signing_in_takes_a_name_that_did_not_exist_before(people, site):
    visitor = Person(site)
    visitor.get("/sign-in")
    before = cookie_of(visitor).value
    iona = people("configurer", "Iona")
    visitor.post(f"/sign-in/demo/{iona.account.id}", page="/")
    assert cookie_of(visitor).value != before
    fixed = Person(site)
    fixed.browser.set_cookie(sessions.COOKIE, before)
    assert fixed.get(SIGNED_IN_ONLY).location.startswith("/sign-in")


def test_a_name_that_the_browser_made_up_is_never_taken_over(people, site):
    visitor = Person(site)
    visitor.browser.set_cookie(sessions.COOKIE, "chosen-by-somebody-else")
    visitor.get("/sign-in")
    assert cookie_of(visitor).value != "chosen-by-somebody-else"


def test_signing_out_ends_the_session_on_the_server_too(people, site, stored):
    iona = people("configurer", "Iona")
    kept = cookie_of(iona).value
    iona.post("/sign-out", page=SIGNED_IN_ONLY)
    thief = Person(site)
    thief.browser.set_cookie(sessions.COOKIE, kept)
    assert thief.get(SIGNED_IN_ONLY).location.startswith("/sign-in")
    assert stored.count_documents({"account": iona.account.id}) == 0


def test_another_browser_is_signed_out_from_the_account_page_and_a_stranger_s_is_not(people, site):
    here, stranger = people("configurer", "Iona"), people("approver", "Feliks")
    there = Person(site)
    there.post(f"/sign-in/demo/{here.account.id}", page="/")
    page = here.get("/account").text
    ends = [part.partition('"')[0] for part in page.split('action="/account/sessions/')[1:]]
    assert len(ends) == 2
    token = hidden(stranger.get("/account").text)
    for one in ends:
        stranger.browser.post(f"/account/sessions/{one}", data=token)
    assert there.get(SIGNED_IN_ONLY).status_code == 200
    for one in ends:
        here.browser.post(f"/account/sessions/{one}", data=hidden(page))
    assert there.get(SIGNED_IN_ONLY).location.startswith("/sign-in")


def test_a_session_that_was_idle_too_long_is_over(people, stored):
    iona = people("configurer", "Iona")
    stored.update_many({}, {"$set": {"expires_at": clock.now() - timedelta(seconds=1)}})
    assert iona.get(SIGNED_IN_ONLY).location == f"/sign-in?next={SIGNED_IN_ONLY}"


def test_a_click_puts_off_the_end_but_not_every_click_is_written(people, stored):
    iona = people("configurer", "Iona")
    iona.get(SIGNED_IN_ONLY)  # the first page puts the token of its forms into the session
    first = stored.find_one({"account": iona.account.id})
    iona.get(SIGNED_IN_ONLY)
    assert stored.find_one({"account": iona.account.id}) == first
    long_ago = first["data"].replace(str(_kept_at(first)), "1")
    stored.update_one({"_id": first["_id"]}, {"$set": {"data": long_ago}})
    iona.get(SIGNED_IN_ONLY)
    assert stored.find_one({"account": iona.account.id})["seen_at"] > first["seen_at"]


def _kept_at(stored_session) -> int:
    return int(stored_session["data"].partition('"kept_at": ')[2].partition(",")[0].rstrip("}"))


def test_a_file_asks_the_database_for_no_session_and_makes_none(people, site, stored):
    visitor = Person(site)
    page = visitor.get("/sign-in").text
    address = page.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    stored.delete_many({})
    other = Person(site)
    with other.get(address) as file:
        assert file.status_code == 200
    assert cookie_of(other) is None
    assert stored.count_documents({}) == 0


def test_a_health_check_leaves_no_session_behind(site, stored):
    Person(site).get("/health")
    assert stored.count_documents({}) == 0


def test_a_form_of_another_session_is_refused(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    stolen = hidden(feliks.get("/account").text, "/sign-out")
    assert iona.browser.post("/sign-out", data=stolen).status_code == 400
