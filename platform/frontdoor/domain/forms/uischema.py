"""A form as a JSON Forms UI schema: a category for each page, a control for each question, SHOW rules where sayable.

JSON Forms evaluates the schema of a rule by itself, so conditions are written out in full there.
"""

from collections.abc import Iterable

from frontdoor.domain.canonical import pointer
from frontdoor.domain.forms.dialect import Dialect, Schema
from frontdoor.domain.forms.questions import Form, Json, Page, Question
from frontdoor.domain.text import say


def ui_schema(form: Form, dialect: Dialect, language: str) -> dict[str, Json]:
    """Return the UI schema with labels in `language`."""
    return {
        "type": "Categorization",
        "label": say(form.title, language),
        "options": {"variant": "stepper"},
        "elements": [_category(form, page, dialect, language) for page in form.pages.values()],
    }


def _category(form: Form, page: Page, dialect: Dialect, language: str) -> dict[str, Json]:
    made: dict[str, Json] = {
        "type": "Category",
        "label": say(page.title, language),
        "elements": _elements(form.on_page(page.id), None, dialect, language),
    }
    shown = dialect.condition(page.show_if) if page.show_if else {}
    return {**made, **_rule(shown, dialect)}


def _elements(
    questions: Iterable[Question], group: Question | None, dialect: Dialect, language: str
) -> list[dict[str, Json]]:
    made = []
    for question in questions:
        control = _control(question, dialect, language) if question.answers else _words(question, language)
        made.append({**control, **_rule(dialect.shown(question, group), dialect)})
    return made


def _words(question: Question, language: str) -> dict[str, Json]:
    return {"type": "Label", "text": say(question.label, language)}


def _control(question: Question, dialect: Dialect, language: str) -> dict[str, Json]:
    options: dict[str, Json] = {"widget": question.widget}
    if question.hint:
        options["hint"] = say(question.hint, language)
    if question.autocomplete:
        options["autocomplete"] = question.autocomplete
    if question.widget == "textarea":
        options["multi"] = True
    if question.widget == "group":
        rows = _elements(question.questions.values(), question, dialect, language)
        options["detail"] = {"type": "VerticalLayout", "elements": rows}
    return {
        "type": "Control",
        "scope": "#" + pointer(("properties", question.id)),
        "label": say(question.label, language),
        "options": options,
    }


def _rule(shown: Schema | None, dialect: Dialect) -> dict[str, Json]:
    if not shown:  # always shown, or a condition that only the server can answer: then the question stays in sight
        return {}
    return {"rule": {"effect": "SHOW", "condition": {"scope": "#", "schema": dialect.inlined(shown)}}}
