"""One validator per question, over the value as it is stored: jsonschema_rs, formats asserted, nothing ever fetched.

Blank answers never come here, and options are checked in `accept`, because they depend on the day.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

import jsonschema_rs

from frontdoor.domain.forms.formats import CHECKS, WIDGET_FORMATS
from frontdoor.domain.forms.questions import COMPOSITE_WIDGETS, Json

EXACT = 2**53  # a browser rounds whole numbers beyond it
MAX_LENGTHS: Mapping[str, int] = {"textarea": 10_000}
MAX_LENGTH = 200
MAX_FILES = 10
FILE_ID = "[A-Za-z0-9_-]{1,64}"

ADDRESS_LINES: Mapping[str, int] = {"line_1": 200, "line_2": 200, "town": 100}
ADDRESS_FORMATS: Mapping[str, str] = {"postcode": "postcode", "uprn": "uprn"}

# What an author may write for each type of answer; the rest belongs to the compiled schema.
KEYWORDS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"minLength", "maxLength", "pattern", "format"}),
    "number": frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    "array": frozenset({"minItems", "maxItems", "uniqueItems", "items"}),
    "object": frozenset(),
    "boolean": frozenset(),
}
_OWN_KEYWORDS: Mapping[str, frozenset[str]] = {
    "calculated": frozenset(),
    **dict.fromkeys(("time", "expected_date"), frozenset({"format"})),
    **dict.fromkeys(("money", "scale"), frozenset({"minimum", "maximum"})),
}
# The ends of what a number may be unless its author says otherwise.
ENDS: Mapping[str, tuple[int, int]] = {"money": (0, 10**11), "percentage": (0, 100), "scale": (1, 10)}
ANNOTATIONS = frozenset({"type", "title", "description", "$comment", "examples"})

_TYPES: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "integer"),
    "yes_no": ("boolean",),
    "checkboxes": ("array",),
    "file": ("array",),
    "group": ("array",),
    "address": ("object",),
    "money": ("integer",),
    "scale": ("integer",),
    "percentage": ("number", "integer"),
    "calculated": ("number", "integer", "boolean", "string"),
    **dict.fromkeys(COMPOSITE_WIDGETS, ("object",)),
    "radios": ("string", "integer"),
    "select": ("string", "integer"),
}


def type_of(widget: str, schema: Mapping[str, Json]) -> str:
    """Return the JSON type of an answer: what the author wrote, or the first that the widget can have."""
    return str(schema.get("type") or types_of(widget)[0])


def types_of(widget: str) -> tuple[str, ...]:
    """Return the JSON types that a widget's answer may have."""
    return _TYPES.get(widget, ("string",))


def format_of(widget: str, schema: Mapping[str, Json]) -> str:
    """Return the format of an answer, which most widgets imply; `""` for none."""
    return str(schema.get("format") or WIDGET_FORMATS.get(widget, ""))


def max_length(widget: str, schema: Mapping[str, Json]) -> int:
    """Return how many characters an answer may have: 10,000 in a text area and 200 elsewhere unless it says so."""
    return int(schema.get("maxLength", MAX_LENGTHS.get(widget, MAX_LENGTH)))


def keywords_for(widget: str, schema: Mapping[str, Json]) -> frozenset[str]:
    """Return the keywords that an author may write for this widget."""
    if widget in _OWN_KEYWORDS:
        return ANNOTATIONS | _OWN_KEYWORDS[widget]
    named = type_of(widget, schema)
    return ANNOTATIONS | KEYWORDS["number" if named == "integer" else named]


def stored_schema(widget: str, schema: Mapping[str, Json]) -> dict[str, Json]:
    """Return the schema of an answer as it is stored, without options and without what depends on the day."""
    if widget == "address":
        return _address()
    kind = type_of(widget, schema)
    written = {k: v for k, v in schema.items() if k in keywords_for(widget, schema) - ANNOTATIONS - {"maxLength"}}
    made = {**written, "type": kind}
    if kind == "string" and format_of(widget, schema):
        made["format"] = format_of(widget, schema)
    if kind in {"number", "integer"}:
        least, most = ENDS.get(widget, (-EXACT, EXACT))
        made = {"minimum": least, "maximum": most, **made}
    if widget == "file":
        made |= {"items": {"type": "string", "pattern": f"^{FILE_ID}$"}, "uniqueItems": True}
        made.setdefault("maxItems", MAX_FILES)
    if widget == "checkboxes":
        made |= {"items": {"type": "string"}, "uniqueItems": True}
    return made


def _address() -> dict[str, Json]:
    parts: dict[str, Json] = {name: {"type": "string"} for name in ADDRESS_LINES}
    parts |= {name: {"type": "string", "format": kind} for name, kind in ADDRESS_FORMATS.items()}
    return {"type": "object", "properties": parts, "additionalProperties": False}


def compiled(schema: Mapping[str, Json]) -> jsonschema_rs.Draft202012Validator:
    """Return the validator; ValueError (jsonschema_rs raises a kind of it) for a schema that is not right.

    Regular expressions run in linear time: look-around and back-references are refused here.
    """
    return _compiled(json.dumps(schema))


@lru_cache(maxsize=2_000)  # most questions of most forms ask for the same few shapes
def _compiled(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(schema),
        formats=dict(CHECKS),
        validate_formats=True,
        retriever=_refuse,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def broken(validator: jsonschema_rs.Draft202012Validator, value: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    """Return the keywords that `value` breaks, each with the path inside the value, in a fixed order."""
    found = {(error.kind.name, tuple(error.instance_path)) for error in validator.iter_errors(value)}
    return sorted(found, key=lambda fault: ([str(step) for step in fault[1]], fault[0]))


def _refuse(address: str) -> NoReturn:
    raise ValueError("A form's schema refers to nothing outside itself")
