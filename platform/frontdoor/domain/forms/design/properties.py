"""Which boxes each sort of entry has: of a question those that its type can use, from the meta-schema of forms.

What an answer may be held to comes from `validators`, what people may be told from there too; a key of `ui` is typed as
its meta-schema says.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.boxes import Box
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.design.places import Document, Place, group_of, sort_of
from frontdoor.domain.forms.design.widgets import WIDGETS
from frontdoor.domain.forms.questions import CHOICE_WIDGETS
from frontdoor.domain.forms.questions import WIDGETS as KNOWN
from frontdoor.domain.schemas import meta_schema

ALWAYS = "*"  # in the box `ui/needed`: whenever it is asked
LIMITS = (
    "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
)  # fmt: skip
_TITLE = (Box("title", "text", required=True), Box("intro", "text"))
_DATE_LIMITS = frozenset({"not_before", "not_after"})
_BY_TYPE = {"integer": "integer", "number": "number", "boolean": "flag", "string": "line"}


def boxes_of(document: Document, place: Place, held: Mapping[str, Any]) -> tuple[Box, ...]:
    """Return the boxes of the entry at a place, `held` being what it is, or what a new one begins with."""
    match sort_of(place):
        case "form":
            return (*_TITLE, Box("submit_label", "text"))
        case "page":
            return (*_TITLE, Box("show_if", "choice", choices=conditions_at(document, "")))
        case "option":
            flags = (Box(name, "flag") for name in ("exclusive", "unknown", "disabled"))
            return (Box("label", "text", required=True), Box("hint", "text"), *flags)
        case _:
            return tuple(_of_question(document, place, held))


def conditions_at(document: Document, group: str) -> tuple[str, ...]:
    """Return the named conditions that an entry may go by, in a row those of the row too."""
    own = (document.get("questions", {}).get(group) or {}).get("conditions") or {}
    mine = [key for key, one in document.get("conditions", {}).items() if one and one.get("over", "") in ("", group)]
    return (*own, *mine)


def messages_of(held: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ways in which an answer to a question can be wrong for which it may have words of its own."""
    widget = held["ui"]["widget"]
    if widget == "info":
        return ()
    kind = validators.type_of(widget, held)
    found = ["required"]
    found += ["type"] if kind in ("number", "integer") else []
    found += ["format"] if kind == "string" and validators.format_of(widget, held) else []
    found += [one for one in LIMITS if one in held or (one == "maxLength" and _free_text(widget, held))]
    found += [many for many, limit in (("minItems", "min_items"), ("maxItems", "max_items")) if limit in held["ui"]]
    own = held["ui"].get("messages", {})
    return tuple(dict.fromkeys([*found, *own]))


def alike(held: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the types that a question may be turned into: answers are kept in the same way."""
    widget = held["ui"]["widget"]
    return tuple(one for one in WIDGETS if one in KNOWN and _shape(one) == _shape(widget))


def _shape(widget: str) -> tuple[Any, ...]:
    if widget in CHOICE_WIDGETS:
        return ("choice", validators.types_of(widget))
    form = validators.format_of(widget, {})
    return (widget,) if form or validators.types_of(widget) != ("string",) else ("text", widget == "info")


def _of_question(document: Document, place: Place, held: Mapping[str, Any]) -> Iterator[Box]:
    widget, group = held["ui"]["widget"], group_of(place)
    conditions = conditions_at(document, group)
    yield Box("ui/label", "text", required=True)
    yield Box("ui/hint", "text")
    if len(alike(held)) > 1:
        yield Box("ui/widget", "choice", required=True, choices=alike(held))
    if widget != "info":
        yield Box("ui/needed", "needed", choices=(ALWAYS, *conditions))
    yield Box("ui/show_if", "choice", choices=conditions)
    if widget != "info":
        yield from _answer(widget, held)
    for key in WIDGETS[widget].takes:
        yield _ui_box(document, place, key)
    if widget != "info":
        yield from (Box(f"ui/{key}", sort) for key, sort in (("sensitive", "flag"), ("purpose", "text")))
        yield Box("ui/protected", "flag")
    yield from (Box(f"ui/messages/{keyword}", "text") for keyword in messages_of(held))


def _answer(widget: str, held: Mapping[str, Any]) -> Iterator[Box]:
    """Yield what an answer may be held to, and of which type it is where there is a choice."""
    types = validators.types_of(widget)
    if len(types) > 1:
        yield Box("type", "choice", choices=types)
    if widget in CHOICE_WIDGETS:
        return
    for keyword in LIMITS:
        if keyword in validators.keywords_for(widget, held) and (_free_text(widget, held) or "Length" not in keyword):
            sort = "line" if keyword == "pattern" else "integer" if "Length" in keyword else "number"
            yield Box(keyword, sort)


def _free_text(widget: str, held: Mapping[str, Any]) -> bool:
    return (
        validators.type_of(widget, held) == "string"
        and widget not in CHOICE_WIDGETS
        and (not validators.format_of(widget, {}) or "maxLength" in held)
    )


def _ui_box(document: Document, place: Place, key: str) -> Box:
    """Return the box of a key of `ui`; what it names has to be in the form."""
    group, questions = group_of(place), document.get("questions", {})
    if key == "options_from":
        groups = tuple(name for name, one in questions.items() if one and one["ui"]["widget"] == "group")
        return Box("ui/options_from", "choice", choices=tuple(name for name in groups if name != group))
    if key == "complete":
        return Box(
            "ui/complete", "choice",
            choices=tuple(name for name, one in questions.items() if one and one["ui"]["widget"] == "yes_no"),
        )  # fmt: skip
    if key in _DATE_LIMITS:
        return Box(f"ui/{key}", "limit")
    told: Mapping[str, Any] = meta_schema("form")["$defs"]["ui"]["properties"].get(key, {})
    if "enum" in told:
        return Box(f"ui/{key}", "choice", choices=tuple(told["enum"]))
    return Box(f"ui/{key}", _sort(key))


def _sort(key: str) -> str:
    told: Mapping[str, Any] = meta_schema("form")["$defs"]["ui"]["properties"].get(key, {})
    ref = str(told.get("$ref", ""))
    if ref.endswith("/text"):
        return "text"
    if ref.endswith("/id"):
        return "id"
    if told.get("const") is True:
        return "flag"
    if told.get("type") == "array":
        return "ids"
    return _BY_TYPE.get(str(told.get("type")), "line")
