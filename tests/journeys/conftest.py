"""The product, the browser and the people that every journey starts from."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from tests.journeys.devices import EVERY, FLAGS, PATIENCE, Device
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Person
from tests.journeys.product import Product

Somebody = TypeVar("Somebody", bound=Person)
Cast = Callable[..., Person]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, started once for each process of the test run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that keeps everybody's mail."""
    keeping = Mailbox()
    yield keeping
    keeping.close()


@pytest.fixture
def product(mongo_uri: str, mailbox: Mailbox, tmp_path: Path) -> Iterator[Product]:
    """A product with nothing in it yet; the story starts it at a moment of its own."""
    installed = Product(mongo_uri, tmp_path / "product", mailbox)
    yield installed
    installed.forget()


@pytest.fixture(params=EVERY, ids=lambda device: device.name)
def device(request: pytest.FixtureRequest) -> Device:
    """What the story is played on: a desktop, a phone, and a phone without JavaScript."""
    held: Device = request.param
    return held


@pytest.fixture
def somebody(browser: Browser, product: Product) -> Iterator[Cast]:
    """Brings a person of some kind with a device; all of them leave at the end, and no browser may have complained."""
    here: list[Person] = []

    def bring(kind: type[Somebody], device: Device) -> Somebody:
        person = kind(browser, product, device)
        here.append(person)
        return person

    yield bring
    for person in here:
        person.leaves()
