"""Edits of a rule set as pure functions: each returns a new document, the one given is never changed.

A place is a path of keys: `("facts", "local")`, `("decisions", "CODE", "rows", "ID")`; `boxes.sort_of` says which
places there are. What people type comes as boxes (`boxes.BOXES`), conditions as trees. Keys are permanent: nothing
renames one. Undoing is the caller's: an older document is still the older document.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from frontdoor.domain.canonical import find
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.orders import in_order, orders
from frontdoor.domain.proposing import CODE, ID
from frontdoor.domain.rules.allowed import FORBIDDEN_SEGMENTS
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.entered import Fields, fields_of, read_boxes
from frontdoor.domain.rules.dialect.sound import faults
from frontdoor.domain.rules.dialect.uses import Documents, uses
from frontdoor.domain.rules.dialect.verification import refreshed
from frontdoor.domain.rules.dialect.writing import write
from frontdoor.domain.text import Text

Document = Mapping[str, Any]

_UNORDERED = frozenset({"table", "otherwise", "when_unknown"})  # a table's own order is one of its boxes
_CODED = frozenset({"table", "outcome", "row", "option"})
_MISSING: Any = object()


def new_rule_set(key: str, title: Text) -> dict[str, Any]:
    """Return an empty rule set; `key` is its file's name with _ for -."""
    _permanent(key, "rule_set")
    return {"id": key, "title": dict(title), "parameters": {}, "facts": {}, "decisions": {}}


def entry(document: Document, place: Place) -> Mapping[str, Any]:
    """Return the entry at a place. Errors: `NotFound`."""
    found = find(document, place, _MISSING) if sort_of(place) else _MISSING
    if not isinstance(found, Mapping):
        raise NotFound("There is no such part of the rules any more. Look at them as they are now.")
    return found


def boxes_of(document: Document, place: Place) -> dict[str, tuple[str, ...]]:
    """Return what the boxes of an entry hold, as its form shows it."""
    return fields_of(sort_of(place), entry(document, place))


def add(document: Document, place: Place, fields: Fields, rule: tree.Rule | None = None) -> dict[str, Any]:
    """Return the document with a new entry, last among its neighbours; `rule` is a row's condition or a fact's logic.

    Errors: `AnswersRejected` for a key that is taken or cannot be one, and for boxes; `NotFound` without a parent.
    """
    _permanent(place[-1], sort_of(place))
    made = _with_parent(document, place)
    if place[-1] in find(made, place[:-1], {}):
        raise AnswersRejected("Choose another id", problems=[Problem("/id", "taken", "This id is taken: type another")])
    return _put(made, place, fields, {}, rule)


def change(document: Document, place: Place, fields: Fields) -> dict[str, Any]:
    """Return the document with an entry as its boxes have it; its logic, rows and order stay."""
    return _put(deepcopy(dict(document)), place, fields, entry(document, place), None)


def set_rule(document: Document, place: Place, rule: tree.Rule | tree.Advanced | None) -> dict[str, Any]:
    """Return the document with a row's condition or a fact's logic set; None takes a fact's logic away."""
    key = _LOGIC.get(sort_of(place))
    entry(document, place)
    if key is None or (rule is None and key == "when"):
        raise NotFound("Only rows and facts have a rule, and a row needs one.")
    made = deepcopy(dict(document))
    held = find(made, place, None)
    if rule is None:
        held.pop(key, None)
    else:
        held[key] = deepcopy(write(rule))
    return made


def rule_at(document: Document, place: Place) -> Any:
    """Return the stored logic of a row or fact; None where a fact has none."""
    return entry(document, place).get(_LOGIC.get(sort_of(place), ""))


def move(document: Document, place: Place, to: str | int) -> dict[str, Any]:
    """Return the document with an entry `up`, `down`, or at a position counted from 0 among its neighbours."""
    _one_of_several(document, place)
    made = deepcopy(dict(document))
    beside = find(made, place[:-1], None)
    at = in_order(beside).index(place[-1])
    position = at + {"up": -1, "down": 1}.get(to, 0) if isinstance(to, str) else to
    if max(0, min(position, len(beside) - 1)) != at:
        for key, order in orders(beside, place[-1], position).items():
            beside[key]["order"] = order
    return made


