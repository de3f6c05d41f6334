import re

import pytest
from tests.services.builders import DERBY, partner, publish_shipped
from tests.services.builders import staff as viewer_of
from tests.web.desk import application, staff_member
from tests.web.partners import PAGES, Partner
from tests.web.plain_browser import sent as as_sent
from werkzeug.datastructures import MultiDict

from frontdoor.domain.access import system_viewer
from frontdoor.services.checks.forms import NO_PAGE
from frontdoor.store import alerts, cases, drafts, files, submissions

TESS = partner(DERBY, "school", "school-tess")
PDF = b"%PDF-1.4 of nothing"


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def tess(app, database):
    publish_shipped()
    return Partner(app)


def stored(tess, draft):
    return drafts.get(TESS, draft.removeprefix("/forms/"))


def test_a_nomination_is_filled_in_checked_sent_and_followed_without_javascript(tess):
    draft = tess.begins()
    tess.fills(draft)
    assert "O'Brien-Nguyễn" in tess.words
    reference = tess.sends()
    assert re.fullmatch(r"DER-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]", reference)
    tess.open("/partner")
    assert "The O'Brien-Nguyễn family" in tess.words
    assert "Received. The front door is looking at it." in tess.words
    assert cases.get(viewer_of(), reference).title == "O'Brien-Nguyễn"


def test_the_sender_finds_who_they_are_filled_in_already(tess):
    draft = tess.begins()
    tess.open(f"{draft}/referrer")
    held = tess.holds()
    assert held["referrer_name"] == ["Tess Teacher"]
    assert held["referrer_organisation"] == ["School of Larkspur"]
    assert held["referrer_contact"] == ["school-tess@example.org"]
    tess.fills(draft, referrer={"referrer_contact": "01632 960 121", "referrer_relationship": "Class teacher"})
    tess.sends()
    tess.open(f"{tess.begins()}/referrer")
    held = tess.holds()
    assert (held["referrer_contact"], held["referrer_source"]) == (["01632 960 121"], ["2A"])
    assert held["referrer_relationship"] == [""], "how they know one family says nothing of the next"


