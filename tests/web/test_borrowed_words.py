"""English words in a Welsh page say that they are English (WCAG 3.1.2), and never where no element may stand."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from tests.services.builders import DERBY, MOOR, nominated, partner, publish_shipped, resolved_tree
from tests.web.desk import application, staff_member
from tests.web.partners import PAGES, Partner

from frontdoor.domain.text import Borrowed, say

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
MARKED_INSIDE = re.compile(r'="[^"<>]*<span lang=|<(?:title|option|textarea|script)\b[^>]*>[^<]*<span lang=')


@pytest.fixture(scope="module")
def app(mongo_uri, database_name):
    return application(mongo_uri, database_name)


@pytest.fixture
def tess(app, database):
    publish_shipped()
    someone = Partner(app)
    someone.client.post("/language", data={"csrf_token": someone.token(), "language": "cy", "here": "/partner"})
    return someone


class Spoken(HTMLParser):
    """The texts of a page, each with the language of the element that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.said: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("lang") or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1][0] not in ("title", "script"):
            self.said.append((self.open[-1][1], " ".join(data.split())))


def only_english(document: object) -> Iterator[str]:
    """Every paragraph of a pack that it has in English alone."""
    if isinstance(document, dict):
        if isinstance(document.get("en"), str) and not document.get("cy"):
            yield from (" ".join(one.split()) for one in document["en"].split("\n\n"))
        for inner in document.values():
            yield from only_english(inner)


def unmarked(page: str, authority: str, programme: str) -> list[str]:
    english = set(only_english(dict(resolved_tree(authority, programme)))) - SAME
    return [words for language, words in Spoken(page).said if language != "en" and words in english]


# Names of things, written alike in both languages.
SAME = {"DWP"}


def test_every_page_of_a_form_marks_what_its_pack_says_in_english_alone(tess):
    draft = tess.begins()
    found = {}
    for page in PAGES:
        tess.open(f"{draft}/{page}")
        assert '<html lang="cy"' in tess.page.text
        found[page] = unmarked(tess.page.text, DERBY, "derby")
    assert {page: words for page, words in found.items() if words} == {}
    assert '<span lang="en">' in tess.page.text


def test_what_is_checked_sent_and_followed_marks_it_too(tess):
    draft = tess.begins()
    tess.fills(draft)
    checked = tess.page.text
    tess.press()
    tess.open("/partner")
    home = tess.page.text
    tess.open(re.findall(r'href="(/partner/sent/[^"#]+)"', home)[0])
    for page in (checked, home, tess.page.text):
        assert unmarked(page, DERBY, "derby") == []
        assert not MARKED_INSIDE.search(page), MARKED_INSIDE.search(page)


@pytest.mark.parametrize("authority", [DERBY, MOOR])
@pytest.mark.parametrize("role", ["front_door_officer", "configurer", "account_administrator"])
def test_no_page_has_an_element_inside_an_attribute_a_title_or_an_option(app, database, role, authority):
    """Whoever prints a pack's words there has to print them plain."""
    publish_shipped()
    nominated(authority=authority, viewer=partner(authority))
    someone = staff_member(app, role, authority=authority)
    someone.post("/language", {"language": "cy", "here": "/"})
    seen: dict[str, str] = {}
    waiting = ["/queue", "/alerts", "/search?name=a", "/contacts/new", "/changes", "/accounts", "/organisations"]
    while waiting and len(seen) < 40:
        path = waiting.pop(0)
        if path not in seen:
            seen[path] = someone.get(path).text
            waiting += re.findall(r'<a [^>]*href="(/[^"#]*)"', seen[path])
    assert {path: found[0] for path, page in seen.items() if (found := MARKED_INSIDE.search(page))} == {}
    assert sum('<html lang="cy"' in page for page in seen.values()) > 5


def test_words_that_are_there_in_welsh_are_not_marked():
    assert type(say({"en": "Name", "cy": "Enw"}, "cy")) is str
    assert type(say({"en": "Name"}, "en")) is str
    assert isinstance(say({"en": "Name"}, "cy"), Borrowed)


def test_marked_words_are_escaped():
    assert say({"en": "<b>"}, "cy").__html__() == '<span lang="en">&lt;b&gt;</span>'
