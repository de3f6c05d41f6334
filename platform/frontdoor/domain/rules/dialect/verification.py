"""What an officer may enter when a fact is checked at its source: a JSON Schema that nobody has to write.

It follows from the fact's type, its options, its smallest and largest number, and whether the source may hold none.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.orders import in_order
from frontdoor.domain.rules.dialect.boxes import Place
from frontdoor.domain.rules.dialect.entered import Fields
from frontdoor.domain.typed import number, shown

Fact = Mapping[str, Any]


def verification_boxes(fact: Fact) -> dict[str, tuple[str, ...]]:
    """Return the boxes of a fact's verification: `hint.en`, `none` (yes: the source may hold none), `min`, `max`.

    `unless` is a fact of the same rows: of whom it says yes nobody is asked.
    `codes` are what a source may say where the fact has no options of its own: codes of the question it passes on.
    """
    verify = fact.get("verify", {})
    schema = verify.get("schema", {})
    found: dict[str, tuple[str, ...]] = {
        f"hint.{language}": (words,) for language, words in verify.get("hint", {}).items()
    }
    if _may_be_none(schema):
        found["none"] = ("yes",)
    for box, keyword in _BOUNDS.items():
        if keyword in schema:
            found[box] = (shown(schema[keyword]),)
    if not verify.get("options") and _codes(schema):
        found["codes"] = tuple(_codes(schema))
    if "unless" in verify:
        found["unless"] = (verify["unless"],)
    return found


def set_verification(document: Mapping[str, Any], place: Place, fields: Fields) -> dict[str, Any]:
    """Return the document with what a source may say of the fact at `place`; the fact has a source already.

    Errors: `AnswersRejected` for a box, `NotFound` for a fact that has no source.
    """
    made = deepcopy(dict(document))
    fact = find(made, place, {})
    if not fact.get("verify", {}).get("sources"):
        raise NotFound("Add a source first: where an officer can look this up.")
    bounds = {keyword: _bound(fields, box) for box, keyword in _BOUNDS.items() if _first(fields, box)}
    codes = in_order(fact["verify"].get("options", {})) or [code for code in fields.get("codes", ()) if code.strip()]
    hint = {name.removeprefix("hint."): "".join(texts[:1]).strip() for name, texts in fields.items()
            if name.startswith("hint.")}  # fmt: skip
    said = {language: words for language, words in hint.items() if words}
    fact["verify"] = {key: fact["verify"][key] for key in fact["verify"] if key not in ("hint", "unless")}
    fact["verify"]["schema"] = source_schema(fact["type"], codes, bounds, none=_first(fields, "none") == "yes")
    if said:
        fact["verify"]["hint"] = said
    if _first(fields, "unless"):
        fact["verify"]["unless"] = _first(fields, "unless")
    return made


def source_schema(kind: str, codes: Sequence[str], bounds: Mapping[str, float], *, none: bool) -> dict[str, Any]:
    """Return the JSON Schema of what a source may say of a fact of a type; `bounds` are `minimum` and `maximum`."""
    if kind == "list":
        return {"type": "array", "uniqueItems": True, **({"items": {"enum": list(codes)}} if codes else {})}
    if kind == "string" and codes:
        return {"enum": [*codes, *([None] if none else [])]}
    sort = "string" if kind == "date" else kind
    schema: dict[str, Any] = {"type": [sort, "null"] if none else sort}
    if kind == "date":
        schema["format"] = "date"
    return schema | (dict(bounds) if kind in ("integer", "number") else {})


def refreshed(before: Fact, after: Fact) -> dict[str, Any]:
    """Return a fact whose type or options changed and its schema with them, unless that was written by hand."""
    schema = before.get("verify", {}).get("schema")
    made = deepcopy(dict(after))
    if schema is not None and "verify" in made and schema == _same_again(before, schema):
        made["verify"]["schema"] = _same_again(after, schema)
    return made


def _same_again(fact: Fact, schema: Mapping[str, Any]) -> dict[str, Any]:
    bounds = {keyword: schema[keyword] for keyword in _BOUNDS.values() if keyword in schema}
    codes = in_order(fact["verify"].get("options", {})) or _codes(schema)
    return source_schema(fact["type"], codes, bounds, none=_may_be_none(schema))


def _codes(schema: Mapping[str, Any]) -> list[str]:
    listed = schema.get("items", {}).get("enum") or schema.get("enum", ())
    return [code for code in listed if code is not None]


def _may_be_none(schema: Mapping[str, Any]) -> bool:
    return None in schema.get("enum", ()) or "null" in schema.get("type", ())


def _first(fields: Fields, box: str) -> str:
    return "".join(fields.get(box, ())[:1]).strip()


def _bound(fields: Fields, box: str) -> float:
    try:
        return number(_first(fields, box))
    except ValueError as wrong:
        raise AnswersRejected("Enter a number", problems=[Problem(f"/{box}", "value", str(wrong))]) from wrong


_BOUNDS = {"min": "minimum", "max": "maximum"}
