"""What is asked of these answers: which pages, questions and rows are shown, resolved in dependency order.

A hidden question's answer is absent for everything that is resolved after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from frontdoor.domain.forms import calculated
from frontdoor.domain.forms.questions import Condition, Form, Json, Page, Question, Step

_Rows = Mapping[str, Mapping[str, Json]]


@dataclass(frozen=True)
class Visible:
    """What is shown, and the answers without the hidden ones.

    Names are (question,), (group, row id, question) for questions; (condition,), (group, row id, condition) for the
    conditions that hold.
    """

    answers: Mapping[str, Json]
    pages: frozenset[str]
    questions: frozenset[tuple[str, ...]]
    conditions: frozenset[tuple[str, ...]]

    def page_shown(self, page_id: str) -> bool:
        """Return whether the page is shown."""
        return page_id in self.pages

    def shows(self, question_id: str, row_id: str | None = None, group: str = "") -> bool:
        """Return whether a question is shown; for a row's question give the row's id, and its group where two differ.

        `members/dob` names question and group at once.
        """
        named, _, inner = question_id.rpartition("/")
        group, question_id = (named or group), inner or question_id
        if row_id is None:
            return (question_id,) in self.questions
        if group:
            return (group, row_id, question_id) in self.questions
        return any(path[1:] == (row_id, question_id) for path in self.questions)

    def holds(self, condition_id: str, group: Question | None = None, row_id: str = "") -> bool:
        """Return whether a named condition holds, looked up among the group's own conditions first."""
        if group is not None and condition_id in group.conditions:
            return (group.id, row_id, condition_id) in self.conditions
        return (condition_id,) in self.conditions

    def requires(self, question: Question, group: Question | None = None, row_id: str = "") -> bool:
        """Return whether the question must be answered, given that it is shown."""
        return question.required or (bool(question.required_if) and self.holds(question.required_if, group, row_id))


def visible(form: Form, answers: Mapping[str, Json], as_of: date) -> Visible:
    """Return what is shown for tidied `answers` on `as_of`; unknown keys are dropped with the hidden answers."""
    return _Resolution(form, answers, as_of).resolved()


def page_order(form: Form, answers: Mapping[str, Json], as_of: date) -> tuple[Page, ...]:
    """Return the pages that are shown, in order."""
    shown = visible(form, answers, as_of)
    return tuple(page for page in form.pages.values() if shown.page_shown(page.id))


def truthy(value: Json) -> bool:
    """Return JSONLogic's truth: false, null, 0, NaN, "" and [] are not true, everything else is."""
    if isinstance(value, float) and value != value:  # NaN alone differs from itself
        return False
    return True if isinstance(value, Mapping) else bool(value)


