import re
from datetime import timedelta

import pyotp
import pytest
from tests.web.administering import DERBY, INSIDE, Person, application, hidden, people, problems_shown, site

from frontdoor import clock
from frontdoor.domain.account import Account, Organisation
from frontdoor.services import sign_in
from frontdoor.store import accounts, messages, organisations, secrets, throttles

__all__ = ["application", "people", "site"]
EMAIL, PASSWORD = "yusuf.rahman@council.example", "three random words"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def officer(site):
    account = Account("yusuf", DERBY, "staff", EMAIL, "Yusuf Rahman", ("configurer",))
    accounts.add(INSIDE, account)
    hashed, secret = sign_in.hash_password(PASSWORD), secrets.encrypt(SECRET)
    return accounts.enrol(account.id, password_hash=hashed, totp_secret=secret)


@pytest.fixture
def teacher(site):
    organisations.add(INSIDE, Organisation("school", DERBY, "Larkspur School", "school"))
    return accounts.add(INSIDE, Account("tess", DERBY, "partner", "tess@school.example", "Tess", organisation="school"))


def now_code() -> str:
    return pyotp.TOTP(SECRET).at(clock.now())


def sent_link(path: str) -> str:
    found = re.search(rf"http://localhost(/{path}/\S+)", messages.outbox(INSIDE)[0].body)
    assert found
    return found[1]


def test_staff_sign_in_by_password_and_code_and_go_on_to_where_they_were_going(site, officer):
    visitor = Person(site)
    asked = visitor.get("/changes").location
    first = visitor.post(asked, email=EMAIL, password=PASSWORD)
    assert first.location == "/sign-in/code?next=/changes"
    assert visitor.get("/changes").location.startswith("/sign-in")
    second = visitor.post(first.location, code=now_code())
    assert second.location == "/changes"
    assert visitor.get("/changes").status_code == 200


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(site, officer, away):
    visitor = Person(site)
    visitor.post("/sign-in", email=EMAIL, password=PASSWORD, next=away)
    assert visitor.post("/sign-in/code", code=now_code(), next=away).location == "/"


def test_a_wrong_password_is_told_in_the_summary_and_the_address_stays(site, officer):
    shown = Person(site).post("/sign-in", email=EMAIL, password="wrong")
    assert shown.status_code == 422
    assert list(problems_shown(shown.text)) == ["email"]
    assert f'value="{EMAIL}"' in shown.text
    assert "wrong" not in re.sub(r"<[^>]*>", "", shown.text)


def test_a_wrong_code_is_told_and_may_be_tried_again(site, officer):
    visitor = Person(site)
    visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    shown = visitor.post("/sign-in/code", code="000000")
    assert (shown.status_code, list(problems_shown(shown.text))) == (422, ["code"])
    assert visitor.post("/sign-in/code", code=now_code()).status_code == 303


def test_without_a_password_there_is_no_code_to_enter(site):
    assert Person(site).get("/sign-in/code").location.startswith("/sign-in")


def test_the_code_is_entered_within_ten_minutes_of_the_password(site, officer, database):
    visitor = Person(site)
    visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    stored = database.sessions.find_one({"data": {"$regex": "signing_in"}})
    until = re.search(r'"until": "([^"]+)"', stored["data"])
    past = (clock.now() - timedelta(seconds=1)).isoformat()
    database.sessions.update_one({"_id": stored["_id"]}, {"$set": {"data": stored["data"].replace(until[1], past)}})
    assert visitor.get("/sign-in/code").location.startswith("/sign-in")


def test_the_operators_limit_of_tries_is_kept(site, officer):
    site.config.update(SIGN_IN_TRIES=2, SIGN_IN_WAIT=600)
    try:
        visitor = Person(site)
        told = [visitor.post("/sign-in", email=EMAIL, password="wrong").status_code for _ in range(3)]
    finally:
        site.config.update(SIGN_IN_TRIES=5, SIGN_IN_WAIT=900)
    assert told == [422, 422, 429]


def test_a_partner_gets_the_same_page_whether_or_not_the_address_is_known(site, teacher):
    pages = [Person(site).post("/sign-in/partner", email=email) for email in (teacher.email, "nobody@school.example")]
    assert {(page.status_code, page.location) for page in pages} == {(303, "/sign-in/sent")}
    assert len(messages.outbox(INSIDE)) == 1


def test_opening_a_link_does_not_use_it_up_and_its_button_does(site, teacher):
    Person(site).post("/sign-in/partner", email=teacher.email)
    link = sent_link("sign-in/link")
    scanner, tess = Person(site), Person(site)
    assert scanner.get(link).status_code == 200
    assert tess.post(link).status_code == 303
    assert tess.get("/account").status_code == 200
    assert scanner.post(link).status_code == 403


def test_what_is_no_address_is_told(site):
    shown = Person(site).post("/sign-in/partner", email="tess")
    assert (shown.status_code, list(problems_shown(shown.text))) == (422, ["email"])


def test_new_staff_set_themselves_up_and_sign_in(site, people):
    sam = people("account_administrator", "Sam")
    sam.post("/accounts/new", name="Nadia Voss", email="nadia@council.example", roles=["configurer"])
    nadia, link = Person(site), sent_link("enrol")
    page = nadia.get(link).text
    shown = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert shown
    secret = shown[1].replace(" ", "")
    assert "data:image/svg+xml" in page
    bad = nadia.post(link, password="short", code="1")
    assert (bad.status_code, list(problems_shown(bad.text))) == (422, ["password"])
    assert shown[1] in bad.text
    code = pyotp.TOTP(secret).at(clock.now())
    assert nadia.post(link, password=PASSWORD, code=code).location == "/sign-in"
    assert nadia.get(link).status_code == 404
    nadia.post("/sign-in", email="nadia@council.example", password=PASSWORD)
    later = pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=30))
    assert nadia.post("/sign-in/code", code=later).status_code == 303


def test_outside_a_demonstration_nobody_is_signed_in_by_a_button(site, officer):
    visitor = Person(site)
    token = hidden(visitor.get("/sign-in").text)
    site.config["DEMO"] = False
    try:
        assert visitor.browser.post(f"/sign-in/demo/{officer.id}", data=token).status_code == 404
    finally:
        site.config["DEMO"] = True
    assert visitor.get("/account").location.startswith("/sign-in")


def test_tries_are_counted_under_digests(site, officer, database):
    Person(site).post("/sign-in", email=EMAIL, password="wrong")
    counted = str(list(database[throttles.COLLECTION].find()))
    assert counted != "[]"
    assert EMAIL not in counted
    assert "127.0.0.1" not in counted