def duplicate(document: Document, place: Place, key: str) -> dict[str, Any]:
    """Return the document with a copy of an entry under a new key, straight after it."""
    copied = deepcopy(dict(_one_of_several(document, place)))
    _permanent(key, sort_of(place))
    made = deepcopy(dict(document))
    beside = find(made, place[:-1], None)
    if key in beside:
        raise AnswersRejected("Choose another id", problems=[Problem("/id", "taken", "This id is taken: type another")])
    at = in_order(beside).index(place[-1])
    beside[key] = copied
    for each, order in orders(beside, key, at + 1).items():
        beside[each]["order"] = order
    return made


def remove(document: Document, place: Place, documents: Documents) -> dict[str, Any]:
    """Return the document without an entry. `documents` are all those that may use it, by name, this one in its place.

    Errors: `AnswersRejected` with a problem for every place that still uses it.
    """
    _one_of_several(document, place)
    key = document.get("id", "")
    now = {name: document if one.get("id") == key else one for name, one in documents.items()}
    problems = [
        Problem(use.pointer, "used", f"First take it out of {use.label['en']}", use.document)
        for use in uses(now, key, place)
    ]
    if problems:
        raise AnswersRejected("This is still used", problems=problems)
    made = deepcopy(dict(document))
    del find(made, place[:-1], None)[place[-1]]
    _tidy(made, place)
    return _following(made, place, find(document, place[:2], {}))


def _tidy(made: dict[str, Any], place: Place) -> None:
    """Leave no empty options, and no way to verify a fact without a source."""
    fact = find(made, place[:2], {})
    if sort_of(place) == "option" and not fact["verify"]["options"]:
        del fact["verify"]["options"]
    if sort_of(place) == "source" and not fact["verify"]["sources"]:
        del fact["verify"]


def _one_of_several(document: Document, place: Place) -> Mapping[str, Any]:
    """Return an entry that stands among others; a table's two ends can only be changed."""
    found = entry(document, place)
    if sort_of(place) in ("otherwise", "when_unknown"):
        raise NotFound("A table keeps this part: change what it says instead.")
    return found


_LOGIC = {"fact": "logic", "row": "when"}


def _put(made: dict[str, Any], place: Place, fields: Fields, old: Mapping[str, Any],
         rule: tree.Rule | None) -> dict[str, Any]:  # fmt: skip
    sort, beside = sort_of(place), find(made, place[:-1], None)
    new = read_boxes(sort, fields, old)
    if rule is not None and sort in _LOGIC:
        new[_LOGIC[sort]] = deepcopy(write(rule))
    problems = faults(sort, new, find(made, (*place[:2], "outcomes"), {}))
    if problems:
        raise AnswersRejected("Some boxes do not fit together", problems=problems)
    if sort not in _UNORDERED and "order" not in new:
        new["order"] = orders({**beside, place[-1]: {}}, place[-1], len(beside))[place[-1]]
    if sort == "table":
        new = {"outcomes": {}, "rows": {}, **new}
    before = deepcopy(find(made, place[:2], {})) if place[0] == "facts" else {}
    beside[place[-1]] = new
    return _following(made, place, before)


def _following(made: dict[str, Any], place: Place, before: Document) -> dict[str, Any]:
    """Let what a source may say of a fact follow its type and options."""
    if place[0] == "facts" and place[1] in made["facts"] and before:
        made["facts"][place[1]] = refreshed(before, made["facts"][place[1]])
    return made


def _with_parent(document: Document, place: Place) -> dict[str, Any]:
    """Return a copy in which the object that the entry goes into is there; the entry that holds it must be."""
    made = deepcopy(dict(document))
    if sort_of(place) in ("source", "option"):
        entry(document, place[:2])
        find(made, place[:2], None).setdefault("verify", {"sources": {}}).setdefault(place[3], {})
    elif len(place) > 2:
        entry(document, place[:2])
    else:
        made.setdefault(place[0], {})
    return made


def _permanent(key: str, sort: str) -> None:
    pattern = CODE if sort in _CODED else ID
    if not sort or not pattern.fullmatch(key) or key in FORBIDDEN_SEGMENTS:
        words = "letters, figures, - and _" if sort in _CODED else "small letters, figures and _, a letter first"
        problem = Problem("/id", "bad_id", f"Use {words}: an id cannot be changed later")
        raise AnswersRejected("Choose another id", problems=[problem])
