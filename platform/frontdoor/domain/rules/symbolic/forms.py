"""A form that somebody may fill in, in every way at once: what is shown follows from what is answered."""

from collections.abc import Callable, Mapping
from typing import Any

from frontdoor.domain.forms.questions import Form, Option, Question
from frontdoor.domain.rules.symbolic import formulas
from frontdoor.domain.rules.symbolic.answers import Answer, Asking, Choices, Model, answer
from frontdoor.domain.rules.symbolic.calendar_days import day_number
from frontdoor.domain.rules.symbolic.composite_answers import composite
from frontdoor.domain.rules.symbolic.evaluating import Evaluator
from frontdoor.domain.rules.symbolic.formulas import (
    FALSE,
    TRUE,
    Formula,
    at_most,
    both,
    either,
    negated,
    number,
    variable,
)
from frontdoor.domain.rules.symbolic.groups import Group, Lazy
from frontdoor.domain.rules.symbolic.open_findings import UNKNOWN, OpenFinding, either_finding, empty
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    OBJECT,
    TEXT,
    TRUTH,
    Value,
    listed,
    of_kind,
    only,
    truth,
)

Json = Any


class OpenForm:
    """One form over all its answers. `most_rows` bounds every repeating group."""

    def __init__(self, form: Form, evaluator: Evaluator, asking: Asking, most_rows: int) -> None:
        self.form = form
        self.sent = variable(f"{form.id}|sent", formulas.TRUTH)
        self._evaluator, self._asking = evaluator, asking
        self._answers: dict[tuple[str, str], Answer] = {}
        self._shown: dict[tuple[str, str], Formula] = {}
        self._conditions: dict[tuple[str, str], Formula] = {}
        self._rows: dict[tuple[str, str], Value] = {}
        self._groups_read: set[str] = set()
        self.groups = {
            group.id: Group(
                group,
                variable(f"{form.id}|{group.id}|given", formulas.TRUTH),
                variable(f"{form.id}|{group.id}|rows", formulas.WHOLE),
                tuple(f"row{place + 1}" for place in range(min(group.max_items, most_rows))),
            )
            for group in form.groups()
        }
        held = {question.id: self._reader(question) for question in form.questions.values() if question.answers}
        day = of_kind(DATE, number(day_number(asking.as_of)))
        named = {name: self._condition_reader(name) for name in form.conditions}
        self._data: dict[str, Value] = {
            "answers": of_kind(OBJECT, Lazy(held)), "as_of": day, "conditions": of_kind(OBJECT, Lazy(named)),
        }  # fmt: skip
        self._root = of_kind(OBJECT, self._data)

    @property
    def asked(self) -> Mapping[tuple[str, str], Answer]:
        """The answers that were looked at, by (question or group/question, row)."""
        return self._answers

    @property
    def allowed(self) -> Formula:
        """What the form says of the answers that were looked at."""
        counts = [
            both(at_most(number(group.question.min_items), group.count), at_most(group.count, number(len(group.rows))))
            for group in self.groups.values()
        ]
        return both(*(each.allowed for each in self._answers.values()), *counts)

    def _reader(self, question: Question) -> Callable[[], Value]:
        return lambda: self._raw_group(question) if question.widget == "group" else self._raw(question)

    def _condition_reader(self, name: str) -> Callable[[], Value]:
        return lambda: truth(self._met(name))

    def answer(self, question: Question, row: str = "") -> Answer:
        """Return what may be answered, whether or not it is shown."""
        key = (question.path, row)
        if key not in self._answers:
            name = "|".join(part for part in (self.form.id, question.path, row) if part)
            if question.widget == "calculated":
                return self._worked(question, row)
            made = composite if question.parts else answer
            self._answers[key] = made(question, name, self._choices(question), self._asking)
        return self._answers[key]

    def _choices(self, question: Question) -> Choices:
        if not question.options_from:
            return [(TRUE, option) for option in question.options]
        group = self.groups[question.options_from]
        self._groups_read.add(question.options_from)
        return [
            (both(self.shown(group.question), group.there(place)), Option(row, row, {"en": row}))
            for place, row in enumerate(group.rows)
        ]

    def _raw(self, question: Question, row: str = "") -> Value:
        return only(self.shown(question, row), self.answer(question, row).raw)

    def _worked(self, question: Question, row: str) -> Answer:
        """Return a calculated value: outside the model, but the same wherever the same is asked. It may be unknown."""
        name = "|".join(part for part in (self.form.id, question.path, row) if part)
        given = variable(f"{name}|given", formulas.TRUTH)
        raw = only(given, self._asking.opaques.value(f"calculated {name}"))
        return Answer(raw, OpenFinding(raw), TRUE, lambda _model: None)

    def _raw_group(self, question: Question) -> Value:
        group = self.groups[question.id]
        self._groups_read.add(question.id)
        rows = listed((group.there(place), self._row(group, row)) for place, row in enumerate(group.rows))
        return only(both(self.shown(question), group.given), rows)

    def _row(self, group: Group, row: str) -> Value:
        key = (group.question.id, row)
        if key not in self._rows:
            inner = {
                name: (lambda question=question: self._raw(question, row))
                for name, question in group.question.questions.items()
            }
            name_of_row = of_kind(TEXT, self._asking.codes.number(row))
            self._rows[key] = of_kind(OBJECT, Lazy({"id": lambda: name_of_row, **inner}))
        return self._rows[key]

    def shown(self, question: Question, row: str = "") -> Formula:
        """Return when a question is shown; of a row's question, given that the row is there."""
        key = (question.path, row)
        if key not in self._shown:
            self._shown[key] = self._worked_out(question, row)
        return self._shown[key]

    def _worked_out(self, question: Question, row: str) -> Formula:
        if row:
            group = self.form.questions[question.group]
            return both(self.shown(group), self._met(question.show_if, group, row))
        return both(self._met(self.form.pages[question.page].show_if), self._met(question.show_if))

    def _met(self, name: str, group: Question | None = None, row: str = "") -> Formula:
        if not name:
            return TRUE
        of_row = group is not None and name in group.conditions
        key = (name, f"{group.id}/{row}" if group is not None and of_row else "")
        if key not in self._conditions:
            if group is not None and of_row:
                found = self._evaluator.truth(group.conditions[name].logic, self._of_row(group, row))
            else:
                found = self._evaluator.truth(self.form.conditions[name].logic, self._root)
            self._conditions[key] = found
        return self._conditions[key]

    def _of_row(self, group: Question, row: str) -> Value:
        own = {name: (lambda name=name: truth(self._met(name, group, row))) for name in group.conditions}
        named = {**{name: self._condition_reader(name) for name in self.form.conditions}, **own}
        inside = {
            **self._data,
            "conditions": of_kind(OBJECT, Lazy(named)),
            "row": self._row(self.groups[group.id], row),
        }
        return of_kind(OBJECT, inside)

    def finding(self, question: Question, kind: str, row: str = "") -> OpenFinding:
        """Return what the rules know of a question that is no group: hidden is empty, blank is unknown."""
        hidden = empty(kind, self._asking.codes)
        known = either_finding(self.shown(question, row), self.answer(question, row).finding, hidden)
        return known if row else either_finding(self.sent, known, UNKNOWN)

    def group_finding(self, question: Question, rows: Mapping[str, Value]) -> OpenFinding:
        """Return what the rules know of a group; `rows` are its rows as the rules see them."""
        group = self.groups[question.id]
        self._groups_read.add(question.id)
        elements = listed((group.there(place), rows[row]) for place, row in enumerate(group.rows))
        complete = both(group.given, self.confirmed(question))
        shown = OpenFinding(elements, complete=complete)
        known = either_finding(self.shown(question), shown, OpenFinding(listed(())))
        return either_finding(self.sent, known, UNKNOWN)

    def confirmed(self, group: Question) -> Formula:
        """Return when nobody can be missing: the question that asks so is shown and says yes."""
        if not group.complete:
            return TRUE
        raw = self._raw(self.form.questions[group.complete])
        return both(raw.when(TRUTH), raw.held(TRUTH, FALSE))

    def reads(self, group: Group) -> bool:
        """Tell whether a group, or a question about its rows, was looked at."""
        return group.question.id in self._groups_read

    def known(self) -> Formula:
        """Return when every question that was looked at, and is shown, is answered so that nothing is open."""
        found = [self.sent]
        for (path, row), each in self._answers.items():
            question = self.form.question(path)
            if question is not None:
                found.append(either(negated(self._reached(question, row)), each.finding.known))
        for group in self.groups.values():
            if self.reads(group):
                whole = both(group.given, self.confirmed(group.question))
                found.append(either(negated(self.shown(group.question)), whole))
        return both(*found)

    def _reached(self, question: Question, row: str) -> Formula:
        if not row:
            return self.shown(question)
        group = self.groups[question.group]
        return both(self.shown(question, row), group.there(group.rows.index(row)))

    def answers(self, model: Model) -> dict[str, Json]:
        """Return the stored answers of a solver's model, the hidden ones left out; the form is sent."""
        found: dict[str, Json] = {}
        for group in self.groups.values():
            if model(both(self.shown(group.question), group.given)):
                count = int(model(group.count))
                found[group.question.id] = [{"id": row} for row in group.rows[:count]]
        for (path, row), each in self._answers.items():
            question = self.form.question(path)
            if question is None or not model(self._reached(question, row)):
                continue
            value = each.read(model)
            if value is not None:
                holder = found if not row else next(one for one in found[question.group] if one["id"] == row)
                holder[question.id] = value
        return found
