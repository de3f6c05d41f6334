"""Answers as people read them: for check-your-answers, the case page, letters and PDFs. One place prints them all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from frontdoor.domain.forms import answer_words, composites, formats, times, validators
from frontdoor.domain.forms.questions import DATE_WIDGETS, TEXT_WIDGETS, Form, Json, Question
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.text import Text, like, listed, say

NOT_ANSWERED: Text = {"en": "Not answered", "cy": "Heb ei ateb"}
_YES: Text = {"en": "Yes", "cy": "Ie"}
_NO: Text = {"en": "No", "cy": "Na"}
_FILES: Text = {"en": "Files: {count}", "cy": "Ffeiliau: {count}"}
_WITHHELD: Text = {
    "en": "Confidential: not shown to you", "cy": "Cyfrinachol: ni chaiff ei ddangos i chi",
}  # fmt: skip
_NOBODY: Text = {"en": "None", "cy": "Dim"}


@dataclass(frozen=True)
class Line:
    """One printed answer. `row` is `""` outside groups; `answered` tells "Not answered" from an answer.

    `files` are the ids of uploads: whoever shows the line to a reader may name them instead of counting them.
    """

    label: str
    answer: str
    question: str
    row: str = ""
    group: str = ""
    row_title: str = ""  # "Person 2: Jo Okafor", to head the lines of one row
    sensitive: bool = False
    answered: bool = True
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One page of the form: its title and its lines, in order."""

    page: str
    title: str
    lines: tuple[Line, ...]


def labels(form: Form, language: str = "en") -> dict[str, str]:
    """Return the label of every question by path: `family_name`, `members/dob`."""
    found: dict[str, str] = {}
    for question in form.questions.values():
        found[question.path] = say(question.label, language)
        found |= {row.path: say(row.label, language) for row in question.questions.values()}
    return found


def display(
    form: Form, answers: Mapping[str, Json], language: str = "en", *, as_of: date, confidential: bool = False
) -> tuple[Section, ...]:
    """Return the shown pages with every shown question, answered or not. `as_of` is the day the form is received.

    Rows that their group marks as confidential are withheld unless the reader may see them: say so with
    `confidential`. A withheld row leaves one line that says so, and none of its words.
    """
    return laid_out(form, visible(form, answers, as_of), language, confidential=confidential)


def laid_out(form: Form, shown: Visible, language: str = "en", *, confidential: bool = False) -> tuple[Section, ...]:
    """Return the shown pages as `display` does; what was taken out of `shown` for a reader is not there."""
    printing = _Printing(form, shown, language, confidential=confidential)
    return tuple(
        Section(page.id, say(page.title, language), tuple(printing.page(page.id)))
        for page in form.pages.values()
        if shown.page_shown(page.id)
    )


def printed(form: Form, question: Question, value: Json, answers: Mapping[str, Json], language: str = "en") -> str:
    """Return one answer as text; "Not answered" for none. `answers` name the rows that `options_from` points to."""
    if value is None or value in ("", []):
        return say(NOT_ANSWERED, language)
    if question.parts:
        told = answer_words.composite(
            question, value, language, lambda part, held: printed(form, part, held, answers, language)
        )
        return told or say(NOT_ANSWERED, language)
    if question.options_from and not question.option(value if isinstance(value, str) else ""):
        return _linked(form, question, value, answers, language)
    if question.options:
        chosen = value if isinstance(value, list) else [value]
        return listed(_option(question, code, language) for code in chosen)
    if question.widget == "time":
        return times.shown(str(value), language)
    if question.widget in TEXT_WIDGETS:
        text = formats.shown(validators.format_of(question.widget, question.schema), str(value))
        return _with_units(question, text, language)
    return _of_widget(question, value, language)


def row_title(group: Question, row: Mapping[str, Json], language: str = "en") -> str:
    """Return what a row is called by the answers named in `row_title`, `""` when they are blank."""
    parts = []
    for name in group.row_title:
        question, value = group.questions[name], row.get(name)
        if value is not None and not question.options_from and not question.parts:
            parts.append(_option(question, value, language) if question.options else str(value))
    return " ".join(parts)


