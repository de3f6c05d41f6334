import html
import json
import re

import pytest
from tests.services.builders import MOOR, education_says, nominated, partner, publish_shipped, staff, the_case
from tests.web.desk import ago, application, staff_member, words

from frontdoor import clock
from frontdoor.services import ask, replay_all
from frontdoor.store import receipts, submissions, views

EDUCATION = {"source": "education", "value": "15.0", **{f"checked_on-{part}": "" for part in ("day", "month", "year")}}


def today():
    now = ago()
    return {"checked_on-day": str(now.day), "checked_on-month": str(now.month), "checked_on-year": str(now.year)}


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
def reference(door):
    return nominated(received_at=ago(hours=5)).reference


@pytest.fixture
def eligible(reference):
    education_says(staff(), reference, 15.0, at=ago(hours=1))
    return reference


def test_a_case_page_says_who_where_what_next_and_why(officer, reference):
    text = officer.read(f"/cases/{reference}")
    for told in (
        "O'Brien-Nguyễn", reference, "Nomination and checks", "Checks at source",
        "Known family: the rules propose “New family”.", "Still to find out", "Education", "Out of work",
        "Record what a source says", "Told by Tess Teacher", "Why, row by row", "None that are known of",
    ):  # fmt: skip
        assert told in text, told


def test_the_title_of_a_case_says_whose_case_it_is(officer, eligible):
    receipt = the_case(eligible).decisions["TFP1-E"].proposed.receipt
    titles = {
        "": f"O'Brien-Nguyễn, {eligible} | Case",
        "/decisions/TFP1-E/confirm": f"Confirm: Eligibility, O'Brien-Nguyễn, {eligible}",
        f"/receipts/{receipt}": f"Receipt: Eligibility, O'Brien-Nguyễn, {eligible}",
        "/facts/benefit?row=nora": f"Out-of-work benefit, O'Brien-Nguyễn, {eligible}",
    }
    for page, title in titles.items():
        found = re.search("<title>(.*?)</title>", officer.get(f"/cases/{eligible}{page}").text)
        parts = re.split(" \\W ", html.unescape(found.group(1)))
        assert parts == [*title.split(" | "), "Priority Families", "Front Door"]


def test_a_case_is_read_from_top_to_bottom_in_the_order_of_what_cannot_wait(door, worrying):
    text = staff_member(door, "duty_social_worker").read(f"/cases/{worrying}")
    order = [
        "O'Brien-Nguyễn", worrying, "Bruises on both arms", "Clocks", "What to do next", "Safeguarding screen",
        "Still to find out", "Earlier contacts", "Facts and where they come from", "How it came", "What happened",
    ]  # fmt: skip
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_what_is_still_to_find_out_is_listed_by_source_and_person(officer, reference):
    text = officer.read(f"/cases/{reference}")
    asked = text[text.index("Still to find out") : text.index("Why, row by row", text.index("Still to find out"))]
    assert "One answer may be enough: Education or Out of work." in asked
    school, work = (
        asked.index("Education database or School"),
        asked.index("Department for Work and Pensions"),
    )
    assert school < asked.index("Aoife") < asked.index("Minh") < work < asked.index("Nóra")
    assert "Out-of-work benefit" in asked[work:]


def test_why_is_short_for_the_officer_and_full_on_the_receipt(officer, eligible):
    page = officer.read(f"/cases/{eligible}")
    receipt = officer.read(f"/cases/{eligible}/receipts/{the_case(eligible).decisions['TFP1-E'].proposed.receipt}")
    decides = "Yes Two criteria and a local concern"
    counted = (
        "Yes How many of these are so (Crime or anti-social behaviour; Education; Out of work): "
        "between 2 and 3, at least 2 criteria needed"
    )
    for text in (page, receipt):
        assert decides in text
        assert counted in text
        assert "Yes Local concerns: 1, at least 1 needed" in text
        assert "Not reached" in text
    assert "leads to “Not eligible”" in receipt
    assert "Dependent child in the household: yes, must be no" in receipt
    assert "Dependent child in the household: yes, must be no" not in page


