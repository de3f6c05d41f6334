"""Reads one question of a form document, and says what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.expected_dates import LATEST
from frontdoor.domain.forms.formats import CHECKS
from frontdoor.domain.forms.kind_faults import kind_faults
from frontdoor.domain.forms.questions import (
    CHOICE_WIDGETS,
    DATE_WIDGETS,
    LISTED_WIDGETS,
    NOT_LISTED,
    WIDGETS,
    Json,
    Option,
    Question,
)

ID = re.compile(r"[a-z][a-z0-9_]{0,62}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
_LIMIT = re.compile(r"as_of(?:[+-][0-9]{1,5}d)?|[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
MAX_OPTIONS = 500
_AS_WRITTEN = (
    "age_bands", "allow_unknown", "autocomplete", "complete", "hint", "messages", "not_after", "not_before",
    "confidential", "listed_only", "open", "options_from", "points", "prefix", "purpose", "required", "row_label",
    "rows", "sensitive", "share_if", "shown_as", "suffix", "told_by", "witness",
)  # fmt: skip

Codes = Mapping[str, Mapping[str, Json]]


def ordered(entries: Mapping[str, Json] | None, *, ui: bool = False) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield the entries that are not switched off, by `order` and then by id."""
    kept = [(key, entry) for key, entry in (entries or {}).items() if entry is not None]
    yield from sorted(kept, key=lambda pair: ((pair[1].get("ui", {}) if ui else pair[1]).get("order", 0), pair[0]))


def read_question(name: str, document: Mapping[str, Json], codes: Codes, *, group: str = "") -> Question:
    """Return one question, without the rows of a group: `model` adds them. Its faults are found by `faults`."""
    ui: Mapping[str, Any] = document.get("ui", {})
    widget = ui.get("widget", "text")
    schema = {key: value for key, value in document.items() if key not in {"ui", "questions", "conditions", "logic"}}
    written = {key: ui[key] for key in _AS_WRITTEN if key in ui}
    if widget == "expected_date":
        written.setdefault("not_after", LATEST)
    return Question(
        id=name,
        page="" if group else ui.get("page", ""),
        order=ui.get("order", 0),
        widget=widget,
        label=ui.get("label", {}),
        schema=schema,
        required_if=ui.get("required_if") or "",
        show_if=ui.get("show_if") or "",
        options=_options(ui, codes, whole=schema.get("type") == "integer") if widget in LISTED_WIDGETS else (),
        row_title=tuple(ui.get("row_title", ())),
        min_items=ui.get("min_items", schema.get("minItems", 0)),
        max_items=ui.get("max_items", schema.get("maxItems", validators.MAX_FILES if widget == "file" else 0)),
        group=group,
        logic=document.get("logic"),
        ui=ui,
        **written,
    )


def _options(ui: Mapping[str, Any], codes: Codes, *, whole: bool) -> tuple[Option, ...]:
    listed = codes.get(ui.get("codes", ""), {}).get("codes", {})
    own = ui.get("options") or {}
    merged = {code: {**(listed.get(code) or {}), **(own.get(code) or {})} for code in {**listed, **own}}
    switched_off = {code for code in merged if own.get(code, listed.get(code)) is None}
    entries = {code: entry for code, entry in merged.items() if code not in switched_off}
    return tuple(_option(code, entry, whole=whole) for code, entry in ordered(entries))


def _option(code: str, entry: Mapping[str, Json], *, whole: bool) -> Option:
    return Option(
        code=code,
        value=int(code) if whole and re.fullmatch(r"[0-9]{1,9}", code) else code,
        label=entry.get("label", {}),
        hint=entry.get("hint", {}),
        unknown=entry.get("unknown", False),
        exclusive=entry.get("exclusive", False),
        disabled=entry.get("disabled", False),
        valid_from=date.fromisoformat(entry["valid_from"]) if entry.get("valid_from") else None,
        valid_to=date.fromisoformat(entry["valid_to"]) if entry.get("valid_to") else None,
    )


