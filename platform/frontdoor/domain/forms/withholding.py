"""For whom a copy of answers is made, and what of them it holds: decided here, by nothing but form, answers and reader.

Denied by default. A copy for one of the family leaves out every sensitive question, every address, every file and the
safeguarding page, answered or not, unless the form says that this reader told it (`told_by`) or that it may be shared
(`share_if`). A question that decides whether such a one is asked would give it away, so it goes too. What was left out
is left out wherever else somebody wrote it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from frontdoor.domain.forms.dependencies import reads
from frontdoor.domain.forms.questions import TEXT_WIDGETS, Condition, Form, Json, Question
from frontdoor.domain.forms.visibility import Visible, visible

FILE, SENDER, PERSON = "file", "sender", "person"
_PLACES = frozenset({"address", "addresses"})
_NEVER = frozenset({"address", "file"})
_NOT_WORDS = re.compile(r"[\W_]+")
_SHORTEST = 8  # letters and figures of a text that is looked for elsewhere: "no contact" is, "yes" is not
_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}")


@dataclass(frozen=True)
class Recipient:
    """For whom a copy is made.

    `kind` is `file` (whoever works on the case and may read the record), `sender` (who supplied these answers) or
    `person` (one of the family, by the id of their row); any other is nobody's, and sees what anybody may.
    """

    kind: str
    person: str = ""


def visible_to(
    form: Form, answers: Mapping[str, Json], recipient: Recipient, as_of: date, *, also: Collection[str] = ()
) -> Visible:
    """Return what is shown of `answers` in a copy for `recipient`, and the answers without the rest.

    `also` names further questions that copies for the family leave out, such as who referred.
    """
    shown = visible(form, answers, as_of)
    if recipient.kind in (FILE, SENDER):
        return shown
    person = recipient.person if recipient.kind == PERSON else ""
    return _Copy(form, shown, person, frozenset(also)).made()


class _Copy:
    def __init__(self, form: Form, shown: Visible, person: str, also: frozenset[str]) -> None:
        self.form = form
        self.shown = shown
        self.person = person
        self.also = also
        self.kept_back = also | _telling(form)

    def made(self) -> Visible:
        left = {path for path in self.shown.questions if self._may_stand(path)}
        answers = self._answers(left)
        given_away = frozenset(self._given_away(left))
        spoilt = {path for path in left if self._repeats(path, answers, given_away)}
        left -= spoilt
        pages = frozenset(self.form.questions[path[0]].page for path in left if len(path) == 1)
        return Visible(self._answers(left), pages & self.shown.pages, frozenset(left), self.shown.conditions)

    def _may_stand(self, path: tuple[str, ...]) -> bool:
        group = self.form.questions[path[0]] if len(path) > 1 else None
        question = self._question(path)
        if group and not self._may_stand(path[:1]):
            return False
        row = path[1] if group else ""
        return not self._is_kept_back(question) or self._told(question, row) or self._shared(question, group, row)

    def _is_kept_back(self, question: Question) -> bool:
        screen = self.form.safeguarding_page()
        on_screen = screen is not None and question.page == screen.id
        hidden = question.sensitive or question.widget in _NEVER
        return hidden or on_screen or question.path in self.kept_back

    def _told(self, question: Question, row: str) -> bool:
        if not question.told_by or not self.person:
            return False
        rows = {one["id"]: one for one in self.shown.answers.get(question.group) or ()} if row else {}
        own = rows.get(row, {})
        said = own[question.told_by] if question.told_by in own else self.shown.answers.get(question.told_by)
        return _names(said, self.person)

    def _shared(self, question: Question, group: Question | None, row: str) -> bool:
        return bool(question.share_if) and self.shown.holds(question.share_if, group, row)

    def _answers(self, left: Collection[tuple[str, ...]]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for name, value in self.shown.answers.items():
            question = self.form.questions[name]
            if (name,) not in left:
                continue
            if question.widget == "group":
                kept[name] = [self._row(name, row, left) for row in value]
            elif (opened := _opened(value, self.person)) is not None:
                kept[name] = opened
        return kept

    def _row(self, group: str, row: Mapping[str, Json], left: Collection[tuple[str, ...]]) -> dict[str, Json]:
        found = {"id": row["id"]}
        for name, value in row.items():
            if (group, row["id"], name) in left and (opened := _opened(value, self.person)) is not None:
                found[name] = opened
        return found

    def _given_away(self, left: Collection[tuple[str, ...]]) -> Iterator[str]:
        """Yield what was written in answers that are kept back: plain, and long enough to be told from any other."""
        for path in self.shown.questions:
            question, value = self._question(path), self._value(self.shown.answers, path)
            if not (question.widget in TEXT_WIDGETS | _PLACES or isinstance(value, list)) or question.widget == "group":
                continue
            if path not in left:
                lost = [] if question.path in self.also else [value]
            else:
                lost = [one for one in value if one not in _opened(value, self.person)] if _is_entries(value) else []
            for text in map(_plain, _texts(lost)):
                if len(text) >= _SHORTEST or _POSTCODE.fullmatch(text):
                    yield text

    def _question(self, path: tuple[str, ...]) -> Question:
        found = self.form.questions[path[0]]
        return found.questions[path[-1]] if len(path) > 1 else found

    def _value(self, answers: Mapping[str, Json], path: tuple[str, ...]) -> Json:
        if len(path) == 1:
            return answers.get(path[0])
        return next((row.get(path[2]) for row in answers.get(path[0], ()) if row["id"] == path[1]), None)

    def _repeats(self, path: tuple[str, ...], answers: Mapping[str, Json], given_away: Collection[str]) -> bool:
        if self._question(path).widget == "group":
            return False  # its rows are looked at one by one
        text = " ".join(_plain(words) for words in _texts(self._value(answers, path)))
        return any(words in text for words in given_away)


def _telling(form: Form) -> frozenset[str]:
    """Return the questions whose answers decide whether a hidden one is asked or shared: they would give it away."""
    found: set[str] = set()
    for question in (*form.questions.values(), *(row for one in form.groups() for row in one.questions.values())):
        own = form.questions[question.group].conditions if question.group else {}
        if question.sensitive or question.widget == "address":
            for name in {question.show_if, question.share_if} - {""}:
                found |= set(_read(own.get(name) or form.conditions[name], form, own))
    return frozenset(found)


def _read(condition: Condition, form: Form, own: Mapping[str, Condition]) -> Iterator[str]:
    for path in reads(condition.logic):
        root, _, rest = path.partition(".")
        name = rest.partition(".")[0]
        if root == "answers":
            yield name
        elif root == "row" and condition.group:
            yield f"{condition.group}/{name}"
        elif root == "conditions":
            yield from _read(own.get(name) or form.conditions[name], form, own)


def _names(said: Json, person: str) -> bool:
    """Return whether an answer that says who told something names this person."""
    if isinstance(said, Mapping):
        return person in (said.get("id"), said.get("person"))
    return any(_names(one, person) for one in said) if isinstance(said, list) else said == person


def _opened(value: Json, person: str) -> Json:
    """Return a value without the entries that are marked confidential, None when it is one itself.

    An entry with an address in it is confidential unless it says that it is not.
    """
    if isinstance(value, list):
        return [opened for one in value if (opened := _opened_entry(one, person)) is not None]
    return value


def _opened_entry(entry: Json, person: str) -> Json:
    if not isinstance(entry, Mapping):
        return entry
    place = bool({"line_1", "postcode", "address"} & entry.keys())
    marked = entry.get("confidential", True if place else "no")
    return entry if marked in (False, "no") or (person and _names(entry.get("told_by"), person)) else None


def _is_entries(value: Json) -> bool:
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in ("id", "town"):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text.casefold())
