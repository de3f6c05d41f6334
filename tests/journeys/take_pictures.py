"""Take the README's pictures from the running product: `python -m tests.journeys.take_pictures`.

Each is a page as it is, at the demonstration's own data; front.png puts a phone beside a desk.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.journeys.devices import DESKTOP, FLAGS, PHONE, Device
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Configurer, Officer, Partner
from tests.journeys.product import Product

from frontdoor.cli import local_mongod

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
DESK = Device("desk", 1100, 960)
FRONT = """<!doctype html><html lang="en"><style>
body {{ margin: 0; padding: 40px; background: #e9eef2; display: flex; gap: 40px; }}
img {{ display: block; box-sizing: border-box; box-shadow: 0 2px 14px rgb(20 40 60 / 22%); }}
.phone {{ width: 352px; height: 750px; object-fit: cover; object-position: top; }}
.phone {{ border: 9px solid #1c2730; border-radius: 34px; }}
.desk {{ width: 860px; height: 750px; border-radius: 10px; }}
</style><img class="phone" src="{phone}"><img class="desk" src="{desk}"></html>"""


def main() -> None:
    """Start a product of its own, take every picture, and leave nothing else behind."""
    folder = Path(tempfile.mkdtemp())
    database, uri = local_mongod.start(folder / "mongod")
    mailbox = Mailbox()
    product = Product(uri, folder / "product", mailbox)
    try:
        product.at("2026-11-23 09:30")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
            take(browser, product)
    finally:
        product.forget()
        mailbox.close()
        database.stop()
        shutil.rmtree(folder)


def take(browser: Browser, product: Product) -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    partner = Partner(browser, product, PHONE)
    partner.signs_in_as("Tomasz Wiśniewski")
    partner.begins_a_nomination()
    partner.page.screenshot(path=PICTURES / "nomination.png")
    officer = Officer(browser, product, DESK)
    officer.signs_in_as("Yusuf Rahman")
    officer.opens("/queue")
    officer.page.screenshot(path=PICTURES / "queue.png")
    officer.page.locator("tr", has_text="Nguyễn").get_by_role("link").first.click()
    officer.page.screenshot(path=PICTURES / "case.png")
    officer.page.locator("#decision-TFP1-E summary").click()
    officer.page.locator("a.fd-receipt-link:visible").last.click()
    officer.page.screenshot(path=PICTURES / "receipt.png")
    configurer = Configurer(browser, product, DESKTOP)
    configurer.signs_in_as("Iona Macrae")
    configurer.begins_a_change("Two local concerns: partnership board, 12 March, item 4")
    configurer.sets("Local concerns needed beside them", "2", "Partnership board, 12 March 2026, item 4")
    configurer.checks()
    configurer.page.screenshot(path=PICTURES / "change.png")
    configurer.page.get_by_role("link", name="Change the rules").click()
    configurer.page.get_by_role("link", name="Eligibility").first.click()
    configurer.page.screenshot(path=PICTURES / "rules.png")
    front(browser)


def front(browser: Browser) -> None:
    """Put the phone beside the case."""
    html = PICTURES / "front.html"
    html.write_text(FRONT.format(phone="nomination.png", desk="case.png"), "utf-8")
    page = browser.new_page(viewport={"width": 1332, "height": 830})
    page.goto(html.as_uri())
    page.screenshot(path=PICTURES / "front.png")
    html.unlink()


if __name__ == "__main__":
    main()
