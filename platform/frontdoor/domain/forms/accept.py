"""Takes answers in, or says everything that is wrong with them in the form's own words.

The order of work is always: tidy, resolve what is shown, drop what is hidden, find what is required, validate.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.forms import composites, expected_dates, limits, messages, options, partial_dates, validators
from frontdoor.domain.forms.guard import refusals
from frontdoor.domain.forms.options import NONE_KNOWN, KnownCodes
from frontdoor.domain.forms.questions import DATE_WIDGETS, Form, Json, Question
from frontdoor.domain.forms.tidy import Path, Tidied, tidied
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.text import say

MAX_PROBLEMS = 200
_SPEAKABLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def accept(
    form: Form,
    raw: object,
    *,
    as_of: date,
    language: str = "en",
    known_codes: KnownCodes = NONE_KNOWN,
) -> dict[str, Json]:
    """Return the answers to keep: tidy, in the order of the form, without hidden ones.

    `as_of` is the local date the form is received. `known_codes` are options of an older answer that is sent again
    (`options.codes_in`). AnswersRejected with at most 200 problems, in the order of the form; `where` is a pointer
    with row ids (`/members/ab12/dob`).
    """
    check = _look(form, raw, as_of, language, known_codes)
    problems = [*check.strangers(), *check.problems()][:MAX_PROBLEMS]
    if problems:
        raise AnswersRejected(say(messages.REJECTED, language), problems=problems)
    return dict(check.shown.answers)


def check_page(
    form: Form,
    page_id: str,
    answers: Mapping[str, Json],
    *,
    as_of: date,
    language: str = "en",
    known_codes: KnownCodes = NONE_KNOWN,
) -> list[Problem]:
    """Return what is wrong on one page of `answers`, which hold the whole draft: conditions may read other pages.

    A page that is not shown has no problems. Keys that the form does not know are left to `accept`.
    """
    check = _look(form, answers, as_of, language, known_codes)
    return list(check.problems_on(page_id))[:MAX_PROBLEMS]


def missing_pages(form: Form, answers: Mapping[str, Json], as_of: date) -> tuple[str, ...]:
    """Return the ids of shown pages that still have problems, in order: where a draft is taken up again."""
    check = _look(form, answers, as_of, "en", NONE_KNOWN)
    return tuple(page for page in form.pages if next(check.problems_on(page), None))


def kept(form: Form, raw: Mapping[str, Json], as_of: date) -> dict[str, Json]:
    """Return what a draft may keep of `raw`: tidy answers to shown questions, complete or not, right or not.

    Answers of the wrong shape and keys that the form does not know are left out, so a draft that was begun on an
    older form can go on. AnswersRejected only for what may not be looked at at all.
    """
    return dict(_look(form, raw, as_of, "en", NONE_KNOWN).shown.answers)


def _look(form: Form, raw: object, as_of: date, language: str, known: KnownCodes) -> "_Check":
    refused = refusals(raw)
    if refused or not isinstance(raw, Mapping):
        raise AnswersRejected(say(messages.REJECTED, language), problems=refused)
    return _Check(form, tidied(form, raw), as_of, language, known)


@dataclass(frozen=True)
class _Check:
    form: Form
    given: Tidied
    as_of: date
    language: str
    known: KnownCodes

    @cached_property
    def shown(self) -> Visible:
        return visible(self.form, self.given.answers, self.as_of)

    def strangers(self) -> Iterator[Problem]:
        """Keys that no question has. A name that could not be a question's is not repeated."""
        for *rows, key in self.given.strangers:
            if rows and not self.shown.shows(rows[0]):
                continue
            named = [key] if len(key) <= 63 and set(key) <= _SPEAKABLE else []
            yield Problem(pointer((*rows, *named)), "unknown_question", say(messages.UNKNOWN_KEY, self.language))

    def problems(self) -> Iterator[Problem]:
        for page in self.form.pages:
            yield from self.problems_on(page)

    def problems_on(self, page_id: str) -> Iterator[Problem]:
        for question in self.form.on_page(page_id):
            if not self.shown.shows(question.id):
                continue
            yield from self._question(question, (question.id,), self.shown.answers)
            for row in self.shown.answers.get(question.id, ()) if question.widget == "group" else ():
                yield from self._row(question, row)

    def _row(self, group: Question, row: Mapping[str, Json]) -> Iterator[Problem]:
        for question in group.questions.values():
            if self.shown.shows(question.id, row["id"], group.id):
                yield from self._question(question, (group.id, row["id"], question.id), row, group)

    def _question(
        self, question: Question, path: Path, holder: Mapping[str, Json], group: Question | None = None
    ) -> Iterator[Problem]:
        if path in self.given.faults:
            keyword, inside = self.given.faults[path]
            yield self._problem(question, (*path, *inside), keyword)
            return
        required = self.shown.requires(question, group, path[1] if group else "")
        value = holder.get(question.id)
        if question.given and required and _says_too_little(question, value):
            yield self._problem(question, path, "required")
        elif value is not None and question.parts:
            yield from self._parts(question, path, value, required=required)
        elif value is not None and question.given:
            yield from self._value(question, path, value)

    def _parts(self, question: Question, path: Path, value: Mapping[str, Json], *, required: bool) -> Iterator[Problem]:
        found = False
        for name, part in question.parts.items():
            problems: Iterable[Problem] = ()
            if name in value:
                problems = self._value(part, (*path, name), value[name], known=f"{question.path}.{name}")
            elif composites.demanded(question, part, required=required):
                problems = [self._problem(part, (*path, name), "required")]
            for problem in problems:
                found = True
                yield problem
        wrong = None if found else composites.fault(question, value)
        if wrong:
            keyword, name = wrong
            asked = question if keyword in question.messages else question.parts[name]
            yield self._problem(asked, (*path, name), keyword)

    def _value(self, question: Question, path: Path, value: Json, *, known: str = "") -> Iterator[Problem]:
        if question.widget == "group":
            if 0 < len(value) < question.min_items:
                yield self._problem(question, path, "minItems")
            return
        found = validators.broken(question.validator, value) if question.validator else []
        for keyword, inside in _first_of_each(found):
            # A problem with one of several files or options is a problem of the whole question.
            steps = inside if question.widget == "address" else ()
            what = self._date_fault(question, value) if keyword == "format" else {}
            yield self._problem(question, (*path, *map(str, steps)), keyword, **what)
        if not found:
            yield from self._choice(question, path, value, self.known.get(known or question.path, ()))

    def _choice(self, question: Question, path: Path, value: Json, known: Collection[str | int]) -> Iterator[Problem]:
        if question.options_from and question.option(value if isinstance(value, str) else "") is None:
            if options.strangers(question, value, self.shown.answers):
                yield self._problem(question, path, "options_from")
        elif question.options:
            keyword = options.fault(question, value, self.as_of, known)
            alone = next((o for o in question.options if o.exclusive), None)
            if keyword:
                yield self._problem(question, path, keyword, option=say(alone.label, self.language) if alone else "")
        elif question.widget in DATE_WIDGETS:
            yield from self._date(question, path, value)

    def _date(self, question: Question, path: Path, value: str) -> Iterator[Problem]:
        if question.widget == "partial_date" and not partial_dates.is_partial_date(
            value, bands=question.age_bands, unknown=question.allow_unknown
        ):
            yield self._problem(question, path, "format")
            return
        if question.widget == "expected_date" and value == partial_dates.UNKNOWN and not question.allow_unknown:
            yield self._problem(question, path, "format")
            return
        keyword, limit = limits.fault(question, value, self.as_of)
        if keyword and limit:
            shown = partial_dates.shown_day(limit, self.language)
            today = say(messages.TODAY, self.language)
            yield self._problem(question, path, keyword, limit=today if limit == self.as_of else shown)

    def _date_fault(self, question: Question, value: Json) -> dict[str, str]:
        if question.widget not in DATE_WIDGETS:
            return {}
        if question.widget == "expected_date" and len(str(value)) == 4:
            return {"fault": say(expected_dates.NO_MONTH, self.language)}
        fault = partial_dates.fault(str(value), whole=question.widget == "date")
        return {"fault": say(fault, self.language)}

    def _problem(self, question: Question, path: Path, keyword: str, **values: object) -> Problem:
        asked = messages.part_of(question, path[-1]) if question.widget == "address" else question
        asked = question.parts.get(path[-1], question) if question.parts else asked
        return Problem(pointer(path), keyword, messages.message(asked, keyword, self.language, **values))


def _says_too_little(question: Question, value: Json) -> bool:
    """Whether a required answer is missing: absent, no rows, or an address with neither first line nor postcode."""
    if question.widget == "address":
        return not {"line_1", "postcode"} & set(value or ())
    return value is None or value == []


def _first_of_each(found: list[tuple[str, tuple[str | int, ...]]]) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """One problem for each place: a person corrects one thing at a time."""
    seen = set()
    for keyword, inside in found:
        if inside not in seen:
            seen.add(inside)
            yield keyword, inside
