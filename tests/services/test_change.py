from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.services.builders import nominated, partner, staff
from tests.services.configuring import (
    APPROVER,
    BOARD,
    BOTH,
    CONFIGURER,
    DUTY_NUMBER,
    LOCAL_MIN,
    NOW,
    approved,
    begun,
    checked,
    edited,
    installed,
    live_value,
    published,
    screened,
    somebody,
    submitted,
    with_account,
)  # fmt: skip

from frontdoor.domain.errors import AnswersRejected, Conflict, DocumentRejected, NotAllowed, NotFound, WrongState
from frontdoor.services import change, change_edits, history, journey, programmes, publish
from frontdoor.store import changes, receipts, snapshots

__all__ = ["installed"]
pytestmark = pytest.mark.usefixtures("installed")
APRIL = date(2027, 4, 1)
MIDNIGHT = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)  # 00:00 on 1 April in summer time
LATER = NOW + timedelta(hours=1)


def test_a_threshold_is_moved_tested_approved_by_another_and_published():
    done = published()
    assert (done.state, done.published, done.from_at) == ("published", 2, NOW)
    assert live_value(LOCAL_MIN) == 2
    assert [step.what for step in done.steps] == [
        "begun",
        "edited",
        "checked",
        "screened",
        "submitted",
        "approved",
        "published",
    ]


def test_the_next_nomination_is_decided_by_the_new_number_and_the_old_one_explains_itself_by_the_old():
    first = nominated(key="a", received_at=NOW - timedelta(hours=1))
    published()
    second = nominated(partner(account="other"), key="b", received_at=LATER)
    told = [_parameter(reference, "local_min") for reference in (first.reference, second.reference)]
    assert told == [1, 2]


def _parameter(reference: str, name: str) -> object:
    officer = staff()
    found = [one.document["parameters"] for one in receipts.each(officer, reference)]
    (told,) = {parameters[name] for parameters in found if name in parameters}
    return told


def test_from_the_first_of_april_it_is_live_from_midnight_local_time():
    done = published(on=APRIL)
    assert done.from_at == MIDNIGHT
    assert live_value(LOCAL_MIN, MIDNIGHT - timedelta(milliseconds=1)) == 1
    assert live_value(LOCAL_MIN, MIDNIGHT) == 2


def test_what_is_published_after_its_day_is_live_at_once_and_not_before():
    done = approved(on=APRIL)
    late = MIDNIGHT + timedelta(days=2)
    assert published(done, at=late).from_at == late
    assert live_value(LOCAL_MIN, late - timedelta(seconds=1)) == 1


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2026, 11, 22)], ids=["today", "yesterday"])
def test_a_day_that_has_begun_is_refused(on):
    with pytest.raises(AnswersRejected):
        submitted(on=on)


@pytest.mark.parametrize("who", ["editor", "submitter", "beginner", "undoer"])
def test_nobody_approves_what_they_had_a_hand_in_whatever_their_roles(who):
    draft = begun(BOTH if who == "beginner" else CONFIGURER)
    if who == "editor":
        draft = edited(draft, "3", viewer=BOTH)  # overwritten below, but a hand in it all the same
    if who == "undoer":
        draft = edited(draft, "4", pointer="/rules/eligibility/parameters/fixed_excl_min/value")
        draft = change_edits.undo(
            BOTH, draft.id, "/rules/eligibility/parameters/fixed_excl_min/value", at=NOW, revision=draft.revision
        )
    draft = screened(checked(edited(draft)))
    submitter = BOTH if who == "submitter" else CONFIGURER
    draft = change.submit(submitter, draft.id, on=None, at=NOW, revision=draft.revision)
    with pytest.raises(NotAllowed):
        change.approve(BOTH, draft.id, at=NOW, revision=draft.revision)
    assert change.approve(APPROVER, draft.id, at=NOW, revision=draft.revision).state == "approved"


