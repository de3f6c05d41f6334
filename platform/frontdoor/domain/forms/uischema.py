"""A form as a JSON Forms UI schema: a category for each page, a control for each question, SHOW rules where sayable.

JSON Forms evaluates the schema of a rule by itself, so conditions are written out in full there. It draws a control by
the schema at its scope: that of a conditional question stands inside the `then` that holds its constraints.
"""

from collections.abc import Iterable, Mapping

from frontdoor.domain.canonical import pointer
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.dialect import Dialect, Schema
from frontdoor.domain.forms.messages import part_of
from frontdoor.domain.forms.questions import Form, Json, Page, Question
from frontdoor.domain.text import Text, say

Scopes = Mapping[str, tuple[str, ...]]  # by question path, where it is not among the properties

_ROW_ID: Text = {
    "en": "A short name for this row: 4 to 32 small letters and figures",
    "cy": "Enw byr ar gyfer y rhes hon: 4 i 32 o lythrennau bach a ffigurau",
}


def ui_schema(form: Form, dialect: Dialect, scopes: Scopes, language: str) -> dict[str, Json]:
    """Return the UI schema with labels in `language`."""
    return {
        "type": "Categorization",
        "label": say(form.title, language),
        "options": {"variant": "stepper"},
        "elements": [_category(form, page, dialect, scopes, language) for page in form.pages.values()],
    }


def _category(form: Form, page: Page, dialect: Dialect, scopes: Scopes, language: str) -> dict[str, Json]:
    made: dict[str, Json] = {
        "type": "Category",
        "label": say(page.title, language),
        "elements": _elements(form.on_page(page.id), None, dialect, scopes, language),
    }
    shown = dialect.condition(page.show_if) if page.show_if else {}
    return {**made, **_rule(shown, dialect)}


def _elements(
    questions: Iterable[Question], group: Question | None, dialect: Dialect, scopes: Scopes, language: str
) -> list[dict[str, Json]]:
    made = []
    for question in questions:
        control = _control(question, dialect, scopes, language) if question.answers else _words(question, language)
        made.append({**control, **_rule(dialect.shown(question, group), dialect)})
    return made


def _words(question: Question, language: str) -> dict[str, Json]:
    return {"type": "Label", "text": say(question.label, language)}


def _control(question: Question, dialect: Dialect, scopes: Scopes, language: str) -> dict[str, Json]:
    options: dict[str, Json] = {"widget": question.widget}
    if question.hint:
        options["hint"] = say(question.hint, language)
    if question.autocomplete:
        options["autocomplete"] = question.autocomplete
    if question.widget == "textarea":
        options["multi"] = True
    if question.widget == "group":
        rows = _elements(question.questions.values(), question, dialect, scopes, language)
        named = {"type": "Control", "scope": "#/properties/id", "label": say(_ROW_ID, language)}
        options["detail"] = {"type": "VerticalLayout", "elements": [named, *rows]}
    scope = scopes.get(question.path, ("properties", question.id))
    label = say(question.label, language)
    if question.widget == "address":
        return {"type": "Group", "label": label, "options": options, "elements": _boxes(question, scope, language)}
    return {"type": "Control", "scope": "#" + pointer(scope), "label": label, "options": options}


def _boxes(address: Question, scope: tuple[str, ...], language: str) -> list[dict[str, Json]]:
    """Return a control for each box of an address: not every renderer draws an object by itself."""
    return [
        {
            "type": "Control",
            "scope": "#" + pointer((*scope, "properties", box)),
            "label": say(part_of(address, box).label, language),
        }
        for box in (*validators.ADDRESS_LINES, *validators.ADDRESS_FORMATS)
    ]


def _rule(shown: Schema | None, dialect: Dialect) -> dict[str, Json]:
    if not shown:  # always shown, or a condition that only the server can answer: then the question stays in sight
        return {}
    return {"rule": {"effect": "SHOW", "condition": {"scope": "#", "schema": dialect.inlined(shown)}}}
