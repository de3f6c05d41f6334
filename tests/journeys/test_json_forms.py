"""A partner's system draws our form with the real JSON Forms renderer, and our API accepts what was typed there."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.conformance.reference import NODE_MODULES
from tests.services.builders import RUNNING, programme_of, publish_shipped
from tests.web.desk import application
from tests.web.test_api import NOMINATIONS, System

from frontdoor.domain.forms.compile import compile_form

FORM = "/api/v1/programmes/derby/form"
ENTRY = Path(__file__).parent / "json_forms" / "renderer.jsx"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(mongo_uri: str, database_name: str) -> Any:
    return application(mongo_uri, database_name)


@pytest.fixture
def system(app: Any, database: Any) -> System:
    publish_shipped()
    return System(app)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> str:
    """JSON Forms with React and Ajv, bundled for this run alone."""
    built = tmp_path_factory.mktemp("json-forms") / "renderer.js"
    command = [str(NODE_MODULES / ".bin" / "esbuild"), str(ENTRY), "--bundle", "--format=iife", f"--outfile={built}"]
    command += ['--define:process.env.NODE_ENV="production"', "--log-level=error", "--charset=utf8"]
    subprocess.run(command, check=True, env={"NODE_PATH": str(NODE_MODULES), "PATH": "/usr/bin:/bin"})
    return built.read_text(encoding="utf-8")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    failed: list[Any] = []
    opened.on("pageerror", lambda error: failed.append(error))
    yield opened
    opened.close()
    assert failed == []


class Partner:
    """Somebody at a partner's own page, who knows nothing but what JSON Forms draws."""

    def __init__(self, page: Page, renderer: str, form: dict[str, Any]) -> None:
        self.page, self.form = page, form
        page.set_content("<!DOCTYPE html><html lang='en'><title>A partner's page</title><body></body></html>")
        page.add_script_tag(content=renderer)
        page.evaluate("([form, start]) => window.show(form, start)", [form, {}])
        page.wait_for_function("window.partner !== undefined")

    def opens(self, category: str) -> None:
        self.page.locator(".categorization-master").get_by_text(category, exact=True).click()
        assert "No applicable renderer" not in self.page.inner_text("main"), category

    def control(self, question: str) -> Locator:
        return self.page.locator(f'.categorization-detail [id$="/properties/{question}-input"]')

    def answers(self, **told: Any) -> None:
        for question, value in told.items():
            control = self.control(question)
            if value is True:
                control.press("Space")  # messages that go move what a mouse aims at
                expect(control).to_be_checked(timeout=10_000)
            elif control.evaluate("one => one.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)

    def adds(self, group: str) -> None:
        self.page.get_by_role("button", name=f"Add to {group}", exact=True).click()

    def data(self) -> dict[str, Any]:
        told: dict[str, Any] = self.page.evaluate("window.partner.data")
        return told

    def errors(self) -> list[str]:
        found: list[str] = self.page.evaluate("window.partner.errors")
        return found


def test_every_shipped_form_is_published_as_a_schema_of_the_draft(system: System):
    published = [compile_form(form) for authority in RUNNING for form in programme_of(authority).forms.values()]
    for one in published:
        jsonschema.Draft202012Validator.check_schema(one["schema"])
    assert len(published) > 15


def test_every_question_of_the_shipped_form_has_a_renderer(system: System, renderer: str, page: Page):
    partner = Partner(page, renderer, system.get(FORM).json)
    drawn = 0
    for category in partner.form["uischema"]["elements"]:
        partner.opens(category["label"])
        drawn += page.locator("main input, main select, main textarea, main .array-table-layout").count()
    assert drawn > 45


def test_a_form_filled_in_with_json_forms_is_accepted(system: System, renderer: str, page: Page):
    form = system.get(FORM).json
    jsonschema.Draft202012Validator.check_schema(form["schema"])
    partner = Partner(page, renderer, form)
    assert partner.errors() != []
    partner.answers(concern="not_sure", harm_details="Bruises, twice.")
    partner.answers(concern="no")
    assert not partner.control("harm_details").is_visible(), "a rule hides it again"
    partner.opens("About you")
    partner.answers(referrer_name="Tess Teacher", referrer_organisation="Larkspur School", referrer_source="2A")
    partner.answers(referrer_contact="01632 960121")
    partner.opens("The family")
    partner.answers(family_name="Larksong", line_1="14 Larkspur Walk", postcode="zz993vz")
    partner.answers(address_confidential="no", safe_to_call="yes", phone="01632 960151")
    partner.opens("Who is in the family")
    partner.adds("Who is in the family?")
    partner.answers(id="aoif", relationship="child", given_name="Aoife", family_name="Larksong", dob="2014-03-09")
    partner.answers(members_complete=True)
    partner.opens("Crime and anti-social behaviour")
    partner.answers(offence="no", asb="no")
    partner.opens("School")
    partner.answers(excluded="no", suspended="no", absent="dont_know", pru="no", off_roll="no")
    partner.opens("Work and benefits")
    partner.answers(benefits="dont_know")
    partner.opens("Other things that affect the family")
    partner.adds("Which of these affect the family?")
    page.locator(".array-table-layout select").first.select_option("domestic_abuse")
    partner.answers(local_details="A fortnight at her sister's.")
    partner.opens("Other services")
    assert not partner.control("lead_worker_name").is_visible()
    partner.answers(lead_worker="yes", lead_worker_name="Lena Worker")
    partner.opens("What the family knows")
    partner.answers(agreement="not_sought", family_aware="dont_know")
    page.wait_for_function("window.partner.errors.length === 0")
    received = system.post(NOMINATIONS, {"reference": "JSON-FORMS-1", "answers": partner.data()})
    assert received.status_code == 201, received.json
    assert partner.data()["harm_details"] == "Bruises, twice.", "it was sent although hidden, and dropped"
