"""A configurer builds a whole decision table from nothing, by keyboard alone, and it is the shipped one to the hash."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.accessibility import faults
from tests.journeys.devices import DESKTOP
from tests.journeys.keyboard import Hands, builds, fields
from tests.journeys.mailbox import Mailbox
from tests.journeys.people import Configurer
from tests.journeys.product import Product

from frontdoor import packs_dir
from frontdoor.domain.canonical import digest
from frontdoor.domain.orders import in_order
from frontdoor.domain.packs import gather, resolve
from frontdoor.domain.rules.dialect import edits, tree
from frontdoor.domain.rules.dialect.drafting import draft
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.store import shipped

pytestmark = pytest.mark.browser
CODE = "TFP1-E"
PAPER = json.loads((packs_dir() / "rules/derby/eligibility.json").read_text("utf-8"))
NAMES = subjects((), resolve(gather(shipped.read(packs_dir()).sources), "derby", "derby-city").tree["rules"])


@pytest.fixture(scope="module")
def configurer(browser: Browser, mongo_uri: str, mailbox: Mailbox, tmp_path_factory) -> Iterator[Configurer]:
    product = Product(mongo_uri, tmp_path_factory.mktemp("table"), mailbox).start()
    somebody = Configurer(browser, product, DESKTOP)
    somebody.signs_in_as("Iona Macrae")
    somebody.begins_a_change("Our own table of eligibility")
    yield somebody
    somebody.leaves()
    product.forget()


@pytest.fixture(scope="module")
def change(configurer: Configurer) -> str:
    return configurer.page.url.rpartition("/")[2].partition("#")[0]


@pytest.fixture(scope="module")
def explained(configurer: Configurer, change: str) -> str:
    """The change, once it was said why its rules are edited."""
    configurer.opens(f"/changes/{change}/rules/why")
    configurer.page.get_by_label("Why, and on whose authority?").fill("Board, item 4")
    configurer.presses("Continue")
    return change


def boxes_of(place: tuple[str, ...]) -> dict:
    found = fields(edits.boxes_of(PAPER, place))
    return {where: values for where, values in found.items() if values}


def test_a_table_is_built_from_nothing_by_keyboard_alone(configurer: Configurer, change: str) -> None:
    hands = Hands(configurer.page)
    configurer.opens(f"/changes/{change}")
    hands.follows("Change the rules")
    hands.follows("New rule set")
    hands.fills({"because": ["Partnership board, 12 March 2026, item 4"]})
    hands.tab_to(tag="BUTTON", text="Continue")
    hands.enters()
    hands.fills({"title.en": ["Our own eligibility"]})
    hands.tab_to(tag="BUTTON", text="Begin it")
    hands.enters()
    hands.follows("New decision table")
    at = ("decisions", CODE)
    saved(hands, {**boxes_of(at), "id": (CODE,)})
    table = configurer.page.url.partition("#")[0]
    for key in in_order(PAPER["decisions"][CODE]["outcomes"]):
        hands.follows("Add an outcome")
        saved(hands, {**boxes_of((*at, "outcomes", key)), "id": (key,)})
    for key in in_order(PAPER["decisions"][CODE]["rows"]):
        row = PAPER["decisions"][CODE]["rows"][key]
        rule = read(row["when"])
        assert not isinstance(rule, tree.Advanced)
        hands.follows("Add a row")
        builds(hands, draft(rule, NAMES))
        saved(hands, {**boxes_of((*at, "rows", key)), "id": (key,)})
    for end in ("otherwise", "when_unknown"):
        hands.tab_to(tag="A", text="Say what then")
        hands.enters()
        saved(hands, boxes_of((*at, end)))
    configurer.opens(table)
    wanted = digest(PAPER["decisions"][CODE])
    expect(configurer.page.locator("main code").last).to_have_text(wanted)
    configurer.opens(f"/changes/{change}/rules/eligibility/table?at={CODE}")
    expect(configurer.page.locator("main code").last).to_have_text(wanted)
    print(f"\n{hands.presses} keys beside letters")  # noqa: T201 - how far it is by keyboard is worth knowing


def saved(hands: Hands, boxes: dict) -> None:
    """Fill in the boxes of an entry and save it."""
    hands.fills({where: values for where, values in boxes.items() if where in hands.ids()})
    hands.pushes("yes", "save")
    assert "Error:" not in hands.page.title(), hands.page.locator(".govuk-error-summary").all_inner_texts()


@pytest.mark.parametrize("page", [
    "rules", "rules/why", "rules/new", "rules/eligibility", "rules/intensity", "rules/closure/table?at=DER-CLOSE",
    "rules/eligibility/table?at=TFP1-E", "rules/closure/entry?in=/decisions/DER-CLOSE/rows",
    "rules/closure/entry?in=/decisions/DER-CLOSE/outcomes", "rules/closure/entry?in=/facts",
    "rules/closure/entry?at=/decisions/DER-CLOSE", "rules/eligibility/entry?at=/facts/c1",
    "rules/eligibility/entry?at=/facts/permanent_exclusion", "rules/eligibility/checks?at=/facts/permanent_exclusion",
    "rules/closure/entry?at=/decisions/DER-CLOSE/otherwise", "rules/closure/entry?in=/parameters",
    "rules/closure/example?table=DER-CLOSE", "rules/eligibility/example?table=TFP1-E",
], ids=lambda page: re.sub("[^a-z-]+", " ", page))  # fmt: skip
def test_axe_finds_nothing_on_any_page_of_the_rules(configurer: Configurer, explained: str, page: str) -> None:
    configurer.opens(f"/changes/{explained}/{page}")
    assert faults(configurer.page) == []


def test_the_error_state_of_a_row_passes_axe_too(configurer: Configurer, explained: str) -> None:
    configurer.opens(f"/changes/{explained}/rules/closure/entry?in=/decisions/DER-CLOSE/rows")
    configurer.page.get_by_role("button", name="Save in the draft").click()
    configurer.reads("There is a problem")
    assert faults(configurer.page) == []