@pytest.mark.parametrize("prepare", [checked, submitted, approved], ids=["checked", "submitted", "approved"])
def test_any_edit_returns_a_change_to_draft(prepare):
    again = edited(prepare(), "3")
    assert (again.state, again.report, again.approved_by, again.submitted_by) == ("draft", None, None, None)


def test_checking_an_approved_change_again_asks_for_approval_again():
    again = checked(approved())
    assert (again.state, again.approved_by) == ("checked", None)
    with pytest.raises(WrongState):
        published(again)


@pytest.mark.parametrize(
    ("prepare", "step"),
    [
        pytest.param(begun, checked, id="check-of-nothing"),
        pytest.param(edited, submitted, id="submit-unchecked"),
        pytest.param(checked, approved, id="approve-unsubmitted"),
        pytest.param(submitted, published, id="publish-unapproved"),
        pytest.param(published, edited, id="edit-published"),
        pytest.param(published, published, id="publish-twice"),
    ],
)
def test_no_step_is_skipped(prepare, step):
    before = prepare()
    with pytest.raises(WrongState):
        step(before)
    assert changes.get(BOTH, before.id) == before


@pytest.mark.parametrize("permission", ["edit_change", "approve_change", "publish_change"])
def test_every_step_asks_for_its_permission(permission):
    nobody = replace(BOTH, account="nobody", permissions=BOTH.permissions - {permission})
    done = {
        "edit_change": lambda: edited(viewer=nobody),
        "approve_change": lambda: change.approve(nobody, submitted().id, at=NOW, revision=3),
        "publish_change": lambda: change.publish_change(nobody, approved().id, at=NOW, revision=4),
    }
    with pytest.raises(NotAllowed):
        done[permission]()


def test_another_authority_does_not_see_the_change():
    other = somebody("owen", "edit_change", "approve_change", authority="northmoor")
    with pytest.raises(NotFound):
        change.approve(other, submitted().id, at=NOW, revision=3)


def test_a_stale_page_is_a_conflict():
    draft = edited()
    edited(draft, "3")
    with pytest.raises(Conflict):
        checked(draft)


def test_sent_back_it_is_a_draft_with_the_reason():
    sent = submitted()
    back = change.send_back(APPROVER, sent.id, "Which minute?", at=NOW, revision=sent.revision)
    assert (back.state, back.steps[-1].note) == ("draft", "Which minute?")


@pytest.mark.parametrize(
    ("pointer", "typed", "because", "where"),
    [
        pytest.param(LOCAL_MIN, "99", "minute", "/value", id="out-of-bounds"),
        pytest.param(LOCAL_MIN, "1.5", "minute", "/value", id="half"),
        pytest.param(LOCAL_MIN, "nan", "minute", "/value", id="not-a-number"),
        pytest.param(LOCAL_MIN, "1_0", "minute", "/value", id="python-spelling"),
        pytest.param(LOCAL_MIN, "2", " ", "/because", id="without-a-why"),
        pytest.param(
            "/rules/eligibility/parameters/benefit_codes/value", "ESA\nXX", "m", "/value", id="unknown-option"
        ),
        pytest.param("/rules/eligibility/parameters/benefit_codes/value", "", "m", "/value", id="no-option"),
        pytest.param("/themes/theme/colours/accent", "red", "m", "/value", id="no-colour"),
    ],
)
def test_a_value_that_will_not_do_is_refused_where_it_was_typed(pointer, typed, because, where):
    draft = begun()
    with pytest.raises(AnswersRejected) as refused:
        change_edits.edit(CONFIGURER, draft.id, (pointer, typed, because), at=NOW, revision=draft.revision)
    assert [problem.where for problem in refused.value.problems] == [where]


def test_several_options_are_stored_in_the_order_chosen_and_of_their_own_type():
    draft = edited(typed="UC\r\nESA\r\n", pointer="/rules/eligibility/parameters/benefit_codes/value")
    assert draft.edits[0].value == ["UC", "ESA"]


