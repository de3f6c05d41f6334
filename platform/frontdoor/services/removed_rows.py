"""Rows that were taken out of a repeating group: kept with their page until it is saved for good, and put back whole.

A row kept is {"group", "row", "place", "fields", "links"}: its answers, its place from 0, its controls as they were
typed, and which answers elsewhere pointed to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.forms.model import Form

Fields = Mapping[str, Sequence[str]]
SHOWN = "shown"


@dataclass(frozen=True)
class Removed:
    """The row that a posted page takes out: its group, its place from 0, what it asked, its controls as typed."""

    group: str
    place: int
    row: Mapping[str, Any]
    fields: Fields


def kept(form: Form, answers: Mapping[str, Any], removed: Removed) -> dict[str, Any]:
    """Return what is kept of a row that leaves: what it asked now, and what it had been told before."""
    row_id = removed.row["id"]
    stored: Sequence[Mapping[str, Any]] = answers.get(removed.group) or ()
    before: Mapping[str, Any] = next((row for row in stored if row["id"] == row_id), {})
    row = {name: value for name, value in {**before, **removed.row}.items() if value is not None}
    links = {
        question: isinstance(answers[question], list)
        for question in _pointing_to(form, removed.group)
        if row_id == answers.get(question) or row_id in _listed(answers.get(question))
    }
    fields = {name: list(texts) for name, texts in removed.fields.items()}
    return {"group": removed.group, "place": removed.place, "row": row, "fields": fields, "links": links}


def put_back(
    before: Mapping[str, Any], given: Mapping[str, Any], fields: Fields, one: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Sequence[str]]]:
    """Return what a page gives and holds with a row back in its place.

    A row with nothing in it that was never stored goes: it only stood in for a group that had become empty.
    """
    group, row = one["group"], one["row"]
    stored = {stored["id"] for stored in before.get(group) or ()}
    rows = [other for other in given.get(group) or () if other["id"] in stored or _told(other)]
    rows.insert(one["place"], row)
    ids = [other["id"] for other in rows]
    held = {**fields, **one["fields"], f"{group}-rows": ids}
    held[SHOWN] = [*fields.get(SHOWN, ()), *one["fields"].get(SHOWN, ())]
    return {**given, group: rows}, held


def linked_again(form: Form, answers: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with those that pointed to the row pointing to it again, unless they were answered anew."""
    found = dict(answers)
    order = [row["id"] for row in answers.get(one["group"]) or ()]
    for question, many in one["links"].items():
        if question not in form.questions:
            continue
        if many:
            chosen = {*_listed(found.get(question)), one["row"]["id"]}
            found[question] = [row for row in order if row in chosen]
        else:
            found.setdefault(question, one["row"]["id"])
    return found


def _pointing_to(form: Form, group: str) -> Iterator[str]:
    return (
        question.id for question in form.questions.values() if question.options_from == group and not question.parts
    )


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _told(row: Mapping[str, Any]) -> bool:
    return any(value is not None for name, value in row.items() if name != "id")
