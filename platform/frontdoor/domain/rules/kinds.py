"""Of what kind a name is, known before any rule runs: it makes translated rules shorter and bounds possible."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from frontdoor.domain.forms.composites import every_part
from frontdoor.domain.forms.questions import COMPOSITE_WIDGETS, Form, Question
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.text import Text

Documents = Mapping[str, Mapping[str, Any]]

_TYPES = {
    "boolean": "boolean", "integer": "number", "number": "number", "string": "string", "date": "date", "list": "list",
}  # fmt: skip
_WIDGETS = {
    "yes_no": "boolean", "number": "number", "date": "date", "partial_date": "date", "checkboxes": "list",
    "group": "list", "file": "list", "address": "any", "money": "number", "percentage": "number", "scale": "number",
    "expected_date": "date", "time": "time", **dict.fromkeys(COMPOSITE_WIDGETS, "any"),
}  # fmt: skip


def form_kinds(forms: Iterable[Form]) -> dict[str, str]:
    """Return the kind of every question by path: `answers.FORM.QUESTION`, `answers.FORM.GROUP.QUESTION`."""
    found = {}
    for form in forms:
        for question in form.questions.values():
            path = f"answers.{form.id}.{question.id}"
            found[path] = question_kind(question)
            if question.widget == "group":
                found[f"{path}.id"] = "string"
            found.update({f"{path}.{inner.id}": question_kind(inner) for inner in question.questions.values()})
        found.update({f"answers.{form.id}.{path}": question_kind(part) for path, part in every_part(form)})
    return found


def form_labels(forms: Collection[Form]) -> dict[str, dict[str, Text]]:
    """Return the labels of every question's options by path and code; only those whose codes are texts."""
    parts = {
        f"answers.{form.id}.{path}": {str(option.value): option.label for option in part.options}
        for form in forms
        for path, part in every_part(form)
        if part.options
    }
    return parts | {
        f"answers.{form.id}.{one.path.replace('/', '.')}": {
            option.value: option.label for option in one.options if isinstance(option.value, str)
        }
        for form in forms
        for question in form.questions.values()
        for one in (question, *question.questions.values())
        if one.options and not one.parts
    }


def question_kind(question: Question) -> str:
    """Return the kind of a question's answer."""
    if question.widget in ("radios", "select"):
        return "number" if question.schema.get("type") in ("integer", "number") else "string"
    if question.widget == "calculated":
        sort = "date" if question.shown_as == "date" else str(question.schema.get("type", "number"))
        return _TYPES.get(sort, "any")
    return _WIDGETS.get(question.widget, "string")


def fact_kinds(documents: Documents) -> dict[str, str]:
    """Return the kinds of facts, a row fact under the path of its group."""
    found = {}
    for document in documents.values():
        for key, fact in document.get("facts", {}).items():
            of_row = "over" in fact and "roll_up" not in fact
            found[f"{fact['over']}.{key}" if of_row else f"facts.{key}"] = _TYPES.get(fact.get("type", ""), "any")
    return found


def parameter_kinds(documents: Documents) -> dict[str, str]:
    """Return the kinds of parameters."""
    return {
        f"parameters.{key}": _TYPES.get(parameter.get("type", ""), "any")
        for document in documents.values()
        for key, parameter in document.get("parameters", {}).items()
    }


def platform_kinds() -> dict[str, str]:
    """Return the kinds of what the platform supplies."""
    listed = PLATFORM_VALUES.items()
    return {path if value.type in _TYPES else f"{path}.*": _TYPES.get(value.type, "number") for path, value in listed}
