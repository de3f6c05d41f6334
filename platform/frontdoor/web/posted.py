"""From what a browser posts to answers, one question at a time.

Names of controls are the question's place: `family_name`, `members-ab12-dob`, with `-day`, `-line_1`, `-unknown` or
`-band` for the parts of one answer. Every question that is asked brings its place as `shown`: a question that a script
or the server has hidden is not asked, and what was answered to it before is left as it is. What cannot be read is
passed on as it was typed, so that the form can say why.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from frontdoor.domain.forms import composites, expected_dates, money, partial_dates
from frontdoor.domain.forms.model import Form, Question
from frontdoor.domain.forms.questions import DATE_WIDGETS
from frontdoor.domain.forms.tidy import ROW_ID
from frontdoor.services.identity import new_row_id

Posted = MultiDict[str, str]
ADDRESS = ("line_1", "line_2", "town", "postcode")
BOXES = ("day", "month", "year")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_UNKNOWN = "unknown"


def given(form: Form, page: str, posted: Posted, as_of: date) -> dict[str, Any]:
    """Return the answers to what a posted page asked, by question id; `None` for one that was left blank.

    A group's answer is a list of rows with their ids and what each row asked.
    """
    asked = set(posted.getlist("shown"))
    found: dict[str, Any] = {}
    for question in form.on_page(page):
        if question.id not in asked:
            continue
        if question.widget == "group":
            rows = rows_of(question.id, posted)
            found[question.id] = [_row(question, row, posted, as_of) for row in rows] or None
        elif question.given and question.widget != "file":
            found[question.id] = read(question, question.id, posted, as_of)
    return found


def with_rows_changed(found: Mapping[str, Any], posted: Posted) -> dict[str, Any]:
    """Return the answers with a row added to the group that `add` names, or taken out by `remove` (`group:row`)."""
    if posted.get("add") in found:
        group = posted["add"]
        return {**found, group: [*(found[group] or ()), {"id": new_row_id()}]}
    group, _, row = posted.get("remove", "").partition(":")
    if group in found:
        return {**found, group: [one for one in found[group] or () if one["id"] != row] or None}
    return dict(found)


def typed(form: Form, page: str, posted: Posted) -> dict[str, list[str]]:
    """Return the raw fields of a page to show them again as they were typed; nothing that the page does not have."""
    known: dict[str, list[str]] = {}
    places = []
    for place, question in _places(form, page, posted):
        places.append(place)
        for name in names(question, place):
            if name in posted:
                known[name] = posted.getlist(name)
        if question.widget == "group":
            known[f"{place}-rows"] = rows_of(place, posted)
    asked = set(posted.getlist("shown"))
    return {**known, "shown": [place for place in places if place in asked]}


def as_posted(fields: Mapping[str, Sequence[str]]) -> Posted:
    """Return fields that were kept as `typed` in the shape that a browser posts."""
    return MultiDict((name, text) for name, texts in fields.items() for text in texts)


def names(question: Question, place: str) -> tuple[str, ...]:
    """Return the names of the controls that hold one answer at its place."""
    match question.widget:
        case "address":
            return tuple(f"{place}-{part}" for part in ADDRESS)
        case "date":
            return tuple(f"{place}-{part}" for part in BOXES)
        case "partial_date":
            return tuple(f"{place}-{part}" for part in (*BOXES, "band", "unknown"))
        case "expected_date":
            return tuple(f"{place}-{part}" for part in (*BOXES, "about", "unknown"))
        case "info" | "file" | "group" | "calculated" | composites.MOMENT:
            return ()
        case _ if question.parts:
            return tuple(name for part in question.parts.values() for name in names(part, f"{place}-{part.id}"))
        case _:
            return (place,)


def rows_of(group: str, posted: Posted) -> list[str]:
    """Return the ids of a group's rows, in their order; anything that is no row id is passed over."""
    return [row for row in dict.fromkeys(posted.getlist(f"{group}-rows")) if ROW_ID.fullmatch(row)]


