"""What a form looks like on paper: lines and boxes to write in, options to tick, and when a question is to be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.domain.forms.display import printed, row_heading, row_title
from frontdoor.domain.forms.model import Form, Page, Question
from frontdoor.domain.text import say

SPARE_ROWS = 3  # of a group, for people or things that are not written down yet
_BOXES = {
    "date": (2, 2, 4), "partial_date": (2, 2, 4), "expected_date": (2, 2, 4), "date_range": (2, 2, 4, 2, 2, 4),
    "time": (2, 2),
}  # fmt: skip
_LINES = {
    "textarea": 0,
    "address": 4,
    "addresses": 8,
    "sign_off": 3,
    "file": 0,
    "info": 0,
    "matrix": 0,
    "calculated": 0,
}


@dataclass(frozen=True)
class Blank:
    """One question on paper.

    `told` is the answer so far (`""` when there is none), `ticks` are (label, ticked), `boxes` how many characters each
    box takes, `lines` how many lines to write on. `only_if` says in words when it is asked.
    """

    label: str
    hint: str
    kind: str
    needed: bool
    only_if: str
    told: str
    ticks: tuple[tuple[str, bool], ...] = ()
    boxes: tuple[int, ...] = ()
    lines: int = 0
    rows: tuple[tuple[str, tuple["Blank", ...]], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One page of the form: when it is asked, and its questions in order."""

    page: Page
    only_if: str
    blanks: tuple[Blank, ...]


def on_paper(form: Form, answers: Mapping[str, Any], language: str, *, as_of: date) -> list[Sheet]:
    """Return every page with every question, also those that only some answers lead to: paper hides nothing."""
    writing = _Writing(form, answers, language, as_of)
    return [
        Sheet(page, writing.when(page.show_if), tuple(writing.blank(one, answers) for one in form.on_page(page.id)))
        for page in form.pages.values()
    ]


@dataclass(frozen=True)
class _Writing:
    form: Form
    answers: Mapping[str, Any]
    language: str
    as_of: date

    def when(self, condition: str, group: Question | None = None) -> str:
        """Return in words when something is asked, `""` for always."""
        named = (group.conditions.get(condition) if group else None) or self.form.conditions.get(condition)
        return say(named.label, self.language) if named else ""

    def blank(self, question: Question, held: Mapping[str, Any], group: Question | None = None) -> Blank:
        value = held.get(question.id)
        ticks = tuple(self._ticks(question, value))
        # A row is told with the answers of the whole form: what it points to stands elsewhere.
        told = (
            ""
            if value in (None, "", []) or ticks or question.widget in ("group", "matrix")
            else self._told(question, value)
        )
        return Blank(
            label=say(question.label, self.language),
            hint=say(question.hint, self.language),
            kind=question.widget,
            needed=question.required,
            only_if=self.when(question.show_if, group),
            told=told,
            ticks=ticks,
            boxes=() if told else _BOXES.get(question.widget, ()),
            lines=0 if told or ticks or question.widget in _BOXES else _LINES.get(question.widget, 1),
            rows=tuple(self._inside(question, value)),
        )

    def _told(self, question: Question, value: Any) -> str:
        return printed(self.form, question, value, self.answers, self.language)

    def _ticks(self, question: Question, value: Any) -> Iterator[tuple[str, bool]]:
        chosen = value if isinstance(value, list) else [value]
        if question.widget == "yes_no":
            yield from ((say(text, self.language), value is answer) for answer, text in _YES_NO)
        if question.widget == "scale":
            ends = (question.schema.get("minimum", 1), question.schema.get("maximum", 10))
            yield from ((str(number), value == number) for number in range(int(ends[0]), int(ends[1]) + 1))
        if question.widget == "matrix":
            return
        for option in question.options:
            if option.live(self.as_of) or option.value in chosen:
                yield say(option.label, self.language), option.value in chosen
        if question.options_from:
            named = self.form.questions[question.options_from]
            for place, row in enumerate(self.answers.get(named.id) or (), start=1):
                heading = row_title(named, row, self.language) or row_heading(named, place, row, self.language)
                yield heading, row["id"] in chosen

    def _inside(self, question: Question, value: Any) -> Iterator[tuple[str, tuple[Blank, ...]]]:
        if question.widget == "group":
            yield from self._rows(question, value or ())
        for key, one in (question.ui.get("statements") or {}).items() if question.widget == "matrix" else ():
            ticks = tuple((say(each.label, self.language), (value or {}).get(key) == each.value) for each in
                          question.live_options(self.as_of))  # fmt: skip
            yield say(one.get("label", {}), self.language), (Blank("", "", "radios", True, "", "", ticks),)

    def _rows(self, group: Question, rows: Any) -> Iterator[tuple[str, tuple[Blank, ...]]]:
        spare = max(min(SPARE_ROWS, group.max_items - len(rows)), 0)
        for place, row in enumerate((*rows, *({} for _ in range(spare))), start=1):
            heading = row_heading(group, place, row, self.language)
            yield heading, tuple(self.blank(inner, row, group) for inner in group.questions.values())


_YES_NO = ((True, {"en": "Yes", "cy": "Ie"}), (False, {"en": "No", "cy": "Na"}))