def row_heading(group: Question, place: int, row: Mapping[str, Json], language: str = "en") -> str:
    """Return what heads a row, with its place from 1: "Person 2: Jo Okafor", "Person 2" while it has no name."""
    name, kind = row_title(group, row, language), say(group.row_label or group.label, language)
    return like(kind, f"{kind} {place}: {name}" if name else f"{kind} {place}")


class _Printing:
    def __init__(self, form: Form, shown: Visible, language: str, *, confidential: bool) -> None:
        self.confidential = confidential
        self.form = form
        self.shown = shown
        self.language = language

    def page(self, page_id: str) -> Iterator[Line]:
        for question in self.form.on_page(page_id):
            if not question.answers or not self.shown.shows(question.id):
                continue
            value = self.shown.answers.get(question.id)
            if question.widget == "group" and value:
                for place, row in enumerate(value, start=1):
                    hidden = question.confidential and row.get(question.confidential) is not False
                    yield from (
                        self._withheld(question, place)
                        if hidden and not self.confidential
                        else self._row(question, place, row)
                    )
            elif question.widget == "group" and value == []:
                yield self._line(question, say(_NOBODY, self.language), answered=True)
            else:
                line = self._line(question, self._printed(question, value), answered=value is not None)
                yield replace(line, files=tuple(value or ())) if question.widget == "file" else line

    def _row(self, group: Question, place: int, row: Mapping[str, Json]) -> Iterator[Line]:
        title = row_heading(group, place, row, self.language)
        for question in group.questions.values():
            if question.answers and self.shown.shows(question.id, row["id"], group.id):
                value = row.get(question.id)
                answer = self._printed(question, value)
                yield self._line(question, answer, answered=value is not None, row=row["id"], row_title=title)

    def _withheld(self, group: Question, place: int) -> Iterator[Line]:
        title = row_heading(group, place, {}, self.language)
        line = self._line(group, say(_WITHHELD, self.language), answered=False)
        yield replace(line, label=title, row_title=title)

    def _printed(self, question: Question, value: Json) -> str:
        return printed(self.form, question, value, self.shown.answers, self.language)

    def _line(self, question: Question, answer: str, *, answered: bool, row: str = "", row_title: str = "") -> Line:
        return Line(
            label=say(question.label, self.language),
            answer=answer,
            question=question.id,
            row=row,
            group=question.group,
            row_title=row_title,
            sensitive=question.sensitive,
            answered=answered,
        )


def _option(question: Question, code: Json, language: str) -> str:
    option = question.option(code)
    return say(option.label, language) if option else str(code)


def _linked(form: Form, question: Question, value: Json, answers: Mapping[str, Json], language: str) -> str:
    group = form.questions[question.options_from]
    rows = {row["id"]: row for row in answers.get(group.id) or ()}
    chosen = value if isinstance(value, list) else [value]
    kind = say(group.row_label or group.label, language)
    places = {row_id: f"{kind} {place}" for place, row_id in enumerate(rows, start=1)}
    named = (row_title(group, rows[row_id], language) or places[row_id] for row_id in chosen if row_id in rows)
    return ", ".join(named) or say(NOT_ANSWERED, language)


def _of_widget(question: Question, value: Json, language: str) -> str:
    if isinstance(value, bool):
        return say(_YES if value else _NO, language)
    if question.widget in DATE_WIDGETS or question.shown_as == "date":
        return answer_words.day(question, str(value), language)
    if question.widget == composites.MOMENT:
        return answer_words.moment(str(value), language)
    if question.widget in {"money", "percentage", "scale"} or question.shown_as:
        return answer_words.number(question, value, language)
    if question.widget == "address":
        parts = (str(value[box]) for box in ("line_1", "line_2", "town", "postcode") if value.get(box))
        return ", ".join(parts) or say(NOT_ANSWERED, language)
    if question.widget == "file":
        return say(_FILES, language).format(count=len(value))
    return _with_units(question, f"{value:,}" if isinstance(value, int) else str(value), language)


def _with_units(question: Question, text: str, language: str) -> str:
    suffix = say(question.suffix, language)
    return f"{say(question.prefix, language)}{text}{' ' + suffix if suffix else ''}"
