"""Every family at once: all that a decision may be made from, as open values, and how to read one family back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from frontdoor.domain.forms.questions import Form, Question
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES, PlatformValue
from frontdoor.domain.rules.symbolic.answers import Asking, Model
from frontdoor.domain.rules.symbolic.calendar_days import day_number
from frontdoor.domain.rules.symbolic.evaluating import Evaluator
from frontdoor.domain.rules.symbolic.forms import OpenForm
from frontdoor.domain.rules.symbolic.formulas import Formula, both, number
from frontdoor.domain.rules.symbolic.open_findings import UNKNOWN, OpenFinding, either_finding, place
from frontdoor.domain.rules.symbolic.statements import Stated, Statements
from frontdoor.domain.rules.symbolic.values import (
    DATE,
    OBJECT,
    TEXT,
    Value,
    of_kind,
)
from frontdoor.domain.rules.table import Decision, Fact, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE

Json = Any
MOST_ROWS = 3


@dataclass(frozen=True)
class Told:
    """One family, or as much of it as matters; what is not there is unknown, None is none.

    Answers are by form, evidence by (fact, row or ""), platform values by path, earlier decisions by code.
    """

    answers: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    evidence: Mapping[tuple[str, str], Json] = field(default_factory=dict)
    platform: Mapping[str, Json] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)


class Families:
    """What can be true of a family on one day, for rules that read `paths`."""

    def __init__(self, forms: Iterable[Form], as_of: date, most_rows: int = MOST_ROWS) -> None:
        self.evaluator = Evaluator()
        self.as_of = as_of
        self.most_rows = most_rows
        self._asking = Asking(self.evaluator.codes, self.evaluator.opaques, as_of)
        self.forms = {form.id: OpenForm(form, self.evaluator, self._asking, most_rows) for form in forms}
        self._facts: dict[tuple[str, str], Stated] = {}
        self._platform: dict[str, Stated] = {}
        self._decisions: dict[str, Stated] = {}
        self._statements = Statements(self._asking)
        self._must_be_said: list[Formula] = []
        self._read_forms: set[str] = set()

    # ── What rules read ────────────────────────────────────────────────────────────────────────────────────────────

    def data(self, rules: Rules, paths: frozenset[str]) -> dict[str, Value]:
        """Return prepared data without facts, as `prepare_inputs.prepared` makes it of one family."""
        codes = self.evaluator.codes
        parameters = {
            key: self.evaluator.value(each.value, of_kind(OBJECT, {})) for key, each in rules.parameters.items()
        }
        held: dict[str, dict[str, Value]] = {"family": {}, "case": {}, "capacity": {}}
        for path, value in PLATFORM_VALUES.items():
            inside = sorted(name for name in paths if name == path or name.startswith(f"{path}."))
            if inside and path != "as_of":
                root, _, name = path.partition(".")
                place(held[root], name, self._of_platform(value, inside))
        decided = {path.split(".")[1] for path in paths if path.startswith("decisions.")}
        return {
            "answers": of_kind(OBJECT, self._answers(rules, paths)),
            "parameters": of_kind(OBJECT, parameters),
            "decisions": of_kind(OBJECT, {code: self._of_decision(rules, code) for code in sorted(decided)}),
            "as_of": of_kind(DATE, number(day_number(self.as_of))),
            "holidays": self.evaluator.opaques.value("holidays", of_kind(TEXT, codes.number("holidays"))),
            **{root: of_kind(OBJECT, values) for root, values in held.items()},
        }

    def _answers(self, rules: Rules, paths: frozenset[str]) -> dict[str, Value]:
        held: dict[str, dict[str, Value]] = {}
        for path in sorted({".".join(path.split(".")[:3]) for path in paths if path.startswith("answers.")}):
            _, form_id, question_id = path.split(".")
            of_form = held.setdefault(form_id, {})
            form = self.forms.get(form_id)
            question = form.form.questions.get(question_id) if form else None
            if form is None or question is None:
                continue
            self._read_forms.add(form_id)
            kind = rules.kinds.get(path, "any")
            if question.widget != "group":
                place(of_form, question_id, form.finding(question, kind))
                continue
            inner = {name[len(path) + 1 :].split(".")[0] for name in paths if name.startswith(f"{path}.")}
            rows = {row: self._row(form, question, row, inner, rules) for row in form.groups[question_id].rows}
            place(of_form, question_id, form.group_finding(question, rows))
        return {form_id: of_kind(OBJECT, values) for form_id, values in held.items()}

    def _row(self, form: OpenForm, group: Question, row: str, inner: set[str], rules: Rules) -> Value:
        held = {"id": of_kind(TEXT, self.evaluator.codes.number(row))}
        for name in sorted(inner & set(group.questions)):
            kind = rules.kinds.get(f"answers.{form.form.id}.{group.id}.{name}", "any")
            place(held, name, form.finding(group.questions[name], kind, row))
        return of_kind(OBJECT, held)

    # ── What is said besides the forms ─────────────────────────────────────────────────────────────────────────────

    def fact(self, fact: Fact, row: str = "") -> Stated | None:
        """Return what a source may say of a fact; None where no source is asked."""
        if fact.logic is not None and not fact.verify:
            return None
        key = (fact.id, row)
        if key not in self._facts:
            name = "|".join(part for part in ("fact", fact.id, row) if part)
            schema = {"type": fact.type, **(fact.verify.get("schema") or {})}
            self._facts[key] = self._statements.stated(name, fact.type, schema, [*fact.verify.get("options", {})])
            if fact.logic is None:
                self._must_be_said.append(self._facts[key].said)
        return self._facts[key]

    def _of_platform(self, value: PlatformValue, paths: list[str]) -> OpenFinding:
        if value.path not in self._platform:
            if value.type == "object":
                stated = self._statements.numbers_by_code(value.path, [path[len(value.path) + 1 :] for path in paths])
            else:
                schema = {"type": value.type, "minimum": 0} if value.type == "integer" else {"type": value.type}
                stated = self._statements.stated(f"platform|{value.path}", value.type, schema, [])
            self._platform[value.path] = stated
            self._must_be_said.append(stated.said)
        stated = self._platform[value.path]
        return either_finding(stated.said, stated.finding, UNKNOWN)

    def _of_decision(self, rules: Rules, code: str) -> Value:
        if code not in self._decisions:
            table = rules.decisions.get(code)
            results = sorted(_results(table)) if table else []
            stated = self._statements.stated(f"decision|{code}", "string", {"type": "string"}, results, none=False)
            self._decisions[code] = stated
            self._must_be_said.append(stated.said)
        stated = self._decisions[code]
        held: dict[str, Value] = {}
        place(held, "decision", either_finding(stated.said, stated.finding, UNKNOWN))
        return of_kind(OBJECT, held)

    # ── One family ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def allowed(self) -> Formula:
        """What is true of every family, as far as it was looked at."""
        return both(*self._statements.allowed, *(form.allowed for form in self.forms.values()))

    @property
    def cut_short(self) -> dict[str, int]:
        """The groups that can have more rows than are looked at, by path, with how many are."""
        return {
            f"answers.{name}.{group.question.id}": len(group.rows)
            for name, form in self._read()
            for group in form.groups.values()
            if len(group.rows) < group.question.max_items and form.reads(group)
        }

    @property
    def known(self) -> Formula:
        """When nothing that was looked at is open: forms sent and answered, platform and missing facts told."""
        return both(*(form.known() for _, form in self._read()), *self._must_be_said)

    def _read(self) -> list[tuple[str, OpenForm]]:
        return [(name, self.forms[name]) for name in sorted(self._read_forms)]

    def read(self, model: Model) -> Told:
        """Return the family of a solver's model."""
        return Told(
            {name: form.answers(model) for name, form in self._read() if model(form.sent)},
            {key: each.read(model) for key, each in self._facts.items() if model(each.said)},
            {key: each.read(model) for key, each in self._platform.items() if model(each.said)},
            {key: each.read(model) for key, each in self._decisions.items() if model(each.said)},
        )


def _results(table: Decision) -> set[str]:
    rows = (*table.rows, table.otherwise, table.when_unknown)
    return {row.decision for row in rows} | {CANNOT_DECIDE}
