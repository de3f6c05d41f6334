"""A made-up family with the shape of a past case: nothing of it names, describes or dates the people of that case.

Taken over: the answers that a rule or a condition reads, if they are codes, yes or no, or numbers. The dates among them
move together, by a whole number of weeks between eight weeks and two years, and each by some days of its own. All else
stays behind: words are replaced by made-up ones where a rule asks whether there are any, identifiers and files are
dropped, rows get new ids and another order.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.dependencies import reads
from frontdoor.domain.forms.questions import Form, Question
from frontdoor.domain.programme import Programme
from frontdoor.domain.trial import Given

Number = Callable[[str, int], int]  # (what for, below which) -> a number that only the key can tell
_WEEKS = (8, 97)
_WORDS = "Made up"
_ADDRESS = {"line_1": "1 Made-up Street", "town": "Madeup", "postcode": "ZZ99 9ZZ"}
_INSTEAD: Mapping[str, Any] = {
    "text": _WORDS, "textarea": _WORDS, "address": _ADDRESS, "postcode": "ZZ99 9ZZ", "phone": "01632 960000",
    "email": "nobody@example.org",
}  # fmt: skip
_AS_THEY_ARE = frozenset({"radios", "select", "checkboxes", "yes_no", "number"})


@dataclass(frozen=True)
class Source:
    """What is known of a past case; it never leaves the services."""

    as_of: date
    answers: Mapping[str, Mapping[str, Any]]
    known: Mapping[str, Any]
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class _Moving:
    """How the dates of one family move: all by `days`, each by up to `blur` days more; rows get the ids `rows`."""

    source: date
    days: int
    blur: int
    number: Number
    rows: dict[str, str] = field(default_factory=dict)

    def day(self, day: date, what: str) -> date:
        """Return where a day moves to; what was not after the day of receipt is not after it then either."""
        by_itself = self.number(what, 2 * self.blur + 1) - self.blur
        moved = day + timedelta(days=self.days + by_itself)
        limit = self.source + timedelta(days=self.days)
        return min(moved, limit) if day <= self.source else moved

    def text(self, value: str, what: str) -> str | None:
        """Return a date as it is written, moved; a year stays a year, a month a month, a span a span."""
        if value == partial_dates.UNKNOWN:
            return value
        bounds = partial_dates.interval(value)
        if bounds is None:
            return None
        first, last = (self.day(one, what) for one in bounds)
        if "/" in value:
            return f"{first.isoformat()}/{last.isoformat()}"
        middle = first + (last - first) / 2
        return middle.isoformat()[: len(value)]


def made_up(programme: Programme, source: Source, number: Number, blur: int) -> Given:
    """Return a family made up after a past case; `number` gives what is drawn for it."""
    weeks = _WEEKS[0] + number("weeks", _WEEKS[1])
    moving = _Moving(source.as_of, -7 * weeks, blur, number)
    read = _read(programme)
    answers = {
        name: _answers(programme.forms[name], held, read, moving)
        for name, held in source.answers.items()
        if name in programme.forms
    }
    known = {**source.known}
    if known.get("closed_on"):
        known["closed_on"] = moving.text(known["closed_on"], "closed_on")
    return Given(
        source.as_of + timedelta(days=moving.days), answers, known=known,
        evidence={key: value for key, value in _evidence(programme, source, moving) if value is not None},
    )  # fmt: skip


def _read(programme: Programme) -> frozenset[str]:
    """Return the paths of the answers that any rule reads, or any condition of a form."""
    rules = programme.rules
    facts = {path for fact in rules.facts.values() for path in (*fact.reads, fact.over)}
    found = facts.union(*(table.shows for table in rules.decisions.values()))
    for form in programme.forms.values():
        groups = form.groups()
        for condition in form.conditions.values():
            found |= {f"answers.{form.id}.{path.removeprefix('answers.')}" for path in reads(condition.logic)}
        for group in groups:
            for condition in group.conditions.values():
                for path in reads(condition.logic):
                    root, _dot, name = path.partition(".")
                    place = f"{group.id}.{name}" if root == "row" else name
                    found.add(f"answers.{form.id}.{place}")
    return frozenset(found)


def _answers(form: Form, held: Mapping[str, Any], read: frozenset[str], moving: _Moving) -> dict[str, Any]:
    for group in form.groups():
        for row in held.get(group.id) or ():
            moving.rows[row["id"]] = f"row{len(moving.rows) + 1:03}"
    made: dict[str, Any] = {}
    for question in form.questions.values():
        path = f"answers.{form.id}.{question.id}"
        if question.id not in held:
            continue
        if question.widget == "group":
            rows = [_row(question, row, (path, read), moving) for row in held[question.id]]
            value: Any = sorted(rows, key=lambda row: moving.number(f"place of {row['id']}", 1 << 32))
        else:
            value = _answer(question, held[question.id], moving, question.id) if path in read else None
        confirms = any(group.complete == question.id for group in form.groups())
        value = held[question.id] if confirms else value
        if value is not None:
            made[question.id] = value
    return made


def _row(group: Question, row: Mapping[str, Any], paths: tuple[str, frozenset[str]], moving: _Moving) -> dict[str, Any]:
    path, read = paths
    new = moving.rows[row["id"]]
    made = {
        inner.id: _answer(inner, row[inner.id], moving, f"{new}/{inner.id}")
        for inner in group.questions.values()
        if inner.id in row and f"{path}.{inner.id}" in read
    }
    return {"id": new, **{key: value for key, value in made.items() if value is not None}}


def _answer(question: Question, value: Any, moving: _Moving, what: str) -> Any:
    """Return what stands for one answer, None where nothing may."""
    if question.options_from:
        return _linked(value, moving)
    if question.widget in _AS_THEY_ARE:
        return value
    if question.widget in ("date", "partial_date") and isinstance(value, str):
        return moving.text(value, what)
    return _INSTEAD.get(question.widget)


def _linked(value: Any, moving: _Moving) -> Any:
    """Return the rows that an answer points to under their new names; a person who was picked stays behind."""
    rename = partial(moving.rows.get)
    if isinstance(value, list):
        return [new for row in value if (new := rename(row))] or None
    return rename(value) if isinstance(value, str) else None


def _evidence(programme: Programme, source: Source, moving: _Moving) -> list[tuple[str, Any]]:
    """Return what sources said: codes, yes or no, numbers, and dates moved. Words stay behind."""
    found = []
    for key, value in source.evidence.items():
        fact = programme.rules.facts.get(key)
        if fact is None:
            continue
        if fact.type == "date" and isinstance(value, str):
            value = moving.text(value, key)
        elif isinstance(value, str) and value not in fact.verify.get("options", {}):
            value = None
        if not isinstance(value, list):
            found.append((key, value))
    return found