def test_a_blank_page_comes_back_with_every_error_at_its_control(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    page = tess.press()
    assert page.status_code == 422
    assert page.text.count("<title>Error: ") == 1
    anchors = [anchor for anchor, _ in tess.problems]
    assert anchors == ["family_name", "address-line_1", "address_confidential", "safe_to_call"]
    for anchor in anchors:
        assert f'id="{anchor}"' in page.text, "the link leads to a control"


def test_what_is_wrong_is_kept_as_it_was_typed(tess):
    draft = tess.begins()
    tess.fills(draft, until="education", crime={"offence": "no"})
    tess.press(PAGES["education"] | {"absent": "yes"})
    tess.press({"absence_pct": "about a fifth"})
    assert tess.problems == [("absence_pct", "Enter a number, such as 15 or 12.5")]
    assert tess.holds()["absence_pct"] == ["about a fifth"]
    tess.open(f"{draft}/check")
    assert "about a fifth" in tess.words
    assert "These pages are not finished: School" in tess.words


def test_questions_that_an_answer_brings_are_asked_on_the_page_before_going_on(tess):
    draft = tess.begins()
    tess.open(f"{draft}/safeguarding")
    assert "harm_details" not in tess.form().names(), "not asked, and so not sent, while it is hidden"
    tess.press(concern="being_harmed")
    assert tess.where == f"{draft}/safeguarding"
    assert "a little more to ask" in tess.words
    assert not tess.problems
    tess.press()
    assert tess.problems[0][0] == "harm_details"
    tess.press(harm_details="Bruises on both arms", actions_taken="Told my lead")
    assert tess.where == f"{draft}/referrer"


def test_a_wrong_answer_beside_a_new_question_is_put_right_first(tess):
    draft = tess.begins()
    tess.fills(draft, until="agreement")
    tess.press(family_aware="no")
    assert [anchor for anchor, _ in tess.problems] == ["agreement"], "not yet why they were not told"
    assert "not_told_because" in tess.form().names()


def test_yes_no_and_yes_again_loses_nothing_while_it_is_a_draft(tess):
    draft = tess.begins()
    tess.fills(draft, agreement={"family_aware": "no"}, agreement_more={"not_told_because": "It could harm her"})
    tess.open(f"{draft}/agreement?from=check")
    tess.press(family_aware="dont_know")
    assert "It could harm her" not in tess.words, "what is not asked is not shown"
    tess.open(f"{draft}/agreement?from=check")
    tess.press(family_aware="no")
    assert tess.holds()["not_told_because"] == ["It could harm her"]
    tess.press()
    assert "It could harm her" in tess.words


def test_what_is_hidden_when_it_is_sent_is_not_sent(tess):
    draft = tess.begins()
    tess.fills(draft, agreement={"family_aware": "no"}, agreement_more={"not_told_because": "It could harm her"})
    tess.open(f"{draft}/agreement?from=check")
    tess.press(family_aware="dont_know")
    reference = tess.sends()
    (sent,) = submissions.by_case(system_viewer(DERBY), reference)
    assert "not_told_because" not in sent.answers


def test_members_are_added_and_removed_and_keep_their_ids(tess):
    draft = tess.begins()
    tess.fills(draft, until="members")
    tess.press(tess.in_row({"relationship": "child", "given_name": "Aoife"}), button=("add", "members"))
    assert not tess.problems, "nobody is told what is wrong with a row while adding another"
    tess.press(
        tess.in_row({"given_name": "Nóra", "relationship": "parent", "dob-unknown": "yes"}, 1),
        button=("add", "members"),
    )
    first, second, third = rows = tess.holds()["members-rows"]
    assert tess.holds()[f"members-{second}-given_name"] == ["Nóra"]
    tess.press(button=("remove", f"members:{third}"))
    assert tess.holds()["members-rows"] == rows[:2]
    assert tess.holds()[f"members-{first}-given_name"] == ["Aoife"]


def test_who_is_removed_from_the_family_is_no_longer_named_elsewhere(tess):
    draft = tess.begins()
    tess.fills(draft, until="crime")
    (aoife,) = [row["id"] for row in stored(tess, draft).answers["members"]]
    tess.press(offence="yes", asb="no")
    tess.press(offence_who=[aoife])
    tess.open(f"{draft}/members")
    tess.press(button=("add", "members"))
    tess.press(button=("remove", f"members:{aoife}"))
    assert "offence_who" not in stored(tess, draft).answers


def test_who_is_removed_is_put_back_whole_in_their_place_without_a_script(tess):
    draft = tess.begins()
    tess.fills(draft, until="crime")
    (aoife,) = [row["id"] for row in stored(tess, draft).answers["members"]]
    tess.press(offence="yes", asb="no")
    tess.press(offence_who=[aoife])
    tess.open(f"{draft}/members")
    tess.press(button=("add", "members"))
    _, other = tess.holds()["members-rows"]
    before = stored(tess, draft).answers
    answers = {f"members-{other}-given_name": "Nóra", f"members-{aoife}-dob-day": "99"}
    tess.press(answers, button=("remove", f"members:{aoife}"))
    assert "Removed: Aoife O'Brien-Nguyễn." in tess.words
    assert tess.page.request.url.endswith(f"{draft}/members")
    assert tess.holds()["members-rows"] == [other]
    tess.press(button=("undo", f"members:{aoife}"))
    assert "Removed:" not in tess.words
    held = tess.holds()
    assert held["members-rows"] == [aoife, other]
    assert held[f"members-{other}-given_name"] == ["Nóra"]
    assert held[f"members-{aoife}-dob-day"] == ["99"], "as it was typed when the row was removed"
    after = stored(tess, draft).answers
    assert after["offence_who"] == before["offence_who"] == [aoife]
    assert after["members"][0] == before["members"][0] | {"dob": after["members"][0]["dob"]}


def test_the_only_row_that_is_removed_comes_back_in_place_of_the_empty_one(tess):
    draft = tess.begins()
    tess.fills(draft, until="crime")
    tess.open(f"{draft}/members")
    (aoife,) = tess.holds()["members-rows"]
    tess.press(button=("remove", f"members:{aoife}"))
    (empty,) = tess.holds()["members-rows"]
    assert empty != aoife
    tess.press(button=("undo", f"members:{aoife}"))
    assert tess.holds()["members-rows"] == [aoife]
    assert tess.holds()[f"members-{aoife}-given_name"] == ["Aoife"]


def test_several_rows_are_put_back_each_by_its_own_button_until_the_page_is_saved(tess):
    draft = tess.begins()
    tess.fills(draft, until="members")
    tess.press(tess.in_row({"relationship": "child", "given_name": "Aoife"}), button=("add", "members"))
    tess.press(tess.in_row({"given_name": "Nóra", "relationship": "parent"}, 1), button=("add", "members"))
    first, second, third = tess.holds()["members-rows"]
    tess.press(button=("remove", f"members:{second}"))
    tess.press(button=("remove", f"members:{third}"))
    assert ("Removed: Nóra." in tess.words, "Removed: Family member 2." in tess.words) == (True, True)
    tess.press(button=("undo", f"members:{third}"))
    tess.press(button=("undo", f"members:{second}"))
    assert tess.holds()["members-rows"] == [first, second, third]
    tess.press(button=("remove", f"members:{third}"))
    tess.press(tess.in_row({"dob-unknown": "yes"}, 1), button=("remove", f"members:{second}"))
    tess.press(tess.in_row({"dob-unknown": "yes", "family_name": "Byrne", "members_complete": "no"}))
    assert tess.where == f"{draft}/crime", tess.problems
    tess.open(f"{draft}/members")
    assert "Removed:" not in tess.words
    stale = [*as_sent(tess.form()), ("undo", f"members:{second}")]
    tess.send(f"{draft}/members", stale)
    assert tess.holds()["members-rows"] == [first]


def test_what_was_removed_outlives_what_is_saved_while_typing(tess):
    draft = tess.begins()
    tess.fills(draft, until="crime")
    tess.open(f"{draft}/members")
    (aoife,) = tess.holds()["members-rows"]
    tess.press(button=("remove", f"members:{aoife}"))
    fields = list(as_sent(tess.form()))
    assert tess.client.post(f"{draft}/members/save", data=MultiDict(fields)).status_code == 200
    tess.open(f"{draft}/members")
    assert "Removed: Aoife O'Brien-Nguyễn." in tess.words


def test_enter_in_a_box_means_save_and_continue_where_rows_have_buttons(tess):
    draft = tess.begins()
    tess.open(f"{draft}/members")
    buttons = [one for one in tess.form().controls if one.kind == "button"]
    assert buttons[0].name == "", "a browser presses the first one on Enter: it is not add or remove"
    first = tess.page.text[tess.page.text.index("fd-first-button") :][:80]
    assert "aria-hidden" not in first


def test_a_concern_reaches_duty_when_its_page_is_posted_whatever_else_is_wrong(tess):
    draft = tess.begins()
    tess.open(f"{draft}/safeguarding")
    tess.press(concern="danger_now")
    assert tess.where.endswith("safeguarding"), "the page is not done: it asks what happened"
    (alert,) = alerts.open(viewer_of("duty_social_worker"))
    assert (alert.concern, alert.gravity, alert.draft) == ("danger_now", 3, draft.removeprefix("/forms/"))
    tess.press(harm_details="x" * 5000)
    assert tess.problems, "too long for the form"
    (alert,) = alerts.open(viewer_of("duty_social_worker"))
    tess.open(f"{draft}/safeguarding")
    tess.press(concern="no")
    (alert,) = alerts.open(viewer_of("duty_social_worker"))
    assert alert.gravity == 3, "never taken back"


def test_an_answer_to_the_screen_that_nobody_posted_raises_nothing_and_is_not_sent(tess):
    draft = tess.begins()
    tess.fills(draft)
    tess.open(f"{draft}/safeguarding")
    autosave(tess, draft, "safeguarding", concern="danger_now")
    assert not alerts.open(viewer_of("duty_social_worker"))
    tess.open(f"{draft}/check")
    assert "These pages are not finished: Is anybody at risk?" in tess.words
    tess.send(f"{draft}/send", [("csrf_token", tess.token())])
    assert tess.page.status_code == 422
    assert "Save and continue" in tess.problems[0][1]


def test_the_duty_numbers_come_first_on_the_safeguarding_page(tess):
    draft = tess.begins()
    tess.open(f"{draft}/safeguarding")
    words = tess.words
    assert words.index("999") < words.index("01632 960111") < words.index("Are you worried")


def test_two_presses_of_send_have_one_reference(tess):
    draft = tess.begins()
    tess.fills(draft)
    once = [("csrf_token", tess.token())]
    tess.send(f"{draft}/send", once)
    first = tess.words
    tess.send(f"{draft}/send", once)
    assert tess.words == first
    assert len(submissions.mine(TESS)) == 1


def test_a_page_of_something_sent_leads_to_what_was_sent(tess):
    draft = tess.begins()
    tess.fills(draft)
    tess.sends()
    for page in ("", "/family", "/check", "/discard"):
        tess.open(draft + page)
        assert tess.where == f"{draft}/sent"


def test_a_late_page_of_something_sent_changes_nothing(tess):
    draft = tess.begins()
    tess.fills(draft)
    tess.open(f"{draft}/family")
    late = [(name, one) for name, ones in tess.holds().items() for one in ones]
    tess.open(f"{draft}/check")
    tess.sends()
    tess.send(
        f"{draft}/family", [("family_name", "Other") if name == "family_name" else (name, one) for name, one in late]
    )
    assert tess.page.status_code == 409
    assert stored(tess, draft).answers["family_name"] == "O'Brien-Nguyễn"


def autosave(tess, draft, page, *, turn=1, writer=None, **typed):
    """What the script sends while somebody types on the page that is open."""
    fields = dict(tess.holds())
    fields |= {name: [text] for name, text in typed.items()}
    fields["shown"] = [*fields.get("shown", []), *(name for name in typed if name not in fields.get("shown", []))]
    fields["turn"] = [str(turn)]
    if writer:
        fields["writer"] = [writer]
    return tess.client.post(f"{draft}/{page}/save", data=fields, headers={"Accept": "application/json"})


def test_what_was_saved_while_typing_is_there_on_another_device(tess, app):
    draft = tess.begins()
    tess.fills(draft, until="local")
    assert (
        autosave(
            tess, draft, "local", local_criteria="domestic_abuse", local_details="They left in October"
        ).status_code
        == 200
    )
    deputy = Partner(app, "Dan Deputy")
    deputy.open("/partner")
    assert "Begun by a colleague" in deputy.words
    deputy.open(f"{draft}/local")
    assert deputy.holds()["local_details"] == ["They left in October"]


def test_what_was_saved_while_typing_is_shown_to_be_checked_and_sent(tess):
    draft = tess.begins()
    tess.fills(draft)
    tess.open(f"{draft}/documents")
    autosave(tess, draft, "documents", other_information="Half a senten")
    tess.open(draft)
    assert tess.where == f"{draft}/check"
    assert "Half a senten" in tess.words
    reference = tess.sends()
    (sent,) = submissions.by_case(system_viewer(DERBY), reference)
    assert sent.answers["other_information"] == "Half a senten"


def test_a_page_is_never_in_conflict_with_its_own_autosave(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    autosave(tess, draft, "family", family_name="O'Br")
    tess.press(family_name="O'Brien")
    assert tess.page.status_code == 422, "the rest is missing, but nobody else wrote"
    assert tess.holds()["family_name"] == ["O'Brien"]


def test_an_autosave_that_arrives_after_its_page_was_posted_is_passed_over(tess):
    draft = tess.begins()
    tess.fills(draft, until="family")
    page = tess.page
    tess.press(PAGES["family"] | {"turn": "5"})
    tess.page = page
    assert autosave(tess, draft, "family", turn=4, family_name="O'Br").status_code == 200
    tess.open(f"{draft}/family")
    assert tess.holds()["family_name"] == ["O'Brien-Nguyễn"]


def test_two_devices_on_different_pages_are_not_in_conflict(tess, app):
    draft = tess.begins()
    tess.fills(draft)
    deputy = Partner(app, "Dan Deputy")
    tess.open(f"{draft}/family")
    deputy.open(f"{draft}/work")
    tess.press(family_name="Nguyễn")
    deputy.press(benefits="no")
    assert (tess.where, deputy.where) == (f"{draft}/members", f"{draft}/local")
    answers = stored(tess, draft).answers
    assert (answers["family_name"], answers["benefits"]) == ("Nguyễn", "no")


def test_two_devices_on_one_page_see_both_versions_and_choose(tess, app):
    draft = tess.begins()
    tess.fills(draft)
    deputy = Partner(app, "Dan Deputy")
    tess.open(f"{draft}/family")
    deputy.open(f"{draft}/family")
    tess.press(family_name="Nguyễn")
    page = deputy.press({"family_name": "O'Brien", "address-line_2": "Top floor"})
    assert page.status_code == 409
    assert "Nguyễn" in deputy.words
    assert "O'Brien" in deputy.words
    assert stored(tess, draft).answers["family_name"] == "Nguyễn", "nothing is overwritten before somebody chose"
    deputy.press()
    assert deputy.where == f"{draft}/members"
    assert stored(tess, draft).answers["family_name"] == "O'Brien"


def test_files_of_two_devices_add_up(tess, app):
    draft = tess.begins()
    tess.fills(draft)
    deputy = Partner(app, "Dan Deputy")
    tess.open(f"{draft}/documents")
    deputy.open(f"{draft}/documents")
    tess.press(documents=("one.pdf", PDF))
    deputy.press(documents=("two.pdf", PDF))
    assert len(stored(tess, draft).answers["documents"]) == 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("letter.pdf", b"MZ not what it says", "PDF, a Word document", id="wrong-kind"),
        pytest.param("long.pdf", PDF + b"0" * (10 * 1024 * 1024), "10 MB or smaller", id="too-large"),
        pytest.param("nothing.pdf", b"", "empty", id="empty"),
    ],
)
def test_a_file_that_is_refused_is_an_error_at_its_question_and_costs_no_other_answer(tess, name, content, message):
    draft = tess.begins()
    tess.fills(draft, until="documents")
    page = tess.press(other_information="Going well", documents=[(name, content), ("good.pdf", PDF)])
    assert page.status_code == 422
    ((anchor, told),) = tess.problems
    assert (anchor, message in told, name in told) == ("documents", True, False)
    assert tess.holds()["other_information"] == ["Going well"]
    assert "good.pdf" in tess.words
    tess.press()
    assert tess.where == f"{draft}/check"


