"""What every page has to be: free of WCAG 2.2 AA violations that axe finds, and readable at 320 pixels."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.journeys.devices import DESKTOP, NARROWEST

AXE = (Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """tags => axe.run(document,
  {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})"""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WIDER = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.fd-scroll')
    && getComputedStyle(one).position !== 'absolute')
  .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


def faults(page: Page) -> list[str]:
    """What is wrong with the page in sight, on a desktop and at the narrowest."""
    found = []
    page.evaluate(AXE)
    for device in (DESKTOP, NARROWEST):
        page.set_viewport_size({"width": device.width, "height": device.height})
        found += [f"{device.name}: {told}" for told in _violations(page)]
    if page.evaluate("document.documentElement.scrollWidth") > NARROWEST.width:
        found.append(f"narrowest: it scrolls sideways because of {page.evaluate(WIDER)}")
    page.set_viewport_size({"width": DESKTOP.width, "height": DESKTOP.height})
    return found


def _violations(page: Page) -> list[str]:
    told: dict[str, Any] = page.evaluate(RUN, TAGS)
    return [
        f"{one['id']} ({one['help']}) at {', '.join(str(node['target'][0]) for node in one['nodes'][:3])}"
        for one in told["violations"]
    ]


def elements(html: str) -> frozenset[str]:
    """What a page is made of: each kind of element at each kind of place, whatever its words and however often.

    The navigation is left out: it is the same on every page of one person.
    """
    reading = _Elements()
    reading.feed(html)
    return frozenset(reading.found)


class _Elements(HTMLParser):
    """Collects the elements of a page by the way that leads to them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._way: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element, with the names of its attributes and what tells a control from another."""
        told = dict(attrs)
        here = f"{tag}.{told.get('class') or ''}"
        kinds = ",".join(f"{name}={told[name]}" for name in ("type", "role", "scope") if name in told)
        if not any(one.startswith("nav.fd-nav") for one in self._way):
            self.found.add(" > ".join([*self._way[-4:], here]) + f" [{' '.join(sorted(told))}] {kinds}")
        if tag not in VOID:
            self._way.append(here)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element, and any that was left open inside it."""
        for place in range(len(self._way) - 1, -1, -1):
            if self._way[place].split(".")[0] == tag:
                del self._way[place:]
                return
