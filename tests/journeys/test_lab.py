"""The threshold lab: a configurer moves a number, reads who would move, and makes a change of it that others judge."""

import re

import pytest
from playwright.sync_api import expect
from tests.journeys.accessibility import faults
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP, Device
from tests.journeys.families import FEATHERSTONE
from tests.journeys.people import Configurer, Officer, Partner
from tests.journeys.product import Product
from tests.journeys.test_story_9 import decided

pytestmark = pytest.mark.browser
OTHER = "Suspensions that meet the school criterion"
TITLE = "Two local concerns, tried in the lab"
WORDS = {
    "Who could this touch more than others": "Families with young children.",
    "What do the numbers by group show": "Too few cases to say.",
    "What will be done about an unfair effect": "We look at the cases again after a term.",
}
CHOICES = (
    "An effect is possible: it will be watched", "No", "Yes", "Yes, as it stands",
)  # fmt: skip
CONTROLS = ("equality", "new_data", "person_decides", "dpia")


def moves(configurer: Configurer, parameter: str, value: str) -> None:
    """Open the lab, choose a parameter and give it another value."""
    configurer.opens("/lab")
    configurer.page.locator("a", has_text=re.compile(f"^{parameter}, Eligibility$")).first.click()
    box = configurer.page.get_by_label("New value")
    box.fill(value)
    configurer.page.get_by_role("button", name="Show").click()
    expect(configurer.page.locator(".lab-value")).to_contain_text(f"If it were {value}")


def looks(configurer: Configurer, device: Device) -> None:
    """Find nothing wrong with the page in sight."""
    if device is DESKTOP:
        assert faults(configurer.page) == []


def test_a_configurer_tries_a_threshold_reads_who_would_move_and_makes_a_draft_of_it(
    product: Product, somebody: Cast, device: Device
) -> None:
    product.at("2026-11-23 09:30")
    deputy, officer, configurer = somebody(Partner, device), somebody(Officer, device), somebody(Configurer, device)
    deputy.signs_in_as("Tomasz Wiśniewski")
    reference = deputy.nominates(FEATHERSTONE)
    officer.signs_in_as("Yusuf Rahman")
    decided(officer, reference, FEATHERSTONE)

    configurer.signs_in_as("Iona Macrae")
    configurer.opens("/lab")
    configurer.reads("Criteria that must be met", "past cases to try it on")
    looks(configurer, device)
    moves(configurer, "Criteria that must be met", "3")
    configurer.reads(re.compile("would have been decided differently"), "Every value it may have")
    looks(configurer, device)
    moves(configurer, "Local concerns needed beside them", "2")
    configurer.follows("Count again with the newest cases")
    configurer.reads(re.compile(r"\d+ of \d+ \w+ would have been decided differently"), reference, "fewer than 5")
    looks(configurer, device)
    configurer.does_not_read("Featherstone")

    configurer.page.get_by_label("Move another value as well").select_option(
        label="Suspensions that meet the school criterion"
    )
    if device is not DESKTOP:
        configurer.presses("Show")
    configurer.reads(f"And: {OTHER}", "as now", "The other values are held")
    looks(configurer, device)
    configurer.follows("Leave it as it is")

    configurer.follows("Make this a draft change")
    configurer.page.get_by_label("What shall the change be called?").fill(TITLE)
    looks(configurer, device)
    configurer.presses("Save as a draft")
    configurer.reads("Why, and on whose authority?", "Enter why")
    configurer.page.get_by_label("Why, and on whose authority?").fill("Partnership board, 12 March 2026, item 4")
    configurer.presses("Save as a draft")
    configurer.reads("What the lab showed", "instead of 1 local concerns")
    looks(configurer, device)

    configurer.checks()
    configurer.follows("Answer the questions of equality and data protection")
    looks(configurer, device)
    for label, words in WORDS.items():
        configurer.page.get_by_label(re.compile(re.escape(label))).fill(words)
    for control, choice in zip(CONTROLS, CHOICES, strict=True):
        group = configurer.page.locator(f"input[name={control}]")
        group.locator("xpath=..").get_by_label(choice, exact=True).check()
    configurer.presses("Keep these answers")
    configurer.reads("We look at the cases again after a term.")
    configurer.follows("Algorithmic transparency record")
    configurer.reads("How it comes to a decision", "An effect is possible", "Local concerns needed beside them")
    looks(configurer, device)
    configurer.opens_change(TITLE)
    configurer.submits()
    configurer.reads("somebody else has to approve it")
