"""Everybody who may come: each role of each authority, partners with and without administration, and nobody."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext
from tests.journeys.devices import DESKTOP
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from frontdoor.services.demo import SignIn

MOST = 6  # pages of one route that a visitor looks at: enough for what they may show


@dataclass(frozen=True)
class Seen:
    """One page as one visitor was given it."""

    visitor: str
    endpoint: str  # the route that was asked
    landed: str  # the route that answered: some only lead elsewhere
    path: str
    status: int
    html: str


@dataclass
class Visitor:
    """Somebody with a session, who looks at pages as fast as they come: without drawing them."""

    name: str
    authority: str
    context: BrowserContext
    extra: list[str] = field(default_factory=list)

    def look(self, routes: MapAdapter, path: str) -> Seen:
        """Ask for a page, following where it leads."""
        answer = self.context.request.get(path)
        kind = answer.headers.get("content-type", "")
        html = answer.text() if kind.startswith("text/html") else ""
        asked, landed = endpoint_of(routes, path) or "", endpoint_of(routes, answer.url) or "no such page"
        return Seen(self.name, asked, landed, path, answer.status, html)

    def wander(self, routes: MapAdapter, starts: Iterable[str]) -> list[Seen]:
        """Follow every link from where they start, a few pages of each route."""
        seen: list[Seen] = []
        waiting, known = deque([*starts, *self.extra]), set()
        counted: dict[str, int] = defaultdict(int)
        while waiting:
            path = waiting.popleft().split("#")[0]
            endpoint = endpoint_of(routes, path) or ""
            if path in known or counted[endpoint] >= MOST:
                continue
            known.add(path)
            counted[endpoint] += 1
            page = self.look(routes, path)
            seen.append(page)
            waiting.extend(unescape(href) for href in re.findall(r'<a [^>]*href="(/[^"]*)"', page.html))
        return seen


def endpoint_of(routes: MapAdapter, path: str) -> str | None:
    """The route that serves an address by GET; None for no page of ours."""
    try:
        endpoint, _ = routes.match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


def come(browser: Browser, address: str, sign_ins: Iterable[SignIn]) -> dict[str, Visitor]:
    """Sign everybody in by the demonstration's buttons."""
    found = {"nobody": Visitor("nobody", "", DESKTOP.context(browser, address))}
    for one in sign_ins:
        context = DESKTOP.context(browser, address)
        start = context.request.get("/").text()
        token = re.search(r'name="csrf_token" value="([^"]+)"', start)
        assert token
        signed = context.request.post(f"/sign-in/demo/{one.account}", form={"csrf_token": token[1]})
        assert signed.ok, f"{one.name} cannot sign in: {signed.status}"
        name = f"{one.authority} {one.role}: {one.name}"
        found[name] = Visitor(name, one.authority, context)
    return found
