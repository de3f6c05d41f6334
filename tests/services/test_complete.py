from datetime import timedelta

import pytest
from tests.services.builders import MOOR, RECEIVED, nominated, programme_of, staff, the_case

from frontdoor.domain.errors import NotAllowed, NotFound, WrongState
from frontdoor.domain.forms.accept import accept
from frontdoor.domain.submission import Draft
from frontdoor.services.complete import complete
from frontdoor.services.confirm import confirm
from frontdoor.store import submissions

LATER = RECEIVED + timedelta(hours=2)
MASH = {
    "significant_harm": "no",
    "child_in_need": "no",
    "level": 2,
    "targeted_service_needed": "yes",
    "rationale": "Tired and late; the family asks for help.",
    "decision": "early_help",
    "decided_at": "2026-11-23",
    "decided_time": "12:00",
}


def draft_of(reference, form="mash_decision", draft="d1", viewer=None):
    viewer, case = viewer or staff(authority=MOOR), the_case(reference, MOOR)
    return Draft(
        draft, MOOR, "families-first", form, case.pin, case.tokens, None, viewer.account, {}, LATER, LATER,
        case=reference,
    )  # fmt: skip


def answers(**more):
    form = programme_of(MOOR).forms["mash_decision"]
    return accept(form, {**MASH, **more}, as_of=RECEIVED.date())


@pytest.fixture
def reference(shipped):
    return nominated(authority=MOOR).reference


def test_the_decision_that_a_form_answers_is_proposed_when_the_form_is_complete(reference):
    assert "FF-M" not in the_case(reference, MOOR).decisions
    complete(staff(authority=MOOR), draft_of(reference), answers(), LATER)
    assert the_case(reference, MOOR).decisions["FF-M"].proposed.decision == "eh_mash_lead"


def test_confirming_it_moves_the_case_and_starts_the_next_clock(reference):
    complete(staff(authority=MOOR), draft_of(reference), answers(), LATER)
    officer = staff(authority=MOOR)
    confirm(officer, reference, "FF-M", at=LATER, revision=the_case(reference, MOOR).revision)
    case = the_case(reference, MOOR)
    assert (case.stage, case.team) == ("eh_lead", "early_help")
    running = {clock.code for clock in case.clocks if clock.stopped_at is None}
    assert "FF-K2" in running
    assert "FF-K1" not in running


def test_sending_the_same_draft_twice_is_one_form(reference):
    first = complete(staff(authority=MOOR), draft_of(reference), answers(), LATER)
    second = complete(staff(authority=MOOR), draft_of(reference), answers(), LATER)
    assert first == second


def test_completing_it_again_keeps_both_and_decides_on_the_later(reference):
    complete(staff(authority=MOOR), draft_of(reference), answers(), LATER)
    again = answers(significant_harm="yes", decision="social_care")
    complete(staff(authority=MOOR), draft_of(reference, draft="d2"), again, LATER)
    kept = [one for one in submissions.by_case(staff(authority=MOOR), reference) if one.form == "mash_decision"]
    assert [one.amended_by is None for one in sorted(kept, key=lambda one: one.amended_by is None)] == [False, True]
    assert the_case(reference, MOOR).decisions["FF-M"].proposed.decision == "csc_tier_4"


def test_another_role_may_not_complete_it(reference):
    with pytest.raises(NotAllowed):
        complete(staff("team_leader", MOOR), draft_of(reference), answers(), LATER)


def test_a_form_of_another_stage_is_not_waited_for(reference):
    with pytest.raises(WrongState):
        complete(staff(authority=MOOR), draft_of(reference, form="closure"), {}, LATER)


def test_a_case_of_another_authority_is_not_there(reference):
    with pytest.raises(NotFound):
        complete(staff(), draft_of(reference), answers(), LATER)
