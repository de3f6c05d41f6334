"""Where an entry of a form stands, and of what sort it is."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.canonical import find
from frontdoor.domain.errors import NotFound

Place = tuple[str, ...]
Document = Mapping[str, Any]

_SORTS: Mapping[tuple[str, ...], str] = {
    (): "form",
    ("pages", "*"): "page",
    ("questions", "*"): "question",
    ("questions", "*", "questions", "*"): "question",
    ("questions", "*", "ui", "options", "*"): "option",
    ("questions", "*", "questions", "*", "ui", "options", "*"): "option",
}


def sort_of(place: Place) -> str:
    """Return of what sort the entry at a place of a form is: form, page, question, option; `""` for no such place."""
    return next((sort for pattern, sort in _SORTS.items() if _fits(place, pattern)), "")


def entry(document: Document, place: Place) -> Mapping[str, Any]:
    """Return the entry at a place. Errors: `NotFound`."""
    found = find(document, place, None) if sort_of(place) else None
    if not isinstance(found, Mapping):
        raise NotFound("There is no such part of the form any more. Look at it as it is now.")
    return found


def question_of(place: Place) -> Place:
    """Return the place of the question that an option is of; a question's own."""
    return place[:-3] if sort_of(place) == "option" else place


def group_of(place: Place) -> str:
    """Return the group in whose row a question or option is, `""` outside rows."""
    question = question_of(place)
    return question[1] if len(question) == 4 else ""


def beside(document: Document, place: Place) -> dict[str, Mapping[str, Any]]:
    """Return an entry and its neighbours, each with its `order`: those of its page, group, question or form."""
    around: Mapping[str, Any] = find(document, place[:-1], {})
    entries = {key: one for key, one in around.items() if isinstance(one, Mapping)}
    if sort_of(place) != "question":
        return entries
    page = None if group_of(place) else entries.get(place[-1], {}).get("ui", {}).get("page")
    return {key: one.get("ui", {}) for key, one in entries.items() if page is None or one["ui"].get("page") == page}


def questions(document: Document) -> dict[Place, Mapping[str, Any]]:
    """Return every question of a form by its place, those of rows after their group."""
    found: dict[Place, Mapping[str, Any]] = {}
    for key, one in document.get("questions", {}).items():
        found["questions", key] = one
        found |= {("questions", key, "questions", inner): each for inner, each in (one.get("questions") or {}).items()}
    return found


def _fits(place: Place, pattern: tuple[str, ...]) -> bool:
    return len(place) == len(pattern) and all(step in (key, "*") for key, step in zip(place, pattern, strict=True))
