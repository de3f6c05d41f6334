import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import session
from tests.web.administering import DERBY, Person, application, people, site

import frontdoor
from frontdoor.domain.access import PERMISSIONS, Viewer
from frontdoor.domain.errors import FrontDoorError
from frontdoor.services import people as staff
from frontdoor.web import pages, refusals
from frontdoor.web.refusals import told

__all__ = ["application", "people", "site"]
PACKAGE = Path(frontdoor.__file__).parent
TRANSLATIONS = PACKAGE / "web/translations"
TEMPLATES = PACKAGE / "web/templates"
GAP = re.compile(r"%\(\w+\)[sd]")
NUMBERED = re.compile(r"\{\d\}")


@pytest.fixture(scope="module")
def welsh():
    """The catalogue as it is kept."""
    with (TRANSLATIONS / "cy/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="cy")


@pytest.fixture(scope="module")
def asked():
    """Every sentence of the interface, extracted afresh as `make words` does."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    kinds = {"_": None, "gettext": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2)}
    found = Catalog()
    for _file, _line, sentence, *_more in extract_from_dir(PACKAGE, methods, options, kinds):
        found.add(sentence)
    return found


@pytest.fixture
def in_welsh(site):
    """A request of somebody who reads Welsh."""
    with site.test_request_context("/"):
        session["language"] = "cy"
        yield


def forms_of(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def gaps(text):
    return sorted(GAP.findall(text))


def test_every_sentence_of_the_interface_has_its_welsh(asked, welsh):
    sentences = [message.id for message in asked if message.id]
    assert len(sentences) > 900
    missing = [one for one in sentences if one not in welsh or not all(forms_of(welsh[one]))]
    assert missing == [], "run `make words` and translate these"


def test_no_welsh_sentence_is_a_guess_or_of_a_page_that_is_gone(asked, welsh):
    assert [message.id for message in welsh if message.id and (message.fuzzy or message.id not in asked)] == []
    assert not welsh.obsolete


def test_every_welsh_sentence_keeps_the_gaps_of_the_english_one(welsh):
    wrong = []
    for message in welsh:
        english = message.id[0] if isinstance(message.id, tuple) else message.id
        wrong += [text for text in forms_of(message) if english and gaps(text) != gaps(english)]
    assert wrong == []


def test_a_sentence_with_gaps_is_filled_with_nothing_that_the_english_one_lacks(welsh):
    """Welsh may leave a gap out: a record's English noun says nothing to its reader."""
    for english in refusals.WITH_GAPS:
        assert set(NUMBERED.findall(welsh[english].string)) <= set(NUMBERED.findall(english)), english


def test_welsh_has_all_its_plural_forms(welsh):
    counted = [message for message in welsh if isinstance(message.id, tuple)]
    assert counted
    assert {len(message.string) for message in counted} == {welsh.num_plurals} == {5}


def test_the_compiled_catalogue_is_that_of_the_kept_one(welsh, in_welsh):
    stale = [one.id for one in welsh if isinstance(one.id, str) and one.id and told(one.id) != one.string]
    assert [one for one in stale if one not in refusals.WITH_GAPS] == [], "run `make test`, which compiles it"


def test_a_visitor_changes_the_language_of_the_page_and_back(people):
    visitor = people()
    assert '<html lang="en"' in visitor.get("/sign-in").text
    assert visitor.post("/language", page="/sign-in", language="cy", here="/sign-in").location == "/sign-in"
    shown = visitor.get("/sign-in").text
    assert '<html lang="cy"' in shown
    assert "Mewngofnodi fel staff y cyngor" in shown
    assert "Sign in as council staff" not in shown
    visitor.post("/language", page="/sign-in", language="en", here="/sign-in")
    assert "Sign in as council staff" in visitor.get("/sign-in").text


def test_a_browser_that_asks_for_welsh_is_answered_in_welsh(people):
    assert '<html lang="cy"' in people().get("/sign-in", headers={"Accept-Language": "cy, en;q=0.5"}).text


def test_a_refusal_of_a_service_is_told_in_welsh_on_the_page(site):
    visitor = Person(site)
    visitor.post("/language", page="/sign-in", language="cy", here="/sign-in")
    shown = visitor.post("/sign-in", email="nobody@council.example", password="wrong").text
    assert shown.count("Gwiriwch nhw a rhowch gynnig arall arni.") == 1
    assert "is not right" not in shown


def test_a_page_that_somebody_may_not_see_says_so_in_welsh(people):
    auditor = people("auditor", "Aled")
    auditor.post("/language", page="/account", language="cy", here="/account")
    refused = auditor.get("/changes")
    assert refused.status_code == 403
    assert "Nid yw eich rôl yn caniatáu i chi wneud hyn" in refused.text
    assert "Your role" not in refused.text


def test_a_system_is_refused_in_the_language_that_it_asks_for(site):
    refused = site.test_client().get("/api/v1/programmes", headers={"Accept-Language": "cy"})
    assert refused.status_code == 401
    assert json.loads(refused.text)["title"].startswith("Anfonwch eich tocyn mynediad")


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_a_missing_permission_is_named_in_welsh(permission, in_welsh):
    with pytest.raises(FrontDoorError) as refused:
        Viewer("nia", "Nia", "staff", DERBY).need(permission)
    said = told(refused.value.message)
    assert said.startswith("Nid yw eich rôl yn caniatáu i chi wneud hyn: ")
    assert PERMISSIONS[permission] not in said


def test_a_number_in_a_refusal_stays_in_its_welsh(in_welsh):
    problems = staff.problems_of(staff.Person("", "nia@council.example"))
    limit = re.findall(r"\d+", problems[0].message)[0]
    assert [told(one.message) for one in problems] == [f"Rhowch enw o {limit} nod ar y mwyaf"]


@pytest.mark.parametrize("message", ["", "Nobody wrote this sentence, 100%", "<b>bold</b>"])
def test_what_the_catalogue_does_not_know_stays_as_it_is(message, in_welsh):
    assert told(message) == message


def test_dates_have_welsh_days_and_months(in_welsh):
    assert pages.day("2026-11-23") == "23 Tachwedd 2026"
    assert pages.instant(pages.clock.now().replace(2026, 11, 23, 8, 40)).startswith("Llun 23 Tach")


# ── No English outside the catalogue ────────────────────────────────────────────────────────────────────────────────
MARKUP = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
SPOKEN = re.compile(r'(?:aria-label|aria-description|title|alt|placeholder)="([^"]*)"')
LETTERS = re.compile(r"[A-Za-z]{2,}")
# The product's name is the same in every language.
SAME_IN_BOTH = {"Front Door"}


def literal_words(template):
    """Return what a template says itself: its text and its spoken attributes, without what Jinja puts in."""
    text = MARKUP.sub("", re.sub(r"\{%-?\s*macro described.*?endmacro\s*-?%\}", "", template, flags=re.S))
    spoken = SPOKEN.findall(text)
    lines = re.sub(r"<[^>]*>", "\n", text).splitlines()
    return [one.strip(" \u2013") for one in (*spoken, *lines) if LETTERS.search(one)]


def literal_sentences(template):
    """Return the quoted English inside Jinja's own braces that is handed to nobody who translates it."""
    call = re.compile(r"\b(?:_|ngettext)\((?:[^()']|'[^']*'|\((?:[^()]|\([^()]*\))*\))*\)")
    found = []
    for braces in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", template, re.S):
        quoted = re.findall(r"'([^']*)'", call.sub("", braces))
        found += [one for one in quoted if re.search(r"^[A-Z][a-z]|[a-z] [a-z]", one) and "govuk-" not in one]
    return found


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_says_nothing_that_cannot_be_translated(path):
    template = path.read_text("utf-8")
    assert set(literal_words(template) + literal_sentences(template)) <= SAME_IN_BOTH


@pytest.mark.parametrize(
    "template",
    ["<p>Hello there</p>", '<a title="Go on">{{ x }}</a>', "{{ button('Send it') }}", "{{ back(a, 'Queue') }}"],
    ids=["text", "attribute", "sentence", "word"],
)
def test_the_search_for_english_finds_it(template):
    assert literal_words(template) + literal_sentences(template)


def test_a_sentence_is_found_through_a_name_a_choice_and_a_function():
    code = b"""
_TAKEN = "This is taken"
def stop(what):
    message = "Use fewer words" if what else kind()
    raise AnswersRejected(_TAKEN, problems=[Problem("/x", "y", message)])
def kind():
    return "Send another file"
def refuse(words):
    raise errors.WrongState(words)
refuse("Wait until tomorrow")
raise ValueError("Nobody reads this")
"""
    found = {sentence for _line, _name, sentence, _comments in refusals.extract(BytesIO(code), {}, ())}
    assert found == {"This is taken", "Use fewer words", "Send another file", "Wait until tomorrow"}
