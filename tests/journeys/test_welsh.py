"""A partner and an officer who read Welsh: their main pages have no violation, English words in them included."""

import re

import pytest
from playwright.sync_api import Page
from tests.journeys.accessibility import faults
from tests.journeys.conftest import Cast
from tests.journeys.devices import DESKTOP
from tests.journeys.people import Person
from tests.journeys.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LINKS = "links => links.map(link => link.getAttribute('href'))"


def in_welsh(somebody: Cast, name: str) -> Person:
    person = somebody(Person, DESKTOP)
    person.signs_in_as(name)
    person.presses("Cymraeg")
    return person


def wrong(page: Page, paths: list[str]) -> list[str]:
    """What is wrong with pages that have to be in Welsh."""
    found = []
    for path in paths:
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == "cy", path
        found += [f"{path}: {told}" for told in faults(page)]
    return found


def test_a_partners_pages_in_welsh(somebody: Cast, product: Product) -> None:
    product.start()
    tess = in_welsh(somebody, "Margaret Achterberg-Lloyd")
    tess.opens("/partner")
    sent = tess.page.locator("a[href^='/partner/sent/']").first.get_attribute("href") or ""
    tess.page.locator("form[action*='/partner/new/'] button").first.click()
    draft = re.findall(r"/forms/[0-9a-f]+", tess.page.url)[0]
    tess.opens(f"{draft}/check")
    pages = tess.page.locator(f"main a[href^='{draft}/']").evaluate_all(LINKS)
    assert len(set(pages)) > 10
    assert not wrong(tess.page, ["/partner", sent, "/partner/organisation", f"{draft}/check", *dict.fromkeys(pages)])
    tess.opens(f"{draft}/members")
    tess.page.locator("button[name=add]").click()
    tess.page.locator("button[name=remove]").last.click()
    assert tess.page.locator("button[name=undo]").count() == 1
    assert faults(tess.page) == []
    assert tess.page.locator("[lang=en]").count() > 5


def test_an_officers_pages_in_welsh(somebody: Cast, product: Product) -> None:
    product.start()
    officer = in_welsh(somebody, "Yusuf Rahman")
    officer.opens("/queue")
    cases = officer.page.locator("main a[href^='/cases/']").evaluate_all(LINKS)
    assert not wrong(officer.page, ["/queue", "/alerts", "/contacts/new", "/search?name=nobody", *cases[:2]])
