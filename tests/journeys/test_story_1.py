"""Story 1. Fri 27 Nov, 15:10: a deputy head nominates on her phone; a fire alarm; she goes on at a desk on Monday."""

import re
from pathlib import Path

import pytest
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP, PHONE, Device
from tests.journeys.families import OBRIEN_NGUYEN
from tests.journeys.people import Officer, Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser
DEPUTY = "deputy@st-wystans.example"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
SEEN = "N\u00f3ra told the class teacher that they left in October"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """An attendance report to upload."""
    file = tmp_path / "attendance.pdf"
    file.write_bytes(PDF)
    return file


def test_a_draft_outlives_the_session_and_is_sent_once_from_another_device(
    product: Product, somebody: Cast, device: Device, report: Path
) -> None:
    product.at("2026-11-27 15:10")
    deputy = somebody(Partner, device)
    deputy.signs_in_by_link(DEPUTY)
    deputy.begins_a_nomination()
    deputy.writes({**OBRIEN_NGUYEN, "documents": report})
    deputy.reads("Check your answers", "attendance.pdf", "I don\u2019t know")
    deputy.follows(re.compile("Change.*Other things that affect the family"))
    deputy.page.get_by_label(re.compile("What have you noticed")).fill(SEEN)
    if device.script:
        deputy.reads("Saved")  # saved as she types; then the alarm rings

    product.at("2026-11-30 09:05")
    deputy.presses("Save and continue")
    deputy.reads(re.compile("Sign in|signed out", re.IGNORECASE))
    deputy.does_not_read("Nóra")

    at_her_desk = somebody(Partner, DESKTOP)
    at_her_desk.signs_in_by_link(DEPUTY)
    at_her_desk.follows(re.compile("^Go on: the O\u2019Brien-Nguyễn family"))
    at_her_desk.reads("Check your answers")
    if device.script:
        at_her_desk.reads(SEEN)
    at_her_desk.follows(re.compile("Change.*Anything else"))
    at_her_desk.reads("attendance.pdf")
    at_her_desk.presses("Save and continue")
    reference = at_her_desk.sends(twice=True)

    at_her_desk.opens("/partner")
    at_her_desk.reads("Nothing is waiting to be sent", reference)
    words = at_her_desk.page.locator("main").inner_text()
    assert words.count("Mon 30 Nov 2026, 09:0") == 1, "sent once, on Monday"
    officer = somebody(Officer, DESKTOP)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens_case(reference)
    officer.reads("Received", "Mon 30 Nov 2026, 09:0", re.compile("Wed 2 Dec 2026"))  # two working days from Monday


def test_the_tracker_says_the_same_of_a_family_that_others_know(product: Product, somebody: Cast) -> None:
    product.at("2026-11-27 15:10")
    deputy = somebody(Partner, PHONE)
    deputy.signs_in_by_link(DEPUTY)
    known = deputy.nominates(OBRIEN_NGUYEN)
    new = deputy.nominates({**OBRIEN_NGUYEN, "family_name": "Quillfeather", "members": [
        {"relationship": "child", "given_name": "Minty", "family_name": "Quillfeather", "dob": "2012"},
    ], "offence_who": ["Minty Quillfeather"], "absent_who": ["Minty Quillfeather"],
        "address": {"line_1": "80 Unheard-of Lane", "town": "Derby", "postcode": "ZZ99 1XX"}})  # fmt: skip
    assert deputy.tracker_of(known) == deputy.tracker_of(new) != []
    officer = somebody(Officer, DESKTOP)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens_case(known)
    officer.reads("Earlier contacts")
