"""What a browser needs to show and hide a page's questions as the server would: conditions, and what they read.

Of the other pages it is told only the answers on which this page depends, and no decision table.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from frontdoor.domain.forms import validators
from frontdoor.domain.forms.composites import MOMENT
from frontdoor.domain.forms.model import Form, Question
from frontdoor.domain.forms.needed import Needed, needed
from frontdoor.domain.forms.questions import TEXT_WIDGETS, Step
from frontdoor.domain.forms.tidy import composed
from frontdoor.web.posted import ADDRESS
from frontdoor.web.worked_out import worked_out

Told = dict[str, Any]


def told(form: Form, pages: Collection[str], answers: Mapping[str, Any], as_of: date) -> Told:
    """Return it for the pages that are shown at once; `{}` where nothing on them ever comes or goes.

    `answers` are tidy, those to hidden questions too.
    """
    found = needed(form, pages)
    own = {question.id for page in pages for question in form.on_page(page) if question.widget != "file"}
    if not any(step.kind == "condition" or _of(form, step).widget == "calculated" for step in _moving(found)):
        return {}
    return {
        "as_of": as_of.isoformat(),
        "answers": {name: answers[name] for name in _read(found) if name in answers and name not in own},
        **described(form, found),
    }


def described(form: Form, found: Needed) -> Told:
    """Return the part of a form that `found` names: the order of work, conditions, and what is asked where."""
    pages: Told = {}
    conditions: Told = {}
    questions: Told = {}
    groups: Told = {}
    for step in found.steps:
        group = form.questions[step.group] if step.group else None
        if step.kind == "page":
            pages[step.id] = form.pages[step.id].show_if
        elif step.kind == "condition":
            into = conditions if group is None else groups.setdefault(step.group, _nothing())["conditions"]
            into[step.id] = (group.conditions if group else form.conditions)[step.id].logic
        else:
            into = questions if group is None else groups.setdefault(step.group, _nothing())["questions"]
            question = (group.questions if group else form.questions)[step.id]
            into[step.id] = _question(question, read=step in found.read and question.given)
            if question.widget == "calculated":
                into[step.id] |= worked_out(form, question)
    steps = [[step.kind, step.id, *([step.group] if step.group else [])] for step in found.steps]
    return {"steps": steps, "pages": pages, "conditions": conditions, "questions": questions, "groups": groups}


def _moving(found: Needed) -> list[Step]:
    return [step for step in found.steps if step.kind != "page"]


def _of(form: Form, step: Step) -> Question:
    return (form.questions[step.group].questions if step.group else form.questions)[step.id]


def _nothing() -> Told:
    return {"conditions": {}, "questions": {}}


def _read(found: Needed) -> set[str]:
    return {step.id for step in found.read if not step.group}


def _question(question: Question, *, read: bool) -> Told:
    plain = {
        "page": question.page,
        "widget": question.widget,
        "show_if": question.show_if,
        "required_if": question.required_if,
        "required": question.required,
    }
    return {name: value for name, value in plain.items() if value} | (_reading(question) if read else {})


def _reading(question: Question) -> Told:
    """Return how a browser reads the answer out of its controls: the server's own tidying, in a few words."""
    if question.widget in TEXT_WIDGETS:
        return {"read": True, **_text(question)}
    if question.widget == "address":
        return {"read": True, "boxes": {part: _box(part) for part in ADDRESS}}
    if question.parts:
        asked = (part for part in question.parts.values() if part.widget != MOMENT)
        return {"read": True, "parts": {part.id: {"widget": part.widget, **_reading(part)} for part in asked}}
    whole = validators.type_of(question.widget, question.schema) == "integer"
    return {"read": True, "whole": True} if whole else {"read": True}


def _text(question: Question) -> Told:
    named = validators.format_of(question.widget, question.schema)
    made = {"most": validators.max_length(question.widget, question.schema), "format": named}
    flags = {"lines": question.widget == "textarea", "ascii": not composed(question)}
    return {name: value for name, value in {**made, **flags}.items() if value}


def _box(part: str) -> Told:
    named = validators.ADDRESS_FORMATS.get(part)
    if named:
        return {"most": validators.MAX_LENGTH, "format": named, "ascii": True}
    return {"most": validators.ADDRESS_LINES[part]}
