"""From what a browser posts to answers, one question at a time.

Names of controls are the question's place: `family_name`, `members-ab12-dob`, with `-day`, `-line_1`, `-unknown` or
`-band` for the parts of one answer. Every question that is asked brings its place as `shown`: a question that a script
or the server has hidden is not asked, and what was answered to it before is left as it is. What cannot be read is
passed on as it was typed, so that the form can say why.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from frontdoor.domain.forms import partial_dates
from frontdoor.domain.forms.model import Form, Question
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
        elif question.answers and question.widget != "file":
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
        case "info" | "file" | "group":
            return ()
        case _:
            return (place,)


def rows_of(group: str, posted: Posted) -> list[str]:
    """Return the ids of a group's rows, in their order; anything that is no row id is passed over."""
    return [row for row in dict.fromkeys(posted.getlist(f"{group}-rows")) if ROW_ID.fullmatch(row)]


def read(question: Question, name: str, posted: Posted, as_of: date) -> Any:
    """Return one posted answer in the shape that the form keeps, `None` when it is blank."""
    match question.widget:
        case "number":
            return _number(posted.get(name, ""))
        case "yes_no":
            return {"yes": True, "no": False}.get(posted.get(name, ""))
        case "checkboxes":
            return list(dict.fromkeys(posted.getlist(name))) or None
        case "date" | "partial_date":
            return _date(question, name, posted, as_of)
        case "address":
            parts = {part: posted.get(f"{name}-{part}", "") for part in ADDRESS}
            return parts if any(part.strip() for part in parts.values()) else None
        case "radios" | "select":
            return _choice(question, posted.get(name, ""))
        case _:
            text = posted.get(name, "").replace("\r\n", "\n")  # a browser sends two characters for one line end
            return text if text.strip() else None


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
        if question.answers and place in asked:
            row[question.id] = read(question, place, posted, as_of)
    return row


def _number(text: str) -> Any:
    plain = text.strip().replace(",", "").removesuffix("%").strip()
    if not plain:
        return None
    value = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    if not math.isfinite(value):
        return text
    return int(value) if value.is_integer() else value


def _choice(question: Question, text: str) -> Any:
    if not text:
        return None
    return next((option.value for option in question.options if option.code == text), text)


def _date(question: Question, name: str, posted: Posted, as_of: date) -> str | None:
    text = partial_dates.from_boxes(*(posted.get(f"{name}-{part}", "") for part in BOXES))
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
