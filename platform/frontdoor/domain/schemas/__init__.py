"""What each kind of document may hold: one meta-schema per kind, and its breaches in plain English.

A meta-schema is JSON Schema 2020-12 and strict: a key that it does not name is refused. Nothing is ever fetched:
`shared.json` and the others are the whole world that a `$ref` can reach.
"""

import difflib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs

from frontdoor.domain.canonical import pointer
from frontdoor.domain.errors import Problem

KINDS = (
    "form", "part", "rule_set", "owner", "overlay", "codes", "roles", "teams", "pathway", "clocks", "qa", "retention",
    "exports", "measures", "demo", "holidays", "theme", "words", "notices", "letter", "examples",
    "test_families",
)  # fmt: skip
_WORLD = "json-schema:///"
_TYPES = {
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "array": "a list", "object": "an object", "null": "null",
}  # fmt: skip


def meta_schema(kind: str) -> Mapping[str, Any]:
    """Return the meta-schema of a kind of document; KeyError for a kind that is none of `KINDS`."""
    if kind not in KINDS:
        raise KeyError(kind)
    found: Mapping[str, Any] = _documents()[f"{kind.replace('_', '-')}.json"]
    return found


def validate(kind: str, document: object) -> list[Problem]:
    """Return every breach of the kind's meta-schema, in the order of the document's keys; KeyError as `meta_schema`."""
    meta_schema(kind)
    errors = _validator(kind).iter_errors(document)
    return sorted((problem for error in errors for problem in _problems(kind, error)), key=lambda found: found.where)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return `; did you mean …?` with the nearest known word, else the known words if they are few, else nothing."""
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; known here: {', '.join(sorted(known))}" if 0 < len(known) <= 12 else ""


@cache
def _documents() -> dict[str, Any]:
    folder = Path(__file__).parent
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


@cache
def _validator(kind: str) -> jsonschema_rs.Validator:
    registry = jsonschema_rs.Registry([(_WORLD + name, document) for name, document in _documents().items()])
    return jsonschema_rs.validator_for(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": f"{_WORLD}{kind.replace('_', '-')}.json"},
        registry=registry,
        retriever=_refuse,
        validate_formats=True,
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"Nothing is fetched: {uri} is no meta-schema")


def _problems(kind: str, error: jsonschema_rs.ValidationError) -> Iterator[Problem]:
    what, facts, path = error.kind.name, error.kind.as_dict(), list(error.instance_path)
    node = _schema_at(kind, list(error.evaluation_path)[:-1])
    if what in ("additionalProperties", "unevaluatedProperties"):
        known = sorted(node.get("properties", {}))
        for key in facts["unexpected"]:
            message = f"`{key}` is not known here{did_you_mean(key, known)}"
            yield Problem(_at(*path, key), "unknown_key", message)
    elif what == "propertyNames":
        inner = facts["error"]
        rule = _lower(_about(_shape(inner.kind)))
        yield Problem(_at(*path, inner.instance), "bad_key", f"Rename {_shown(inner.instance)}: write {rule}")
    elif what == "required":
        about = _about(_resolved(kind, node.get("properties", {}).get(facts["property"], {})))
        message = f"`{facts['property']}` is missing" + (f": {_lower(about)}" if about else "")
        yield Problem(_at(*path), "missing_key", message)
    else:
        yield Problem(_at(*path), what, _message(what, facts, node, error.instance))


def _at(*steps: object) -> str:
    return pointer(tuple(str(step) for step in steps))


def _message(what: str, facts: Mapping[str, Any], node: Mapping[str, Any], instance: object) -> str:
    if what == "type":
        wanted = " or ".join(_TYPES[name] for name in facts["types"])
        return f"Write {wanted} here, not {_kind_of(instance)}"
    if what == "enum":
        options = [str(option) for option in facts["options"]]
        near = did_you_mean(str(instance), options) or f"; known here: {', '.join(options)}"
        return f"{_shown(instance)} is not known here{near}"
    if what == "const":
        return f"Write {json.dumps(facts['expected_value'])} here or leave the key out"
    if what == "falseSchema":
        return "Leave this key out here"
    if what == "anyOf":
        ways = [" and ".join(f"`{key}`" for key in way.get("required", [])) for way in node.get("anyOf", [])]
        return f"Give {'; or '.join(ways)}"
    if what in ("pattern", "format"):
        return f"Write {_shown(instance)} differently: {_lower(_about(node))}"
    limits = {
        "minLength": "Write at least {limit} characters", "maxLength": "Write at most {limit} characters",
        "minimum": "Write {limit} or more", "maximum": "Write {limit} or less",
        "exclusiveMinimum": "Write more than {limit}", "minProperties": "Give at least {limit} of the keys",
        "minItems": "Give at least {limit}",
    }  # fmt: skip
    return limits[what].format_map(facts) if what in limits else f"This breaks `{what}`: {_lower(_about(node))}"


def _schema_at(kind: str, path: Sequence[str | int]) -> Mapping[str, Any]:
    """Return the schema at an evaluation path, following each `$ref` on the way."""
    place = f"{kind.replace('_', '-')}.json"
    node: Any = {"$ref": f"{_WORLD}{place}"}
    for step in path:
        if step == "$ref" and _refers(node):
            place, node = _followed(place, node["$ref"])
        else:
            node = _inside(node, step)
    while _refers(node) and "description" not in node:
        place, node = _followed(place, node["$ref"])
    return node if isinstance(node, Mapping) else {}


def _refers(node: Any) -> bool:
    """Return whether a node is a reference, and not a list of properties of which one is named `$ref`."""
    return isinstance(node, Mapping) and isinstance(node.get("$ref"), str)


def _inside(node: Any, step: str | int) -> Any:
    """Return what is at a step; a step that is none (`else` is entered without a name of its own) stays where it is."""
    known = isinstance(node, Mapping) and step in node
    listed = isinstance(node, list) and isinstance(step, int) and step < len(node)
    return node[step] if known or listed else node


def _followed(place: str, ref: str) -> tuple[str, Any]:
    name, _, inside = ref.removeprefix(_WORLD).partition("#")
    node = _documents()[name or place]
    for step in inside.split("/")[1:]:
        node = node[step]
    return name or place, node


def _resolved(kind: str, node: object) -> Mapping[str, Any]:
    if not isinstance(node, Mapping):
        return {}
    if "description" in node or not _refers(node):
        return node
    found = _followed(f"{kind.replace('_', '-')}.json", node["$ref"])[1]
    return found if isinstance(found, Mapping) else {}


def _shape(broken: jsonschema_rs.ValidationErrorKind) -> Mapping[str, Any]:
    """Return the shared definition of ids, codes … whose pattern or format a key broke."""
    facts = broken.as_dict()
    shapes = _documents()["shared.json"]["$defs"].values()
    return next((shape for shape in shapes if any(shape.get(word) == rule for word, rule in facts.items())), {})


def _about(node: Mapping[str, Any]) -> str:
    return str(node.get("description", "")).rstrip(".")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{text if len(text) <= 60 else text[:57] + '…'}`"


def _kind_of(value: object) -> str:
    names: Mapping[type, str] = {
        bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object",
    }  # fmt: skip
    return names.get(type(value), "null")
