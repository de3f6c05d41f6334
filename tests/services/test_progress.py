from datetime import timedelta

import pytest
from tests.services.builders import RECEIVED, nominated, programme_of, staff, the_case

from frontdoor.domain.forms.accept import accept
from frontdoor.domain.submission import Draft
from frontdoor.services.complete import complete
from frontdoor.services.confirm import confirm
from frontdoor.store import families

ABSENT = {
    "absent": "yes", "absent_who": ["aoif"], "absence_pct": 21.5, "benefits": "no",
    "agreement": "given", "agreement_by": "Ms O'Brien", "privacy_notice_given": True, "explained_by": "Tess Teacher",
}  # fmt: skip
DAY = timedelta(days=1)
CALM = dict.fromkeys(
    ("cp_plan", "edge_of_care", "custody_risk", "eviction_notice", "derby_homes_tenant", "partner_lead_engaged"), "no"
)


def completed(reference, role, form, answers, at):
    viewer, case, programme = staff(role), the_case(reference), programme_of()
    told = accept(programme.forms[form], answers, as_of=programme.calendar.local_date(at))
    draft = Draft(
        f"{form}-{at:%j%H%M}", case.authority, case.programme, form, case.pin, case.tokens, None, viewer.account, told,
        at, at, case=reference,
    )  # fmt: skip
    complete(viewer, draft, told, at)


def confirmed(reference, code, at, role="front_door_officer"):
    confirm(staff(role), reference, code, at=at, revision=the_case(reference).revision)


@pytest.fixture
def supported(shipped):
    reference = nominated(**ABSENT).reference
    confirmed(reference, "DEDUP", RECEIVED)
    confirmed(reference, "TFP1-E", RECEIVED + DAY)
    completed(reference, "front_door_officer", "intensity_check", CALM, RECEIVED + 2 * DAY)
    confirmed(reference, "DER-I", RECEIVED + 2 * DAY)
    return reference


def test_confirming_stage_by_stage_leads_to_support_and_opens_the_familys_episode(supported):
    case = the_case(supported)
    assert (case.stage, case.status) == ("support", "support")
    assert families.get(staff(), case.family).open_cases == (supported,)


def test_a_second_nomination_during_support_is_to_be_linked(supported):
    second = nominated(key="second", received_at=RECEIVED + 9 * DAY, **ABSENT).reference
    assert the_case(second).decisions["DEDUP"].proposed.decision == "link_existing"
    confirmed(second, "DEDUP", RECEIVED + 10 * DAY)
    linked = the_case(second)
    assert (linked.stage, linked.status, linked.due_at) == ("linked", "closed", None)
    assert families.get(staff(), linked.family).open_cases == (supported,), "linking closes no episode"


def test_ending_support_closes_the_episode_and_keeps_the_case_for_its_review(supported):
    at = RECEIVED + 30 * DAY
    ended = {"closure_reason": "goals_met", "planned": True, "closed_on": "2026-12-23", "onward": "School"}
    completed(supported, "team_leader", "closure", ended, at)
    confirmed(supported, "DER-CLOSE", at, "team_leader")
    case = the_case(supported)
    assert (case.stage, case.status, case.closed_at) == ("closed", "review", None)
    family = families.get(staff(), case.family)
    assert (family.open_cases, family.closed_on) == ((), at.date())
    assert "DER-K1" in {clock.code for clock in case.clocks if clock.stopped_at is None}
    third = nominated(key="third", received_at=RECEIVED + 60 * DAY, **ABSENT).reference
    assert the_case(third).decisions["DEDUP"].proposed.decision == "reopen_review"


def test_each_step_moves_the_revision_and_nothing_else_does(shipped):
    reference = nominated(**ABSENT).reference
    assert the_case(reference).revision == 0
    confirmed(reference, "DEDUP", RECEIVED)
    assert the_case(reference).revision == 1


def test_clocks_name_the_holiday_table_that_they_used(supported):
    assert {clock.holidays for clock in the_case(supported).clocks} == {programme_of().calendar.version}
