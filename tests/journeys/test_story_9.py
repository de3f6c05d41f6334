"""The whole story, and story 9: nominated, proposed, verified, confirmed; then the threshold moves without code."""

import re

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP, Device
from tests.journeys.families import FEATHERSTONE
from tests.journeys.people import Configurer, Officer, Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser
TITLE = "Two local concerns, partnership board of 12 March, item 4"
OTHERS = {
    **FEATHERSTONE,
    "family_name": "Underhill-Okafor",
    "address": {"line_1": "19 Fuller Street", "town": "Derby", "postcode": "ZZ99 4DD"},
    "members": [
        {"relationship": "child", "given_name": "Ottoline", "family_name": "Underhill", "dob": "2010-02-11"},
        {"relationship": "parent", "given_name": "Chinedu", "family_name": "Okafor", "dob": "1981"},
    ],
    "offence_who": ["Ottoline Underhill"],
    "absent_who": ["Ottoline Underhill"],
}


def pupil_of(family: dict[str, object]) -> str:
    members = family["members"]
    assert isinstance(members, list)
    return str(members[0]["given_name"])


def decided(officer: Officer, reference: str, family: dict[str, object]) -> None:
    """Open the case and let Education and DWP say what they hold."""
    officer.opens_case(reference)
    officer.confirms("DEDUP")
    officer.records("Unauthorised absence", "15", "Education database", of=pupil_of(family))


def test_a_threshold_moves_without_code_and_the_old_decision_still_explains_itself(
    product: Product, somebody: Cast, device: Device
) -> None:
    product.at("2026-11-23 09:30")
    deputy, officer = somebody(Partner, device), somebody(Officer, device)
    deputy.signs_in_as("Tomasz Wiśniewski")
    old = deputy.nominates(FEATHERSTONE)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens_case(old)
    officer.reads("Checks at source", "Mon 30 Nov 2026, 23:59")
    decided(officer, old, FEATHERSTONE)
    assert "Eligible" in officer.proposal("TFP1-E")
    officer.confirms("TFP1-E")
    officer.reads("Intensity", "Confirmed by Yusuf Rahman")

    configurer, approver = somebody(Configurer, device), somebody(Configurer, device)
    configurer.signs_in_as("Iona Macrae")
    configurer.begins_a_change(TITLE)
    configurer.sets("Local concerns needed beside them", "2", "Partnership board, 12 March 2026, item 4")
    configurer.checks()
    configurer.reads(re.compile("worked examples|[Ee]xamples"), re.compile("past|decided otherwise|differently"))
    configurer.submits()
    configurer.reads("somebody else has to approve it")
    assert not configurer.page.get_by_role("button", name="Approve", exact=True).count()
    approver.signs_in_as("Feliks Nowak")
    approver.opens_change(TITLE)
    approver.presses("Approve")
    approver.reads("Approved by Feliks Nowak")
    configurer.opens_change(TITLE)
    configurer.presses("Publish")
    configurer.reads(re.compile("live from"))

    new = deputy.nominates(OTHERS)
    decided(officer, new, OTHERS)
    assert "Eligible" not in officer.proposal("TFP1-E")
    officer.opens(officer.receipts("TFP1-E")[-1])
    officer.reads(re.compile("Local.*2", re.DOTALL))
    officer.opens_case(old)
    assert "Eligible" in officer.proposal("TFP1-E")
    officer.opens(officer.receipts("TFP1-E")[-1])
    officer.reads(re.compile("Local.*1", re.DOTALL))

    officer.opens_case(new)
    officer.decides_otherwise("TFP1-E", "Eligible", "The school and the landlord both asked for help this week")
    officer.reads("Decided otherwise than proposed by Yusuf Rahman", "The school and the landlord both asked")


def test_a_draft_of_31_march_that_is_sent_on_1_april_is_decided_by_the_rules_of_april(
    product: Product, somebody: Cast
) -> None:
    product.at("2027-03-31 15:00")
    configurer, approver = somebody(Configurer, DESKTOP), somebody(Configurer, DESKTOP)
    configurer.signs_in_as("Iona Macrae")
    configurer.begins_a_change(TITLE)
    configurer.sets("Local concerns needed beside them", "2", "Partnership board, 12 March 2027, item 4")
    configurer.checks()
    configurer.submits(day="2027-04-01")
    approver.signs_in_as("Feliks Nowak")
    approver.opens_change(TITLE)
    approver.presses("Approve")
    configurer.opens_change(TITLE)
    configurer.presses("Publish")
    configurer.reads("Thu 1 Apr 2027, 00:00")
    deputy = somebody(Partner, DESKTOP)
    deputy.signs_in_as("Tomasz Wiśniewski")
    deputy.begins_a_nomination()
    deputy.writes(FEATHERSTONE)

    product.at("2027-04-01 00:20")
    deputy.signs_in_as("Tomasz Wiśniewski")
    deputy.follows(re.compile("^Go on"))
    reference = deputy.sends()
    officer = somebody(Officer, DESKTOP)
    officer.signs_in_as("Yusuf Rahman")
    decided(officer, reference, FEATHERSTONE)
    assert "Eligible" not in officer.proposal("TFP1-E")
