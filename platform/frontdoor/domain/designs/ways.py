"""Every way through a form, read-only: page by page and question by question, what is asked of whom, and by default.

The default way is the one of a family of whom nothing that decides has been answered yet; in a repeating group, of a
row in which nothing is filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdoor.domain.designs.vocabulary import vocabulary
from frontdoor.domain.forms.dependencies import Unreadable, reads
from frontdoor.domain.forms.questions import Condition, Form, Page, Question
from frontdoor.domain.forms.visibility import Visible, visible
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.text import Text, say

_ROW = "row"


@dataclass(frozen=True)
class When:
    """A named condition: its label, and what it says in a sentence."""

    label: str
    sentence: str


@dataclass(frozen=True)
class Asked:
    """One question: `asked` when it is (None: always), `required` always, never or when, `rows` those of a group's row.

    `by_default` tells whether it is on the default way.
    """

    path: str
    label: Text
    asked: When | None
    required: str
    required_when: When | None
    by_default: bool
    rows: tuple["Asked", ...] = ()


@dataclass(frozen=True)
class Stop:
    """One page of the way: `shown` when it is (None: always); `decided_by` the pages whose answers matter on it."""

    id: str
    title: Text
    shown: When | None
    by_default: bool
    questions: tuple[Asked, ...]
    decided_by: tuple[str, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return every question of the page, those of rows after their group."""
        return tuple(one for question in self.questions for one in (question, *question.rows))


@dataclass(frozen=True)
class Ways:
    """All ways through a form. Not `known`: the form cannot be followed yet, so nothing is by default."""

    stops: tuple[Stop, ...]
    known: bool

    @property
    def pages_by_default(self) -> int:
        """Return how many pages the default way has."""
        return sum(stop.by_default for stop in self.stops)

    @property
    def questions(self) -> int:
        """Return how many questions the form has."""
        return sum(len(stop.asked) for stop in self.stops)

    @property
    def questions_by_default(self) -> int:
        """Return how many questions are asked on the default way, a row of each group counted once."""
        return sum(one.by_default for stop in self.stops for one in stop.asked)


def ways(form: Form, as_of: date, language: str = "en") -> Ways:
    """Return every way through a form as it would be received on a day, in words of a language."""
    blank = [{"id": _ROW}]
    shown = visible(form, {}, as_of)
    rows = visible(form, {group.id: blank for group in form.groups()}, as_of)
    following = _Following(form, shown, rows, language)
    return Ways(tuple(following.stop(page) for page in form.pages.values()), bool(form.steps))


@dataclass(frozen=True)
class _Following:
    form: Form
    shown: Visible
    rows: Visible
    language: str

    def stop(self, page: Page) -> Stop:
        questions = tuple(question for question in self.form.on_page(page.id) if question.answers)
        return Stop(
            page.id,
            page.title,
            self.when(page.show_if),
            self.shown.page_shown(page.id),
            tuple(self.asked(question) for question in questions),
            self.decided_by(page, questions),
        )

    def asked(self, question: Question, group: Question | None = None) -> Asked:
        by_default = self.shown.shows(question.id) if group is None else (
            self.shown.shows(group.id) and self.rows.shows(question.id, _ROW, group.id))  # fmt: skip
        of = group.id if group else ""
        required = "always" if question.required else "when" if question.required_if else "never"
        return Asked(
            question.path,
            question.label,
            self.when(question.show_if, of),
            required,
            None if question.required else self.when(question.required_if, of),
            by_default,
            tuple(self.asked(row, question) for row in question.questions.values() if row.answers),
        )

    def when(self, condition_id: str, group: str = "") -> When | None:
        found = self.condition(condition_id, group)
        if found is None:
            return None
        told = sentence(read(found.logic), vocabulary(self.form, found.group), self.language)
        return When(say(found.label, self.language) or found.id, told)

    def condition(self, condition_id: str, group: str) -> Condition | None:
        own = self.form.questions[group].conditions if group else {}
        return own.get(condition_id) or self.form.conditions.get(condition_id)

    def decided_by(self, page: Page, questions: tuple[Question, ...]) -> tuple[str, ...]:
        """Return the other pages whose answers decide whether this page, or something on it, is asked."""
        named = {(page.show_if, "")} | {(one.show_if, "") for one in questions}
        named |= {(row.show_if, one.id) for one in questions for row in one.questions.values()}
        read_there = {question for name, group in named for question in self.questions_read(name, group, frozenset())}
        pages = {self.form.questions[one].page for one in read_there if one in self.form.questions}
        return tuple(one for one in self.form.pages if one in pages - {page.id})

    def questions_read(self, condition_id: str, group: str, seen: frozenset[str]) -> Iterator[str]:
        found = self.condition(condition_id, group)
        if found is None or condition_id in seen:
            return
        for path in _paths(found.logic):
            root, _, rest = path.partition(".")
            if root == "answers":
                yield rest.partition(".")[0]
            elif root == "conditions":
                yield from self.questions_read(rest, group, seen | {condition_id})


def _paths(logic: Any) -> tuple[str, ...]:
    try:
        return tuple(reads(logic))
    except Unreadable:
        return ()
