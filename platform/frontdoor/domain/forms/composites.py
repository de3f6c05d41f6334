"""Questions that are made of questions: a date range, a matrix, a sign-off, a person or an organisation picked.

Each part is a question of a plain kind and is tidied, checked, stored, stated and printed as one; the answer is an
object of the parts' answers. What a whole asks beyond its parts is in `fault`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from frontdoor.domain.forms.questions import COMPOSITE_WIDGETS, NOT_LISTED, Form, Json, Option, Question
from frontdoor.domain.text import Text

MOMENT = "moment"  # the widget of an instant that the server sets; no author can ask for it

_FROM: Text = {"en": "Start date", "cy": "Dyddiad dechrau"}
_TO: Text = {"en": "End date", "cy": "Dyddiad gorffen"}
_SIGNED_BY: Text = {"en": "Full name of the person signing", "cy": "Enw llawn y sawl sy'n llofnodi"}
_ROLE: Text = {"en": "Role, or relationship to the family", "cy": "Rôl, neu berthynas â'r teulu"}
_WITNESS: Text = {"en": "Full name of the witness", "cy": "Enw llawn y tyst"}
_SIGNED_AT: Text = {"en": "Signed at", "cy": "Llofnodwyd am"}
_WHO: Text = {"en": "Who", "cy": "Pwy"}
_WHICH: Text = {"en": "Which organisation", "cy": "Pa sefydliad"}
_NAME: Text = {"en": "Name, if not on the list", "cy": "Enw, os nad yw ar y rhestr"}
SOMEONE_ELSE: Text = {"en": "Somebody else", "cy": "Rhywun arall"}
ANOTHER: Text = {"en": "Another organisation", "cy": "Sefydliad arall"}


def parts_of(question: Question) -> dict[str, Question]:
    """Return the parts of a composite question by name, in order; none for any other."""
    made = _PARTS[question.widget](question) if question.widget in COMPOSITE_WIDGETS else ()
    return {part.id: part for part in made}


def every_part(form: Form) -> Iterator[tuple[str, Question]]:
    """Yield the parts of all composite questions by path: `contact.from`, `members.school.code`."""
    for question in form.questions.values():
        for one in (question, *question.questions.values()):
            for part in one.parts.values():
                yield f"{one.path.replace('/', '.')}.{part.id}", part


def fault(question: Question, value: Mapping[str, Json]) -> tuple[str, str] | None:
    """Return the keyword that an answer breaks as a whole, and the part where it is put right."""
    if question.widget == "date_range" and {"from", "to"} <= set(value) and value["from"] > value["to"]:
        return "range", "to"
    if value.get(_PICKED.get(question.widget, "")) == NOT_LISTED and "name" not in value:
        return "required", "name"
    return None


def whole(question: Question, value: Mapping[str, Json]) -> dict[str, Json]:
    """Return an answer without what contradicts itself: a name typed beside somebody on the list is left out."""
    if value.get(_PICKED.get(question.widget, ""), NOT_LISTED) != NOT_LISTED:
        return {name: held for name, held in value.items() if name != "name"}
    return dict(value)


def demanded(question: Question, part: Question, *, required: bool) -> bool:
    """Return whether a part must be answered once any other is; rows of a matrix only where the matrix must be."""
    return part.required and (required or question.widget != "matrix")


def nothing_left_out(question: Question, part: Question) -> bool:
    """Return whether a part that is blank in an answer is known to be nothing, and not merely unknown.

    An open end of a range, a witness that nobody was, a name that was picked from a list.
    """
    return not part.required and question.widget != "matrix"


def moment_text(at: datetime) -> str:
    """Return an instant as a sign-off keeps it: `2026-11-23T15:30:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signed(form: Form, before: Mapping[str, Json], answers: Mapping[str, Json], at: str) -> dict[str, Json]:
    """Return answers in which each sign-off says when it was made: `at`, or earlier where it is still the same.

    `at` is an instant in UTC, `2026-11-23T15:30:00Z`. What was sent as the instant counts for nothing.
    """
    found = dict(answers)
    for question in form.questions.values():
        value = found.get(question.id)
        if question.widget == "sign_off" and isinstance(value, Mapping) and value:
            found[question.id] = _signed(before.get(question.id), value, at)
        inner = [one.id for one in question.questions.values() if one.widget == "sign_off"]
        if inner and isinstance(value, list):
            old = {row["id"]: row for row in before.get(question.id) or ()}
            found[question.id] = [_row_signed(old.get(_id_of(row), {}), row, inner, at) for row in value]
    return found


def _id_of(row: Json) -> str:
    return str(row.get("id")) if isinstance(row, Mapping) else ""


def _row_signed(before: Mapping[str, Json], row: Json, names: list[str], at: str) -> Json:
    if not isinstance(row, Mapping):
        return row
    made = {name: _signed(before.get(name), row[name], at) for name in names if isinstance(row.get(name), Mapping)}
    return {**row, **made}


def _signed(before: Json, value: Mapping[str, Json], at: str) -> dict[str, Json]:
    said = {name: text for name, text in value.items() if name != "at"}
    old = before if isinstance(before, Mapping) else {}
    same = "at" in old and said == {name: text for name, text in old.items() if name != "at"}
    return {**said, "at": old["at"] if same else at}


def _part(question: Question, name: str, widget: str, label: Text, **rest: Json) -> Question:
    return Question(name, "", 0, widget, label, rest.pop("schema", {}), group=question.group, **rest)


def _date_range(question: Question) -> Iterator[Question]:
    limits = {"not_before": question.not_before, "not_after": question.not_after}
    for name, label in (("from", _FROM), ("to", _TO)):
        yield _part(question, name, "date", label, required=question.open not in {name, "either"}, **limits)


def _matrix(question: Question) -> Iterator[Question]:
    statements = question.ui.get("statements") or {}
    kept = [(name, one) for name, one in statements.items() if one is not None]
    for name, one in sorted(kept, key=lambda pair: (pair[1].get("order", 0), pair[0])):
        yield _part(
            question, name, "radios", one.get("label", {}), required=True, options=question.options,
            hint=one.get("hint", {}), messages={"required": one["message"]} if "message" in one else {},
        )  # fmt: skip


def _sign_off(question: Question) -> Iterator[Question]:
    yield _part(question, "name", "text", _SIGNED_BY, required=True, schema={"maxLength": 100}, autocomplete="name")
    chosen = "select" if question.options else "text"
    schema = {} if question.options else {"maxLength": 100}
    yield _part(question, "role", chosen, _ROLE, required=True, options=question.options, schema=schema)
    if question.witness:
        required = question.witness == "required"
        yield _part(question, "witness", "text", _WITNESS, required=required, schema={"maxLength": 100})
    yield _part(question, "at", MOMENT, _SIGNED_AT)


def _person(question: Question) -> Iterator[Question]:
    alone = not question.options_from
    if not alone:
        other = () if question.listed_only else (Option(NOT_LISTED, NOT_LISTED, SOMEONE_ELSE),)
        yield _part(
            question, "who", "select", _WHO, required=True, options=other, options_from=question.options_from
        )  # fmt: skip
    if alone or not question.listed_only:
        yield _part(question, "name", "text", _NAME, required=alone, schema={"maxLength": 100})


def _organisation(question: Question) -> Iterator[Question]:
    other = () if question.listed_only else (Option(NOT_LISTED, NOT_LISTED, ANOTHER),)
    yield _part(question, "code", "select", _WHICH, required=True, options=(*question.options, *other))
    if not question.listed_only:
        yield _part(question, "name", "text", _NAME, schema={"maxLength": 100})


_PICKED: Mapping[str, str] = {"person": "who", "organisation": "code"}
_PARTS: Mapping[str, Callable[[Question], Iterator[Question]]] = {
    "date_range": _date_range, "matrix": _matrix, "sign_off": _sign_off, "person": _person,
    "organisation": _organisation,
}  # fmt: skip


def with_parts(question: Question, compiled: Callable[[Question], Question]) -> Question:
    """Return the question with its parts, each made ready to check by `compiled`."""
    return replace(question, parts={name: compiled(part) for name, part in parts_of(question).items()})