class _Resolution:
    def __init__(self, form: Form, answers: Mapping[str, Json], as_of: date) -> None:
        self.form = form
        self.given = answers
        self.as_of = as_of.isoformat()
        self.kept: dict[str, Json] = {}
        self.pages: set[str] = set()
        self.questions: set[tuple[str, ...]] = set()
        self.conditions: dict[tuple[str, ...], dict[str, bool]] = {(): {}}  # by (group, row id), () for the form's own

    def resolved(self) -> Visible:
        resolve = {"page": self._page, "question": self._question, "condition": self._condition}
        for step in self.form.steps:
            resolve[step.kind](step)
        held = frozenset(
            (*place, name) for place, named in self.conditions.items() for name, value in named.items() if value
        )
        return Visible(self._in_order(), frozenset(self.pages), frozenset(self.questions), held)

    def _page(self, step: Step) -> None:
        if self._met(self.form.pages[step.id].show_if):
            self.pages.add(step.id)

    def _question(self, step: Step) -> None:
        if step.group:
            self._row_question(self.form.questions[step.group].questions[step.id])
            return
        question = self.form.questions[step.id]
        if question.page not in self.pages or not self._met(question.show_if):
            return
        self.questions.add((question.id,))
        if question.widget == "calculated":
            self._keep(question, self.kept, None)
        elif question.answers and question.id in self.given:
            value = self.given[question.id]
            self.kept[question.id] = [{"id": row["id"]} for row in value] if question.widget == "group" else value

    def _row_question(self, question: Question) -> None:
        for given, kept in self._rows(question.group):
            if question.show_if and not self._met_in_row(question, kept["id"]):
                continue
            self.questions.add((question.group, kept["id"], question.id))
            if question.widget == "calculated":
                self._keep(question, kept, kept)
            elif question.answers and question.id in given:
                kept[question.id] = given[question.id]

    def _keep(self, question: Question, holder: dict[str, Json], row: Mapping[str, Json] | None) -> None:
        """Work a calculated value out of what was resolved before it; nothing while something it needs is unknown."""
        if question.evaluate is None or self._waits(question, row):
            return
        data = {"answers": self.kept, "as_of": self.as_of}
        value = calculated.kept(question, question.evaluate(data if row is None else {**data, "row": row}))
        if value is not None:
            holder[question.id] = value

    def _waits(self, question: Question, row: Mapping[str, Json] | None) -> bool:
        needed: list[tuple[calculated.Needed, Mapping[str, Json] | None]] = [
            (need, None) for need in calculated.needs(question.logic)
        ]
        if row is not None:
            needed += [(need, row) for need in calculated.needs(question.logic, "row")]
        return any(self._unknown(need, question.group, of_row) for need, of_row in needed)

    def _unknown(self, need: calculated.Needed, group: str, row: Mapping[str, Json] | None) -> bool:
        asked = (self.form.questions[group].questions if row is not None else self.form.questions).get(need.question)
        place = (group, row["id"], need.question) if row is not None else (need.question,)
        if asked is None or place not in self.questions:
            return False  # hidden is nothing
        value = (self.kept if row is None else row).get(need.question)
        if asked.widget != "group":
            held = [value.get(name) for name in need.inner] if isinstance(value, Mapping) and need.inner else [value]
            return any(calculated.unknown(asked, each) for each in held)
        if value is None or (asked.complete and self.kept.get(asked.complete) is not True):
            return True
        return any(
            self._unknown(calculated.Needed(name), asked.id, each)
            for each in value
            for name in need.inner
            if name != "id"
        )

    def _condition(self, step: Step) -> None:
        if not step.group:
            self.conditions[()][step.id] = self._value(self.form.conditions[step.id], self.conditions[()], None)
            return
        condition = self.form.questions[step.group].conditions[step.id]
        for _, row in self._rows(step.group):
            own = self.conditions.setdefault((step.group, row["id"]), {})
            own[step.id] = self._value(condition, {**self.conditions[()], **own}, row)

    def _value(self, condition: Condition, named: Mapping[str, bool], row: Mapping[str, Json] | None) -> bool:
        data = {"answers": self.kept, "as_of": self.as_of, "conditions": named}
        return truthy(condition.evaluate(data if row is None else {**data, "row": row}))

    def _met(self, condition_id: str) -> bool:
        return not condition_id or self.conditions[()][condition_id]

    def _met_in_row(self, question: Question, row_id: str) -> bool:
        own = self.conditions.get((question.group, row_id), {})
        return own[question.show_if] if question.show_if in own else self._met(question.show_if)

    def _rows(self, group: str) -> Iterator[tuple[Mapping[str, Json], dict[str, Json]]]:
        yield from zip(self.given.get(group, ()), self.kept.get(group, ()), strict=False)

    def _in_order(self) -> dict[str, Json]:
        """Return the kept answers in the order of the form, rows too: the same answers have the same text."""
        return {
            question.id: self._rows_in_order(question) if question.widget == "group" else self.kept[question.id]
            for question in self.form.questions.values()
            if question.id in self.kept
        }

    def _rows_in_order(self, group: Question) -> list[dict[str, Json]]:
        return [{name: row[name] for name in ("id", *group.questions) if name in row} for row in self.kept[group.id]]
