import re

import pytest
from tests.services.builders import DERBY, MOOR, nominated, partner, publish_shipped
from tests.services.builders import staff as viewer_of
from tests.web.desk import application
from tests.web.partners import Partner
from tests.web.plain_browser import Browser

from frontdoor import clock
from frontdoor.domain.access import system_viewer
from frontdoor.domain.account import Account, Organisation
from frontdoor.services import ask
from frontdoor.store import accounts, cases, organisations, submissions

INSIDE = system_viewer(DERBY)
TESS = partner(DERBY, "school", "school-tess")


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def tess(app, database):
    publish_shipped()
    return Partner(app)


def asks(reference, text="Which school does Aoife go to?"):
    return ask.ask(viewer_of(), reference, text, at=clock.now(), revision=cases.get(viewer_of(), reference).revision)


def sent(tess):
    draft = tess.begins()
    tess.fills(draft)
    return tess.sends()


def test_a_home_with_nothing_in_hand_says_so(tess):
    tess.open("/partner")
    assert "Nothing is waiting to be sent." in tess.words
    assert "Nothing has been sent yet." in tess.words


def test_a_draft_is_listed_by_the_family_that_it_names(tess):
    draft = tess.begins()
    tess.open("/partner")
    assert "Go on: Nominate a family" in tess.words
    tess.fills(draft, until="members")
    tess.open("/partner")
    assert "Go on: the O'Brien-Nguyễn family" in tess.words


def test_a_question_is_answered_by_a_colleague(tess, app):
    reference = sent(tess)
    asks(reference)
    deputy = Partner(app, "Dan Deputy")
    deputy.open("/partner")
    assert "Answer the question about the O'Brien-Nguyễn family" in deputy.words
    assert "The front door asked you a question." in deputy.words
    (submission,) = submissions.by_case(INSIDE, reference)
    deputy.open(f"/partner/sent/{submission.id}")
    deputy.press(text="  ")
    assert deputy.problems == [(f"reply-{submission.questions[0].id}", "Enter your reply")]
    deputy.press(text="Larkspur\nPrimary")
    assert "Your reply has been sent" in deputy.words
    assert "You answered the question." in deputy.words
    tess.open("/partner")
    assert "Answer the question" not in tess.words


def test_what_was_sent_is_changed_and_sent_again_under_the_same_reference(tess):
    reference = sent(tess)
    (submission,) = submissions.by_case(INSIDE, reference)
    tess.open(f"/partner/sent/{submission.id}")
    tess.press()
    assert tess.where.endswith("/check")
    draft = tess.where.removesuffix("/check")
    tess.open(f"{draft}/family?from=check")
    tess.press(family_name="Nguyễn")
    assert tess.where.endswith("/check")
    assert tess.sends() == reference
    tess.open("/partner")
    assert tess.words.count(reference) == 1
    assert "The Nguyễn family" in tess.words


def test_another_organisation_sees_nothing_of_it(tess, app):
    (submission,) = submissions.by_case(INSIDE, sent(tess))
    other = Partner(app, "Sam Stranger", "police")
    send = {"csrf_token": other.token()}
    assert other.client.post(f"/partner/sent/{submission.id}/amend", data=send).status_code == 404
    assert other.open(f"/partner/sent/{submission.id}").status_code == 404
    other.open("/partner")
    assert "O'Brien" not in other.words


def seen_by_the_sender(tess, **safeguarding):
    """Every page, header, mail and status that a sender meets, with what may differ taken out."""
    draft = tess.begins()
    seen = []
    tess.fills(draft, safeguarding=safeguarding.get("page", {}), safeguarding_more=safeguarding.get("more", {}))
    reference = tess.sends()
    seen.append(told(tess, reference))
    (submission,) = submissions.by_case(INSIDE, reference)
    tess.open("/partner")
    line = re.search(rf'<li class="fd-card">(?:(?!<li).)*?{reference}.*?</li>', tess.page.text, flags=re.DOTALL)
    assert line
    seen.append(plain(line[0], reference, submission.id))
    tess.open(f"/partner/sent/{submission.id}")
    seen.append(plain(tess.page.text.partition("What you sent")[0], reference, submission.id))
    seen.append((submission.status, submission.pending_status, submission.release_at is None))
    return seen


def told(tess, reference):
    headers = sorted(tess.page.headers.items())
    kept = [(name, value) for name, value in headers if name not in ("Set-Cookie", "Content-Length", "Date")]
    return tess.page.status_code, kept, plain(tess.page.text, reference, tess.where)


def plain(page, reference, address):
    page = page.replace(reference, "REFERENCE").replace(address, "ADDRESS")
    page = re.sub(r'name="csrf_token" value="[^"]*"', "", page)
    page = re.sub(r"/(forms|sent)/[0-9a-f]{32}", r"/\1/ID", page)
    return re.sub(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d", "WHEN", page)


def test_a_new_a_known_and_a_safeguarding_family_look_the_same_to_their_sender(tess, database):
    new = seen_by_the_sender(tess)
    known = seen_by_the_sender(tess)
    grave = seen_by_the_sender(
        tess, page={"concern": "danger_now"}, more={"harm_details": "Bruises", "actions_taken": "Rang 999"}
    )
    assert new == known == grave
    mails = [
        (one["subject"], one["body"], one["to"], one["release_at"] == one["created_at"])
        for one in database["messages"].find({}, sort=[("created_at", 1)])
    ]
    cleaned = {re.sub(r"DER-[0-9A-Z]{4}-[0-9A-Z]{4}-\S", "REFERENCE", str(one)) for one in mails}
    assert len(mails) == 3
    assert len(cleaned) == 1


def test_what_another_organisation_sent_is_not_in_the_list(tess):
    nominated(partner(organisation="police"))
    tess.open("/partner")
    assert "Nothing has been sent yet." in tess.words


def test_a_page_about_what_was_sent_is_headed_and_titled_by_the_family(tess):
    reference = sent(tess)
    (submission,) = submissions.by_case(INSIDE, reference)
    tess.open(f"/partner/sent/{submission.id}")
    assert re.search(r"<h1[^>]*>The O&#39;Brien-Nguyễn family</h1>\s*<p[^>]*>" + reference, tess.page.text)
    title = re.search(r"<title>(.*?)</title>", tess.page.text)
    assert title
    assert title[1].startswith(f"The O&#39;Brien-Nguyễn family, {reference} ")


def test_pressing_start_twice_leaves_one_draft(tess):
    assert tess.begins() == tess.begins()
    tess.open("/partner")
    assert tess.words.count("Go on: Nominate a family") == 1


def test_a_partners_pages_use_their_programmes_own_words(app, tess):
    tess.open("/partner")
    assert '<h1 class="govuk-heading-l">Your nominations</h1>' in tess.page.text
    inside = system_viewer(MOOR)
    organisations.add(inside, Organisation("curlew", MOOR, "Curlew Lane", "school"))
    declan = Account("declan", MOOR, "partner", "declan@curlew.example", "Declan", organisation="curlew")
    accounts.add(inside, declan)
    moor = Browser(app, "declan")
    moor.open("/partner")
    assert '<h1 class="govuk-heading-l">Your requests</h1>' in moor.page.text


def test_a_chosen_language_is_remembered_for_mails(tess):
    tess.client.post("/language", data={"csrf_token": tess.token(), "language": "cy", "here": "/partner"})
    assert accounts.get(INSIDE, "school-tess").language == "cy"