def test_opening_a_case_is_recorded_before_the_page_is_sent(officer, reference):
    officer.read(f"/cases/{reference}")
    log = views.of_record(staff("auditor"), "case", reference)
    assert [view.name for view in log.rows] == ["Olive Officer"]


@pytest.mark.parametrize(
    "page",
    [
        "", "/decisions/TFP1-E/confirm", "/decisions/TFP1-E/override", "/decisions/TFP1-E/known", "/ask",
        "/facts/benefit?row=nora",
    ],
)  # fmt: skip
def test_no_page_of_a_case_exists_for_another_authority(door, reference, page):
    stranger = staff_member(door, "team_leader", authority=MOOR)
    answer = stranger.get(f"/cases/{reference}{page}")
    assert answer.status_code == 404
    assert "Nguyễn" not in answer.text


def test_a_receipt_and_a_form_belong_to_their_own_case(officer, reference):
    other = nominated(key="other", received_at=ago(hours=4)).reference
    foreign = the_case(other).decisions["DEDUP"].proposed.receipt
    assert officer.get(f"/cases/{reference}/receipts/{foreign}").status_code == 404
    assert officer.get(f"/cases/{reference}/submissions/{the_case(other).submissions[0]}").status_code == 404


def test_a_check_is_recorded_and_the_rules_decide_again(officer, reference):
    sent = officer.send(f"/cases/{reference}/facts/unauth_absence_pct_3t?row=aoif", {**EDUCATION, **today()})
    assert sent.location == f"/cases/{reference}"
    text = officer.read(f"/cases/{reference}")
    assert "Eligible" in text
    assert "Checked: Education database" in text


@pytest.mark.parametrize(
    ("fact", "typed", "message"),
    [
        pytest.param("unauth_absence_pct_3t", {"value": "lots"}, "Enter a number", id="words-for-a-number"),
        pytest.param("unauth_absence_pct_3t", {"value": ""}, "Enter a number", id="nothing"),
        pytest.param("unauth_absence_pct_3t", {"value": "nan"}, "Enter a number", id="no-number-at-all"),
        pytest.param("unauth_absence_pct_3t", {"value": "15", "source": ""}, "where you looked it up", id="no-source"),
        pytest.param("offence_date", {"value-day": "31", "source": "yois"}, "Enter a date", id="no-day"),
        pytest.param("benefit", {"value": "GOLD", "source": "dwp"}, "Select what the source says", id="no-option"),
        pytest.param("permanent_exclusion", {"source": "education"}, "Select yes or no", id="neither-yes-nor-no"),
    ],
)
def test_a_check_that_is_not_right_comes_back_with_what_was_typed(officer, reference, fact, typed, message):
    told = {**EDUCATION, **today(), "note": "Rang Mrs Okafor", **typed}
    sent = officer.send(f"/cases/{reference}/facts/{fact}?row=aoif", told)
    assert sent.status_code == 422
    assert message in words(sent)
    assert "Rang Mrs Okafor" in sent.text
    assert the_case(reference).evidence == ()


def test_a_source_that_holds_none_says_none_and_not_unknown(officer, reference):
    told = {"source": "yois", "none": "yes", **today()}
    assert officer.send(f"/cases/{reference}/facts/offence_date?row=minh", told).status_code == 303
    (evidence,) = the_case(reference).evidence
    assert (evidence.value, evidence.kind, evidence.row) == (None, "verified", "minh")


def test_a_members_fact_without_a_member_asks_of_whom(officer, reference):
    assert "Of whom?" in officer.read(f"/cases/{reference}/facts/benefit")


def test_the_confirm_page_says_what_will_happen_and_confirming_does_it(officer, eligible):
    page = f"/cases/{eligible}/decisions/TFP1-E/confirm"
    text = officer.read(page)
    assert "The case moves to: Intensity." in text
    assert "in the same words and at the same hour as for any family" in text
    assert the_case(eligible).decisions["TFP1-E"].confirmed is None, "looking confirms nothing"
    assert officer.send(page, {}).status_code == 303
    assert the_case(eligible).stage == "intensity"
    assert "Confirmed by Olive Officer" in officer.read(f"/cases/{eligible}")


