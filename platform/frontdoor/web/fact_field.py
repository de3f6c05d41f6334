"""The control for a fact's value: by its type and the options that the pack gives."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from frontdoor.domain.rules.prepare import NONE, Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.table import Fact
from frontdoor.web import forms
from frontdoor.web.languages import language
from frontdoor.web.pages import spoken

NOTHING = "none"
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True)
class FactField:
    """How a value is asked for: as yes_no, number, date, choice, choices or text; `none` whether it may be none."""

    kind: str
    label: str
    hint: str
    options: list[tuple[str, str, str]]
    none: bool


def field(fact: Fact) -> FactField:
    """Return the control of a fact."""
    options = _options(fact)
    kinds = {"boolean": "yes_no", "integer": "number", "number": "number", "date": "date", "list": "choices"}
    kind = kinds.get(fact.type, "choice" if options else "text")
    none = may_be_none(fact)
    if kind in ("choice", "choices") and none:
        options.append((NOTHING, _("The source holds none"), ""))
    return FactField(kind, spoken(fact.question or fact.label), spoken(fact.verify.get("hint")), options, none)


def read(fact: Fact) -> Any:
    """Return the posted value; `""` for none that can be read, `None` for "the source holds none"."""
    asked = field(fact)
    if asked.kind == "choices":
        chosen = request.form.getlist("value")
        return [] if NOTHING in chosen else chosen or ""
    if asked.none and (request.form.get("none") or forms.text("value") == NOTHING):
        return None
    if asked.kind == "date":
        found = forms.day("value")
        return found.isoformat() if found else ""
    text = forms.text("value")
    if asked.kind == "yes_no":
        return {"yes": True, "no": False}.get(text, "")
    return _number(text) if asked.kind == "number" else text


def shown(fact: Fact, value: Any) -> str:
    """Return a value in words."""
    if value == "":
        return str(_("Nothing"))
    return printed(NONE if value is None else Finding(value), fact, language())


def may_be_none(fact: Fact) -> bool:
    """Return whether a source may hold nothing: for dates, texts and lists unless the pack's schema says otherwise."""
    schema: Mapping[str, Any] = fact.verify.get("schema") or {}
    if fact.type == "list":
        return True
    if "enum" in schema:
        return None in schema["enum"]
    if "type" in schema:
        return "null" in schema["type"]
    return fact.type in ("date", "string")


def _options(fact: Fact) -> list[tuple[str, str, str]]:
    stated = fact.verify.get("options", {})
    if stated:
        ordered = sorted(stated.items(), key=lambda entry: (entry[1].get("order", 0), entry[0]))
        return [(code, spoken(option["label"]), "") for code, option in ordered]
    schema = fact.verify.get("schema") or {}
    listed = schema.get("enum") or schema.get("items", {}).get("enum") or ()
    return [(str(code), str(code).replace("_", " "), "") for code in listed if code is not None]


def _number(text: str) -> Any:
    """Return a whole number or one with a point; `""` for anything else, which the fact then refuses."""
    plain = text.replace(",", "").removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        return ""
    return float(plain) if "." in plain else int(plain)
