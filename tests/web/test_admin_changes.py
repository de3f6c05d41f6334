import re
from datetime import timedelta

import pytest
from tests.services.builders import nominated, staff
from tests.services.configuring import SCREENED
from tests.web.administering import DERBY, INSIDE, LOCAL_MIN, application, hidden, people, problems_shown, site

from frontdoor import clock
from frontdoor.services import verify
from frontdoor.store import cases, changes, snapshots

__all__ = ["application", "people", "site"]
DUTY_NUMBER = "/themes/notices/duty/in_hours/number"


def nominate():
    """A nomination that one local concern makes eligible; its reference."""
    at = clock.now()
    sent = nominated(key="k", received_at=at, offence="yes", absent="yes", agreement="given")
    case = cases.get(staff(), sent.reference)
    for fact, row in (("unauth_absence_pct_3t", "aoif"),):
        case = verify.verify(
            staff(), case.reference, verify.Check(fact, row, 40, "education", at.date()), at=at, revision=case.revision
        )
    return case.reference


def begin(person, title="Two local concerns"):
    sent = person.post("/changes/new", title=title, programme="derby")
    assert sent.status_code == 303
    return sent.location


def edit(person, change, pointer=LOCAL_MIN, value="2", because="Board, 12 March"):
    page = f"{change}/edit?at={pointer}"
    return person.post(f"{change}/edit", page=page, value=value, because=because)


def take(person, change, step):
    return person.post(f"{change}/{step}", page=change)


def screen(person, change):
    """Answer the questions of equality and data protection."""
    return person.post(f"{change}/screening", **{name: told for name, told in SCREENED.items() if told})


def tried(person, change):
    """Check a change, and answer what it asks."""
    assert take(person, change, "check").status_code == 303
    assert screen(person, change).status_code == 303


def local_min():
    return snapshots.live(DERBY, "derby", clock.now()).tree["rules"]["eligibility"]["parameters"]["local_min"]["value"]