def test_a_file_is_taken_out_again(tess):
    draft = tess.begins()
    tess.fills(draft, until="documents")
    tess.press(documents=("one.pdf", PDF))
    tess.open(f"{draft}/documents")
    tess.press(forget=[one.value for one in tess.form().controls if one.name == "forget"])
    assert "documents" not in stored(tess, draft).answers


def test_more_than_the_server_takes_is_a_page_that_says_what_to_do(tess):
    draft = tess.begins()
    tess.fills(draft, until="documents")
    page = tess.press(documents=("huge.pdf", PDF + b"0" * (33 * 1024 * 1024)))
    assert page.status_code == 413
    assert "smaller file" in tess.words


def test_a_file_comes_back_as_a_download_and_only_to_its_readers(tess, app):
    draft = tess.begins()
    tess.fills(draft, until="documents")
    tess.press(documents=("o'brien report.pdf", PDF))
    (file_id,) = stored(tess, draft).answers["documents"]
    tess.open(f"{draft}/check")
    link = f"/forms/files/{file_id}"
    assert f'href="{link}">o&#39;brien report.pdf</a>' in tess.page.text
    assert "(1 KB)" in tess.words
    got = tess.client.get(link)
    assert got.data == PDF
    assert got.headers["Content-Disposition"] == 'attachment; filename="o_brien_report.pdf"'
    stranger = Partner(app, "Sam Stranger", "police")
    assert stranger.client.get(link).status_code == 404


