"""Story 3. A grandmother rings on Friday, without giving her name; it is typed on Monday morning."""

import re

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import Device
from tests.journeys.families import KAYLEE, KAYLEIGH
from tests.journeys.people import Officer
from tests.journeys.product import Product

pytestmark = pytest.mark.browser


def test_a_call_that_is_typed_late_is_overdue_at_once_and_adds_up_with_those_before(
    product: Product, somebody: Cast, device: Device
) -> None:
    product.at("2026-12-21 08:36")
    officer = somebody(Officer, device)
    officer.signs_in_as("Gareth Sandhu")
    earlier = []
    for day, at in (("2026-11-03", "10:05"), ("2026-12-08", "15:30")):
        officer.records_a_call(of="Kaylee Delacroix", day=day, at=at, name="A neighbour")
        officer.writes(KAYLEE)
        earlier.append(officer.sends())

    found = officer.records_a_call(of="Kayleigh Delacroix", day="2026-12-18", at="16:50")
    assert set(found) == set(earlier), "Kayleigh is found under Kaylee"
    officer.writes(KAYLEIGH)
    reference = officer.sends()

    officer.reads("Fri 18 Dec 2026, 16:50", "Sat 19 Dec 2026, 16:50", re.compile("[Oo]verdue"))
    officer.reads("Earlier contacts", *earlier)
    assert "A manager looks" in officer.proposal("REPEAT")
    officer.reads("3 contacts in twelve months")
    officer.opens("/queue?state=overdue")
    officer.reads(reference)
    assert set(officer.finds("Kayleigh")) == {reference, *earlier}
