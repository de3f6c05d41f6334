"""By keyboard alone: the first pages of a nomination, and confirming a decision."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.devices import DESKTOP
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Officer, Partner
from tests.journeys.product import Product

pytestmark = pytest.mark.browser
# What a sighted person can tell the focus by: an outline, a shadow or a ground that the same thing does not have else.
LOOK = """() => { const one = document.activeElement, label = one.nextElementSibling;
  const parts = () => [getComputedStyle(one), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const seen = () => parts().map(style =>
    [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.borderWidth].join()).join();
  const ring = parts().some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 1);
  const focused = seen(); one.blur(); const bare = seen(); one.focus();
  return [one.tagName, one.id || one.name || one.innerText, ring || focused !== bare]; }"""


@pytest.fixture(scope="module")
def running(mongo_uri: str, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product for all of these."""
    product = Product(mongo_uri, tmp_path_factory.mktemp("keyboard"), mailbox).start()
    yield product
    product.forget()


def tab_to(page: Page, wanted: str, *, most: int = 80) -> list[str]:
    """Press Tab until the focus is on `wanted` (a CSS selector); everything on the way has to show the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        tag, name, shows = page.evaluate(LOOK)
        assert shows, f"nobody can see that the focus is on {tag} {name}"
        passed.append(str(name))
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return passed
    raise AssertionError(f"the focus never comes to {wanted}; it was on {passed}")


def test_the_first_tab_leads_past_the_navigation(running: Product, browser: Browser) -> None:
    partner = Partner(browser, running, DESKTOP)
    partner.signs_in_as("Tomasz Wiśniewski")
    partner.opens("/partner")
    partner.page.keyboard.press("Tab")
    skip = partner.page.locator(":focus")
    expect(skip).to_have_text("Skip to main content")
    expect(skip).to_be_in_viewport()
    partner.page.keyboard.press("Enter")
    expect(partner.page.locator("main")).to_be_focused()
    passed = tab_to(partner.page, "main button")
    assert not any("Sign out" in one for one in passed)
    partner.leaves()


def test_a_nomination_is_begun_put_right_and_continued(running: Product, browser: Browser) -> None:
    partner = Partner(browser, running, DESKTOP)
    partner.signs_in_as("Tomasz Wiśniewski")
    partner.opens("/partner")
    page = partner.page
    tab_to(page, "main button.govuk-button--start")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/forms/.*/safeguarding"))

    tab_to(page, ".fd-actions button")
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=concern]").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")  # round to the last answer: nobody is being harmed
    assert page.locator("[name=concern]:checked").get_attribute("value") == "no"
    tab_to(page, ".fd-actions button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/referrer"))

    order = tab_to(page, ".fd-actions button")
    asked = [one for one in order if one.startswith("referrer_")]
    shown = page.locator("[data-question]:visible").evaluate_all("all => all.map(one => one.dataset.question)")
    assert asked == shown, "the focus goes through the questions as they stand"
    partner.leaves()


def test_a_decision_is_confirmed(running: Product, browser: Browser) -> None:
    officer = Officer(browser, running, DESKTOP)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens("/queue")
    page = officer.page
    reference = page.locator("tr", has_text="Delacroix").get_by_role("link").first.get_attribute("href")
    tab_to(page, f"main a[href='{reference}']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cases/"))
    tab_to(page, "a[href$='/decisions/DEDUP/confirm']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/confirm$"))
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/cases/[^/]+$"))
    officer.reads("Confirmed by Yusuf Rahman")
    officer.leaves()
