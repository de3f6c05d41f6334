"""What the server asks of an answer and its published schema cannot say: listed, so that nobody relies on it."""

from collections.abc import Iterator, Mapping

from frontdoor.domain.forms import validators
from frontdoor.domain.forms.formats import CHECKSUMS
from frontdoor.domain.forms.patterns import whole
from frontdoor.domain.forms.questions import Question
from frontdoor.domain.forms.tidy import composed


def unsaid(question: Question) -> Iterator[tuple[str, str]]:
    """Yield what the server asks and the schema cannot say, as keyword and reason."""
    named = validators.format_of(question.widget, question.schema)
    if named in CHECKSUMS:
        yield "format", f"{named}: the check digit or letter"
    if named == "partial-date" and (question.age_bands or question.widget != "partial_date"):
        yield "format", "partial-date: the first day of a band is not after its last"
    yield from _unsaid_of_text(question)
    yield from _unsaid_of_the_kind(question)
    for part in question.parts.values():
        yield from unsaid(part)
    yield from _unsaid_of_the_day(question)
    if question.options_from:
        yield "options_from", f"the id of a row of {question.options_from}"
    if question.widget == "group":
        yield "row_ids", "every row has an id of its own"


def _unsaid_of_text(question: Question) -> Iterator[tuple[str, str]]:
    if question.schema.get("pattern") and not whole(question.schema):
        yield "pattern", "tested without the spaces at both ends"
    elif question.schema.get("pattern") and composed(question):
        yield "pattern", "tested once letters that are written in two parts are joined (NFC)"
    if int(question.schema.get("minLength", 0)) > 1 and composed(question):
        yield "minLength", "counted once letters that are written in two parts are joined (NFC)"


def _unsaid_of_the_day(question: Question) -> Iterator[tuple[str, str]]:
    if any(option.valid_from or option.valid_to for option in question.options):
        yield "enum", "some options are offered only between two dates"
    if question.not_before:
        yield "not_before", f"no date before {question.not_before}"
    if question.not_after:
        yield "not_after", f"no date after {question.not_after}"


_KINDS: Mapping[str, tuple[str, str]] = {
    "expected_date": ("format", "expected-date: about a day is 14 days either side of it"),
    "calculated": ("logic", "worked out by the server, whatever is sent"),
    "date_range": ("range", "the end is not before the start"),
    "sign_off": ("at", "set by the server, whatever is sent"),
    "person": ("name", "a name is needed when nobody on the list is meant"),
    "organisation": ("name", "a name is needed when none on the list is meant"),
}


def _unsaid_of_the_kind(question: Question) -> Iterator[tuple[str, str]]:
    if question.widget in _KINDS:
        yield _KINDS[question.widget]
