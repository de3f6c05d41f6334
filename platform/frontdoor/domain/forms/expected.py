"""What a form shows of some answers, and how that differs from what was expected of it.

A question is named by its id, in a row by `group/row/question`; an error by `pointer code`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from frontdoor.domain.forms.accept import check_page
from frontdoor.domain.forms.display import row_heading
from frontdoor.domain.forms.questions import Form, Json, Question
from frontdoor.domain.forms.tidy import tidied
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.text import say
from frontdoor.domain.trial import Difference

PARTS = ("shown", "hidden", "required", "errors")


@dataclass(frozen=True)
class Seen:
    """What is asked of some answers, in the order of the form, and what each page that is shown says against them.

    `said` has the words of each error.
    """

    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    required: tuple[str, ...]
    errors: Mapping[str, tuple[str, ...]]
    said: Mapping[str, str]

    def to_json(self) -> dict[str, Json]:
        """Return everything that may be expected, as a test family holds it."""
        return {
            "shown": [*self.shown],
            "hidden": [*self.hidden],
            "required": [*self.required],
            "errors": {page: [*found] for page, found in self.errors.items()},
        }


def seen(form: Form, answers: Mapping[str, Json], *, as_of: date, language: str = "en") -> Seen:
    """Return what the form shows and says of these answers. AnswersRejected for what may not be looked at at all."""
    now = visible(form, tidied(form, answers).answers, as_of)
    places = list(_places(form, now))
    problems = {
        page: check_page(form, page, answers, as_of=as_of, language=language)
        for page in form.pages
        if now.page_shown(page)
    }
    return Seen(
        tuple(place for place, _, shown in places if shown),
        tuple(place for place, _, shown in places if not shown),
        tuple(place for place, required, shown in places if shown and required),
        {page: tuple(f"{one.where} {one.code}" for one in found) for page, found in problems.items()},
        {f"{one.where} {one.code}": one.message for found in problems.values() for one in found},
    )


def differences(
    form: Form, answers: Mapping[str, Json], expected: Mapping[str, Json], *, as_of: date, language: str = "en"
) -> Iterator[Difference]:
    """Yield what is not as `expected` says: only what it names is looked at."""
    found = seen(form, answers, as_of=as_of, language=language)
    for part, kind, held in (
        ("shown", "not_shown", found.shown),
        ("hidden", "not_hidden", tuple(place for place in expected.get("hidden", ()) if place not in found.shown)),
        ("required", "not_required", found.required),
    ):
        for place in expected.get(part, ()):
            if place not in held:
                known = named(form, answers, place, language)
                yield Difference(kind if known else "gone", known or place)
    for page, wanted in expected.get("errors", {}).items():
        yield from _errors(form, answers, found, (page, tuple(wanted)), language)


def named(form: Form, answers: Mapping[str, Json], place: str, language: str) -> str:
    """Return what people call a question, of whose row where it is in one; `""` where the form no longer has it."""
    root, *rest = place.strip("/").split("/")
    question = form.questions.get(root)
    if question is None:
        return ""
    label = _label(question, language)
    if question.widget != "group" or not rest:
        return label
    rows = answers.get(root) or ()
    at = next((place for place, row in enumerate(rows, start=1) if row.get("id") == rest[0]), 0)
    heading = row_heading(question, at, rows[at - 1], language) if at else label
    if len(rest) < 2:
        return heading
    inner = question.questions.get(rest[1])
    return f"{heading}: {_label(inner, language)}" if inner else ""


def _label(question: Question, language: str) -> str:
    return say(question.label, language) or question.id


def _errors(
    form: Form, answers: Mapping[str, Json], found: Seen, wanted: tuple[str, tuple[str, ...]], language: str
) -> Iterator[Difference]:
    page, expected = wanted
    title = say(form.pages[page].title, language) if page in form.pages else page
    now = found.errors.get(page, ())
    for one in expected:
        if one not in now:
            place = one.rpartition(" ")[0]
            yield Difference("error_gone", title, named(form, answers, place, language) or place)
    yield from (Difference("error_new", title, says=found.said[one]) for one in now if one not in expected)


def _places(form: Form, now: Visible) -> Iterator[tuple[str, bool, bool]]:
    """Yield (place, whether it must be answered, whether it is shown) of each question, and of those in each row."""
    for question in form.questions.values():
        shown = now.shows(question.id)
        yield question.id, question.answers and now.requires(question), shown
        if question.widget != "group" or not shown:
            continue
        for row in now.answers.get(question.id) or ():
            for inner in question.questions.values():
                place = f"{question.id}/{row['id']}/{inner.id}"
                required = inner.answers and now.requires(inner, question, row["id"])
                yield place, required, now.shows(inner.id, row["id"], question.id)