def read(question: Question, name: str, posted: Posted, as_of: date) -> Any:
    """Return one posted answer in the shape that the form keeps, `None` when it is blank."""
    if question.parts:
        return _composite(question, name, posted, as_of)
    if question.widget in DATE_WIDGETS:
        return _date(question, name, posted, as_of)
    if question.widget in ("radios", "select"):
        return _choice(question, posted.get(name, ""))
    return _READ.get(question.widget, _text)(name, posted)


def _text(name: str, posted: Posted) -> str | None:
    text = posted.get(name, "").replace("\r\n", "\n")  # a browser sends two characters for one line end
    return text if text.strip() else None


def _yes_no(name: str, posted: Posted) -> bool | None:
    return {"yes": True, "no": False}.get(posted.get(name, ""))


def _several(name: str, posted: Posted) -> list[str] | None:
    return list(dict.fromkeys(posted.getlist(name))) or None


def _address(name: str, posted: Posted) -> dict[str, str] | None:
    parts = {part: posted.get(f"{name}-{part}", "") for part in ADDRESS}
    return parts if any(part.strip() for part in parts.values()) else None


def _places(form: Form, page: str, posted: Posted) -> Iterator[tuple[str, Question]]:
    for question in form.on_page(page):
        yield question.id, question
        if question.widget == "group":
            for row in rows_of(question.id, posted):
                yield from ((f"{question.id}-{row}-{inner.id}", inner) for inner in question.questions.values())


def _row(group: Question, row_id: str, posted: Posted, as_of: date) -> dict[str, Any]:
    asked = set(posted.getlist("shown"))
    row: dict[str, Any] = {"id": row_id}
    for question in group.questions.values():
        place = f"{group.id}-{row_id}-{question.id}"
        if question.given and place in asked:
            row[question.id] = read(question, place, posted, as_of)
    return row


def _number(name: str, posted: Posted) -> Any:
    text = posted.get(name, "")
    plain = text.strip().replace(",", "").removesuffix("%").strip()
    if not plain:
        return None
    value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() else value


def _money(name: str, posted: Posted) -> Any:
    """Return pence; what is no amount stays as it was typed, and blank is nothing."""
    text = posted.get(name, "")
    pence = money.typed(text)
    return pence if pence is not None else (text if text.strip() else None)


def _scale(name: str, posted: Posted) -> Any:
    text = posted.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else text or None


def _composite(question: Question, name: str, posted: Posted, as_of: date) -> dict[str, Any] | None:
    held = {part.id: read(part, f"{name}-{part.id}", posted, as_of) for part in question.parts.values()}
    return {part: value for part, value in held.items() if value is not None} or None


def _choice(question: Question, text: str) -> Any:
    if not text:
        return None
    return next((option.value for option in question.options if option.code == text), text)


def _date(question: Question, name: str, posted: Posted, as_of: date) -> str | None:
    text = partial_dates.from_boxes(*(posted.get(f"{name}-{part}", "") for part in BOXES))
    if text and question.widget == "expected_date" and posted.get(f"{name}-about"):
        return expected_dates.about(text)
    if text:
        return text
    band = posted.get(f"{name}-band", "")
    if band and question.age_bands:
        if partial_dates.interval(band):
            return band  # chosen on an earlier day: as a band of today it would move by those days
        youngest, _, oldest = band.partition("-")
        if youngest in _AGES and (oldest in _AGES or not oldest):
            return partial_dates.born_between(int(youngest), int(oldest) if oldest else None, as_of)
    if posted.get(f"{name}-unknown") and question.allow_unknown:
        return _UNKNOWN
    return None


_AGES = frozenset(str(age) for age in range(partial_dates.LAST_BAND))
_READ: Mapping[str, Callable[[str, Posted], Any]] = {
    "number": _number,
    "percentage": _number,
    "money": _money,
    "scale": _scale,
    "yes_no": _yes_no,
    "checkboxes": _several,
    "address": _address,
    composites.MOMENT: lambda _name, _posted: None,
}
