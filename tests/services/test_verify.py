from datetime import date, timedelta

import pytest
from tests.services.builders import RECEIVED, education_says, nominated, partner_with_address, staff, the_case

from frontdoor.domain.errors import AnswersRejected, Conflict, NotAllowed, NotFound, WrongState
from frontdoor.services import casefile, replay
from frontdoor.services.confirm import Otherwise, confirm, override
from frontdoor.services.verify import Check, decide_on_what_is_known, verify
from frontdoor.store import receipts, submissions

LATER = RECEIVED + timedelta(hours=3)
TODAY = RECEIVED.date()


@pytest.fixture
def reference(shipped):
    return nominated(partner_with_address()).reference


def tfp(reference):
    return the_case(reference).decisions["TFP1-E"]


# Story 4, 23 November: pending on Education and DWP, with local domestic abuse.
def test_pending_names_education_and_work_and_the_checks_that_would_settle_them(reference):
    file = casefile.open_file(staff(), reference, at=LATER)
    decided = next(one for one in file.decisions if one.state.code == "TFP1-E")
    assert [one.id for one in decided.missing] == ["c2", "c3"]
    education, work = decided.missing
    assert ("unauth_absence_pct_3t", "aoif") in {(check.fact.id, check.row) for check in education.checks}
    assert {check.row for check in work.checks} == {"nora"}


def test_education_says_fifteen_and_the_family_meets_two_and_local_concern(reference):
    education_says(staff(), reference, 15.0, at=LATER)
    proposed = tfp(reference).proposed
    assert (proposed.decision, proposed.reason_code) == ("eligible", "TWO_PLUS_LOCAL")


def story_four(reference):
    officer = staff()
    education_says(officer, reference, 15.0, at=LATER)
    confirm(officer, reference, "TFP1-E", at=LATER, revision=the_case(reference).revision)
    offence = Check("offence_date", "minh", "2025-11-22", "yois", TODAY)
    return verify(officer, reference, offence, at=LATER, revision=the_case(reference).revision)


def test_a_later_fact_flags_the_confirmed_decision_and_reverses_nothing(reference):
    story_four(reference)
    state = tfp(reference)
    assert state.confirmed is not None
    assert (state.confirmed.decision, state.confirmed.by_name) == ("eligible", "Front Door Officer")
    assert state.contradicted
    assert (state.proposed.decision, the_case(reference).stage) == ("pending", "intensity")
    assert [task.kind for task in the_case(reference).tasks if task.done_at is None] == ["contradiction"]


def test_three_receipts_stand_and_each_replays_to_the_same_answer(reference):
    story_four(reference)
    stored = list(receipts.each(staff(), reference, "TFP1-E"))
    assert [one.document["decision"] for one in stored] == ["pending", "eligible", "pending"]
    assert [one.id for one in stored] == list(tfp(reference).receipts)
    assert not [one for one in replay.replay_all(staff("auditor"), reference) if one.differences]


def test_a_contradiction_is_settled_by_keeping_what_was_confirmed_with_a_reason(reference):
    story_four(reference)
    kept = Otherwise("eligible", "The panel sat before the offence was corrected")
    override(staff(), reference, "TFP1-E", kept, at=LATER, revision=the_case(reference).revision)
    state = tfp(reference)
    assert not state.contradicted
    assert state.confirmed is not None
    assert state.confirmed.override
    assert not [task for task in the_case(reference).tasks if task.done_at is None]


def test_the_same_word_from_the_same_source_adds_no_receipt(reference):
    education_says(staff(), reference, 15.0, at=LATER)
    education_says(staff(), reference, 15.0, at=LATER)
    assert len(tfp(reference).receipts) == 2


@pytest.mark.parametrize(
    ("check", "field"),
    [
        pytest.param(Check("unauth_absence_pct_3t", "aoif", 101, "education", TODAY), "/value", id="too-much"),
        pytest.param(
            Check("unauth_absence_pct_3t", "aoif", "15", "education", TODAY), "/value", id="text-for-a-number"
        ),
        pytest.param(Check("unauth_absence_pct_3t", "aoif", 15, "dwp", TODAY), "/source", id="a-source-of-other-facts"),
        pytest.param(
            Check("permanent_exclusion", "aoif", None, "education", TODAY), "/value", id="yes-or-no-left-open"
        ),
        pytest.param(
            Check("unauth_absence_pct_3t", "aoif", 15, "education", TODAY + timedelta(days=1)),
            "/checked_on",
            id="tomorrow",
        ),
        pytest.param(Check("unauth_absence_pct_3t", "aoif", 15, "education", None), "/checked_on", id="no-day"),
    ],
)
def test_what_a_fact_cannot_be_is_refused_where_it_stands(reference, check, field):
    with pytest.raises(AnswersRejected) as refused:
        verify(staff(), reference, check, at=LATER, revision=0)
    assert [problem.where for problem in refused.value.problems] == [field]
    assert the_case(reference).revision == 0


@pytest.mark.parametrize("row", [None, "nobody"])
def test_a_members_fact_is_checked_for_a_member_of_the_family(reference, row):
    with pytest.raises(NotFound):
        verify(staff(), reference, Check("benefit", row, "ESA", "dwp", TODAY), at=LATER, revision=0)


def test_a_stale_page_is_a_conflict_that_shows_what_happened_since(reference):
    education_says(staff(), reference, 15.0, at=LATER)
    with pytest.raises(Conflict) as stale:
        verify(staff(), reference, Check("benefit", "nora", "ESA", "dwp", TODAY), at=LATER, revision=0)
    assert stale.value.theirs.history[-1].what in {"verified", "proposed"}


def test_an_auditor_verifies_nothing(reference):
    with pytest.raises(NotAllowed):
        education_says(staff("auditor"), reference, 15.0, at=LATER)


def test_deciding_on_what_is_known_takes_each_missing_check_as_none_and_says_so(reference):
    decide_on_what_is_known(staff(), reference, "TFP1-E", reason="No answer in a week", at=LATER, revision=0)
    case = the_case(reference)
    assert case.decisions["TFP1-E"].proposed.decision == "not_eligible"
    assumed = {(one.fact, one.row) for one in case.evidence}
    assert ("benefit", "nora") in assumed
    assert {one.kind for one in case.evidence} == {"assumed"}


def test_a_later_check_replaces_what_was_assumed(reference):
    decide_on_what_is_known(staff(), reference, "TFP1-E", reason="No answer in a week", at=LATER, revision=0)
    education_says(staff(), reference, 15.0, at=LATER + timedelta(days=1))
    assert tfp(reference).proposed.decision == "eligible"


def test_deciding_on_what_is_known_needs_a_reason_and_something_missing(reference):
    with pytest.raises(AnswersRejected):
        decide_on_what_is_known(staff(), reference, "TFP1-E", reason=" ", at=LATER, revision=0)
    with pytest.raises(WrongState):
        decide_on_what_is_known(staff(), reference, "DEDUP", reason="None", at=LATER, revision=0)


def test_the_referrer_is_told_at_a_moment_that_depends_on_the_day_of_receipt_alone(reference):
    education_says(staff(), reference, 15.0, at=LATER)
    confirm(staff(), reference, "TFP1-E", at=LATER, revision=the_case(reference).revision)
    sent = submissions.by_case(staff(), reference)[0]
    assert (sent.status, sent.pending_status) == ("received", "decided")
    assert sent.release_at is not None
    assert sent.release_at.date() == date(2026, 11, 30)
