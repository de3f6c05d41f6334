"""Every page for everybody, in a real browser: no violation of WCAG 2.2 AA, no sideways scroll at 320 pixels.

Each visitor asks for every page that their links lead to and for an example of every route. Drawing takes time, so a
page is drawn if it has an element that no drawn page of its route has, and so is the first page of each visitor. The
list at the end of the run says how many were asked for, shown and drawn.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pymongo
import pytest
from playwright.sync_api import Browser, Page
from tests.journeys import furnishing
from tests.journeys.accessibility import elements, faults
from tests.journeys.devices import DESKTOP
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Staff
from tests.journeys.product import Product
from tests.journeys.visitors import Seen, Visitor, come
from werkzeug.routing import MapAdapter

from frontdoor import clock
from frontdoor import settings as environment
from frontdoor.app import create_app
from frontdoor.domain.access import system_viewer
from frontdoor.services import demo, sign_in
from frontdoor.store import accounts, connection, secrets

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]
# No pages: what programs ask for, and what a page brings with it.
NOT_PAGES = re.compile(
    r"^(static|api|public\.(well|theme|logo)|filling\.file|admin\.lab_record_json|admin\.preview_letter"
    r"|casework\.pdf|partner\.pdf)"
)
# A page that exists between two steps of one person only; it has a test of its own.
PASSING = {"account.sign_in_code"}
PASSWORD, SECRET = "three random words", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ADMINISTRATOR = system_viewer("derby-city")
PDF = b"%PDF-1.4\ntrailer<<>>\n%%EOF\n"
MAY_BE_EMPTY = ("/queue", "/search?name=nobody", "/alerts", "/partner", "/changes", "/outbox", "/access-log")
ASKS = re.compile(r'type="(text|email|password|radio|file)"|<textarea|<select')
CLEAR = """form => { for (const held of form.elements) {
  if (['radio', 'checkbox'].includes(held.type)) held.checked = false;
  else if (!['hidden', 'submit', 'button'].includes(held.type) && held.tagName !== 'FIELDSET') held.value = '';
} }"""
STARTS = ("/", "/sign-in", "/sign-in/partner", "/sign-in/sent", "/account", "/desk", "/no-such-page")


@dataclass
class Walk:
    """The product, everybody in it, and what has been seen."""

    product: Product
    routes: MapAdapter
    endpoints: set[str]
    visitors: dict[str, Visitor]
    seen: list[Seen] = field(default_factory=list)
    drawn: list[Seen] = field(default_factory=list)
    covered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def is_new(self, page: Seen) -> bool:
        """Whether a page has something to look at that no page of its route had before."""
        found = elements(page.html)
        place = page.landed if page.status == 200 else f"status {page.status}"  # a refusal looks the same everywhere
        new = not found <= self.covered[place]
        self.covered[place] |= found
        return new


@pytest.fixture(scope="module")
def walk(
    mongo_uri: str, mailbox: Mailbox, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """A product with its demonstration, with long words and with things half done; everybody has looked round."""
    folder = tmp_path_factory.mktemp("walk")
    product = Product(mongo_uri, folder / "product", mailbox).start()
    app = create_app(environment.read(product.environment()))
    routes = app.url_map.bind("127.0.0.1")
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    try:
        furnishing.a_family_of_twenty(clock.now())
        (folder / "report.pdf").write_bytes(PDF)
        extra = furnishing.half_done(browser, product, folder / "report.pdf")
        visitors = come(browser, product.address, demo.sign_ins(at=clock.now()))
        for name, visitor in visitors.items():
            visitor.extra = next((paths for who, paths in extra.items() if name.endswith(who)), [])
        yield _walked(Walk(product, routes, endpoints, visitors))
    finally:
        connection.close()
        product.forget()


def _walked(walk: Walk) -> Walk:
    """Everybody wanders, then tries an example of each route that others of their authority found."""
    for visitor in walk.visitors.values():
        walk.seen += visitor.wander(walk.routes, STARTS)
    for visitor in walk.visitors.values():
        been = {page.endpoint for page in walk.seen if page.visitor == visitor.name}
        for endpoint in sorted({page.endpoint for page in walk.seen} - been):
            example = next(
                (page.path for page in walk.seen if page.endpoint == endpoint and
                 walk.visitors[page.visitor].authority in ("", visitor.authority)), None,
            )  # fmt: skip
            if example:
                walk.seen.append(visitor.look(walk.routes, example))
    firsts = {page.visitor: page for page in reversed(walk.seen) if page.status == 200 and page.path == "/desk"}
    fullest = sorted((page for page in walk.seen if page.html), key=lambda page: -len(page.html))
    walk.drawn = [page for page in fullest if walk.is_new(page) or page in firsts.values()]
    return walk


def test_every_route_that_gives_a_page_was_visited(walk: Walk, record_property: Callable[[str, object], None]) -> None:
    record_property("told at the end of the run", _list_of(walk))
    pages = {endpoint for endpoint in walk.endpoints if not NOT_PAGES.match(endpoint)} - PASSING
    assert sorted(pages - {page.endpoint for page in walk.seen if page.status == 200}) == []


def test_no_page_fails(walk: Walk) -> None:
    failed = [(page.visitor, page.path, page.status) for page in walk.seen if page.status >= 500]
    assert failed == []


def test_every_role_and_every_kind_of_partner_looked(walk: Walk) -> None:
    looked = {page.visitor for page in walk.seen}
    assert len(looked) == len(walk.visitors) >= 30


def test_no_page_has_a_violation(walk: Walk) -> None:
    wrong: list[str] = []
    for first in walk.drawn:
        page = walk.visitors[first.visitor].context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error, heard=complaints: heard.append(str(error)))
        page.goto(first.path)
        wrong += [f"{first.endpoint} {first.path} ({first.visitor}): {told}" for told in [*faults(page), *complaints]]
        page.close()
    assert not wrong, f"{len(wrong)} on {len(walk.drawn)} pages:\n" + "\n".join(wrong)


def test_the_page_between_password_and_code_has_no_violation(walk: Walk, browser: Browser) -> None:
    officer = next(one for one in accounts.staff(ADMINISTRATOR) if one.roles == ("front_door_officer",))
    accounts.enrol(
        officer.id, password_hash=sign_in.hash_password(PASSWORD), totp_secret=secrets.encrypt(SECRET)
    )  # fmt: skip
    person = Staff(browser, walk.product, DESKTOP)
    person.opens("/sign-in")
    person.page.get_by_label("E-mail address").fill(officer.email)
    person.page.get_by_label("Password").fill(PASSWORD)
    person.presses("Continue")
    assert person.page.url.endswith("/sign-in/code?next=") or person.page.url.endswith("/sign-in/code")
    assert faults(person.page) == []
    assert _send_empty(person.page, 0)
    assert faults(person.page) == []
    person.leaves()


def test_a_form_that_is_sent_empty_has_no_violation(walk: Walk) -> None:
    wrong: list[str] = []
    told_off = 0
    for first in _with_different_forms(walk):
        for place in range(_fillable(first.html)):
            page = walk.visitors[first.visitor].context.new_page()
            page.goto(first.path)
            if _send_empty(page, place):
                told_off += 1
                where = f"{first.endpoint} {first.path} ({first.visitor}), sent empty"
                wrong += [f"{where}: {fault}" for fault in faults(page)]
                if not page.locator(".govuk-error-summary").evaluate("one => one === document.activeElement"):
                    wrong.append(f"{where}: the error summary has no focus")
            page.close()
    assert not wrong, f"{len(wrong)} on {told_off} pages:\n" + "\n".join(wrong)
    assert told_off >= 20


def test_pages_with_nothing_on_them_have_no_violation(
    walk: Walk, mongo_client: pymongo.MongoClient[dict[str, Any]]
) -> None:
    records = walk.product.records(mongo_client)
    for name in ("cases", "submissions", "receipts", "families", "drafts", "alerts", "messages", "views", "changes"):
        records[name].delete_many({})
    wrong: list[str] = []
    looked: set[str] = set()
    for visitor in walk.visitors.values():
        for path in MAY_BE_EMPTY:
            empty = visitor.look(walk.routes, path)
            if empty.status != 200 or path in looked:
                continue
            looked.add(path)
            page = visitor.context.new_page()
            page.goto(path)
            wrong += [f"{path} ({visitor.name}), empty: {fault}" for fault in faults(page)]
            page.close()
    assert wrong == []
    assert looked == set(MAY_BE_EMPTY)


def _with_different_forms(walk: Walk) -> list[Seen]:
    """The drawn pages that ask for something: each page of a form, and the fullest page of every other route."""
    found: dict[str, Seen] = {}
    for page in walk.drawn:
        if page.status == 200 and _fillable(page.html):
            found.setdefault(page.path if page.landed == "filling.page" else page.landed, page)
    return list(found.values())


def _list_of(walk: Walk) -> str:
    """The list of pages, so that nobody has to believe a number."""
    asked = Counter(page.endpoint for page in walk.seen)
    shown = Counter(page.endpoint for page in walk.seen if page.status == 200)
    drawn = Counter(page.landed for page in walk.drawn)
    lines = [f"{'asked':>6}{'shown':>6}{'drawn':>6}  page"]
    lines += [f"{asked[one]:6}{shown[one]:6}{drawn[one]:6}  {one}" for one in sorted({*asked, *drawn})]
    whole = f"{asked.total():6}{shown.total():6}{drawn.total():6}  in all, by {len(walk.visitors)} visitors"
    return "\n".join(["pages looked at with axe, each drawn one at 1280 and at 320 pixels", *lines, whole])


def _fillable(html: str) -> int:
    """How many forms of a page ask for something that may be left empty."""
    main = html.partition("<main")[2]
    forms = re.findall(r"<form.*?</form>", main, flags=re.DOTALL)
    return sum('method="post"' in form and bool(ASKS.search(form)) for form in forms)


def _send_empty(page: Page, place: int) -> bool:
    """Clear one form and send it; whether the page then says what to put right."""
    form = page.locator("main form[method=post]:has(input[type=text],input[type=email],input[type=password],"
                        "input[type=radio],input[type=file],textarea,select)").nth(place)  # fmt: skip
    if not form.count():
        return False
    form.evaluate(CLEAR)
    if not form.locator("button:visible").count():
        return False  # behind "show more": a person does not send it by accident
    form.locator("button:visible").last.click(timeout=60_000)
    page.wait_for_load_state()
    return bool(page.locator(".govuk-error-summary").count())
