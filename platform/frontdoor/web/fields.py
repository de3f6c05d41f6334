"""One question, one field: what a page of a form shows, and what each of its controls holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.display import row_heading, row_title
from frontdoor.domain.forms.model import Form, Question
from frontdoor.domain.forms.visibility import Visible
from frontdoor.domain.text import say
from frontdoor.services.identity import new_row_id
from frontdoor.web.posted import names

BANDS: tuple[tuple[int, int | None], ...] = ((0, 4), (5, 10), (11, 15), (16, 17), (18, 25), (26, None))


@dataclass(frozen=True)
class Field:
    """A question at its place on a page: `name` is the control's name and id, `shown` whether it is asked now."""

    question: Question
    name: str
    shown: bool
    required: bool
    row: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    exclusive: tuple[str, ...] = ()
    rows: tuple["Row", ...] = ()
    removed: tuple[tuple[str, str], ...] = ()  # rows that can be put back: id and what each is called


@dataclass(frozen=True)
class Row:
    """One row of a repeating group: its id, its place from 1, what it is called, and its fields."""

    id: str
    place: int
    title: str
    fields: tuple[Field, ...]


def band_code(youngest: int, oldest: int | None) -> str:
    """Return the value of an age band in its list: `5-10`, `26-` for the last."""
    return f"{youngest}-{'' if oldest is None else oldest}"


def on_page(
    form: Form,
    page: str,
    shown: Visible,
    answers: Mapping[str, Any],
    *,
    language: str,
    as_of: date,
    removed: Sequence[Mapping[str, Any]] = (),
) -> list[Field]:
    """Return the fields of a page in order, hidden ones too: a script may show them before the page is posted.

    `removed` are the rows that can be put back, as `services.removed_rows` keeps them.
    """
    making = _Making(form, shown, answers, language, as_of, removed)
    return [making.field(question) for question in form.on_page(page)]


def places_shown(found: Iterable[Field]) -> set[str]:
    """Return the places of the fields that are asked now, those of rows too."""
    places = set()
    for field in found:
        if field.shown:
            places.add(field.name)
            places |= {inner.name for row in field.rows for inner in row.fields if inner.shown}
    return places


def with_first_row(form: Form, page: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with one empty row in each required group that has none: nobody starts by adding a row."""
    found = dict(answers)
    for question in form.on_page(page):
        if question.widget == "group" and question.required and not found.get(question.id):
            found[question.id] = [{"id": new_row_id()}]
    return found


def values(
    form: Form, page: str, answers: Mapping[str, Any], typed: Mapping[str, Sequence[str]], as_of: date
) -> dict[str, list[str]]:
    """Return what each control of a page holds: what was typed last where it was asked, else the stored answer."""
    asked = set(typed.get("shown", ()))
    found: dict[str, list[str]] = {}
    for place, question, value in _answered(form, page, answers):
        if place in asked:
            found.update({name: list(typed[name]) for name in names(question, place) if name in typed})
        else:
            found.update(_written(question, place, value, as_of))
    return found


def _answered(form: Form, page: str, answers: Mapping[str, Any]) -> Iterator[tuple[str, Question, Any]]:
    for question in form.on_page(page):
        if question.widget != "group":
            yield question.id, question, answers.get(question.id)
            continue
        for row in answers.get(question.id) or ():
            for inner in question.questions.values():
                yield f"{question.id}-{row['id']}-{inner.id}", inner, row.get(inner.id)


def _written(question: Question, name: str, value: Any, as_of: date) -> Iterator[tuple[str, list[str]]]:
    if value is None:
        return
    if question.widget == "address" and isinstance(value, Mapping):
        yield from ((f"{name}-{part}", [str(text)]) for part, text in value.items())
    elif question.widget == "yes_no":
        yield name, ["yes" if value is True else "no"]
    elif question.widget in ("date", "partial_date") and isinstance(value, str):
        yield from _written_date(name, value, as_of)
    elif isinstance(value, list):
        yield name, [str(one) for one in value]
    else:
        yield name, [str(value)]


def _written_date(name: str, value: str, as_of: date) -> Iterator[tuple[str, list[str]]]:
    if value == partial_dates.UNKNOWN:
        yield f"{name}-unknown", ["yes"]
    elif "/" in value:
        bands = {partial_dates.born_between(*band, as_of): band_code(*band) for band in BANDS}
        yield f"{name}-band", [bands.get(value, value)]
    else:
        for part, text in zip(("year", "month", "day"), value.split("-"), strict=False):
            yield f"{name}-{part}", [text.lstrip("0") if part != "year" else text]


@dataclass(frozen=True)
class _Making:
    form: Form
    shown: Visible
    answers: Mapping[str, Any]
    language: str
    as_of: date
    removed: Sequence[Mapping[str, Any]]

    def field(self, question: Question) -> Field:
        return Field(
            question,
            question.id,
            shown=self.shown.shows(question.id),
            required=self.shown.requires(question),
            options=tuple(self._options(question)),
            exclusive=_exclusive(question),
            rows=tuple(self._rows(question)) if question.widget == "group" else (),
            removed=tuple(self._removed(question)),
        )

    def _removed(self, group: Question) -> Iterator[tuple[str, str]]:
        for kept in self.removed:
            if kept["group"] == group.id:
                row = kept["row"]
                yield (
                    row["id"],
                    row_title(group, row, self.language) or row_heading(group, kept["place"] + 1, row, self.language),
                )

    def _rows(self, group: Question) -> Iterator[Row]:
        for place, row in enumerate(self.answers.get(group.id) or (), start=1):
            title = row_heading(group, place, row, self.language)
            inner = tuple(self._inner(group, question, row["id"]) for question in group.questions.values())
            yield Row(row["id"], place, title, inner)

    def _inner(self, group: Question, question: Question, row: str) -> Field:
        return Field(
            question,
            f"{group.id}-{row}-{question.id}",
            shown=self.shown.shows(question.id, row, group.id),
            required=self.shown.requires(question, group, row),
            row=row,
            options=tuple(self._options(question)),
            exclusive=_exclusive(question),
        )

    def _options(self, question: Question) -> Iterable[tuple[str, str, str]]:
        if question.options_from:
            group = self.form.questions[question.options_from]
            for place, row in enumerate(self.answers.get(group.id) or (), start=1):
                name = row_title(group, row, self.language)
                yield row["id"], name or row_heading(group, place, row, self.language), ""
            return
        for option in self._offered(question):
            yield option.code, say(option.label, self.language), say(option.hint, self.language) if option.hint else ""

    def _offered(self, question: Question) -> Iterator[Any]:
        """The options of the day, and one that was chosen when it was still offered: an old answer stays visible."""
        held = self.answers.get(question.id)
        chosen = held if isinstance(held, list) else [held]
        for option in question.options:
            if option.live(self.as_of) or option.value in chosen:
                yield option


def _exclusive(question: Question) -> tuple[str, ...]:
    return tuple(option.code for option in question.options if option.exclusive)