def test_deciding_otherwise_asks_for_an_outcome_and_a_reason(officer, eligible):
    page = f"/cases/{eligible}/decisions/TFP1-E/override"
    empty = officer.send(page, {"reason": " "})
    assert empty.status_code == 422
    assert "Select one of the outcomes" in words(empty)
    assert officer.send(page, {"decision": "not_eligible", "reason": "They have moved away"}).status_code == 303
    text = officer.read(f"/cases/{eligible}")
    assert "Decided otherwise than proposed by Olive Officer" in text
    assert "They have moved away" in text


def test_deciding_on_what_is_known_lists_what_is_taken_as_none(officer, reference):
    page = f"/cases/{reference}/decisions/TFP1-E/known"
    assert "Out of work" in officer.read(page)
    assert officer.send(page, {"reason": ""}).status_code == 422
    assert officer.send(page, {"reason": "No answer in a week"}).status_code == 303
    assert "Assumed to be none, by Olive Officer" in officer.read(f"/cases/{reference}")


@pytest.fixture
def worrying(door):
    return nominated(received_at=ago(hours=1), concern="being_harmed", harm_details="Bruises on both arms").reference


def test_lowering_asks_a_second_manager_who_reads_the_reason_and_answers(door, officer, worrying):
    manager = staff_member(door, "team_leader", name="Tilda Leader")
    page = f"/cases/{worrying}/decisions/S0"
    assert "a second manager has to agree" in officer.read(f"{page}/override")
    officer.send(f"{page}/override", {"decision": "no_concern", "reason": "The school has explained it"})
    assert "The school has explained it" in manager.read(f"{page}/countersign")
    assert officer.get(f"{page}/countersign").status_code == 403
    assert manager.send(f"{page}/countersign", {}).status_code == 422
    assert manager.send(f"{page}/countersign", {"answer": "agree"}).status_code == 303
    assert "Second manager: Tilda Leader" in officer.read(f"/cases/{worrying}")


def test_safeguarding_comes_first_on_the_page(door, worrying):
    duty = staff_member(door, "duty_social_worker")
    text = duty.read(f"/cases/{worrying}")
    assert "Acknowledge the safeguarding alert." in text
    assert text.index("Bruises on both arms") < text.index("What to do next")
    assert text.index("Safeguarding screen") < text.index("Known family")


# Two people edit one case.
def test_a_stale_page_shows_both_versions_and_can_be_sent_again(door, officer, reference):
    page = f"/cases/{reference}/facts/benefit?row=nora"
    opened = officer.get(page)
    stale = {name: re.search(rf'name="{name}" value="(\d+)"', opened.text).group(1) for name in ("revision", "seen")}
    other = staff_member(door, name="Otto Other")
    other.send(f"/cases/{reference}/facts/unauth_absence_pct_3t?row=aoif", {**EDUCATION, **today()})
    typed = {"source": "dwp", "value": "ESA", "note": "Saw <the> letter", **today()}
    clash = officer.post(page, {**stale, **typed})
    assert clash.status_code == 409
    text = words(clash)
    for told in ("Otto Other", "Checked: Unauthorised absence", "Employment and Support Allowance", "Saw <the> letter"):
        assert told in text, told
    assert len(the_case(reference).evidence) == 1, "nothing of mine is recorded yet"
    kept = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', clash.text[clash.text.index('id="mine"') :]))
    again = officer.post(page, {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in kept.items()})
    assert again.status_code == 303
    assert {one.fact for one in the_case(reference).evidence} == {"unauth_absence_pct_3t", "benefit"}
    assert the_case(reference).evidence[-1].note == "Saw <the> letter"


