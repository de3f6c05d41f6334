"""Who may open which page of administration, and what those pages give away."""

import re

import pytest
from tests.services.builders import nominated, the_case
from tests.web.administering import DERBY, INSIDE, application, hidden, people, problems_shown, site

from frontdoor import clock
from frontdoor.domain.access import Viewer
from frontdoor.domain.account import Account, Organisation
from frontdoor.domain.message import Message
from frontdoor.services import sign_in
from frontdoor.store import accounts, messages, organisations, views

__all__ = ["application", "people", "site"]
PAGES = {
    "/changes": {"configurer", "approver"},
    "/changes/new": {"configurer"},
    "/changes/emergency/derby": {"configurer"},
    "/history/derby": {"configurer", "approver"},
    "/history/derby/roll-back/1": {"configurer"},
    "/accounts": {"account_administrator"},
    "/accounts/new": {"account_administrator"},
    "/organisations": {"account_administrator"},
    "/organisations/new": {"account_administrator"},
    "/access-log": {"auditor", "information_governance_officer"},
}
ROLES = (
    "configurer", "approver", "account_administrator", "auditor", "information_governance_officer", "operator",
    "front_door_officer", "duty_social_worker", "team_leader", "lead_practitioner", "business_support",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_own_pages_and_no_other(people, role):
    reader = people(role)
    opened = {page for page in PAGES if reader.get(page).status_code == 200}
    assert opened == {page for page, roles in PAGES.items() if role in roles}
    assert {reader.get(page).status_code for page in PAGES.keys() - opened} <= {403}


def test_whoever_is_not_signed_in_is_asked_to_and_brought_back(people):
    for page in (*PAGES, "/outbox"):
        assert people().get(page).location == f"/sign-in?next={page}"


def test_a_partner_opens_none_of_them(people):
    organisations.add(INSIDE, Organisation("school", DERBY, "Larkspur School", "school"))
    tess = people("nominator", "Tess", kind="partner", roles=(), organisation="school")
    assert {tess.get(page).status_code for page in (*PAGES, "/outbox")} == {403}


def test_a_form_without_its_token_is_refused(people):
    sam = people("account_administrator", "Sam")
    sent = sam.browser.post("/accounts/new", data={"name": "X", "email": "x@council.example", "roles": "configurer"})
    assert sent.status_code == 400
    assert [one.name for one in accounts.staff(INSIDE)] == ["Sam"]


def test_somebody_is_added_changed_and_closed(people):
    sam = people("account_administrator", "Sam")
    bad = sam.post("/accounts/new", name="", email="nadia")
    assert list(problems_shown(bad.text)) == ["name", "email", "roles"]
    sent = sam.post("/accounts/new", name="Nadia Voss", email="nadia@council.example", roles=["configurer"])
    assert sent.status_code == 303
    nadia = next(one for one in accounts.staff(INSIDE) if one.name == "Nadia Voss")
    page = f"/accounts/{nadia.id}"
    assert sam.post(page, name="Nadia Kaur", roles=["approver"], teams=["front_door"]).status_code == 303
    kept = accounts.get(INSIDE, nadia.id)
    assert (kept.name, kept.roles, kept.teams, kept.email) == (
        "Nadia Kaur",
        ("approver",),
        ("front_door",),
        nadia.email,
    )
    assert sam.post(f"{page}/close", page=page).status_code == 303
    assert not accounts.get(INSIDE, nadia.id).active
    assert sam.post(f"{page}/invite", page=page).status_code == 409


def test_closing_an_account_ends_its_session_at_the_next_click(people):
    sam, iona = people("account_administrator", "Sam"), people("configurer", "Iona")
    assert iona.get("/changes").status_code == 200
    page = f"/accounts/{iona.account.id}"
    sam.post(f"{page}/close", page=page)
    assert iona.get("/changes").location == "/sign-in?next=/changes"


def test_an_organisation_is_added_with_its_first_person_and_shows_a_tokens_secret_once(people):
    sam = people("account_administrator", "Sam")
    bad = sam.post("/organisations/new", name="", kind="school", first_name="Tess", first_email="tess")
    assert list(problems_shown(bad.text)) == ["name", "first_email"]
    made = sam.post(
        "/organisations/new",
        name="Larkspur School",
        kind="school",
        first_name="Tess",
        first_email="tess@school.example",
    )
    page = made.location
    assert "tess@school.example" in sam.get(page).text
    assert list(problems_shown(sam.post(f"{page}/tokens", page=page, label=" ").text)) == ["label"]
    issued = sam.post(f"{page}/tokens", page=page, label="Records system")
    secret = re.search(r"fd_[\w-]{40,}", issued.text)
    assert secret is not None
    assert issued.headers["Cache-Control"] == "no-store"
    assert secret[0] not in sam.get(page).text
    added = sam.post(f"{page}/people", page=page, name="Del", email="del@school.example")
    assert added.status_code == 303
    assert sam.post(f"{page}/close").status_code == 303
    assert {one.active for one in accounts.of_organisation(INSIDE, page.rpartition("/")[2])} == {False}


def put_message() -> None:
    now = clock.now()
    body = "Use this link:\n\nhttp://localhost/sign-in/link/very-secret\n\nIt works once."
    messages.add(Message("m1", DERBY, "m1", "tess@school.example", "Your sign-in link", body, now, now))


def test_in_a_demonstration_all_staff_read_what_was_sent(people):
    put_message()
    page = people("front_door_officer").get("/outbox").text
    assert 'href="http://localhost/sign-in/link/very-secret"' in page


def test_elsewhere_only_who_may_sees_the_outbox_and_no_link_in_it(people, site):
    put_message()
    officer, operator = people("front_door_officer"), people("operator")
    site.config["DEMO"] = False
    try:
        assert officer.get("/outbox").status_code == 403
        page = operator.get("/outbox").text
    finally:
        site.config["DEMO"] = True
    assert "tess@school.example" in page
    assert "very-secret" not in page


def test_the_access_log_is_filtered_and_says_so_when_asked_for_both(people):
    leila = people("information_governance_officer", "Leila")
    for reference in ("DER-1", "DER-2"):
        views.add(_reader(leila.account), "case", reference, clock.now())
    assert {"DER-1", "DER-2"} <= set(re.findall(r"DER-\d", leila.get("/access-log").text))
    assert set(re.findall(r"DER-\d", leila.get("/access-log?record=der-1").text.partition("<table")[2])) == {"DER-1"}
    assert "Nobody has read" in leila.get("/access-log?record=DER-9").text
    both = leila.get("/access-log?record=DER-1&account=x")
    assert both.status_code == 422
    assert list(problems_shown(both.text)) == ["record"]
    assert leila.get("/access-log?page=99999999999999999999").status_code == 200


def test_readings_of_one_case_in_a_row_are_one_line_with_its_reference_and_no_other_id(people):
    leila = people("information_governance_officer", "Leila")
    reference = nominated().reference
    (receipt,) = {state.proposed.receipt for state in the_case(reference).decisions.values() if state.code == "S0"}
    for kind, record in (("case", reference), ("receipt", receipt), ("case", reference)):
        views.add(_reader(leila.account), kind, record, clock.now())
    page = leila.get("/access-log").text
    assert page.count('<tr class="govuk-table__row" role="row">') == 2  # the head and one line
    assert receipt not in page
    assert "3 readings since" in page
    line = page.partition("<tbody")[2]
    assert (reference in line, "Receipt" in line, "Leila" in line) == (True, True, True)


def test_what_hangs_on_no_case_is_told_by_its_kind(people):
    leila = people("information_governance_officer", "Leila")
    views.add(_reader(leila.account), "alert", "f" * 32, clock.now())
    page = leila.get("/access-log").text
    assert "f" * 32 not in page
    assert "Duty alert" in page


def _reader(account: Account) -> Viewer:
    return sign_in.viewer_of(account, clock.now())


def test_nothing_here_is_kept_by_a_browser_or_framed(people):
    shown = people("configurer", "Iona").get("/changes")
    assert shown.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]
    assert hidden(shown.text)["csrf_token"]
