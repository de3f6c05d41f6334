"""Story 4. 23 Nov: pending on Education and DWP; Education says 15.0%; confirmed; then YOIS is one day outside."""

import re

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP, Device
from tests.journeys.families import FEATHERSTONE
from tests.journeys.people import Officer, Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser


def test_a_confirmed_decision_is_flagged_and_not_reversed_by_a_later_fact(
    product: Product, somebody: Cast, device: Device
) -> None:
    product.at("2026-11-23 09:30")
    deputy = somebody(Partner, DESKTOP)
    deputy.signs_in_as("Tomasz Wiśniewski")
    reference = deputy.nominates(FEATHERSTONE)

    officer = somebody(Officer, device)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens_case(reference)
    assert "Checks outstanding" in officer.proposal("TFP1-E")
    officer.reads("Still to find out", re.compile("[Bb]enefit"), re.compile("[Aa]bsence"))
    officer.confirms("DEDUP")

    officer.records("Unauthorised absence", "15", "Education database", of="Jolyon")
    assert "Eligible" in officer.proposal("TFP1-E")
    officer.reads(re.compile("two|2"), re.compile("local", re.IGNORECASE))
    officer.confirms("TFP1-E")
    officer.reads("Confirmed by Yusuf Rahman")

    officer.opens(f"/cases/{reference}/facts/offence_date")
    officer.follows(re.compile("Jolyon"))
    officer.states("2025-11-22", "Youth offending database (YOIS)")
    officer.reads("A later fact contradicts what was confirmed. Nothing has been reversed.")
    officer.reads("Confirmed: “Eligible")
    receipts = officer.receipts("TFP1-E")
    assert len(receipts) == 3
    for receipt in receipts:
        officer.opens(receipt)
        officer.reads("23 November 2026")
