"""Two people at one thing: the pages that show both versions, which the walk of every page cannot ask for."""

import re

import pytest
from tests.journeys.accessibility import faults
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP
from tests.journeys.families import FEATHERSTONE
from tests.journeys.furnishing import LONG_TEXT, LONG_WORD
from tests.journeys.people import Officer, Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser
BOTH = "What happened since you opened the page"


def test_two_officers_who_decide_one_case_see_both_versions_and_lose_nothing(product: Product, somebody: Cast) -> None:
    product.at("2026-11-23 09:30")
    partner = somebody(Partner, DESKTOP)
    partner.signs_in_as("Tomasz Wiśniewski")
    reference = partner.nominates({**FEATHERSTONE, "family_name": f"Featherstone-{LONG_WORD}"})

    first, second = somebody(Officer, DESKTOP), somebody(Officer, DESKTOP)
    first.signs_in_as("Yusuf Rahman")
    second.signs_in_as("Harpreet Gill")
    first.opens(f"/cases/{reference}/facts/local_named")
    second.opens(f"/cases/{reference}/decisions/TFP1-E/known")
    first.page.get_by_label("Domestic abuse").check()
    first.page.get_by_label("Police record").check()
    first.presses("Record")

    reason = f"No answer in a week. {LONG_WORD} {LONG_TEXT[:400]}"
    second.page.get_by_label("Why not wait for the checks?").fill(reason)
    second.presses("Decide on what is known")
    second.reads("Somebody else changed this case", BOTH, "Yusuf Rahman", "Checked: Local concerns named", reason)
    assert faults(second.page) == []

    second.presses("Decide on what is known")
    second.reads("Decided on what is known.")

    second.opens(f"/cases/{reference}/decisions/DEDUP/override")
    first.opens_case(reference)
    first.confirms("DEDUP")
    second.page.get_by_label("Link to the open case").check()
    second.page.get_by_label("Why?").fill("They lived in Leicester before")
    second.page.locator("main form button").last.click()
    second.reads(re.compile("changed this case|no longer"), "Yusuf Rahman", "They lived in Leicester before")
    assert faults(second.page) == []


def test_two_who_fill_in_one_page_see_both_versions_and_choose(product: Product, somebody: Cast) -> None:
    product.at("2026-11-23 09:30")
    first, second = somebody(Partner, DESKTOP), somebody(Partner, DESKTOP)
    first.signs_in_as("Tomasz Wiśniewski")
    second.signs_in_as("Tomasz Wiśniewski")
    first.begins_a_nomination()
    first.writes(FEATHERSTONE)
    draft = first.page.url.rpartition("/")[0]
    for one, name in ((first, "Featherstone"), (second, f"Quaye-{LONG_WORD}")):
        one.opens(f"{draft}/family")
        one.page.locator("[name=family_name]").evaluate("(field, name) => { field.value = name }", name)
    first.presses("Save and continue")
    second.presses("Save and continue")
    second.reads("This page was saved somewhere else while you were writing", "Featherstone", f"Quaye-{LONG_WORD}")
    assert faults(second.page) == []

    second.presses("Keep what I wrote")
    second.opens(f"{draft}/check")
    second.reads(f"Quaye-{LONG_WORD}")
