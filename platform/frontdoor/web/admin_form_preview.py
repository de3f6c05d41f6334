"""A question as people will get it, drawn by the same macros, and what they are told when an answer is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from frontdoor import clock
from frontdoor.domain.forms import messages
from frontdoor.domain.forms.design.edits import new_question
from frontdoor.domain.forms.design.properties import messages_of
from frontdoor.domain.forms.design.widgets import FAMILIES, WIDGETS
from frontdoor.domain.forms.question_reading import read_question
from frontdoor.domain.forms.questions import WIDGETS as KNOWN
from frontdoor.domain.forms.questions import Page, Question
from frontdoor.domain.orders import in_order
from frontdoor.domain.text import say
from frontdoor.services import edit_forms
from frontdoor.services.edit_forms import Desk
from frontdoor.services.identity import new_row_id
from frontdoor.web.access import allow, viewer
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.admin_form_boxes import wrong_words
from frontdoor.web.admin_form_state import Editor, of_request
from frontdoor.web.fields import Field, Row
from frontdoor.web.filling_page import Shown
from frontdoor.web.languages import language

_EXAMPLE = "example"
_NO_PAGE = Page("preview", 0, {})
_PLAIN: Mapping[str, Any] = {
    code: {"order": place, "label": {"en": words, "cy": welsh}}
    for place, (code, words, welsh) in enumerate(
        (("one", "The first option", "Y dewis cyntaf"), ("two", "The second option", "Yr ail ddewis")), start=1
    )
}


@dataclass(frozen=True)
class Preview:
    """A question drawn: `field` and `shown` are what a page of a form is drawn from; `wrong` pairs when with words."""

    field: Field
    shown: Shown
    wrong: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Offer:
    """One type of question in the palette, with its example."""

    widget: str
    name: str
    about: str
    preview: Preview


@bp.post("/changes/<change_id>/forms/<form>/preview")
@allow("staff", "edit_change")
def form_preview(change_id: str, form: str) -> str:
    """Draw the question as it is being typed, for a script; without one the page's own button does."""
    editor = of_request(edit_forms.opened(viewer(), change_id, form, at=clock.now()))
    return render_template("admin/designer/preview.html", preview=preview(editor))


def preview(editor: Editor) -> Preview | None:
    """Return the question that an editor makes, drawn; None for what is no question."""
    return drawn(editor.desk, editor.as_typed()) if editor.sort == "question" else None


def drawn(desk: Desk, held: Mapping[str, Any], name: str = "preview") -> Preview:
    """Return a question of a document, drawn as people get it, and its messages."""
    asked = _read(desk, name, held)
    made = _field(asked, name)
    told = language()
    wrong = tuple((wrong_words(one), messages.message(asked, one, told)) for one in messages_of(held))
    return Preview(made, Shown([made], {}, {}, [], {}, {}, _NO_PAGE), wrong)


def palette(desk: Desk) -> list[tuple[str, list[Offer]]]:
    """Return every type of question by family, each with its example."""
    found = []
    for family, words in FAMILIES.items():
        offers = [
            _offer(desk, key) for key, one in WIDGETS.items() if one.family == family and one.offered and key in KNOWN
        ]
        found.append((say(words, language()), offers))
    return [(words, offers) for words, offers in found if offers]


def _offer(desk: Desk, widget: str) -> Offer:
    about = WIDGETS[widget]
    held = new_question(widget)
    ui = {**held["ui"], "label": about.example, "order": 0}
    if "options_from" in about.takes:
        ui["options"] = _PLAIN
    if widget == "group":
        inner = {"type": "string", "ui": {"widget": "text", "order": 1, "label": WIDGETS["text"].example}}
        held = {**held, "questions": {"name": inner}}
    made = drawn(desk, {**held, "ui": ui}, f"{_EXAMPLE}-{widget}")
    return Offer(widget, say(about.name, language()), say(about.about, language()), made)


def _read(desk: Desk, name: str, held: Mapping[str, Any]) -> Question:
    ui = {"label": {"en": "…"}, **held["ui"]}
    asked = read_question(name, {**held, "ui": ui}, desk.codes)
    rows = {key: one for key, one in (held.get("questions") or {}).items() if one}
    inner = in_order({key: one["ui"] for key, one in rows.items()})
    return replace(asked, questions={key: read_question(key, rows[key], desk.codes, group=name) for key in inner})


def _field(asked: Question, name: str) -> Field:
    return Field(
        asked, name, shown=True, required=asked.required, options=tuple(_options(asked)),
        exclusive=tuple(one.code for one in asked.options if one.exclusive), rows=tuple(_rows(asked, name)),
    )  # fmt: skip


def _options(asked: Question) -> Iterator[tuple[str, str, str]]:
    if asked.options_from:
        yield "one", str(_("The first of them")), ""
        yield "two", str(_("The second of them")), ""
        return
    for one in asked.live_options(clock.now().date()):
        yield one.code, say(one.label, language()), say(one.hint, language())


def _rows(asked: Question, name: str) -> Iterator[Row]:
    if asked.widget == "group" and asked.questions:
        row = new_row_id()
        fields = tuple(replace(_field(one, f"{name}-{row}-{one.id}"), row=row) for one in asked.questions.values())
        yield Row(row, 1, f"{say(asked.row_label, language()) or say(asked.label, language())} 1", fields)
