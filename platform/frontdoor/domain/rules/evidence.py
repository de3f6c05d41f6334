"""What a source may say about a fact: one of the sources that the fact names, and a value of the fact's own kind."""

import json
from functools import lru_cache
from typing import Any

import jsonschema_rs

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.validators import compiled
from frontdoor.domain.rules.facts import fits
from frontdoor.domain.rules.table import Fact

_ASKED = {
    "date": "Enter a date such as 22 11 2025, or say that the source holds none",
    "boolean": "Select yes or no",
    "integer": "Enter a whole number that this can be",
    "number": "Enter a number that this can be",
    "string": "Select what the source says",
    "list": "Select what the source says",
}


def check_value(fact: Fact, value: Any, source: str) -> list[Problem]:
    """Return what is wrong with a source's word on a fact; `None` says that the source holds nothing about it."""
    problems = []
    if source not in fact.verify.get("sources", {}):
        problems.append(Problem("/source", "required", "Select where you looked it up"))
    if value is None:
        if fact.type == "boolean":
            problems.append(Problem("/value", "required", _ASKED["boolean"]))
    elif value == "" or not fits(value, fact.type) or not _allowed(fact, value):
        problems.append(Problem("/value", "not_allowed", _ASKED[fact.type]))
    return problems


def _allowed(fact: Fact, value: Any) -> bool:
    options = fact.verify.get("options", {})
    chosen = value if isinstance(value, list) else [value]
    if options and not all(one in options for one in chosen):
        return False
    schema = fact.verify.get("schema")
    return schema is None or bool(_validator(canonical(schema)).is_valid(value))


@lru_cache(maxsize=256)
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return compiled(json.loads(schema))
