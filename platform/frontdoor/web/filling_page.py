"""What one page of a form needs to be drawn, where its errors lead, and how two versions of it differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.display import printed
from frontdoor.domain.forms.model import Form, Page, Question
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import visible
from frontdoor.domain.text import say
from frontdoor.domain.trial import Trial
from frontdoor.services.filling import Filling
from frontdoor.services.save_page import merged
from frontdoor.services.uploads import Kept
from frontdoor.web import fields, posted
from frontdoor.web.forms import errors as by_control
from frontdoor.web.page_conditions import told


@dataclass(frozen=True)
class Way:
    """Where the pages of a form stand: those of a draft or, in test mode, those of a trial."""

    endpoint: str = "filling."
    values: Mapping[str, str] = field(default_factory=dict)
    trial: Trial | None = None

    def to(self, step: str, **more: Any) -> str:
        """Return the address of a step: page, post_page, save, check, send, ask_to_discard, resume."""
        return url_for(f"{self.endpoint}{step}", **{**more, **self.values})


@dataclass(frozen=True)
class Shown:
    """A page ready to draw: its fields, what each control holds, what is wrong, and its conditions for a script."""

    fields: list[fields.Field]
    values: Mapping[str, list[str]]
    errors: Mapping[str, str]
    summary: list[tuple[str, str]]
    conditions: Mapping[str, Any]
    files: Mapping[str, list[Kept]]
    page: Page

    def value(self, name: str) -> str:
        """Return what a control holds, `""` when nothing."""
        held = self.values.get(name) or [""]
        return held[0]

    def parts(self, name: str) -> dict[str, str]:
        """Return the three boxes of a date."""
        return {part: self.value(f"{name}-{part}") for part in posted.BOXES}


def drawn(
    filling: Filling, page: str, problems: Sequence[Problem], files: Mapping[str, list[Kept]], language: str
) -> Shown:
    """Return a page with what was typed on it last, whether it was posted or only saved on the way."""
    form, as_of = filling.form, filling.as_of
    kept = filling.draft.typed.get(page, {})
    typed = kept.get("fields", {})
    answers = merged(form, filling.draft.answers, posted.given(form, page, posted.as_posted(typed), as_of))
    answers = fields.with_first_row(form, page, answers)
    tidy = tidied(form, answers).answers
    shown = visible(form, tidy, as_of)
    return Shown(
        fields=fields.on_page(
            form, page, shown, answers, language=language, as_of=as_of, removed=kept.get("removed", ())
        ),
        values=fields.values(form, page, answers, typed, as_of),
        errors=by_control(problems),
        summary=[(target(form, problem), problem.message) for problem in problems],
        conditions=told(form, [page], tidy, as_of),
        files=files,
        page=form.pages[page],
    )


def target(form: Form, problem: Problem) -> str:
    """Return the id of the control that an error leads to: of an address the first line, of a date the day."""
    name, *rest = problem.where.strip("/").split("/")
    question = form.questions.get(name)
    if question is None:
        return ""
    place = name
    if question.widget == "group" and len(rest) > 1 and rest[1] in question.questions:
        question, place, rest = question.questions[rest[1]], f"{name}-{rest[0]}-{rest[1]}", rest[2:]
    if question.widget == "address":
        return f"{place}-{rest[0] if rest else 'line_1'}"
    if question.parts:
        return f"{place}-{rest[0] if rest else next(iter(question.parts))}"
    return place


def page_of(form: Form, problem: Problem) -> str:
    """Return the page on which a problem is put right; the first where it names no question."""
    question = form.questions.get(problem.where.strip("/").split("/")[0])
    return question.page if question else next(iter(form.pages))


def differences(filling: Filling, page: str, mine: Mapping[str, Any], language: str) -> list[tuple[str, str, str]]:
    """Return (label, my answer, the stored one) for every question of a page that the two answer differently."""
    form, theirs = filling.form, filling.draft.answers
    unsaved = posted.as_posted(filling.draft.typed.get(page, {}).get("fields", {}))
    theirs = merged(form, theirs, posted.given(form, page, unsaved, filling.as_of))
    found = []
    for question in form.on_page(page):
        one, other = mine.get(question.id), theirs.get(question.id)
        if one != other and question.answers:
            label = say(question.label, language)
            found.append((label, _printed(form, question, mine, language), _printed(form, question, theirs, language)))
    return found


def _printed(form: Form, question: Question, answers: Mapping[str, Any], language: str) -> str:
    value = answers.get(question.id)
    if question.widget != "group" or not value:
        return printed(form, question, value, answers, language)
    rows = []
    for row in value:
        inner = (one for one in question.questions.values() if one.id in row)
        rows.append(", ".join(printed(form, one, row[one.id], answers, language) for one in inner))
    return "; ".join(rows)
