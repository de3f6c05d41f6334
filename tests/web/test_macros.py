"""Our macros make what GOV.UK Frontend's own do, wherever they can be asked for the same thing."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel

from frontdoor.web import pages
from frontdoor.web.refusals import told

ROOT = Path(__file__).parents[2]
COMPONENTS = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
VOID = {"input", "br", "hr", "img"}
# Hooks of GOV.UK Frontend's own scripts, which no page of ours loads, and what a browser takes for granted.
NOT_COMPARED = {"data-module", "data-error-summary", "data-once", "tabindex", "data-disable-auto-focus"}
TAKEN_FOR_GRANTED = {("value", ""), ("type", "submit"), ("spellcheck", "false"), ("name", ""), ("autocomplete", "")}
OPTIONS = {  # what our macros can be asked for; a fixture that asks for more is not one of theirs
    "input": {"name", "id", "label", "hint", "errorMessage", "classes", "value", "prefix", "suffix"},
    "textarea": {"name", "id", "label", "hint", "errorMessage", "value", "rows"},
    "radios": {"name", "idPrefix", "fieldset", "hint", "errorMessage", "items", "value", "classes"},
    "checkboxes": {"name", "idPrefix", "fieldset", "hint", "errorMessage", "items", "values", "classes"},
    "select": {"name", "id", "label", "hint", "errorMessage", "items", "value"},
    "button": {"text", "classes"},
    "error-summary": {"titleText", "errorList"},
    "back-link": {"text", "href"},
}
TEMPLATES = {
    "input": """{{ c.input(name, o.label.text, o.value or '', told('hint'), errors, width=width, id=id,
        prefix=told('prefix'), suffix=told('suffix')) }}""",
    "textarea": "{{ c.textarea(name, o.label.text, o.value or '', told('hint'), errors, rows=o.rows or 5, id=id) }}",
    "radios": """{{ c.radios(name, o.fieldset.legend.text, items, o.value or chosen, told('hint'), errors,
        small='small' in classes, id=id) }}""",
    "checkboxes": """{{ c.checkboxes(name, o.fieldset.legend.text, items, o.get('values') or ticked, told('hint'),
        errors, small='small' in classes, id=id) }}""",
    "select": "{{ c.select(name, o.label.text, pairs, o.value or selected, told('hint'), errors, empty=none, id=id) }}",
    "button": "{{ c.button(o.text, kind=classes|replace('govuk-button--', '')) }}",
    "error-summary": "{{ c.error_summary(listed) }}",
    "back-link": "{{ c.back(o.href or '#', o.text or 'Back') }}",
}


@pytest.fixture(scope="module")
def app():
    app = Flask("frontdoor.web")
    Babel(app)
    app.jinja_env.filters.update(told=told, plain=pages.plain, lang_of=pages.lang_of)
    return app


class Nodes(HTMLParser):
    """A document as a list of what opens, what closes and what is said, with attributes in order."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        kept = {(name, " ".join((value or "").split())) for name, value in attrs if name not in NOT_COMPARED}
        self.found.append((tag, *sorted(kept - TAKEN_FOR_GRANTED)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.found.append(f"/{tag}")

    def handle_data(self, data):
        if data.strip():
            self.found.append(" ".join(data.split()))


def cases():
    for component, known in OPTIONS.items():
        for fixture in json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]:
            if not fixture["hidden"] and set(fixture["options"]) <= known and plain(component, fixture["options"]):
                yield pytest.param(component, fixture, id=f"{component}: {fixture['name']}")


def plain(component, options):
    """Whether a fixture keeps to text, to one heading level and to what our macros take."""
    parts = [options.get(name) for name in ("label", "hint", "errorMessage", "prefix", "suffix")]
    legend = options.get("fieldset", {}).get("legend", {})
    if component in ("radios", "checkboxes") and ("text" not in legend or set(legend) != {"text"}):
        return False
    items = options.get("items", []) + options.get("errorList", [])
    simple = {"value", "text", "hint", "checked", "selected", "href"}
    classes = options.get("classes", "").split()
    ours = ("govuk-input--width-", "govuk-radios--small", "govuk-checkboxes--small", "govuk-button--")
    return (
        all(set(part or {}) <= {"text"} for part in parts)
        and all(
            set(item) <= simple and item.get("value", "-") != "" and set(item.get("hint", {})) <= {"text"}
            for item in items
        )
        and all(one.startswith(ours) for one in classes)
        and len(classes) <= 1
    )


def ours(app, component, options):
    items = options.get("items", [])
    name = options.get("name", "")
    known = options.get("id") or options.get("idPrefix") or name
    error = options.get("errorMessage")
    context = {
        "o": options,
        "name": name,
        "id": known,
        "told": lambda part: options.get(part, {}).get("text", ""),
        "errors": {known: error["text"]} if error else {},
        "classes": options.get("classes", ""),
        "width": options.get("classes", "").removeprefix("govuk-input--width-"),
        "items": [(item.get("value"), item["text"], item.get("hint", {}).get("text", "")) for item in items],
        "pairs": [(item.get("value"), item["text"]) for item in items],
        "chosen": next((item["value"] for item in items if item.get("checked")), ""),
        "ticked": [item["value"] for item in items if item.get("checked")],
        "selected": next((item["value"] for item in items if item.get("selected")), ""),
        "listed": [(item.get("href", "").lstrip("#"), item["text"]) for item in options.get("errorList", [])],
    }
    template = '{% import "macros/controls.html" as c with context %}' + TEMPLATES[component]
    with app.test_request_context():
        return render_template_string(template, **context)


@pytest.mark.parametrize(("component", "fixture"), list(cases()))
def test_a_macro_makes_what_the_component_is(app, component, fixture):
    made = Nodes(ours(app, component, fixture["options"])).found
    if component == "back-link":  # ours is a landmark of its own, so that nothing lies outside one
        assert made.pop(0)[0] == "nav"
        assert made.pop() == "/nav"
    assert made == Nodes(fixture["html"]).found


def test_every_component_is_compared():
    assert {one.values[0] for one in cases()} == set(OPTIONS)