def faults(question: Question, where: str, codes: Codes) -> Iterator[Problem]:
    """Yield what is wrong with the question by itself; what it names elsewhere is checked by `model`."""
    if not ID.fullmatch(question.id) or (question.group and question.id == "id"):
        yield Problem(where, "bad_id", "Use small letters, figures and _ for a question's id; `id` names the row")
    if question.widget not in WIDGETS:
        yield Problem(f"{where}/ui/widget", "unknown_widget", f"A widget is one of {', '.join(sorted(WIDGETS))}")
        return
    if not question.label.get("en"):
        yield Problem(f"{where}/ui/label", "no_label", "Give the question a label in English")
    yield from _schema_faults(question, where)
    if question.widget in LISTED_WIDGETS:
        yield from _option_faults(question, where, codes)
    yield from _limit_faults(question, where)
    yield from kind_faults(question, where)


def _schema_faults(question: Question, where: str) -> Iterator[Problem]:
    kind = validators.type_of(question.widget, question.schema)
    if kind not in validators.types_of(question.widget):
        expected = " or ".join(validators.types_of(question.widget))
        yield Problem(f"{where}/type", "wrong_type", f"The widget {question.widget} keeps a {expected}")
        return
    if "$ref" in question.schema:
        yield Problem(f"{where}/$ref", "not_inlined", "Resolve the form first: library parts are inlined at publish")
        return
    for keyword in sorted(set(question.schema) - validators.keywords_for(question.widget, question.schema)):
        yield Problem(f"{where}/{keyword}", "unknown_keyword", f"A {kind} question has no use for `{keyword}`")
    named = question.schema.get("format")
    if named is not None and named not in CHECKS:
        yield Problem(f"{where}/format", "unknown_format", f"A format is one of {', '.join(sorted(CHECKS))}")
    try:
        validators.compiled(validators.stored_schema(question.widget, question.schema))
    except ValueError:
        message = "Correct the constraints: a number too large, or a pattern with look-around or back-references"
        yield Problem(where, "bad_schema", message)


def _option_faults(question: Question, where: str, codes: Codes) -> Iterator[Problem]:
    listed = question.ui.get("codes")
    if listed and listed not in codes:
        yield Problem(f"{where}/ui/codes", "unknown_codes", f"There is no code list `{listed}`")
        return
    if question.widget in CHOICE_WIDGETS and bool(question.options) == bool(question.options_from):
        yield Problem(f"{where}/ui", "options", "Give it options, a code list, or `options_from`: one of them")
    if len(question.options) > MAX_OPTIONS:
        yield Problem(f"{where}/ui/options", "too_many_options", f"{MAX_OPTIONS} options are the limit")
    whole = validators.type_of(question.widget, question.schema) == "integer"
    if question.widget == "organisation" and any(option.code == NOT_LISTED for option in question.options):
        yield Problem(f"{where}/ui", "bad_code", f"Rename the code `{NOT_LISTED}`: it is the picker's own")
    for option in question.options:
        at = f"{where}/ui/options/{option.code}"
        if not CODE.fullmatch(option.code) or (whole and isinstance(option.value, str)):
            yield Problem(at, "bad_code", "Use letters, figures, _ and - for a code; figures alone for an integer")
        if not option.label.get("en"):
            yield Problem(at, "no_label", "Give the option a label in English")


def _limit_faults(question: Question, where: str) -> Iterator[Problem]:
    for name, limit in (("not_before", question.not_before), ("not_after", question.not_after)):
        if limit and (not _LIMIT.fullmatch(limit) or question.widget not in {*DATE_WIDGETS, "date_range"}):
            yield Problem(f"{where}/ui/{name}", "bad_limit", "Write as_of, as_of+294d or 2026-01-31, on a date")
    if question.widget in {"group", "file"} and not 1 <= question.max_items <= 200:
        yield Problem(f"{where}/ui/max_items", "max_items", "Say how many there may be, from 1 to 200")
    if question.min_items > question.max_items > 0:
        yield Problem(f"{where}/ui/min_items", "min_items", "Let `min_items` be no more than `max_items`")
    if question.complete and question.widget != "group":
        yield Problem(f"{where}/ui/complete", "not_a_group", "Only a group has a question that confirms its rows")