def test_a_locked_path_is_refused_naming_who_keeps_it():
    draft = begun()
    locked = [one for one in change.settings(draft, at=NOW) if one.keeper]
    assert {one.keeper for one in locked} >= {"base", "derby"}
    for owner in ("base", "derby"):
        one = next(setting for setting in locked if setting.keeper == owner)
        with pytest.raises(DocumentRejected) as refused:
            edited(draft, "Something else", pointer=one.pointer)
        assert owner in refused.value.problems[0].message


def test_a_pointer_that_is_no_setting_is_refused():
    with pytest.raises(NotFound):
        edited(pointer="/rules/eligibility/decisions")


def test_set_back_to_what_it_was_it_is_no_edit():
    assert edited(edited(), "1").edits == ()


def test_each_value_tells_its_own_why_and_the_others_keep_theirs():
    draft = edited(edited(), "Another team", pointer="/themes/notices/duty/in_hours/label/en")
    one = replace(draft.edits[1], because="The team's new name")
    changes.replace(CONFIGURER, replace(draft, edits=(draft.edits[0], one)), expected_revision=draft.revision)
    done = published(approved(submitted(checked(changes.get(CONFIGURER, draft.id)))))
    origins = snapshots.get("derby-city", "derby", done.published).origins
    assert origins[LOCAL_MIN] == {"owner": "derby-city", "version": "2", "because": BOARD}
    assert origins[one.pointer]["because"] == "The team's new name"
    assert origins["/rules/eligibility/parameters/fixed_excl_min/value"]["owner"] == "derby"


def test_a_change_begun_before_another_was_published_moves_onto_it():
    mine = edited(pointer="/rules/eligibility/parameters/fixed_excl_min/value", typed="4")
    published()
    moved = checked(mine)
    assert moved.base == 2
    published(approved(submitted(moved)))
    assert (live_value(LOCAL_MIN), live_value("/rules/eligibility/parameters/fixed_excl_min/value")) == (2, 4)


def test_where_both_changed_the_same_value_a_person_decides():
    mine = edited(typed="3")
    published()
    with pytest.raises(Conflict) as clash:
        checked(mine)
    assert (clash.value.theirs, clash.value.mine) == ({LOCAL_MIN: 2}, {LOCAL_MIN: 3})


def test_an_approved_change_overtaken_by_another_is_checked_again_first():
    mine = approved(submitted(checked(edited(pointer="/rules/eligibility/parameters/fixed_excl_min/value", typed="4"))))
    published()
    with pytest.raises(WrongState, match="Check this one again"):
        published(mine)


def test_a_publish_of_today_leaves_what_is_planned_for_april_in_april():
    published(on=APRIL)
    publish.emergency(CONFIGURER, "derby", (DUTY_NUMBER, "01632 960119", "The line moved"), at=LATER)
    assert (live_value(LOCAL_MIN, LATER), live_value(DUTY_NUMBER, LATER)) == (1, "01632 960119")
    assert (live_value(LOCAL_MIN, MIDNIGHT), live_value(DUTY_NUMBER, MIDNIGHT)) == (2, "01632 960119")
    assert live_value(LOCAL_MIN, MIDNIGHT - timedelta(seconds=1)) == 1


def test_a_value_planned_for_april_stays_planned_when_it_is_changed_until_then():
    published(on=APRIL)
    published(approved(submitted(checked(edited(typed="3", at=LATER), at=LATER), at=LATER), at=LATER), at=LATER)
    assert (live_value(LOCAL_MIN, LATER), live_value(LOCAL_MIN, MIDNIGHT)) == (3, 2)


def test_rolling_back_publishes_the_earlier_one_again_under_the_next_number():
    published()
    back = publish.roll_back(CONFIGURER, "derby", 1, "The board has not met", at=LATER)
    assert (back.published, back.kind, live_value(LOCAL_MIN, LATER)) == (3, "roll_back", 1)
    first, again = (snapshots.get("derby-city", "derby", number) for number in (1, 3))
    assert (again.tree, again.digest, again.same_as) == (first.tree, first.digest, 1)
    assert snapshots.get("derby-city", "derby", 2).published_at == NOW


