"""A connection that is cut in the middle of a form: nothing typed is lost, and what was pressed goes on by itself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.devices import PHONE
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def running(mongo_uri: str, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all of these."""
    product = Product(mongo_uri, tmp_path_factory.mktemp("cut"), mailbox).start()
    yield product
    product.forget()


@pytest.fixture
def partner(running: Product, browser: Browser) -> Iterator[Partner]:
    """Somebody on the page about the family, its safeguarding page answered."""
    person = Partner(browser, running, PHONE)
    person.signs_in_as("Tomasz Wiśniewski")
    person.begins_a_nomination()
    person.page.get_by_label("No", exact=True).first.check()
    person.presses("Save and continue")
    yield person
    person.leaves()


def test_a_page_that_was_pressed_without_a_connection_goes_on_by_itself_when_it_is_back(partner: Partner) -> None:
    page, here = partner.page, partner.page.url
    page.context.set_offline(True)
    page.get_by_label("Your job or role").fill("Deputy head")
    saved = page.locator("[data-saved]")
    expect(saved).to_have_text(re.compile("Not saved yet: no connection"))
    page.get_by_role("button", name="Save and continue").last.click()
    expect(saved).to_have_text(re.compile("goes on by itself"))
    assert page.url == here
    expect(page.get_by_label("Your job or role")).to_have_value("Deputy head")
    page.context.set_offline(False)
    page.wait_for_url(lambda address: address != here)
    page.go_back()
    expect(page.get_by_label("Your job or role")).to_have_value("Deputy head")


def test_the_form_in_one_keeps_what_is_typed_and_asks_what_an_answer_leads_to(partner: Partner) -> None:
    partner.page.get_by_role("link", name="Show all questions on one page").click()
    page = partner.page
    page.get_by_label("Family name", exact=False).first.fill("Okafor")
    expect(page.locator("[data-saved]")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("Family name", exact=False).first).to_have_value("Okafor")
    worried = page.get_by_label("What has worried you?")
    expect(worried).to_be_hidden()
    page.get_by_label("I am not sure").check()
    expect(worried).to_be_visible()
