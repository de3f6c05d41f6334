"""Answers as the rules see them: known, not known, or known to be nothing.

Hidden is nothing; shown and blank is not known, as is an option marked `unknown`. A list is complete when it was
answered and, where the form asks whether that is everybody, the answer is yes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from frontdoor.domain.forms import composites, partial_dates
from frontdoor.domain.forms.questions import Form, Json, Question
from frontdoor.domain.forms.visibility import Visible, visible


class Unsaid(Enum):
    """The two states without a value."""

    UNKNOWN = "unknown"
    NONE = "none"


UNKNOWN: Final = Unsaid.UNKNOWN
NONE: Final = Unsaid.NONE


@dataclass(frozen=True)
class Known:
    """An answer as it is stored."""

    value: Json


@dataclass(frozen=True)
class Interval:
    """A date that is known to lie between two days, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True)
class ListState:
    """Options or files chosen; not complete while one of them stands for not knowing."""

    values: tuple[Json, ...]
    complete: bool


@dataclass(frozen=True)
class RowState:
    """One row of a group: its id and a state for every question of the row."""

    id: str
    answers: Mapping[str, "AnswerState"]


@dataclass(frozen=True)
class Rows:
    """The rows of a group that was shown; `complete` when no row can be missing."""

    rows: tuple[RowState, ...]
    complete: bool


@dataclass(frozen=True)
class Parts:
    """An answer that is made of answers: a state for every part of it."""

    parts: Mapping[str, "AnswerState"]


AnswerState = Known | Interval | ListState | Parts | Unsaid
State = AnswerState | Rows


@dataclass(frozen=True)
class StatedAnswers:
    """One state for every question of a form that holds data. A question the form does not have is not in it."""

    form: str
    states: Mapping[str, State] = field(default_factory=dict)

    def __getitem__(self, question_id: str) -> State:
        return self.states[question_id]

    def __contains__(self, question_id: str) -> bool:
        return question_id in self.states


def answer_states(form: Form, answers: Mapping[str, Json], *, as_of: date) -> StatedAnswers:
    """Return the state of every question for accepted or partly filled `answers`."""
    shown = visible(form, answers, as_of)
    states = {
        question.id: _group(form, question, shown) if question.widget == "group" else _top(question, shown)
        for question in form.questions.values()
        if question.answers
    }
    return StatedAnswers(form.id, states)


def nothing_answered(form: Form) -> StatedAnswers:
    """Return the states of a form that was never sent: nothing in it is known, and no list of it is complete."""
    return StatedAnswers(
        form.id,
        {
            question.id: Rows((), complete=False) if question.widget == "group" else UNKNOWN
            for question in form.questions.values()
            if question.answers
        },
    )


def _top(question: Question, shown: Visible) -> AnswerState:
    return _state(question, shown.answers.get(question.id)) if shown.shows(question.id) else NONE


def _group(form: Form, group: Question, shown: Visible) -> State:
    if not shown.shows(group.id):
        return NONE
    rows = shown.answers.get(group.id)
    # A confirming question that is itself hidden was never asked, so it confirms nothing.
    confirmed = not group.complete or shown.answers.get(group.complete) is True
    stated = tuple(_row(group, row, shown) for row in rows or ())
    return Rows(stated, complete=confirmed and rows is not None)


def _row(group: Question, row: Mapping[str, Json], shown: Visible) -> RowState:
    answers = {
        question.id: _state(question, row.get(question.id)) if shown.shows(question.id, row["id"], group.id) else NONE
        for question in group.questions.values()
        if question.answers
    }
    return RowState(row["id"], answers)


def _state(question: Question, value: Json) -> AnswerState:
    if question.widget in {"checkboxes", "file"}:
        return _list(question, value)
    if value is None:
        return UNKNOWN
    if question.parts:
        return Parts({name: _part(question, part, value.get(name)) for name, part in question.parts.items()})
    if question.widget in {"partial_date", "expected_date"}:
        return _date(value)
    option = question.option(value) if question.options else None
    return UNKNOWN if option and option.unknown else Known(value)


def _part(question: Question, part: Question, value: Json) -> AnswerState:
    if value is None and composites.nothing_left_out(question, part):
        return NONE
    return _state(part, value)


def _list(question: Question, value: Json) -> AnswerState:
    if not value:
        return UNKNOWN
    chosen = [question.option(code) for code in value] if question.options else []
    unsure = {option.value for option in chosen if option and option.unknown}
    nothing = {option.value for option in chosen if option and option.exclusive}
    if unsure and len(unsure) == len(value):
        return UNKNOWN
    return ListState(tuple(code for code in value if code not in unsure | nothing), complete=not unsure)


def _date(value: str) -> AnswerState:
    bounds = partial_dates.interval(value)
    if bounds is None:
        return UNKNOWN
    earliest, latest = bounds
    return Known(value) if earliest == latest and "/" not in value else Interval(earliest, latest)
