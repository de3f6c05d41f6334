"""A form of 300 questions and 100 conditions against one of 30 and 10, in the same run. Nothing fails for being slow.

In this process, without HTTP or database: reading and publishing the form, what a saved page is worked out from, a page
as it is drawn; and in Chromium, with the built script, how long the page takes to answer one key.
"""

import gzip
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from tests.journeys.devices import FLAGS
from tests.journeys.test_conditions_typed import AS_OF, drawn_page, looks, with_script

from frontdoor.domain import schemas
from frontdoor.domain.canonical import digest
from frontdoor.domain.forms.accept import accept, check_page
from frontdoor.domain.forms.compile import compile_form
from frontdoor.domain.forms.model import Form, parse_form
from frontdoor.domain.rules.engine import compile_rule

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
Json = Any
ON_A_PAGE = 10
PRESSED = """times => {
  const form = document.querySelector("form");
  const began = performance.now();
  for (let turn = 0; turn < times; turn += 1) form.dispatchEvent(new Event("input"));
  return (performance.now() - began) / times;
}"""


def document(pages: int) -> Json:
    """A form with ten questions on each page, seven of each ten plain, and conditions that build on each other."""
    questions: dict[str, Json] = {}
    conditions: dict[str, Json] = {}
    for number in range(pages * ON_A_PAGE):
        page, place = divmod(number, ON_A_PAGE)
        ui: Json = {"page": f"p{page}", "order": number, "label": {"en": f"Question {number}"}}
        ui["widget"] = ("yes_no", "text", "number", "textarea", "date")[place % 5]
        if place >= 7:
            ui["show_if"] = ui["required_if"] = f"c{len(conditions) - 1}"
        questions[f"q{number}"] = {"ui": ui}
        if number % 3 == 0 and len(conditions) < pages * ON_A_PAGE // 3:
            logic: Json = {"==": [{"var": f"answers.q{page * ON_A_PAGE}"}, True]}
            if conditions and number % 2:
                logic = {"or": [logic, {"var": f"conditions.c{len(conditions) - 1}"}]}
            named = f"c{len(conditions)}"
            conditions[named] = {"order": number, "label": {"en": named}, "logic": logic}
    titles = {f"p{page}": {"order": page, "title": {"en": f"Page {page}"}} for page in range(pages)}
    return {"id": "long", "title": {"en": "Long"}, "pages": titles, "conditions": conditions, "questions": questions}


def told(form: Form) -> dict[str, Json]:
    good = {"yes_no": True, "text": "Larksong", "number": 3, "textarea": "Words", "date": "2026-11-01"}
    return {name: good[question.widget] for name, question in form.questions.items()}


@pytest.fixture(scope="module")
def app() -> Flask:
    return looks()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield chromium.new_page()
        chromium.close()


def test_a_long_form_against_a_short_one(app: Flask, page: Page, record_property: Callable[[str, object], None]):
    long, short = (document(pages) for pages in (30, 3))
    assert (len(long["questions"]), len(long["conditions"])) == (300, 100)
    spent = [_spent(app, one) for one in (long, short)]
    lines = ["A form of 300 questions and 100 conditions against one of 30 and 10 (milliseconds of processor)"]
    for name, aim in (("check", 12), ("publish", 12), ("save a page", 12), ("a page", 1.5)):
        mine, least = spent[0][name], spent[1][name]
        lines.append(f"  {name:12} {mine:8.2f} {least:8.2f}   ratio {mine / least:5.2f} (aim: at most {aim})")
    form = parse_form(long, {}, compile_rule)
    for name, pages in (("one page", ["p29"]), ("all 30 in one", list(form.pages))):
        html = drawn_page(app, form, pages, told(form))
        with_script(page, html)
        taken = page.evaluate(PRESSED, 200)
        size = len(gzip.compress(html.encode()))
        lines.append(f"  {name}: a key in the browser {taken:.2f} ms (aim: under 5), {size:,} bytes of HTML")
        assert size < 60_000
    record_property("told at the end of the run", "\n".join(lines))


def _spent(app: Flask, one: Json) -> dict[str, float]:
    form = parse_form(one, {}, compile_rule)
    answers, last = told(form), list(form.pages)[-1]

    def check() -> None:
        assert schemas.validate("form", one) == []
        parse_form(one, {}, compile_rule)

    def publish() -> None:
        check()
        digest(one)
        compile_form(form)

    acts: dict[str, Callable[[], Any]] = {
        "check": check,
        "publish": publish,
        "save a page": lambda: (check_page(form, last, answers, as_of=AS_OF), accept(form, answers, as_of=AS_OF)),
        "a page": lambda: drawn_page(app, form, [last], answers),
    }
    return {name: _cpu(act) for name, act in acts.items()}


def _cpu(act: Callable[[], Any], times: int = 12) -> float:
    """Return the least processor time of some runs in milliseconds: others on the machine do not count."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        act()
        spent.append(time.process_time() - began)
    return min(spent) * 1000