def test_what_somebody_else_has_decided_is_said_and_my_reason_is_not_lost(door, officer, eligible):
    page = f"/cases/{eligible}/decisions/TFP1-E/override"
    revision = the_case(eligible).revision
    staff_member(door, name="Otto Other").send(f"/cases/{eligible}/decisions/TFP1-E/confirm", {})
    told = {"decision": "not_eligible", "reason": "They have moved away"}
    clash = officer.post(page, {**told, "revision": the_case(eligible).revision, "seen": "0"})
    assert clash.status_code == 409
    assert "already confirmed" in words(clash)
    assert "They have moved away" in words(clash)
    assert officer.post(page, {**told, "revision": revision}).status_code == 409


def test_a_later_fact_shows_red_on_the_case_and_in_the_queue(officer, eligible):
    officer.send(f"/cases/{eligible}/decisions/TFP1-E/confirm", {})
    told = {"source": "yois", "value-day": "3", "value-month": "2", "value-year": "2020", **today()}
    officer.send(f"/cases/{eligible}/facts/offence_date?row=minh", told)
    text = officer.read(f"/cases/{eligible}")
    assert "A later fact contradicts what was confirmed. Nothing has been reversed." in text
    assert "Confirmed: “Eligible”, by Olive Officer" in text
    assert "Contradicted since" in officer.read("/queue")


def test_a_receipt_is_shown_in_full_and_replays_to_the_same_answer(officer, eligible):
    receipt = the_case(eligible).decisions["TFP1-E"].proposed.receipt
    text = officer.read(f"/cases/{eligible}/receipts/{receipt}")
    for told in ("2 of 2 receipts", "This row decides", "TWO_PLUS_LOCAL", "Published version", "Education database"):
        assert told in text, told
    replayed = officer.post(f"/cases/{eligible}/receipts/{receipt}/replay")
    assert replayed.status_code == 303
    assert "the same answer" in officer.read(replayed.location)


def test_a_receipt_says_why_each_fact_was_so_and_what_differs_from_the_one_before(officer, eligible):
    first, second = the_case(eligible).decisions["TFP1-E"].receipts
    text = officer.read(f"/cases/{eligible}/receipts/{second}?open=all")
    assert "How each fact came about" in text
    assert "Unauthorised absence over the last three terms (%): 15, at least 15% of sessions needed" in text
    differs = text[text.index("Other receipts of this decision") :]
    assert "The outcome was “Checks outstanding”, is now “Eligible”." in differs
    assert "Aoife O'Brien-Nguyễn was not known, is now 15 (Checked: Education database" in differs
    assert "Education was not known, is now yes" in differs
    assert "DCLG financial framework" in text
    assert "What each answer would change" not in text, "nothing is missing any more"
    before = officer.read(f"/cases/{eligible}/receipts/{first}")
    assert "What each answer would change" in before
    assert "After this one" in before


def test_a_receipt_says_who_confirmed_it_and_which_one_was_confirmed(officer, eligible):
    first, second = the_case(eligible).decisions["TFP1-E"].receipts
    assert "Nobody has confirmed this decision." in officer.read(f"/cases/{eligible}/receipts/{second}")
    officer.send(f"/cases/{eligible}/decisions/TFP1-E/confirm", {})
    assert "Confirmed by Olive Officer" in officer.read(f"/cases/{eligible}/receipts/{second}")
    other = officer.read(f"/cases/{eligible}/receipts/{first}")
    assert "Another receipt of this decision was confirmed, by Olive Officer" in other


def test_the_case_page_says_in_a_line_what_each_missing_answer_would_change(officer, reference):
    text = officer.read(f"/cases/{reference}")
    assert "What each answer would change:" in text
    assert "Education: if yes: " in text


def test_a_receipt_that_was_altered_raises_an_alarm(officer, eligible, database):
    receipt = the_case(eligible).decisions["TFP1-E"].proposed.receipt
    told = json.loads(database[receipts.COLLECTION].find_one({"_id": receipt})["text"])
    told["decision"] = "not_eligible"
    database[receipts.COLLECTION].update_one({"_id": receipt}, {"$set": {"text": json.dumps(told)}})
    page = officer.post(f"/cases/{eligible}/receipts/{receipt}/replay")
    assert "gives another answer" in words(page)
    assert "/decision" in words(page)
    assert "taken again, this decision gives another answer" in officer.read(f"/cases/{eligible}")


