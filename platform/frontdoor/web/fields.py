"""One question, one field: what a page of a form shows, and what each of its controls holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.domain.forms import composites, expected_dates, money, partial_dates
from frontdoor.domain.forms.display import printed, row_heading, row_title
from frontdoor.domain.forms.model import Form, Question
from frontdoor.domain.forms.questions import DATE_WIDGETS
from frontdoor.domain.forms.validators import ENDS
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
    parts: tuple["Field", ...] = ()  # of a composite question, those that are asked
    worked_out: str = ""  # a calculated value as it is now
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
    elif question.parts and isinstance(value, Mapping):
        for part in question.parts.values():
            yield from _written(part, f"{name}-{part.id}", value.get(part.id), as_of)
    elif question.widget in DATE_WIDGETS and isinstance(value, str):
        yield from _written_date(name, value, as_of)
    else:
        yield name, _one_control(question, value)


def _one_control(question: Question, value: Any) -> list[str]:
    if question.widget == "yes_no":
        return ["yes" if value is True else "no"]
    if question.widget == "money" and isinstance(value, int):
        return [money.boxed(value)]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _written_date(name: str, value: str, as_of: date) -> Iterator[tuple[str, list[str]]]:
    if value == partial_dates.UNKNOWN:
        yield f"{name}-unknown", ["yes"]
    elif day := expected_dates.middle(value):
        yield f"{name}-about", ["yes"]
        yield from _written_date(name, day, as_of)
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
            parts=self._parts(question, question.id),
            worked_out=self._worked_out(question, self.shown.answers),
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
            parts=self._parts(question, f"{group.id}-{row}-{question.id}"),
            worked_out=self._worked_out(question, _row_of(self.shown.answers, group, row)),
        )

    def _parts(self, question: Question, name: str) -> tuple[Field, ...]:
        asked = (part for part in question.parts.values() if part.widget != composites.MOMENT)
        return tuple(
            Field(part, f"{name}-{part.id}", shown=True, required=part.required, options=tuple(self._options(part)))
            for part in asked
        )

    def _worked_out(self, question: Question, holder: Mapping[str, Any]) -> str:
        if question.widget != "calculated" or question.id not in holder:
            return ""
        return printed(self.form, question, holder[question.id], holder, self.language)

    def _options(self, question: Question) -> Iterable[tuple[str, str, str]]:
        if question.options_from:
            group = self.form.questions[question.options_from]
            for place, row in enumerate(self.answers.get(group.id) or (), start=1):
                name = row_title(group, row, self.language)
                yield row["id"], name or row_heading(group, place, row, self.language), ""
        if question.widget == "scale":
            yield from self._places_on(question)
        for option in self._offered(question):
            yield option.code, say(option.label, self.language), say(option.hint, self.language) if option.hint else ""

    def _places_on(self, scale: Question) -> Iterator[tuple[str, str, str]]:
        least, most = (
            int(scale.schema.get(end, held)) for end, held in zip(("minimum", "maximum"), ENDS["scale"], strict=True)
        )
        for number in range(least, most + 1):
            yield str(number), str(number), say(scale.points.get(str(number)), self.language)

    def _offered(self, question: Question) -> Iterator[Any]:
        """The options of the day, and one that was chosen when it was still offered: an old answer stays visible."""
        held = self.answers.get(question.id)
        chosen = held if isinstance(held, list) else [held]
        for option in question.options:
            if option.live(self.as_of) or option.value in chosen:
                yield option


def _row_of(answers: Mapping[str, Any], group: Question, row: str) -> Mapping[str, Any]:
    return next((one for one in answers.get(group.id) or () if one["id"] == row), {})


def _exclusive(question: Question) -> tuple[str, ...]:
    return tuple(option.code for option in question.options if option.exclusive)
