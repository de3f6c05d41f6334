"""What people hold in their hands."""

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext

PATIENCE = 60_000  # milliseconds: how long a person waits for a control on a busy machine

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    """A screen's width and height in CSS pixels, and whether its browser runs scripts."""

    name: str
    width: int
    height: int
    script: bool = True

    def context(self, browser: Browser, address: str) -> BrowserContext:
        """A browser of its own, with no cookies yet, that knows the product's address."""
        context = browser.new_context(
            base_url=address,
            viewport={"width": self.width, "height": self.height},
            java_script_enabled=self.script,
            has_touch=self.width < 500,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(PATIENCE)
        return context


DESKTOP = Device("desktop", 1280, 900)
PHONE = Device("phone", 375, 812)
PHONE_WITHOUT_SCRIPT = Device("phone-without-script", 375, 812, script=False)
NARROWEST = Device("narrowest", 320, 640)
EVERY = (DESKTOP, PHONE, PHONE_WITHOUT_SCRIPT)
