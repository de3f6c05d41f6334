from datetime import timedelta

import pytest
from tests.services.builders import RECEIVED, education_says, nominated, staff, the_case

from frontdoor.domain.errors import AnswersRejected, NotAllowed, WrongState
from frontdoor.services.confirm import Otherwise, confirm, countersign, override

LATER = RECEIVED + timedelta(hours=3)


@pytest.fixture
def eligible(shipped):
    reference = nominated().reference
    education_says(staff(), reference, 15.0, at=LATER)
    return reference


@pytest.fixture
def worrying(shipped):
    return nominated(concern="being_harmed", harm_details="Bruises on both arms").reference


def at_now(reference):
    return {"at": LATER, "revision": the_case(reference).revision}


def test_a_pending_outcome_cannot_be_confirmed(shipped):
    reference = nominated().reference
    with pytest.raises(WrongState):
        confirm(staff(), reference, "TFP1-E", **at_now(reference))


def test_confirming_names_the_person_moves_the_stage_and_starts_its_clock(eligible):
    confirm(staff(), eligible, "TFP1-E", **at_now(eligible))
    case = the_case(eligible)
    assert case.stage == "intensity"
    assert case.decisions["TFP1-E"].confirmed.by_name == "Front Door Officer"
    running = {clock.code for clock in case.clocks if clock.stopped_at is None}
    assert "DER-INTENSITY" in running
    assert "DER-CHECKS" not in running


def test_a_confirmed_decision_is_not_confirmed_twice(eligible):
    confirm(staff(), eligible, "TFP1-E", **at_now(eligible))
    with pytest.raises(WrongState):
        confirm(staff(), eligible, "TFP1-E", **at_now(eligible))


def test_each_decision_is_confirmed_by_itself(eligible):
    confirm(staff(), eligible, "TFP1-E", **at_now(eligible))
    assert the_case(eligible).decisions["DEDUP"].confirmed is None


def test_deciding_otherwise_keeps_both_and_needs_a_reason_and_another_outcome(eligible):
    for other in (Otherwise("not_eligible", " "), Otherwise("nonsense", "Because"), Otherwise("eligible", "Because")):
        with pytest.raises(AnswersRejected):
            override(staff(), eligible, "TFP1-E", other, **at_now(eligible))
    override(staff(), eligible, "TFP1-E", Otherwise("not_eligible", "They moved away"), **at_now(eligible))
    state = the_case(eligible).decisions["TFP1-E"]
    assert (state.proposed.decision, state.confirmed.decision, state.confirmed.reason) == (
        "eligible", "not_eligible", "They moved away",
    )  # fmt: skip
    assert the_case(eligible).stage == "not_eligible"


def test_lowering_a_safeguarding_outcome_waits_for_a_second_named_manager(worrying):
    lower = Otherwise("no_concern", "The school has explained it")
    override(staff(), worrying, "S0", lower, **at_now(worrying))
    state = the_case(worrying).decisions["S0"]
    assert state.confirmed is None
    assert state.lowering is not None
    assert [task.role for task in the_case(worrying).tasks] == ["team_leader"]
    countersign(staff("team_leader"), worrying, "S0", agree=True, **at_now(worrying))
    made = the_case(worrying).decisions["S0"].confirmed
    assert (made.decision, made.by_name, made.countersigned_name) == ("no_concern", "Front Door Officer", "Team Leader")


def test_nobody_countersigns_their_own_wish(worrying):
    manager = staff("team_leader")
    override(manager, worrying, "S0", Otherwise("no_concern", "Explained"), **at_now(worrying))
    with pytest.raises(NotAllowed):
        countersign(manager, worrying, "S0", agree=True, **at_now(worrying))
    with pytest.raises(NotAllowed):
        countersign(staff(), worrying, "S0", agree=True, **at_now(worrying))


def test_a_refused_lowering_leaves_the_proposal_as_it_was(worrying):
    override(staff(), worrying, "S0", Otherwise("no_concern", "Explained"), **at_now(worrying))
    countersign(staff("team_leader"), worrying, "S0", agree=False, **at_now(worrying))
    state = the_case(worrying).decisions["S0"]
    assert (state.lowering, state.confirmed, state.proposed.decision) == (None, None, "duty_now")


def test_raising_a_safeguarding_outcome_needs_one_person(shipped):
    reference = nominated().reference
    override(staff(), reference, "S0", Otherwise("duty_now", "She rang again"), **at_now(reference))
    assert the_case(reference).decisions["S0"].confirmed.decision == "duty_now"


def test_business_support_confirms_nothing(eligible):
    with pytest.raises(NotAllowed):
        confirm(staff("business_support"), eligible, "TFP1-E", **at_now(eligible))
