"""What a page of a made form shows while somebody types: the built script in Chromium against the server."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from playwright.sync_api import Browser, Page
from tests.conformance.made_forms import documents
from tests.conformance.made_submissions import Sender
from werkzeug.datastructures import MultiDict

import frontdoor.web
from frontdoor.domain.forms.guard import refusals
from frontdoor.domain.forms.model import Form, parse_form
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.text import say
from frontdoor.services.save_page import merged
from frontdoor.web import fields, pages, posted
from frontdoor.web.filling_page import Shown
from frontdoor.web.page_conditions import told

AS_OF = date(2026, 11, 23)
STATIC = Path(frontdoor.web.__file__).parent / "static"
DRAWN = """{% from "macros/fields.html" import field with context %}<!DOCTYPE html><html lang="en"><title>T</title>
<form data-form>{% for one in shown.fields %}{{ field(one, shown) }}{% endfor %}</form>
{% if shown.conditions %}
<script type="application/json" data-conditions>{{ shown.conditions|tojson }}</script>{% endif %}
</html>"""
TYPED = [
    "", " ", "0", "-0", "+5", "1,000", " 7% ", "9" * 20, "1.5", "02", "00", "2026", "29", "x" * 201, "\u00e9", "NaN",
    "e\u0301y", "sw1a1aa", "943 476 5919", "H801200001001", "\u212aT1 1AA", "Okafor ", "a", "none", "\u2028",
    "\ufeff1", "\u001f1",
]  # fmt: skip
# Fill every control, let the script answer, and say what it shows, what it calls optional, and what is in the controls.
FILL = """turns => turns.map(turn => {
  const form = document.querySelector("form");
  for (const [number, control] of [...form.elements].entries()) {
    if (!control.name || control.type === "hidden" || control.type === "file" || control.type === "submit") continue;
    const pick = turn[number % turn.length];
    if (control.type === "radio" || control.type === "checkbox") control.checked = pick.tick;
    else if (control.tagName === "SELECT") control.selectedIndex = pick.place % control.options.length;
    else control.value = pick.text;
  }
  form.dispatchEvent(new Event("input"));
  const place = wrapper => wrapper.dataset.name;
  const asked = [...form.querySelectorAll("[data-question]")];
  const held = [...form.elements].filter(one => one.name && (!["radio", "checkbox"].includes(one.type) || one.checked));
  return {
    shown: asked.filter(one => !one.hidden).map(place),
    required: [...form.querySelectorAll("[data-optional]")].filter(one => one.hidden)
      .map(one => place(one.closest("[data-question]"))),
    marked: [...form.querySelectorAll("[data-optional]")].map(one => place(one.closest("[data-question]"))),
    held: held.filter(one => one.type !== "file").map(one => [one.name, one.value]),
  };
})"""


@pytest.fixture(scope="module")
def app() -> Flask:
    return looks()


def looks() -> Flask:
    """What draws a page, without anything behind it."""
    made = Flask("frontdoor.web", static_folder=None)
    Babel(made)
    pages.install(made)
    made.jinja_env.filters.update(say=say, interval=str)  # for nobody signed in
    made.template_context_processors[None] = []
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    failed: list[Any] = []
    opened.on("pageerror", lambda error: failed.append(error))
    yield opened
    opened.close()
    assert failed == []


@pytest.mark.browser
def test_the_built_script_shows_and_asks_what_the_server_does_whatever_is_typed(app: Flask, page: Page):
    random = Random(20261201)  # noqa: S311 - repeatable, not secret
    seen_at_once: set[tuple[str, ...]] = set()
    for document in documents(20261201, 6):
        form = parse_form(document, {}, compile_rule)
        for name in form.pages:
            answers = _answers(form, name, random)
            with_script(page, drawn_page(app, form, [name], answers))
            picks = [[_pick(random) for _ in range(23)] for _ in range(25)]
            for seen in page.evaluate(FILL, picks):
                _compare(form, name, answers, seen)
                seen_at_once.add(tuple(seen["shown"]))
    assert len(seen_at_once) > 12, f"too little came and went: {len(seen_at_once)}"


def _pick(random: Random) -> dict[str, Any]:
    return {"text": random.choice(TYPED), "tick": random.random() < 0.4, "place": random.randrange(9)}


def _answers(form: Form, page: str, random: Random) -> dict[str, Any]:
    """Answers of a draft in which the page is shown, if there are any: two rows in each group."""
    sender, answers = Sender(form, random), {}
    for _ in range(60):
        sent = sender.submission()
        if isinstance(sent, dict) and not refusals(sent):
            rows = {group.id: [{"id": "row1"}, {"id": "row2"}] for group in form.groups()}
            answers = tidied(form, sent).answers | rows
            if visible(form, answers, AS_OF).page_shown(page):
                break
    return answers


def drawn_page(app: Flask, form: Form, names: list[str], answers: dict[str, Any]) -> str:
    """Some pages of a form as they are drawn, with what a script is told of them."""
    seen = visible(form, answers, AS_OF)
    shown = Shown(
        fields=[one for name in names for one in fields.on_page(form, name, seen, answers, language="en", as_of=AS_OF)],
        values={one: held for name in names for one, held in fields.values(form, name, answers, {}, AS_OF).items()},
        errors={},
        summary=[],
        conditions=told(form, names, answers, AS_OF),
        files={},
        page=form.pages[names[0]],
    )
    with app.test_request_context():
        return render_template_string(DRAWN, shown=shown)


def with_script(page: Page, markup: str) -> None:
    """Open a page with the built script."""
    page.set_content(markup)
    built = STATIC / json.loads((STATIC / "manifest.json").read_text())["frontdoor.js"]
    page.add_script_tag(content=built.read_text(encoding="utf-8"), type="module")


def _compare(form: Form, name: str, before: dict[str, Any], seen: dict[str, Any]) -> None:
    given = posted.given(form, name, MultiDict(map(tuple, seen["held"])), AS_OF)
    now = visible(form, tidied(form, merged(form, before, given)).answers, AS_OF)
    asked = dict(_places(form, name))
    assert set(seen["shown"]) == {place for place in asked if _shows(now, place)}, seen["held"]
    needed = {place for place in asked if _shows(now, place) and _requires(form, now, place)}
    assert set(seen["required"]) & set(seen["shown"]) == needed & set(seen["marked"]), seen["held"]


def _places(form: Form, name: str) -> Iterator[tuple[str, Any]]:
    for question in form.on_page(name):
        yield question.id, question
        for row in ("row1", "row2") if question.widget == "group" else ():
            yield from ((f"{question.id}-{row}-{inner}", one) for inner, one in question.questions.items())


def _shows(now: Visible, place: str) -> bool:
    group, _, rest = place.partition("-")
    row, _, inner = rest.partition("-")
    return now.shows(inner, row, group) if rest else now.shows(group)


def _requires(form: Form, now: Visible, place: str) -> bool:
    group, _, rest = place.partition("-")
    row, _, inner = rest.partition("-")
    if not rest:
        return now.requires(form.questions[group])
    return now.requires(form.questions[group].questions[inner], form.questions[group], row)
