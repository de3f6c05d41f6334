"""Turns what was sent into answers as they are stored, and notes what has the wrong shape. It judges nothing else.

Text is stripped, in Unicode's composed form (NFC), with single line feeds; identifiers are in their one spelling;
1.0 is 1 for a whole number; blank answers are absent. A length counts what was sent, spaces at the ends included.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdoor.domain.forms import composites, patterns, validators
from frontdoor.domain.forms.formats import FORBIDDEN, SPACES, stored
from frontdoor.domain.forms.questions import TEXT_WIDGETS, Form, Json, Question

ROW_ID = re.compile(r"[a-z0-9]{4,32}")

Path = tuple[str, ...]  # (question,) or (group, row id, question), then steps inside the answer


class Misshapen(Exception):
    """A value that cannot be this question's answer; `keyword` says which rule it breaks, `inside` where."""

    def __init__(self, keyword: str, *inside: str) -> None:
        super().__init__(keyword)
        self.keyword = keyword
        self.inside = inside


@dataclass(frozen=True)
class Tidied:
    """Answers as they would be stored, hidden ones included, and what could not be read.

    `faults` maps a question's path to the keyword it breaks and the steps inside the answer; such an answer is
    absent from `answers`. `strangers` are keys that no question has, as paths; the last step is what was sent.
    """

    answers: dict[str, Json] = field(default_factory=dict)
    faults: dict[Path, tuple[str, Path]] = field(default_factory=dict)
    strangers: list[Path] = field(default_factory=list)


def tidied(form: Form, raw: Mapping[str, Json]) -> Tidied:
    """Return the answers in `raw`, in the order of the form. `raw` has passed `guard.refusals`."""
    result = Tidied()
    for question in form.questions.values():
        if question.id in raw and question.given:
            _keep(question, raw[question.id], result)
    known = {question.id for question in form.questions.values() if question.answers}
    result.strangers.extend((key,) for key in raw if key not in known)
    return result


def _keep(question: Question, value: Json, result: Tidied) -> None:
    try:
        answer = _rows(question, value, result) if question.widget == "group" else answer_of(question, value)
    except Misshapen as wrong:
        result.faults[(question.id,)] = (wrong.keyword, wrong.inside)
        return
    if answer is not None:
        result.answers[question.id] = answer


def _rows(group: Question, value: Json, result: Tidied) -> list[dict[str, Json]]:
    if not isinstance(value, list):
        raise Misshapen("type")
    if len(value) > group.max_items:
        raise Misshapen("maxItems")
    ids = [row.get("id") if isinstance(row, Mapping) else None for row in value]
    for place, row_id in enumerate(ids):
        if not isinstance(row_id, str) or not ROW_ID.fullmatch(row_id):
            raise Misshapen("row_id", str(place))
    if len(set(ids)) < len(ids):
        raise Misshapen("row_ids")
    return [_row(group, row, result) for row in value]


def _row(group: Question, raw: Mapping[str, Json], result: Tidied) -> dict[str, Json]:
    row: dict[str, Json] = {"id": raw["id"]}
    known = {question.id for question in group.questions.values() if question.answers}
    for question in group.questions.values():
        if question.id not in raw or not question.given:
            continue
        try:
            answer = answer_of(question, raw[question.id])
        except Misshapen as wrong:
            result.faults[(group.id, row["id"], question.id)] = (wrong.keyword, wrong.inside)
            continue
        if answer is not None:
            row[question.id] = answer
    result.strangers.extend((group.id, row["id"], key) for key in raw if key not in known and key != "id")
    return row


def answer_of(question: Question, value: Json) -> Json:
    """Return one answer as it is stored, None when it is blank; Misshapen when it cannot be an answer at all."""
    if question.widget in TEXT_WIDGETS:
        kind = validators.format_of(question.widget, question.schema)
        limit = validators.max_length(question.widget, question.schema)
        text = _text(value, limit, lines=question.widget == "textarea", compose=composed(question))
        return stored(kind, text) or None
    if question.widget == "address":
        return _address(value)
    if question.parts:
        return _composite(question, value)
    kind = validators.type_of(question.widget, question.schema)
    if kind == "boolean":
        return value if isinstance(value, bool) else _misshapen()
    if kind in {"number", "integer"}:
        return _number(value, whole=kind == "integer")
    if kind == "array":
        return _list(value)
    if not isinstance(value, str) or FORBIDDEN.search(value):
        raise Misshapen("type")
    return value or None


def _misshapen() -> Json:
    raise Misshapen("type")


def composed(question: Question) -> bool:
    """Return whether letters written in two parts are joined (NFC): not where only ASCII can be right.

    There it would make letters out of strangers: a Kelvin sign becomes a K.
    """
    return not validators.format_of(question.widget, question.schema) and not patterns.ascii_alone(question.schema)


def _text(value: Json, limit: int, *, lines: bool, compose: bool) -> str:
    if not isinstance(value, str):
        raise Misshapen("type")
    if len(value) > limit:
        raise Misshapen("maxLength")
    if FORBIDDEN.search(value):
        raise Misshapen("characters")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip(SPACES)
    if not lines and "\n" in text:
        raise Misshapen("one_line")
    return unicodedata.normalize("NFC", text) if compose else text


def _number(value: Json, *, whole: bool) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misshapen("type")
    if isinstance(value, float) and (not math.isfinite(value) or (whole and value != int(value))):
        raise Misshapen("type")
    if abs(value) > validators.EXACT:
        raise Misshapen("maximum" if value > 0 else "minimum")
    return int(value) if value == int(value) else value


def _list(value: Json) -> list[str] | None:
    if not isinstance(value, list):
        raise Misshapen("type")
    if not all(isinstance(element, str) and not FORBIDDEN.search(element) for element in value):
        raise Misshapen("type")
    return list(value) or None


def _composite(question: Question, value: Json) -> dict[str, Json] | None:
    if not isinstance(value, Mapping):
        raise Misshapen("type")
    if not set(value) <= set(question.parts):
        raise Misshapen("part")
    answer: dict[str, Json] = {}
    for name, part in question.parts.items():
        try:
            held = answer_of(part, value[name]) if name in value else None
        except Misshapen as wrong:
            raise Misshapen(wrong.keyword, name, *wrong.inside) from wrong
        if held is not None:
            answer[name] = held
    asked = {name for name in answer if question.parts[name].widget != composites.MOMENT}
    return composites.whole(question, answer) if asked else None


def _address(value: Json) -> dict[str, str] | None:
    if not isinstance(value, Mapping):
        raise Misshapen("type")
    limits = {**validators.ADDRESS_LINES, **dict.fromkeys(validators.ADDRESS_FORMATS, validators.MAX_LENGTH)}
    if not set(value) <= set(limits):
        raise Misshapen("address_part")
    address: dict[str, str] = {}
    for part, limit in limits.items():
        try:
            kind = validators.ADDRESS_FORMATS.get(part, "")
            text = stored(kind, _text(value.get(part, ""), limit, lines=False, compose=not kind))
        except Misshapen as wrong:
            raise Misshapen(wrong.keyword, part) from wrong
        if text:
            address[part] = text
    return address or None