def test_a_threshold_is_moved_page_by_page_and_approved_by_a_second_person(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    change = begin(iona)
    assert edit(iona, change).location == change
    assert "2 local concerns" in iona.get(change).text
    assert take(iona, change, "check").status_code == 303
    assert iona.post(f"{change}/submit", page=change, when="approved").status_code == 409
    assert screen(iona, change).location == change
    assert iona.post(f"{change}/submit", when="approved").location == change
    assert "Waiting for your approval" in feliks.get("/changes").text
    assert "Waiting for your approval" not in iona.get("/changes").text
    assert take(feliks, change, "approve").status_code == 303
    assert local_min() == 1
    assert take(iona, change, "publish").status_code == 303
    assert local_min() == 2
    differing = iona.get("/history/derby?from=1&to=2").text
    assert "1 local concerns" in differing
    assert "2 local concerns" in differing


def test_one_who_edited_it_sees_no_button_to_approve_and_is_refused_if_they_send_it_anyway(people):
    olu = people("configurer", "Olu", roles=("configurer", "approver"))
    change = begin(olu)
    edit(olu, change)
    tried(olu, change)
    olu.post(f"{change}/submit", when="approved")
    page = olu.get(change).text
    assert f"{change}/approve" not in page
    sent = olu.browser.post(f"{change}/approve", data=hidden(page))
    assert sent.status_code == 403
    assert changes.get(INSIDE, change.rpartition("/")[2]).state == "submitted"


def test_a_date_is_midnight_of_the_authority(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    tried(iona, change)
    year = clock.now().year + 1
    day = {"from-day": "1", "from-month": "7", "from-year": str(year)}
    assert iona.post(f"{change}/submit", when="day", **day).status_code == 303
    stored = changes.get(INSIDE, change.rpartition("/")[2])
    assert stored.from_at is not None
    assert stored.from_at.isoformat() == f"{year}-06-30T23:00:00+00:00"
    assert f"1 Jul {year}, 00:00" in iona.get(change).text


@pytest.mark.parametrize(
    ("fields", "control"),
    [
        pytest.param({}, "when", id="nothing-chosen"),
        pytest.param({"when": "day"}, "from", id="no-day"),
        pytest.param(
            {"when": "day", "from-day": "31", "from-month": "2", "from-year": "2030"}, "from", id="no-such-day"
        ),
        pytest.param({"when": "day", "from-day": "1", "from-month": "1", "from-year": "2020"}, "from", id="past"),
    ],
)
def test_a_day_that_will_not_do_is_asked_for_again(people, fields, control):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    tried(iona, change)
    shown = iona.post(f"{change}/submit", **fields)
    assert shown.status_code == 422
    assert list(problems_shown(shown.text)) == [control]


@pytest.mark.parametrize(
    ("value", "because", "controls"),
    [
        pytest.param("99", "x", ["value"], id="out-of-bounds"),
        pytest.param("2", "", ["because"], id="no-why"),
    ],
)
def test_an_edit_that_will_not_do_is_shown_again_with_what_was_typed(people, value, because, controls):
    iona = people("configurer", "Iona")
    shown = edit(iona, begin(iona), value=value, because=because)
    assert shown.status_code == 422
    assert list(problems_shown(shown.text)) == controls
    assert f'value="{value}"' in shown.text


def test_a_locked_value_is_shown_with_its_keeper_and_no_way_to_edit_it(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    page = iona.get(f"{change}/settings?group=outcomes").text
    assert "Locked" in page
    locked = "/rules/safeguarding/decisions/"
    assert f"{change}/edit?at={locked}" not in page
    pointer = re.search(r'"(/rules/safeguarding/decisions/[^"]+/rows/[^"]+/texts/[^"]+)":', _tree())
    assert pointer is not None
    shown = iona.get(f"{change}/edit?at={pointer[1]}").text
    assert "The shared library keeps this" in shown
    assert 'name="value"' not in shown
    token = hidden(iona.get(f"{change}/edit?at={LOCAL_MIN}").text)
    sent = iona.browser.post(f"{change}/edit", data={**token, "at": pointer[1], "value": "x", "because": "y"})
    assert sent.status_code == 422


def _tree() -> str:
    return str(dict(snapshots.live(DERBY, "derby", clock.now()).origins)).replace("'", '"')


def test_settings_are_found_by_words_without_a_script(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    page = iona.get(f"{change}/settings?q=LOCAL+concerns+needed").text
    assert "Local concerns needed" in page
    assert "Unauthorised absence" not in page
    assert "Nothing here has those words" in iona.get(f"{change}/settings?q=zebra").text
    assert iona.get(f"{change}/settings?group=nonsense").status_code == 200


def test_an_edit_is_undone_from_the_page(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    assert iona.post(f"{change}/undo", page=change).status_code == 303
    assert changes.get(INSIDE, change.rpartition("/")[2]).edits == ()


def test_a_conflict_is_shown_on_the_page_of_the_change_with_both_values(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    mine, other = begin(iona, "Mine"), begin(iona, "Other")
    edit(iona, mine, value="3")
    edit(iona, other)
    tried(iona, other)
    iona.post(f"{other}/submit", when="approved")
    take(feliks, other, "approve")
    take(iona, other, "publish")
    shown = take(iona, mine, "check")
    assert shown.status_code == 409
    assert "is now: 2 local concerns" in shown.text
    assert "3 local concerns" in shown.text


def test_a_page_open_in_two_windows_is_a_conflict_and_not_lost(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    old = hidden(iona.get(change).text, f"{change}/check")
    edit(iona, change, value="3")
    assert iona.browser.post(f"{change}/check", data=old).status_code == 409


def test_a_number_is_put_right_at_once_and_reviewed(people):
    iona, feliks = people("configurer", "Iona"), people("approver", "Feliks")
    page = f"/changes/emergency/derby/edit?at={DUTY_NUMBER}"
    missing = iona.post("/changes/emergency/derby/edit", page=page, value="01632 960119", because="")
    assert list(problems_shown(missing.text)) == ["because"]
    sent = iona.post("/changes/emergency/derby/edit", page=page, value="01632 960119", because="The line moved")
    assert sent.status_code == 303
    assert f"{sent.location}/review" not in iona.get(sent.location).text
    assert "to be reviewed" in feliks.get("/changes").text
    assert take(feliks, sent.location, "review").status_code == 303


def test_each_notice_is_one_card_with_english_before_welsh(people):
    page = people("configurer", "Iona").get("/changes/emergency/derby").text
    cards = re.findall(r'<li class="fd-card">.*?</li>', page, flags=re.DOTALL)
    both = [re.findall(r'lang="(\w\w)"', card) for card in cards]
    assert ["en", "cy"] in both
    assert {tuple(one) for one in both} <= {("en", "cy"), ("en",), ()}
    headings = [re.findall(r"<h3[^>]*>([^<]*)", card) for card in cards]
    assert all(len(one) == 1 for one in headings)


def test_editing_one_language_shows_what_the_other_says(people):
    iona = people("configurer", "Iona")
    page = iona.get("/changes/emergency/derby").text
    both = next(card for card in re.findall(r'<li class="fd-card">.*?</li>', page, flags=re.DOTALL) if "cy" in card)
    english = re.findall(r'href="([^"]*)"', both)[0]
    assert english.endswith("/en")
    assert 'lang="cy"' in iona.get(english).text.partition("<main")[2]


def test_what_is_next_and_what_was_found_stand_before_what_changes(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    assert take(iona, change, "check").status_code == 303
    main = iona.get(change).text.partition("<main")[2]
    order = [main.index(words) for words in ("What is next", "What the checks found", "What changes", "Its history")]
    assert order == sorted(order)
    assert "govuk-notification-banner" not in main


def test_a_threshold_cannot_be_slipped_through_the_page_for_words(people):
    iona = people("configurer", "Iona")
    fields = hidden(iona.get(f"/changes/emergency/derby/edit?at={DUTY_NUMBER}").text)
    sent = iona.browser.post(
        "/changes/emergency/derby/edit", data={**fields, "at": LOCAL_MIN, "value": "2", "because": "now"}
    )
    assert sent.status_code == 404
    assert local_min() == 1


def test_an_earlier_number_is_published_again_from_its_page(people):
    iona = people("configurer", "Iona")
    page = f"/changes/emergency/derby/edit?at={DUTY_NUMBER}"
    iona.post("/changes/emergency/derby/edit", page=page, value="01632 960119", because="The line moved")
    asked = iona.get("/history/derby/roll-back/1").text
    assert "01632 960119" in asked
    assert list(problems_shown(iona.post("/history/derby/roll-back/1", because=" ").text)) == ["because"]
    assert iona.post("/history/derby/roll-back/1", because="It was right before").status_code == 303
    assert [one.number for one in snapshots.history(DERBY, "derby")] == [3, 2, 1]


def test_one_person_publishes_alone_where_nobody_may_approve_and_every_list_says_so(people):
    iona = people("configurer", "Iona")
    change = begin(iona)
    edit(iona, change)
    tried(iona, change)
    assert take(iona, change, "publish_alone").status_code == 303
    assert local_min() == 2
    assert "Published by one person" in iona.get(change).text
    assert "By one person" in iona.get("/changes").text


def test_a_review_that_is_late_is_red(people):
    iona = people("configurer", "Iona")
    page = f"/changes/emergency/derby/edit?at={DUTY_NUMBER}"
    sent = iona.post("/changes/emergency/derby/edit", page=page, value="01632 960119", because="The line moved")
    stored = changes.get(INSIDE, sent.location.rpartition("/")[2])
    late = clock.now() - timedelta(minutes=1)
    changes.RECORDS.collection.update_one({"_id": stored.id}, {"$set": {"review_due_at": late}})
    assert "Review overdue" in iona.get("/changes").text


@pytest.mark.parametrize("address", ["/changes/nonsense", "/history/nonsense", "/changes/emergency/nonsense"])
def test_what_is_not_there_is_not_found(people, address):
    assert people("configurer", "Iona").get(address).status_code == 404


def test_past_cases_that_would_move_are_told_by_reference_alone_and_opened_by_whoever_may(people):
    nominated = nominate()
    iona = people("configurer", "Iona")
    leader = people("team_leader", "Lee", roles=("team_leader", "approver"))
    change = begin(iona)
    edit(iona, change)
    take(iona, change, "check")
    assert "Past cases that would be decided differently" in iona.get(change).text
    assert nominated in iona.get(change).text
    assert f'href="/cases/{nominated}"' not in iona.get(change).text
    assert f'href="/cases/{nominated}"' in leader.get(change).text
    assert "Nguyễn" not in iona.get(change).text