def test_the_front_door_can_read_the_files_of_what_was_sent(tess):
    draft = tess.begins()
    tess.fills(draft, until="documents")
    tess.press(documents=("one.pdf", PDF))
    reference = tess.sends()
    (sent,) = submissions.by_case(system_viewer(DERBY), reference)
    assert files.get(viewer_of(), sent.answers["documents"][0]).content == PDF
    tess.open(f"/partner/sent/{sent.id}")
    link = f'href="/forms/files/{sent.answers["documents"][0]}">one.pdf</a>'
    assert link in tess.page.text
    officer = staff_member(tess.client.application)
    assert link in officer.get(f"/cases/{reference}").text
    assert officer.get(f"/forms/files/{sent.answers['documents'][0]}").data == PDF


def test_another_organisation_finds_no_such_draft(tess, app):
    draft = tess.begins()
    stranger = Partner(app, "Sam Stranger", "police")
    for page in ("", "/family", "/check", "/discard"):
        assert stranger.open(draft + page).status_code == 404


def test_throwing_a_draft_away_is_asked_once_more(tess):
    draft = tess.begins()
    tess.open(f"{draft}/discard")
    assert "cannot be brought back" in tess.words
    tess.press()
    assert tess.open(draft).status_code == 404


def test_an_unknown_page_is_not_found(tess):
    assert tess.open(f"{tess.begins()}/nowhere").status_code == 404


