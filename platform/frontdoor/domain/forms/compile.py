"""Publishes a form as a JSON Schema 2020-12 and a JSON Forms UI schema, self-contained.

A hidden answer may be anything, because the server drops it: a conditional question's constraints are all inside a
`then`. What the schema cannot say is listed under `x-frontdoor.not_in_schema`; it never refuses what `accept` takes.
"""

from collections.abc import ValuesView

from frontdoor.domain.canonical import pointer
from frontdoor.domain.forms import guard
from frontdoor.domain.forms.dialect import Dialect, Schema
from frontdoor.domain.forms.published_values import answered, exactly, in_full, sent
from frontdoor.domain.forms.questions import Form, Json, Question
from frontdoor.domain.forms.tidy import ROW_ID
from frontdoor.domain.forms.uischema import ui_schema
from frontdoor.domain.forms.unsaid import unsaid
from frontdoor.domain.text import say

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Schema = {"$ref": "#/$defs/plain"}
_PLAIN_VALUE: Schema = {
    "$comment": "Any value whose keys are text without a dot that does not begin with $ or _",
    "propertyNames": {"pattern": "^[^$_.\\u0000-\\u001f\\u007f-\\u009f][^.\\u0000-\\u001f\\u007f-\\u009f]{0,99}$"},
    "additionalProperties": _PLAIN,
    "items": _PLAIN,
}


def compile_form(form: Form, language: str = "en") -> dict[str, Json]:
    """Return `{"schema", "uischema", "x-frontdoor": {"form", "not_in_schema": […], "limits"}}`.

    Each of `not_in_schema` is `{"where", "keyword", "why"}`; `where` points into the schema's properties. `limits` are
    on any answers as a whole. Titles are in English, labels of the UI schema in `language`.
    """
    publishing = _Publishing(form)
    body = publishing.object_of(form.questions.values(), None)
    schema = {
        "$schema": _DRAFT,
        "title": say(form.title),
        **body,
        "$defs": {**publishing.dialect.defs, "plain": _PLAIN_VALUE},
    }
    return {
        "schema": schema,
        "uischema": ui_schema(form, publishing.dialect, publishing.scopes, language),
        "x-frontdoor": {"form": form.id, "not_in_schema": publishing.not_in_schema, "limits": dict(guard.LIMITS)},
    }


class _Publishing:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.dialect = Dialect(form)
        self.not_in_schema: list[dict[str, str]] = []
        self.scopes: dict[str, tuple[str, ...]] = {}  # where a form renderer finds what a question's answer may be

    def object_of(self, questions: ValuesView[Question], group: Question | None) -> Schema:
        """Return the schema of the whole answers, or of one row of `group`."""
        properties: Schema = {"id": {"type": "string", **exactly(ROW_ID.pattern)}} if group else {}
        required = ["id"] if group else []
        rules: list[Schema] = []
        for question in questions:
            if not question.answers:
                continue
            self._note(question)
            if not question.given:
                properties[question.id] = {"title": say(question.label), "readOnly": True, **_PLAIN}
                continue
            shown = self.dialect.shown(question, group)
            if shown == {}:
                properties[question.id] = self._value(question)
                required += [question.id] if question.required else []
                rules += [{"properties": answered(question)["properties"]}] if question.required else []
            else:
                properties[question.id] = {"title": say(question.label), **_PLAIN}
                self.scopes[question.path] = ("allOf", str(len(rules)), "then", "properties", question.id)
                rules += self._when_shown(question, shown)
            rules += self._required_if(question, group, shown)
        made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return made | ({"required": required} if required else {}) | ({"allOf": rules} if rules else {})

    def _when_shown(self, question: Question, shown: Schema | None) -> list[Schema]:
        then: Schema = {"properties": {question.id: self._value(question)}}
        if shown is None:
            self._list(question, "show_if", "when it is asked cannot be said, so neither can its constraints")
            return [
                {"$comment": "Asked for by no validator: it tells a renderer what to draw", "if": False, "then": then}
            ]
        return [
            {"if": shown, "then": then},
            *([{"if": shown, "then": answered(question)}] if question.required else []),
        ]

    def _required_if(self, question: Question, group: Question | None, shown: Schema | None) -> list[Schema]:
        if not question.required_if or shown is None:
            return []
        needed = self.dialect.condition(question.required_if, group)
        if needed is None:
            self._list(question, "required_if", "when it must be answered cannot be said")
            return []
        return [{"if": {"allOf": [shown, needed]} if shown else needed, "then": in_full(question)}]

    def _value(self, question: Question) -> Schema:
        if question.widget != "group":
            return sent(question)
        made: Schema = {
            "title": say(question.label),
            "type": "array",
            "maxItems": question.max_items,
            "items": self.object_of(question.questions.values(), question),
        }
        return {**made, "anyOf": [{"maxItems": 0}, {"minItems": question.min_items}]} if question.min_items else made

    def _note(self, question: Question) -> None:
        for keyword, why in unsaid(question):
            self._list(question, keyword, why)

    def _list(self, question: Question, keyword: str, why: str) -> None:
        group, _, inner = question.path.rpartition("/")
        inside = ("properties", group, "items", "properties", inner) if group else ("properties", inner)
        self.not_in_schema.append({"where": pointer(inside), "keyword": keyword, "why": why})
