"""The JSON Schema Test Suite (draft 2020-12, with its optional and format tests) on our own, configured validator.

What differs on purpose is listed in `DEVIATIONS`, by file, group and test (`*` for all of a group), with its reason.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from frontdoor.domain.forms.validators import compiled

NOT_FETCHED = "a remote schema is never fetched: a form's schema refers to nothing outside itself"
ASSERTED = "formats are asserted, not annotations: a date that does not exist is refused"
OWN_DATES = "years lie between 1000 and 2999 (ADR 0009)"
OWN_MAIL = "an address as people write them: no quoted parts, no numbers for a host, a dot anywhere before the @"
OTHER_DIALECTS = "every schema is read as draft 2020-12 with all of its vocabularies"

_REMOTE = (
    "remote ref", "fragment within remote ref", "anchor within remote ref", "ref within remote ref", "base URI change",
    "base URI change - change folder", "base URI change - change folder in subschema", "root ref in remote ref",
    "remote ref with ref to defs", "Location-independent identifier in remote ref",
    "retrieved nested refs resolve relative to their URI not $id", "remote HTTP ref with different $id",
    "remote HTTP ref with different URN $id", "remote HTTP ref with nested absolute ref",
    "$ref to $ref finds detached $anchor",
)  # fmt: skip
_DYNAMIC = (
    "strict-tree schema, guards against misspelled properties",
    "tests for implementation dynamic anchor and reference link",
    "$ref and $dynamicAnchor are independent of order - $defs first",
    "$ref and $dynamicAnchor are independent of order - $ref first",
    "$ref to $dynamicRef finds detached $dynamicAnchor",
)
_ANNOTATED = (
    "email", "idn-email", "regex", "ipv4", "ipv6", "idn-hostname", "hostname", "date", "date-time", "time",
    "json-pointer", "relative-json-pointer", "iri", "iri-reference", "uri", "uri-reference", "uri-template", "uuid",
    "duration",
)  # fmt: skip
_MAIL = (
    "a quoted string with a space in the local part is valid",
    "a quoted string with a double dot in the local part is valid",
    "a quoted string with a @ in the local part is valid",
    "an IPv4-address-literal after the @ is valid",
    "an IPv6-address-literal after the @ is valid",
    "dot before local part is not valid",
    "dot after local part is not valid",
    "two subsequent dots inside local part are not valid",
)
Name = tuple[str, str, str]
DEVIATIONS: Mapping[Name, str] = {
    **{("refRemote.json", group, "*"): NOT_FETCHED for group in _REMOTE},
    **{("dynamicRef.json", group, "*"): NOT_FETCHED for group in _DYNAMIC},
    ("optional/cross-draft.json", "refs to historic drafts are processed as historic drafts", "*"): NOT_FETCHED,
    **{
        ("format.json", f"{name} format", f"invalid {name} string is only an annotation by default"): ASSERTED
        for name in _ANNOTATED
    },
    **{
        ("optional/format/date.json", "validation of date strings", test): OWN_DATES
        for test in ("century year 0400 is a leap year", "valid: four-digit year 0001")
    },
    **{("optional/format/email.json", "validation of e-mail addresses", test): OWN_MAIL for test in _MAIL},
    (
        "vocabulary.json",
        "schema that uses custom metaschema with with no validation vocabulary",
        "no validation: invalid number, but it still validates",
    ): OTHER_DIALECTS,
}


def results(folder: Path) -> Iterator[tuple[Name, bool]]:
    """Yield every test of the suite by name, and whether our validator gives its answer."""
    for path in sorted(folder.rglob("*.json")):
        for group in json.loads(path.read_text(encoding="utf-8")):
            judge = _judge(group["schema"])
            for test in group["tests"]:
                name = (str(path.relative_to(folder)), group["description"], test["description"])
                yield name, judge is not None and judge.is_valid(test["data"]) == test["valid"]


def why(name: Name) -> str:
    """Return why a test is failed on purpose, `""` where it may not be."""
    file, group, test = name
    return DEVIATIONS.get((file, group, test)) or DEVIATIONS.get((file, group, "*"), "")


def _judge(schema: Any) -> Any:
    """Return the validator; None where the schema is refused. A form's schema is an object: `true` becomes `{}`."""
    try:
        return compiled({} if schema is True else {"not": {}} if schema is False else schema)
    except ValueError:
        return None