def test_an_auditor_replays_everything_and_an_alarm_shows_to_those_on_duty(door, officer, eligible, database):
    auditor = staff_member(door, role="auditor", name="Audrey Auditor")
    receipt = the_case(eligible).decisions["TFP1-E"].proposed.receipt
    told = json.loads(database[receipts.COLLECTION].find_one({"_id": receipt})["text"])
    altered = {"$set": {"text": json.dumps({**told, "decision": "not_eligible"})}}
    database[receipts.COLLECTION].update_one({"_id": receipt}, altered)
    begun = auditor.send("/replays", {})
    assert begun.status_code == 303
    assert "You can leave this page and come back" in auditor.read(begun.location)
    assert replay_all.work_off("worker", clock.now)
    done = auditor.read(begun.location)
    assert "1 decision differs" in done
    assert eligible in done
    alarm = "1 stored decision gives another answer when it is taken again."
    assert alarm in auditor.read("/access-log")
    assert alarm in officer.read("/queue"), "whoever sees duty alerts is told"
    assert officer.get("/replays").status_code == 403


def test_a_replay_is_stopped_by_whoever_replays(door, reference):
    auditor = staff_member(door, role="auditor", name="Audrey Auditor")
    begun = auditor.send("/replays", {})
    assert auditor.post(f"{begun.location}/cancel").status_code == 303
    assert "Cancelled" in auditor.read(begun.location)
    assert "Cancelled" in auditor.read("/replays")


def test_a_question_goes_to_the_sender_and_the_reply_waits_on_the_case(officer, reference):
    assert officer.send(f"/cases/{reference}/ask", {"text": ""}).status_code == 422
    assert officer.send(f"/cases/{reference}/ask", {"text": "Which school is Minh at?"}).status_code == 303
    sent = submissions.by_case(staff(), reference)[0]
    ask.reply(partner(), sent.id, sent.questions[0].id, "Markeaton, since September", at=ago())
    text = officer.read(f"/cases/{reference}")
    assert "Markeaton, since September" in text
    assert "The sender has replied to a question." in text
    task = the_case(reference).tasks[-1].id
    revision = the_case(reference).revision
    assert officer.post(f"/cases/{reference}/tasks/{task}/seen", {"revision": revision}).status_code == 303
    assert "The sender has replied to a question." not in officer.read(f"/cases/{reference}")


def test_a_form_on_a_case_is_begun_once_and_gone_on_with(officer, eligible):
    first = officer.post(f"/cases/{eligible}/forms/verification_record")
    second = officer.post(f"/cases/{eligible}/forms/verification_record")
    assert first.location == second.location
    assert "Go on with it" in officer.read(f"/cases/{eligible}")


def test_what_was_sent_is_shown_as_it_was_sent(officer, reference):
    sent = the_case(reference).submissions[0]
    text = officer.read(f"/cases/{reference}/submissions/{sent}")
    assert "14 Larkspur Walk, Derby, ZZ99 3VZ" in text
    assert "Domestic abuse" in text


@pytest.mark.parametrize("role", ["auditor", "business_support", "information_governance_officer"])
def test_who_only_reads_is_offered_nothing_to_do(door, eligible, role):
    reader = staff_member(door, role)
    text = reader.read(f"/cases/{eligible}")
    for offered in ("Look and confirm", "Decide otherwise", "Record what a source says", "Ask the sender"):
        assert offered not in text
    assert reader.get(f"/cases/{eligible}/decisions/TFP1-E/confirm").status_code == 403


@pytest.mark.parametrize(
    "path", ["/cases/DER-0000-0000-0", "/cases/nonsense", "/cases/{}/receipts/none", "/cases/{}/decisions/NONE/confirm",
             "/cases/{}/facts/none", "/cases/{}/submissions/none"]
)  # fmt: skip
def test_what_is_not_there_is_not_found(officer, reference, path):
    assert officer.get(path.format(reference)).status_code == 404
