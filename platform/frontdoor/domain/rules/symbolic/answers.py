"""What may be answered to one question: blank or one of the values that its form allows, each a formula away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from frontdoor.domain.forms import limits
from frontdoor.domain.forms.questions import NUMBER_WIDGETS, Option, Question
from frontdoor.domain.forms.validators import ENDS, type_of
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.calendar_days import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    YEAR,
    day_number,
    day_of,
    last_of_month,
    some_day,
)
from frontdoor.domain.rules.symbolic.formulas import (
    TRUE,
    Formula,
    at_most,
    both,
    choose,
    divided,
    either,
    negated,
    number,
    plus,
    same,
    times,
    variable,
)
from frontdoor.domain.rules.symbolic.opaque import Opaques
from frontdoor.domain.rules.symbolic.open_findings import UNKNOWN, OpenFinding, either_finding
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    NULL_VALUE,
    NUMBER,
    TEXT,
    Codes,
    Value,
    chosen,
    listed,
    of_kind,
    only,
    truth,
    whole,
)

Json = Any
Model = Callable[[Formula], Any]  # what a solver found: a bool, or a Fraction
CENTS = 100  # decimals are looked at in hundredths
YEARS_BACK, YEARS_ON = 110, 2  # of dates that no limit binds


@dataclass(frozen=True, eq=False)
class Answer:
    """What one question may hold.

    `raw` is the answer as it is stored, null where blank; `finding` what the rules know of it; `allowed` what its form
    says of it; `read` gives the stored answer of a solver's model, None where blank.
    """

    raw: Value
    finding: OpenFinding
    allowed: Formula
    read: Callable[[Model], Json]


@dataclass(frozen=True)
class Asking:
    """What all questions share: the numbers of texts, what is outside the model, and the day of the decision."""

    codes: Codes
    opaques: Opaques
    as_of: date


Choices = Sequence[tuple[Formula, Option]]  # when there is such a choice, and the choice


def answer(question: Question, name: str, choices: Choices, asking: Asking) -> Answer:
    """Return what may be answered; `name` begins the names of its variables, `choices` are its options."""
    given = variable(f"{name}|given", formulas.TRUTH)
    if question.widget in _OF_WIDGET:
        return _OF_WIDGET[question.widget](question, name, given, asking)
    if question.widget == "checkboxes":
        return _ticked(name, choices, asking)
    if question.widget in ("radios", "select"):
        return _chosen(name, given, choices, asking)
    return _text(question, name, given, asking)


def _one(given: Formula, value: Value, allowed: Formula, read: Callable[[Model], Json]) -> Answer:
    raw = only(given, value)
    return Answer(raw, OpenFinding(raw), allowed, lambda model: read(model) if model(given) else None)


def _yes_no(_question: Question, name: str, given: Formula, _asking: Asking) -> Answer:
    held = variable(f"{name}|yes", formulas.TRUTH)
    return _one(given, truth(held), TRUE, lambda model: bool(model(held)))


def _number(question: Question, name: str, given: Formula, _asking: Asking) -> Answer:
    ends = dict(zip(("minimum", "maximum"), ENDS.get(question.widget, ()), strict=False))
    kind = type_of(question.widget, question.schema)
    held, allowed = some_number(name, {**ends, **question.schema, "type": kind})
    return _one(given, of_kind(NUMBER, held), allowed, lambda model: whole(model(held)))


def some_number(name: str, schema: Mapping[str, Json]) -> tuple[Formula, Formula]:
    """Return a number that is open, and what its schema says of it; decimals in hundredths."""
    held = variable(f"{name}|number", formulas.WHOLE)
    if "integer" not in schema.get("type", ()):
        held = times(held, number(Fraction(1, CENTS)))
    tests = [
        (at_most, "minimum", False), (at_most, "maximum", True),
        (formulas.below, "exclusiveMinimum", False), (formulas.below, "exclusiveMaximum", True),
    ]  # fmt: skip
    ends = [(compare, number(schema[key]), upper) for compare, key, upper in tests if key in schema]
    return held, both(*(compare(held, end) if upper else compare(end, held) for compare, end, upper in ends))


def _text(_question: Question, name: str, given: Formula, asking: Asking) -> Answer:
    held = variable(f"{name}|text", formulas.WHOLE)
    words = _one(given, of_kind(TEXT, held), TRUE, lambda model: asking.codes.text(int(model(held))))
    return Answer(words.raw, words.finding, formulas.below(formulas.ZERO, held), words.read)


def _opaque(question: Question, name: str, given: Formula, asking: Asking) -> Answer:
    """An address: there or not, and nothing more."""
    value = asking.opaques.value(f"{question.widget} {name}")
    return _one(given, value, TRUE, lambda model: {"line_1": "1 Example Street"})


def _files(_question: Question, name: str, given: Formula, asking: Asking) -> Answer:
    one = of_kind(TEXT, asking.codes.number("a file"))
    return _one(given, listed([(TRUE, one)]), TRUE, lambda model: ["a file"])


def _chosen(name: str, given: Formula, choices: Choices, asking: Asking) -> Answer:
    """One of several: kept as a number where options are numbers."""
    held = variable(f"{name}|choice", formulas.WHOLE)
    numbers = {id(option): _code(option, asking.codes) for _, option in choices}
    whole_numbers = any(isinstance(option.value, int) for _, option in choices)
    value = of_kind(NUMBER if whole_numbers else TEXT, held)
    allowed = either(negated(given), *(both(there, same(held, numbers[id(one)])) for there, one in choices))
    unsure = either(*(same(held, numbers[id(one)]) for _, one in choices if one.unknown))

    def read(model: Model) -> Json:
        chosen_number = int(model(held))
        return next(one.value for _, one in choices if numbers[id(one)].value == chosen_number)

    answered = _one(given, value, allowed, read)
    return Answer(answered.raw, either_finding(unsure, UNKNOWN, answered.finding), allowed, answered.read)


def _code(option: Option, codes: Codes) -> Formula:
    return number(option.value) if isinstance(option.value, int) else codes.number(option.value)


def _ticked(name: str, choices: Choices, asking: Asking) -> Answer:
    """Any of several. Options that stand for not knowing, or for nothing, are no elements of the list."""
    ticks = [
        (both(there, variable(f"{name}|{option.code}", formulas.TRUTH)), option, _element(option, asking.codes))
        for there, option in choices
    ]
    unsure = either(*(tick for tick, option, _ in ticks if option.unknown))
    some = either(*(tick for tick, option, _ in ticks if not option.unknown))
    raw = only(either(some, unsure), listed((tick, value) for tick, _, value in ticks))
    kept = listed((tick, value) for tick, option, value in ticks if not option.unknown and not option.exclusive)
    finding = either_finding(some, OpenFinding(kept, complete=negated(unsure)), UNKNOWN)
    allowed = both(*(_alone(tick, [each for each, _, _ in ticks]) for tick, option, _ in ticks if option.exclusive))

    def read(model: Model) -> Json:
        return [option.value for tick, option, _ in ticks if model(tick)] or None

    return Answer(raw, finding, allowed, read)


def _element(option: Option, codes: Codes) -> Value:
    return of_kind(NUMBER if isinstance(option.value, int) else TEXT, _code(option, codes))


def _alone(tick: Formula, ticks: list[Formula]) -> Formula:
    return either(negated(tick), negated(either(*(each for each in ticks if each is not tick))))


def day(name: str, as_of: date, first: date | None = None, last: date | None = None) -> tuple[Formula, Formula]:
    """Return a date that is open, and what makes it one, between two days."""
    years = (first.year if first else as_of.year - YEARS_BACK, last.year if last else as_of.year + YEARS_ON)
    held, allowed = some_day(name, *years)
    early = at_most(number(day_number(first)), held) if first and first.year >= FIRST_YEAR else TRUE
    late = at_most(held, number(day_number(last))) if last and last.year <= LAST_YEAR else TRUE
    return held, both(allowed, early, late)


def _date(question: Question, name: str, given: Formula, asking: Asking) -> Answer:
    first, last = (_limit(each, asking.as_of) for each in (question.not_before, question.not_after))
    held, allowed = day(name, asking.as_of, first, last)
    return _one(given, of_kind(DATE, held), allowed, lambda model: day_of(model(held)).isoformat())


def _limit(written: str, as_of: date) -> date | None:
    return limits.day_of(written, as_of) if written else None


def _partial_date(question: Question, name: str, given: Formula, asking: Asking) -> Answer:
    """A day, a month, a year, an age band, or a word that says nobody knows."""
    first, last = (_limit(each, asking.as_of) for each in (question.not_before, question.not_after))
    held, allowed = day(name, asking.as_of, first, last)
    end, end_allowed = day(f"{name}|end", asking.as_of)
    exact, month, band, unsaid = (variable(f"{name}|{form}", formulas.TRUTH) for form in _FORMS)
    if not question.age_bands:
        band = formulas.FALSE
    if not question.allow_unknown:
        unsaid = formulas.FALSE
    year = times(divided(held, YEAR), number(YEAR))
    start = choose(month, times(divided(held, MONTH), number(MONTH)), choose(band, held, year))
    stop = choose(month, last_of_month(held), choose(band, end, plus(year, number(YEAR - 1))))
    known = OpenFinding(of_kind(DATE, held))
    between = OpenFinding(low=of_kind(DATE, start), high=of_kind(DATE, stop))
    finding = either_finding(both(given, negated(unsaid)), either_finding(exact, known, between), UNKNOWN)
    words = chosen(exact, of_kind(DATE, held), asking.opaques.value(f"partial date {name}"))
    bounds = both(allowed, end_allowed, formulas.below(held, end))

    def read(model: Model) -> Json:
        if model(unsaid) or model(exact):
            return "unknown" if model(unsaid) else day_of(model(held)).isoformat()
        if model(month):
            return day_of(model(held)).isoformat()[:7]
        first_day = day_of(model(held))
        return f"{first_day.isoformat()}/{day_of(model(end)).isoformat()}" if model(band) else str(first_day.year)

    raw = chosen(given, chosen(unsaid, of_kind(TEXT, asking.codes.number("unknown")), words), NULL_VALUE)
    return Answer(raw, finding, bounds, lambda model: read(model) if model(given) else None)


_FORMS = ("exact", "month", "band", "unsaid")
_Ask = Callable[[Question, str, Formula, Asking], Answer]
_OF_WIDGET: Mapping[str, _Ask] = {
    "yes_no": _yes_no, "date": _date, "partial_date": _partial_date, "address": _opaque, "file": _files,
    **dict.fromkeys(NUMBER_WIDGETS, _number), "expected_date": _partial_date,
}  # fmt: skip
