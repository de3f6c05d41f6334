"""Conditions that JSON Schema can say, as schemas of the answers (or of a row), with hidden answers counted as absent.

The dialect: `==` `===` `!=` `!==` of an answer and a constant of its type or null, `in` of an answer in a constant
list, `in` of a constant in ticked options, `!`, `!!` and a bare `var` for presence, `and`, `or`, and other conditions
of the dialect. An answer is in it only if whether it is shown is in it too.
"""

from collections.abc import Mapping

from frontdoor.domain.forms import validators
from frontdoor.domain.forms.published_values import NOT_BLANK, answered
from frontdoor.domain.forms.questions import DATE_WIDGETS, NUMBER_WIDGETS, TEXT_WIDGETS, Form, Json, Question

Schema = dict[str, Json]
_TRUE: Schema = {}
_FALSE: Schema = {"not": {}}


class Dialect:
    """The conditions of one form as schemas. `defs` holds each that was asked for, named, for `$defs`."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.defs: dict[str, Schema] = {}
        self._known: dict[str, Schema | None] = {}

    def condition(self, condition_id: str, group: Question | None = None) -> Schema | None:
        """Return a reference to the condition's schema; None when it is outside the dialect.

        With `group` the schema is of a row, and only the group's own conditions can be said there.
        """
        own = self.form.conditions if group is None else group.conditions
        if condition_id not in own:
            return None
        name = f"condition.{group.id}.{condition_id}" if group else f"condition.{condition_id}"
        if name not in self._known:
            self._remember(name, self._logic(own[condition_id].logic, group))
        return self._known[name]

    def shown(self, question: Question, group: Question | None = None) -> Schema | None:
        """Return when the question is shown: `{}` for always, a reference, None when it cannot be said.

        For a row's question: given that the row is there.
        """
        page = self.form.pages[question.page].show_if if group is None else ""
        named = [name for name in (page, question.show_if) if name]
        if not named:
            return _TRUE
        name = f"shown.{question.path.replace('/', '.')}"
        if name not in self._known:
            parts = [self.condition(condition, group) for condition in named]
            self._remember(name, _all([part for part in parts if part is not None]) if None not in parts else None)
        return self._known[name]

    def inlined(self, schema: Schema) -> Schema:
        """Return the schema without references, for a reader that sees only this one."""
        return {key: self._inline(value) for key, value in self._target(schema).items()}

    def _target(self, schema: Schema) -> Schema:
        return self._target(self.defs[schema["$ref"].removeprefix("#/$defs/")]) if "$ref" in schema else schema

    def _inline(self, value: Json) -> Json:
        if isinstance(value, list):
            return [self._inline(one) for one in value]
        return self.inlined(value) if isinstance(value, dict) else value

    def _remember(self, name: str, schema: Schema | None) -> None:
        if schema is not None:
            self.defs[name] = schema
        self._known[name] = None if schema is None else {"$ref": f"#/$defs/{name}"}

    def _logic(self, logic: Json, group: Question | None) -> Schema | None:
        if isinstance(logic, bool):
            return _TRUE if logic else _FALSE
        if not isinstance(logic, Mapping) or len(logic) != 1:
            return None
        ((name, arguments),) = logic.items()
        given = arguments if isinstance(arguments, list) else [arguments]
        if name in {"and", "or"}:
            return self._joined(name, given, group)
        if name in {"!", "!!"} and len(given) == 1:
            inner = self._logic(given[0], group)
            return inner if inner is None or name == "!!" else {"not": inner}
        if name == "var":
            return self._truth(logic, group)
        return self._comparison(name, given, group) if len(given) == 2 else None

    def _joined(self, name: str, given: list[Json], group: Question | None) -> Schema | None:
        parts = [self._logic(part, group) for part in given]
        sayable = [part for part in parts if part is not None]
        if not parts or len(sayable) < len(parts):
            return None
        return _all(sayable) if name == "and" else {"anyOf": sayable}

    def _comparison(self, name: str, given: list[Json], group: Question | None) -> Schema | None:
        if name in {"==", "===", "!=", "!=="}:
            variable, constant = given if isinstance(given[0], Mapping) else reversed(given)
            same = self._equal(variable, constant, group)
            return same if same is None or name.startswith("=") else {"not": same}
        if name != "in":
            return None
        return self._listed(given, group) if isinstance(given[1], list) else self._ticked(given, group)

    def _truth(self, logic: Json, group: Question | None) -> Schema | None:
        path = _path(logic)
        if path.startswith("conditions."):
            return self.condition(path.removeprefix("conditions."), group)
        question = self._question(logic, group)
        return self._when(question, group, *_something(question)) if question else None

    def _question(self, logic: Json, group: Question | None) -> Question | None:
        """Return the question that a `var` reads in this object, None for any other logic."""
        root, _, name = _path(logic).partition(".")
        found = None
        if root == "row" and group:
            found = group.questions.get(name)
        elif root == "answers" and group is None:
            found = self.form.questions.get(name)
        # What the server works out, a schema cannot see.
        return found if found is not None and found.given else None

    def _when(self, question: Question, group: Question | None, *schemas: Schema) -> Schema | None:
        shown = self.shown(question, group)
        return None if shown is None else _all([part for part in (shown, *schemas) if part != _TRUE])

    def _equal(self, logic: Json, constant: Json, group: Question | None) -> Schema | None:
        question = self._question(logic, group)
        if question is None or question.widget == "group":
            return None
        if constant is None:
            present = self._when(question, group, _present(question))
            return None if present is None else {"not": present}
        if not _comparable(question, constant):
            return None
        return self._when(question, group, _holding(question, {"const": constant}))

    def _listed(self, given: list[Json], group: Question | None) -> Schema | None:
        question = self._question(given[0], group)
        if question is None or not _single(question) or not all(isinstance(one, str | int | float) for one in given[1]):
            return None
        same = [one for one in given[1] if _comparable(question, one)]
        return self._when(question, group, _holding(question, {"enum": same}) if same else _FALSE)

    def _ticked(self, given: list[Json], group: Question | None) -> Schema | None:
        question = self._question(given[1], group)
        if question is None or question.widget != "checkboxes" or not isinstance(given[0], str):
            return None
        return self._when(question, group, _holding(question, {"type": "array", "contains": {"const": given[0]}}))


def _all(parts: list[Schema]) -> Schema:
    return parts[0] if len(parts) == 1 else {"allOf": parts} if parts else _TRUE


def _path(logic: Json) -> str:
    if not isinstance(logic, Mapping) or set(logic) != {"var"}:
        return ""
    given = logic["var"]
    named = given[0] if isinstance(given, list) and len(given) == 1 else given
    return named if isinstance(named, str) else ""


def _single(question: Question) -> bool:
    """Whether an answer is stored exactly as it is sent, one value."""
    return question.widget in {"radios", "select", "yes_no"} | NUMBER_WIDGETS | DATE_WIDGETS


def _comparable(question: Question, constant: Json) -> bool:
    """Whether JSONLogic's loose comparison with this constant is JSON Schema's strict one."""
    kind = validators.type_of(question.widget, question.schema)
    expected: Mapping[str, type | tuple[type, ...]] = {"string": str, "boolean": bool}
    if not _single(question) or constant == "" or (isinstance(constant, bool) and kind != "boolean"):
        return False
    return isinstance(constant, expected.get(kind, (int, float)))


def _holding(question: Question, schema: Schema) -> Schema:
    return {"required": [question.id], "properties": {question.id: schema}}


def _present(question: Question) -> Schema:
    """That there is an answer; for an address, any box of it."""
    return _something(question)[0] if question.widget == "address" else answered(question)


def _something(question: Question) -> tuple[Schema, ...]:
    """That there is an answer which JSONLogic counts as true: not 0, not false, not blank, not empty."""
    kind = validators.type_of(question.widget, question.schema)
    if question.widget in TEXT_WIDGETS:
        return (_holding(question, {"type": "string", "pattern": NOT_BLANK}),)
    if question.parts:
        return (answered(question),)
    if kind == "object":
        boxes = (*validators.ADDRESS_LINES, *validators.ADDRESS_FORMATS)
        filled = [{"required": [box], "properties": {box: {"pattern": NOT_BLANK}}} for box in boxes]
        return (_holding(question, {"anyOf": filled}),)
    if kind == "boolean":
        return (_holding(question, {"const": True}),)
    if kind in {"number", "integer"}:
        return (_holding(question, {"not": {"const": 0}}),)
    return (answered(question),)
