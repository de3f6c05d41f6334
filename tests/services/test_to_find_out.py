from datetime import timedelta

import pytest
from tests.services.builders import MEMBERS, RECEIVED, nominated, partner_with_address, staff, the_case

from frontdoor.services import casefile
from frontdoor.services.verify import Check, decide_on_what_is_known, verify

LATER = RECEIVED + timedelta(hours=3)
TODAY = RECEIVED.date()
SCHOOL = {
    "permanent_exclusion", "fixed_exclusions_3t", "unauth_absence_pct_3t", "pru_after_exclusion", "not_on_roll",
}  # fmt: skip
NOBODY_KNOWS = dict.fromkeys(
    ("offence", "asb", "excluded", "suspended", "absent", "pru", "off_roll"), "dont_know"
) | dict.fromkeys(("offence_who", "offence_on"))
BABY = {"id": "ciar", "relationship": "child", "given_name": "Ciara", "family_name": "O'Brien", "dob": "2025-02-01"}
STEPFATHER = {"id": "duyn", "relationship": "step_parent", "given_name": "Duy", "family_name": "Ng", "dob": "unknown"}
SISTER = {"id": "anon", "relationship": "sibling", "given_name": "Lan", "family_name": "Ng", "dob": "unknown"}
FAMILY = [*MEMBERS, BABY, STEPFATHER, SISTER]


@pytest.fixture
def waiting(shipped):
    """What the eligibility of a family of six waits for, by id."""
    reference = nominated(partner_with_address(), members=FAMILY, **NOBODY_KNOWS).reference
    return missing(reference)


def missing(reference):
    file = casefile.open_file(staff(), reference, at=LATER)
    decided = next(one for one in file.decisions if one.state.code == "TFP1-E")
    return {one.id: one for one in decided.missing}


def checks(one, *facts):
    return {check.row for check in one.checks if not facts or check.fact.id in facts}


def test_school_checks_are_offered_for_those_who_could_be_at_school(waiting):
    assert {check.fact.id for check in waiting["c2"].checks} == SCHOOL
    assert checks(waiting["c2"]) == {"aoif", "minh", "anon"}, "no parent, no baby, no step-parent of unknown age"


def test_an_offence_is_looked_up_for_those_who_may_be_under_age_and_anti_social_behaviour_for_everybody(waiting):
    assert checks(waiting["c1"], "offence_date") == {"aoif", "minh", "ciar", "duyn", "anon"}
    assert checks(waiting["c1"], "asb_action_date") == {"aoif", "minh", "nora", "ciar", "duyn", "anon"}


def test_a_benefit_is_looked_up_for_those_who_may_be_adults(waiting):
    assert checks(waiting["c3"]) == {"nora", "duyn", "anon"}


def test_what_would_be_enough_alone_comes_first(shipped):
    reference = nominated(partner_with_address()).reference
    assert [(one.id, one.settles) for one in missing(reference).values()] == [("c2", True), ("c3", True)]
    reference = nominated(key="2", local_criteria=["dont_know"], **NOBODY_KNOWS).reference
    assert not any(one.settles for one in missing(reference).values()), "two criteria and a local concern are open"


def test_once_every_offered_check_is_made_nothing_waits(shipped):
    reference = nominated(partner_with_address(), members=[*MEMBERS, STEPFATHER, SISTER]).reference
    for one in missing(reference).values():
        for check in one.checks:
            value = {"boolean": False, "integer": 0, "number": 0}.get(check.fact.type)
            source = next(iter(check.fact.verify["sources"]))
            made = Check(check.fact.id, check.row, value, source, TODAY)
            verify(staff(), reference, made, at=LATER, revision=the_case(reference).revision)
    assert missing(reference) == {}
    assert the_case(reference).decisions["TFP1-E"].proposed.decision == "not_eligible"


def test_deciding_on_what_is_known_assumes_only_what_could_matter(shipped):
    reference = nominated(partner_with_address(), members=FAMILY, **NOBODY_KNOWS).reference
    revision = the_case(reference).revision
    decide_on_what_is_known(staff(), reference, "TFP1-E", reason="No answer", at=LATER, revision=revision)
    assumed = {(one.fact, one.row) for one in the_case(reference).evidence}
    assert not {row for fact, row in assumed if fact in SCHOOL} & {"nora", "ciar", "duyn"}
    assert missing(reference) == {}


def test_a_decision_that_waits_for_nothing_has_no_checks(shipped):
    reference = nominated(partner_with_address()).reference
    file = casefile.open_file(staff(), reference, at=LATER)
    assert [one.missing for one in file.decisions if one.state.code == "S0"] == [()]
