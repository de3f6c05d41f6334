"""Edits of a form as pure functions: each returns a new document, the one given is never changed.

A place is a path of keys (`places.py`). What people type comes as boxes (`entered.py`). Ids and codes are proposed from
what things are called, and permanent: nothing renames one. An entry that moves gets a new `order`, the others keep
theirs as far as there is room.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from frontdoor.domain.boxes import Fields
from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.forms import validators
from frontdoor.domain.forms.design.entered import read_entry
from frontdoor.domain.forms.design.places import Document, Place, beside, entry, group_of, sort_of
from frontdoor.domain.forms.design.widgets import WIDGETS
from frontdoor.domain.forms.questions import WIDGETS as KNOWN
from frontdoor.domain.orders import in_order, orders
from frontdoor.domain.proposing import CODE, ID
from frontdoor.domain.text import Text

RESERVED = frozenset({"id", "__proto__", "constructor", "prototype"})  # `id` names a row


def new_form(key: str, title: Text) -> dict[str, Any]:
    """Return an empty form; `key` is its file's name with _ for -."""
    return {"id": key, "title": dict(title), "pages": {}, "conditions": {}, "questions": {}}


def new_question(widget: str, page: str = "") -> dict[str, Any]:
    """Return what a new question of a type begins with. Errors: `NotFound` for a type that there is not."""
    if widget not in WIDGETS or widget not in KNOWN or not WIDGETS[widget].offered:
        raise NotFound("There is no such type of question. Choose one of those shown.")
    made: dict[str, Any] = {"type": validators.types_of(widget)[0]}
    form = validators.format_of(widget, {})
    made |= {"format": form} if form else {}
    made |= {"questions": {}} if widget == "group" else {}
    return {
        **made,
        "ui": {**({"page": page} if page else {}), "widget": widget, **WIDGETS[widget].starts.get("ui", {})},
    }


def add(document: Document, place: Place, fields: Fields, begun: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the document with a new entry, last among its neighbours; `begun` is what it begins with.

    Errors: `AnswersRejected` for an id that is taken or cannot be one, and for boxes; `NotFound` without a parent.
    """
    _permanent(document, place)
    made = deepcopy(dict(document))
    held = dict(begun or {})
    made_entry = read_entry(document, place, fields, held)
    _holder(made, place)[place[-1]] = made_entry
    return _ordered(made, place, len(beside(made, place)))


def change(document: Document, place: Place, fields: Fields) -> dict[str, Any]:
    """Return the document with an entry as its boxes have it; what has no box stays."""
    held = entry(document, place)
    made = deepcopy(dict(document))
    changed = read_entry(document, place, fields, held)
    if not place:
        return changed
    _holder(made, place)[place[-1]] = changed
    return made


def move(document: Document, place: Place, to: str | int) -> dict[str, Any]:
    """Return the document with an entry `up`, `down`, or at a position counted from 0 among its neighbours."""
    _one_of_several(document, place)
    made = deepcopy(dict(document))
    around = beside(made, place)
    at = in_order(around).index(place[-1])
    position = at + {"up": -1, "down": 1}.get(to, 0) if isinstance(to, str) else to
    return made if max(0, min(position, len(around) - 1)) == at else _ordered(made, place, position)


def move_to_page(document: Document, place: Place, page: str, position: int | None = None) -> dict[str, Any]:
    """Return the document with a question on another page, last unless a position is told."""
    if len(place) != 2 or sort_of(place) != "question":
        raise NotFound("Only a question outside a list is on a page.")
    entry(document, place)
    entry(document, ("pages", page))
    made = deepcopy(dict(document))
    made["questions"][place[1]]["ui"]["page"] = page
    return _ordered(made, place, len(beside(made, place)) if position is None else position)


def duplicate(document: Document, place: Place, key: str) -> dict[str, Any]:
    """Return the document with a copy of a question, option or empty page under a new key, straight after it."""
    copied = deepcopy(dict(_one_of_several(document, place)))
    copy = (*place[:-1], key)
    _permanent(document, copy)
    made = deepcopy(dict(document))
    position = in_order(beside(made, place)).index(place[-1]) + 1
    _holder(made, copy)[key] = copied
    return _ordered(made, copy, position)


def remove(document: Document, place: Place) -> dict[str, Any]:
    """Return the document without an entry, and of a page without its questions.

    Whether something still uses it is the caller's to ask: uses are in other documents too.
    """
    _one_of_several(document, place)
    made = deepcopy(dict(document))
    del _holder(made, place)[place[-1]]
    if sort_of(place) == "page":
        made["questions"] = {
            key: one for key, one in made.get("questions", {}).items() if one["ui"].get("page") != place[1]
        }
    group = find(made, place[:-2], {})
    if sort_of(place) == "question" and group_of(place) and place[-1] in group["ui"].get("row_title", ()):
        group["ui"]["row_title"] = [one for one in group["ui"]["row_title"] if one != place[-1]]
        group["ui"] = {key: value for key, value in group["ui"].items() if key != "row_title" or value}
    return made


def _ordered(made: dict[str, Any], place: Place, position: int) -> dict[str, Any]:
    around = beside(made, place)
    held = {key: {"order": one.get("order", 0)} for key, one in around.items()}
    for key, order in orders({**held, place[-1]: {}}, place[-1], position).items():
        one = _holder(made, place)[key]
        (one["ui"] if sort_of(place) == "question" else one)["order"] = order
    return made


def _holder(made: dict[str, Any], place: Place) -> dict[str, Any]:
    """Return the object that an entry stands in, made where it is not there yet; what holds that must be."""
    inside: dict[str, Any] = made
    for step in place[:-1]:
        below = inside.get(step)
        if not isinstance(below, dict):
            if step not in ("pages", "questions", "options"):
                raise NotFound("There is no such part of the form any more. Look at it as it is now.")
            below = inside[step] = {}
        inside = below
    return inside


def _one_of_several(document: Document, place: Place) -> Mapping[str, Any]:
    found = entry(document, place)
    if not place:
        raise NotFound("The form itself has no neighbours.")
    return found


def _permanent(document: Document, place: Place) -> None:
    key, sort = place[-1], sort_of(place)
    pattern = CODE if sort == "option" else ID
    if not sort or not pattern.fullmatch(key) or key in RESERVED:
        words = "letters, figures, - and _" if sort == "option" else "small letters, figures and _, a letter first"
        problem = Problem("/id", "bad_id", f"Use {words}: an id cannot be changed later")
        raise AnswersRejected("Choose another id", problems=[problem])
    if len(place) == 4 and sort == "question" and find(document, (*place[:2], "ui", "widget"), "") != "group":
        raise NotFound("Only a list of people or things has questions of its own.")
    if find(document, place, None) is not None:
        raise AnswersRejected("Choose another id", problems=[Problem("/id", "taken", "This id is taken: type another")])