def signs_out_meanwhile(tess):
    tess.client.delete_cookie("front_door")


def signs_in_again(tess):
    """Follow the sign-in that the page leads to, by the demonstration's way in."""
    way_back = tess.page.request.args["next"]
    tess.client.post("/sign-in/demo/school-tess", data={"csrf_token": tess.token()})
    tess.open(way_back)


def test_a_page_posted_after_the_session_ended_is_there_after_signing_in(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    signs_out_meanwhile(tess)
    tess.press(family_name="O'Brien")
    assert tess.where == "/sign-in/partner"
    assert "O'Brien" not in tess.page.text
    signs_in_again(tess)
    assert tess.where == f"{draft}/family"
    assert "You had been signed out" in tess.words
    assert tess.holds()["family_name"] == ["O'Brien"]
    tess.open(f"{draft}/family")
    assert "You had been signed out" not in tess.words, "told once"
    assert tess.holds()["family_name"] == ["O'Brien"]


def test_a_page_that_another_site_posts_is_not_held(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    signs_out_meanwhile(tess)
    sent = {"family_name": "Planted", "shown": "family_name"}
    tess.client.post(f"{draft}/family", data=sent, headers={"Origin": "https://elsewhere.example"})
    tess.client.post("/sign-in/demo/school-tess", data={"csrf_token": tess.open("/").text and tess.token()})
    tess.open(f"{draft}/family")
    assert tess.holds()["family_name"] == [""]


def test_a_page_with_an_old_token_comes_back_with_its_words(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    tess.press(family_name="O'Brien", csrf_token="from-an-earlier-session")
    assert tess.where == f"{draft}/family"
    assert tess.holds()["family_name"] == ["O'Brien"]
    assert "family_name" not in stored(tess, draft).answers, "not taken as an answer before the writer pressed again"


def test_sending_after_the_session_ended_leads_back_to_the_answers(tess):
    draft = tess.begins()
    tess.fills(draft)
    signs_out_meanwhile(tess)
    answer = tess.client.post(f"{draft}/send", headers={"Referer": f"http://localhost{draft}/check"})
    assert answer.location == f"/sign-in/partner?next={draft}/check"


def test_a_script_is_told_that_the_session_ended(tess):
    draft = tess.begins()
    tess.open(f"{draft}/family")
    signs_out_meanwhile(tess)
    answer = autosave(tess, draft, "family", family_name="O'Br")
    assert (answer.status_code, answer.json["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"shown": "$where", "$where": "1"}, id="dollar"),
        pytest.param({"shown": "family_name.x", "family_name.x": "1"}, id="dot"),
        pytest.param({"shown": "_cls", "_cls": "Account"}, id="underscore"),
        pytest.param({"shown": "family_name-$ne", "family_name-$ne": "1"}, id="part"),
        pytest.param({"members-rows": "a.b", "shown": ["members", "members-a.b-dob"]}, id="row"),
        pytest.param({"shown": "family_name", "family_name": "\x00\x1b"}, id="control-characters"),
        pytest.param({"revision": "9" * 400, "turn": "-1", "writer": "w" * 9000}, id="numbers"),
    ],
)
def test_hostile_fields_are_neither_stored_nor_a_fault(tess, fields):
    draft = tess.begins()
    for page in ("family", "members"):
        tess.open(f"{draft}/{page}")
        for where in (f"{draft}/{page}", f"{draft}/{page}/save"):
            answer = tess.client.post(where, data={"csrf_token": tess.token(), **fields})
            assert answer.status_code in (200, 303, 409, 422), (where, answer.text)
    kept = str(stored(tess, draft))
    assert "$" not in kept
    assert "a.b" not in kept
    assert "_cls" not in kept


def test_no_page_of_a_form_can_be_named_like_an_address_of_its_draft(app):
    under = (rule.rule.split("/") for rule in app.url_map.iter_rules() if rule.rule.startswith("/forms/<draft_id>/"))
    plain = {steps[3] for steps in under if not steps[3].startswith("<")}
    assert {name for name in plain if "-" not in name} == NO_PAGE, "an id of a page has no hyphen"