def test_rolling_back_to_what_is_live_takes_back_what_is_planned():
    published(on=APRIL)
    publish.roll_back(CONFIGURER, "derby", 1, "Postponed", at=LATER)
    assert live_value(LOCAL_MIN, MIDNIGHT) == 1
    with pytest.raises(WrongState):
        publish.roll_back(CONFIGURER, "derby", 1, "Again", at=LATER)


def test_what_was_never_live_cannot_be_gone_back_to():
    published(on=APRIL)
    with pytest.raises(WrongState):
        publish.roll_back(CONFIGURER, "derby", 2, "Early", at=LATER)


def test_at_once_only_words_and_contact_numbers_are_published():
    for pointer, typed in ((LOCAL_MIN, "2"), ("/themes/theme/colours/accent", "#123456")):
        with pytest.raises(NotAllowed):
            publish.emergency(CONFIGURER, "derby", (pointer, typed, "Now"), at=NOW)
    assert snapshots.newest("derby-city", "derby").number == 1


def test_what_was_published_at_once_is_reviewed_by_a_second_person_within_a_working_day():
    friday = datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    done = publish.emergency(CONFIGURER, "derby", (DUTY_NUMBER, "01632 960119", "The line moved"), at=friday)
    assert done.review_due_at == datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    both = replace(BOTH, account=CONFIGURER.account)
    with pytest.raises(NotAllowed):
        publish.review(both, done.id, at=LATER, revision=done.revision)
    seen = publish.review(APPROVER, done.id, at=LATER, revision=done.revision)
    assert (seen.reviewed_by, seen.to_review) == ("feliks", False)
    with pytest.raises(WrongState):
        publish.review(APPROVER, done.id, at=LATER, revision=seen.revision)


def _alone(draft):
    draft = screened(draft)
    return change.publish_alone(CONFIGURER, draft.id, at=NOW, revision=draft.revision)


def test_where_nobody_else_may_approve_one_person_publishes_numbers_within_bounds_and_it_is_flagged():
    with_account(CONFIGURER, "configurer")
    with_account(APPROVER, "approver", active=False)
    draft = checked()
    assert journey.of(CONFIGURER, draft.id, at=NOW).alone
    done = _alone(draft)
    assert (done.state, done.alone, live_value(LOCAL_MIN)) == ("published", True, 2)


def test_where_somebody_else_may_approve_nobody_publishes_alone():
    with_account(APPROVER, "approver")
    draft = checked()
    assert not journey.of(CONFIGURER, draft.id, at=NOW).alone
    with pytest.raises(NotAllowed):
        _alone(draft)


def test_an_approver_of_another_authority_is_nobody_here():
    with_account(somebody("nia", "approve_change", authority="northmoor"), "approver")
    assert _alone(checked()).alone


def test_alone_nobody_publishes_words():
    with pytest.raises(NotAllowed):
        _alone(checked(edited(edited(), "Another team", pointer="/themes/notices/duty/in_hours/label/en")))


def test_given_up_it_stays_and_goes_no_further():
    draft = submitted()
    gone = change.withdraw(CONFIGURER, draft.id, at=NOW, revision=draft.revision)
    with pytest.raises(WrongState):
        approved(gone)


def test_the_history_says_which_is_live_planned_and_past_and_what_differs():
    published()
    published(
        approved(submitted(checked(edited(typed="3", at=LATER), at=LATER), at=LATER, on=APRIL), at=LATER), at=LATER
    )
    told = history.of_programme(CONFIGURER, "derby", at=LATER)
    assert [(one.snapshot.number, one.state) for one in told] == [(3, "planned"), (2, "live"), (1, "past")]
    (moved,) = history.differences(CONFIGURER, "derby", 1, 3)
    assert (moved.pointer, moved.was, moved.now) == (LOCAL_MIN, 1, 3)
    assert moved.setting is not None
    assert moved.setting.label


def test_a_snapshot_is_compiled_under_its_own_number():
    published()
    assert programmes.live("derby-city", "derby", NOW).parameters["local_min"] == 2
