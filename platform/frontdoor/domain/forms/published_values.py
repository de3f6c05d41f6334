"""The published schema of one answer as it may be sent: spaces at its ends, an identifier in any spelling, or blank.

The server tidies before it judges; a schema cannot tidy, so its patterns allow for it. Every constraint here is
looser than, or the same as, what `accept` asks; where it is looser, `unsaid` says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from frontdoor.domain.forms import composites, times, validators
from frontdoor.domain.forms.formats import EMAIL, MOMENT, PHONE
from frontdoor.domain.forms.patterns import whole
from frontdoor.domain.forms.questions import TEXT_WIDGETS, Json, Question
from frontdoor.domain.forms.tidy import ROW_ID, composed
from frontdoor.domain.text import say

_IN_LINE = r"\u0009\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ENDS = rf"[\u000a\u000d{_IN_LINE}]*"
_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
NOT_BLANK = rf"[^\u000a\u000d{_IN_LINE}]"
# No letter before this is changed when text is composed; after it the server judges what composing made.
_MAY_BE_JOINED = r"[^\u0000-\u02ff]"
_GAP = f"[{_IN_LINE}]*"

_DAYS = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP = r"(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)-02-29"
_DATE = rf"(?:[12][0-9]{{3}}-{_DAYS}|{_LEAP})"
_NINO_LETTERS = "ABCEGHJKLMNPRSTWXYZ"
_NINO_NEVER = {"B": "G", "G": "B", "K": "N", "N": "KT", "T": "N", "Z": "Z"}  # BG, GB, KN, NK, NT, TN, ZZ
_UPN = "[A-HJ-NP-RT-Za-hj-np-rt-z]"


def _spaced(*symbols: str) -> str:
    return _GAP.join(symbols)


def _either(letters: str) -> str:
    return f"[{letters}{letters.lower()}]"


def _nino() -> str:
    second = _NINO_LETTERS.replace("O", "")
    pairs = [
        _spaced(_either(first), _either("".join(letter for letter in second if letter not in _NINO_NEVER[first])))
        for first in _NINO_NEVER
    ]
    rest = "".join(letter for letter in _NINO_LETTERS if letter not in _NINO_NEVER)
    prefix = "(?:" + "|".join([*pairs, _spaced(_either(rest), _either(second))]) + ")"
    return _spaced(prefix, *["[0-9]"] * 6) + f"(?:{_GAP}[A-Da-d])?"


_BODIES: Mapping[str, str] = {
    "nhs-no": _spaced(*["[0-9]"] * 10),
    "upn": _spaced(_UPN, *["[0-9]"] * 11, f"(?:[0-9]|{_UPN})"),
    "nino": _nino(),
    "uprn": f"[0-9](?:{_GAP}[0-9]){{0,11}}",
    "postcode": _spaced(
        f"[A-Za-z](?:{_GAP}[A-Za-z])?", f"[0-9](?:{_GAP}[A-Za-z0-9])?", "[0-9]", "[A-Za-z]", "[A-Za-z]"
    ),
    "phone": PHONE,
    "email": EMAIL,
    "date": _DATE,
    "expected-date": rf"(?:[12][0-9]{{3}}-(?:0[1-9]|1[0-2])|{_DATE}(?:/{_DATE})?|unknown)",
    "time-of-day": times.TYPED,
    "moment": MOMENT,
    "partial-date": rf"(?:[12][0-9]{{3}}(?:-(?:0[1-9]|1[0-2]))?|{_DATE}(?:/{_DATE})?|unknown)",
}


def sent(question: Question) -> dict[str, Json]:
    """Return the schema of an answer that is sent for `question`; blank unless it is always required."""
    made = {"title": say(question.label), **_schema(question)}
    return {**made, "description": say(question.hint)} if question.hint else made


def _schema(question: Question) -> dict[str, Json]:
    if question.parts:
        return _composite(question)
    if question.widget == composites.MOMENT:
        return {"type": "string", "readOnly": True}
    if question.widget in TEXT_WIDGETS:
        return _text(question)
    if question.options or question.options_from:
        return _choice(question)
    kind = validators.type_of(question.widget, question.schema)
    if kind == "array":
        items = {"type": "string", **exactly(validators.FILE_ID)}
        return _or_empty(
            {"type": "array", "items": items, "uniqueItems": True, "maxItems": question.max_items}, question.min_items
        )
    if kind == "object":
        return _address()
    if kind == "string":
        return _date(question)
    return validators.stored_schema(question.widget, question.schema)


def _text(question: Question) -> dict[str, Json]:
    limit = validators.max_length(question.widget, question.schema)
    named = validators.format_of(question.widget, question.schema)
    if question.widget == "textarea":
        patterns = [f"^[^{_CONTROL}]*$"]
    else:
        patterns = [f"^{_ENDS}[^{_CONTROL}\\u000a\\u000d]*{_ENDS}$"]
    if named in _BODIES:
        patterns = [f"^{_ENDS}(?:{_BODIES[named]})?{_ENDS}$"]
    own = whole(question.schema)
    joined = f"|{_MAY_BE_JOINED}" if composed(question) else ""
    if own:
        patterns.append(f"^{_ENDS}(?:{own})?{_ENDS}${joined}")
    least = int(question.schema.get("minLength", 0))
    if least > 1:
        patterns.append(f"^{_ENDS}$|{NOT_BLANK}[\\s\\S]{{{least - 2},}}{NOT_BLANK}{joined}")
    return {"type": "string", "maxLength": limit, "allOf": [{"pattern": pattern} for pattern in patterns]}


def _choice(question: Question) -> dict[str, Json]:
    one = _one_of(question) if question.options else {"type": "string", **exactly(ROW_ID.pattern)}
    if question.options and question.options_from:
        one = {"anyOf": [one, {"type": "string", **exactly(ROW_ID.pattern)}]}
    if question.widget != "checkboxes":
        blank_possible = not question.required and one.get("type") != "integer"
        return _or_blank(one) if blank_possible else one
    exclusive = [option.code for option in question.options if option.exclusive]
    made: dict[str, Json] = {"type": "array", "items": one, "uniqueItems": True}
    if exclusive:
        made["not"] = {"minItems": 2, "contains": {"enum": exclusive}}
    if question.max_items:
        made["maxItems"] = question.max_items
    return _or_empty(made, question.min_items)


def _or_blank(one: dict[str, Json]) -> dict[str, Json]:
    """Return a choice that may be blank, as one list of choices where there is a list: renderers draw that."""
    if "oneOf" in one:
        return {**one, "oneOf": [{"const": "", "title": ""}, *one["oneOf"]]}
    return {"type": "string", "anyOf": [{"const": ""}, one]}


def _one_of(question: Question) -> dict[str, Json]:
    offered = [option for option in question.options if not option.disabled]
    kind = "integer" if validators.type_of(question.widget, question.schema) == "integer" else "string"
    return {"type": kind, "oneOf": [{"const": option.value, "title": say(option.label)} for option in offered]}


def _or_empty(made: dict[str, Json], least: int) -> dict[str, Json]:
    return {**made, "anyOf": [{"maxItems": 0}, {"minItems": least}]} if least else made


def exactly(body: str) -> dict[str, Json]:
    """Return the keywords for text that is `body` and nothing more: to some validators `$` allows a last line end."""
    return {"pattern": f"^(?:{body})$", "not": {"pattern": "\\u000a"}}


def _date(question: Question) -> dict[str, Json]:
    if question.widget in {"partial_date", "expected_date"}:
        parts = "" if question.widget == "expected_date" else "?"
        kinds = [f"[12][0-9]{{3}}(?:-(?:0[1-9]|1[0-2])){parts}", _DATE]
        kinds += [f"{_DATE}/{_DATE}"] if question.age_bands or question.widget == "expected_date" else []
        kinds += ["unknown"] if question.allow_unknown else []
        return {"type": "string", **exactly(f"(?:{'|'.join(kinds)}){'' if question.required else '?'}")}
    day = {"type": "string", "format": "date", "pattern": "^[12]"}
    return day if question.required else {"type": "string", "anyOf": [{"const": ""}, day]}


def _composite(question: Question) -> dict[str, Json]:
    """Return the schema of an object of parts; all blank is no answer, which only an optional question may have."""
    parts = question.parts.values()
    boxes = {part.id: sent(replace(part, required=False)) for part in parts}
    asked = [part for part in parts if part.widget != composites.MOMENT]
    rules = [answered(part) for part in parts if composites.demanded(question, part, required=question.required)]
    made: dict[str, Json] = {"type": "object", "properties": boxes, "additionalProperties": False}
    if not rules:
        return made
    blank = {"properties": {part.id: _blank(part) for part in asked}}
    return {**made, "allOf": rules} if question.required else {**made, "anyOf": [blank, {"allOf": rules}]}


def _blank(part: Question) -> dict[str, Json]:
    return {"not": {"pattern": NOT_BLANK}} if part.widget in TEXT_WIDGETS else {"const": ""}


def _address() -> dict[str, Json]:
    boxes: dict[str, Json] = {}
    for name in (*validators.ADDRESS_LINES, *validators.ADDRESS_FORMATS):
        named = validators.ADDRESS_FORMATS.get(name, "")
        body = f"(?:{_BODIES[named]})?" if named else f"[^{_CONTROL}\\u000a\\u000d]*"
        limit = validators.ADDRESS_LINES.get(name, validators.MAX_LENGTH)
        boxes[name] = {"type": "string", "maxLength": limit, "pattern": f"^{_ENDS}{body}{_ENDS}$"}
    return {"type": "object", "properties": boxes, "additionalProperties": False}


def answered(question: Question) -> dict[str, Json]:
    """Return the schema, on the object around it, of an answer that is there and not blank."""
    return {"required": [question.id], "properties": {question.id: _something(question)}}


def in_full(question: Question) -> dict[str, Json]:
    """Return the schema, on the object around it, of an answer that is there with every part that must be."""
    parts = [answered(part) for part in question.parts.values() if part.required]
    whole = answered(question)
    return {"allOf": [whole, {"properties": {question.id: {"allOf": parts}}}]} if parts else whole


def _something(question: Question) -> dict[str, Any]:
    if question.widget in TEXT_WIDGETS:
        return {"pattern": NOT_BLANK}
    if question.parts:
        asked = [part for part in question.parts.values() if part.widget != composites.MOMENT]
        return {"anyOf": [answered(part) for part in asked]}
    if question.widget == "address":
        boxes = [{"required": [box], "properties": {box: {"pattern": NOT_BLANK}}} for box in ("line_1", "postcode")]
        return {"anyOf": boxes}
    kind = validators.type_of(question.widget, question.schema)
    return {"array": {"minItems": 1}, "string": {"minLength": 1}}.get(kind, {})
