"""A configurer tries a form of a draft, keeps what they made up, and is told when a later edit breaks it."""

import re
from collections.abc import Iterator
from typing import Any

import pymongo
import pytest
from playwright.sync_api import Browser
from tests.journeys.accessibility import faults
from tests.journeys.devices import DESKTOP, PHONE_WITHOUT_SCRIPT, Device
from tests.journeys.families import FEATHERSTONE
from tests.journeys.keyboard import Hands
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Configurer
from tests.journeys.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
LEFT = ("drafts", "submissions", "cases", "alerts", "families", "receipts", "consents", "views")
UNSURE = {**FEATHERSTONE, "concern": "not_sure", "harm_details": "She was quiet.", "actions_taken": "None yet."}


@pytest.fixture(scope="module")
def product(mongo_uri: str, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    product = Product(mongo_uri, tmp_path_factory.mktemp("trying") / "product", mailbox).start()
    yield product
    product.forget()


def configurer_with_a_change(browser: Browser, product: Product, device: Device) -> tuple[Configurer, str]:
    iona = Configurer(browser, product, device)
    iona.signs_in_as("Iona Macrae")
    iona.begins_a_change(f"Tried on a {device.name}")
    return iona, iona.page.url.removeprefix(product.address)


def test_on_a_phone_without_a_script_a_form_is_tried_and_kept_and_what_the_rules_do_not_say_blocks_the_change(
    browser: Browser, product: Product, mongo_client: pymongo.MongoClient[dict[str, Any]]
) -> None:
    iona, change = configurer_with_a_change(browser, product, PHONE_WITHOUT_SCRIPT)
    records = product.records(mongo_client)
    before = {name: records[name].count_documents({}) for name in LEFT}
    iona.follows("Fill in a form in test mode")
    iona.page.get_by_label("Nominate a family, as Nominator").check()
    iona.presses("Begin")
    iona.reads("Nothing here is kept or sent", "tells nobody")
    iona.writes(UNSURE)
    iona.follows("See what would come of it")
    iona.reads("What would come of it", "Safeguarding screen", "Nominator would be told")
    assert {name: records[name].count_documents({}) for name in LEFT} == before
    iona.page.get_by_label("Whom is it about?").fill("Unsure about harm")
    iona.page.get_by_label("What should come of “Safeguarding screen”").fill("no_concern / NO_CONCERN")
    iona.presses("Keep as a test family")
    iona.reads("Not as expected", "should be no_concern / NO_CONCERN, and is")
    iona.opens(change)
    iona.checks()
    iona.reads("Test families that are not as expected", "Unsure about harm")
    iona.does_not_read("Submit for approval")
    iona.leaves()


def test_by_keyboard_alone_a_form_is_begun_answered_and_looked_at(browser: Browser, product: Product) -> None:
    iona, change = configurer_with_a_change(browser, product, DESKTOP)
    hands = Hands(iona.page)
    hands.follows("Fill in a form in test mode")
    assert faults(iona.page) == []
    hands.tab_to(name="part")
    hands.press("Space")
    hands.tab_to(text="Begin")
    hands.enters()
    assert re.search(r"/trial/[0-9a-f]{32}/page/safeguarding$", iona.page.url)
    assert faults(iona.page) == []
    hands.tab_to(name="concern")
    hands.press("Space")
    hands.tab_to(text="Save and continue")
    hands.enters()
    assert faults(iona.page) == []
    trial = iona.page.url.partition("/page/")[0]
    for page in ("check", "outcome", "known"):
        iona.opens(f"{trial}/{page}")
        assert faults(iona.page) == []
    iona.opens(f"{change}/families/past")
    assert faults(iona.page) == []
    iona.leaves()
