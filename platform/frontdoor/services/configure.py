"""Changing a setting without code: what it is now, who set it, who keeps it locked, what may be typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from frontdoor.delivery import letters
from frontdoor.domain import overlay, tree
from frontdoor.domain.canonical import Path
from frontdoor.domain.canonical import pointer as pointer_of
from frontdoor.domain.change import Edit, Snapshot
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.overlay import Layered, Origin, Overlay, Policy
from frontdoor.services.checks.themes import CONTRAST, PAIRS, contrast
from frontdoor.services.configurable import Setting, listed

EMERGENCY_GROUPS = ("notices", "words")
_LONGEST = 5_000
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def layered(snapshot: Snapshot) -> Layered:
    """Return a snapshot as the layer that the authority's next edits stand on."""
    origins = {at: Origin(**origin) for at, origin in snapshot.origins.items()}
    policies = tuple(Policy(owner, rules) for owner, rules in snapshot.policies.items())
    return Layered(snapshot.tree, snapshot.authority, str(snapshot.number), origins, policies)


def settings(snapshot: Snapshot, language: str = "en") -> list[Setting]:
    """Return everything that may be changed, in the order of the documents."""
    under = layered(snapshot)
    return [_told(one, under) for one in listed(snapshot.tree, language)]


def setting(snapshot: Snapshot, pointer: str, language: str = "en") -> Setting:
    """Return one setting; raise `NotFound` for a pointer that is none of them."""
    for one in listed(snapshot.tree, language):
        if one.pointer == pointer:
            return _told(one, layered(snapshot))
    raise NotFound("There is no such setting. Choose one of those listed.")


def find(found: Iterable[Setting], group: str = "", words: str = "") -> Iterator[Setting]:
    """Yield the settings of a group (`""`: of all) in which every one of the words occurs somewhere."""
    wanted = words.casefold().split()
    for one in found:
        text = " ".join((one.label, one.about, one.source, one.pointer, str(one.value))).casefold()
        if (not group or one.group == group) and all(word in text for word in wanted):
            yield one


def read_value(one: Setting, typed: str) -> Any:
    """Return what a person typed as the setting's value; several choices come one a line.

    Errors: `AnswersRejected` at `/value`, saying what would do.
    """
    text = typed.replace("\r\n", "\n").strip()
    if one.kind in ("integer", "number"):
        return _number(one, text)
    if one.kind == "boolean":
        return _chosen({"yes": True, "no": False}, text)
    if one.kind == "choice":
        return _chosen(_options(one), text)
    if one.kind in ("choices", "list"):
        return _several(one, text)
    if one.kind == "colour" and not _COLOUR.fullmatch(text):
        raise _wrong("Enter a colour as # and six hexadecimal digits, like #1d5a6b")
    return _words(one, text)


def must_stand_out(one: Setting, value: Any, theme: Mapping[str, Any]) -> None:
    """Raise `AnswersRejected` at `/value` for a colour with which words would not stand out at 4.5 to 1."""
    name = one.pointer.rpartition("/")[2]
    colours = {**theme.get("colours", {}), name: value}
    for words, ground in PAIRS if one.kind == "colour" else ():
        if name in (words, ground) and words in colours and (not ground or ground in colours):
            found = contrast(colours[words], colours[ground] if ground else "#ffffff")
            if found < CONTRAST:
                raise _wrong(
                    f"Words would stand out {found:.1f} to 1 only, too little to be read with weak sight or in the sun."
                    f" Choose a colour that reaches {CONTRAST} to 1"
                )


def edited(snapshot: Snapshot, edits: tuple[Edit, ...]) -> Layered:
    """Return the snapshot's tree with edits on top, each value's origin giving its own why.

    Errors: `DocumentRejected` for what a layer below keeps locked.
    """
    under = layered(snapshot)
    if not edits:
        return under
    version, extends = str(snapshot.number + 1), f"{snapshot.authority}@{snapshot.number}"
    # What holds other things comes before them, so that an edit inside an entry is not lost under the entry's own.
    outermost_first = sorted(edits, key=lambda edit: edit.pointer.count("/"))
    changes = tree.nested({edit.pointer: edit.value for edit in outermost_first})
    together = "; ".join(dict.fromkeys(edit.because for edit in edits))
    made = overlay.apply(under, Overlay(snapshot.authority, version, extends, together, changes))
    # Origins are of whole values; an edit of one key of such a value would be an origin inside it, which nothing reads.
    mine = {edit.pointer: Origin(snapshot.authority, version, edit.because) for edit in edits}
    return replace(made, origins={at: _nearest(mine, at) or origin for at, origin in made.origins.items()})


def _nearest(mine: Mapping[str, Origin], at: str) -> Origin | None:
    """Return the origin of a value, or of the entry that was added with it."""
    while at and at not in mine:
        at = at.rpartition("/")[0]
    return mine.get(at)


def allowed(snapshot: Snapshot, pointer: str, value: Any) -> bool:
    """Return whether every layer below lets the authority set a value at a pointer."""
    return not overlay.forbidden(layered(snapshot), tree.nested({pointer: value}))


def keeper(snapshot: Snapshot, place: Path) -> str:
    """Return the owner whose policy forbids to change what stands at a place, other than to another value, or `""`."""
    return keeper_in(layered(snapshot), place)


def keeper_in(under: Layered, place: Path) -> str:
    """Return the same of a layer that is at hand."""
    return _forbidding(under, tree.nested({pointer_of((*place, "order")): 0}))


def leaves(document: Mapping[str, Any], at: Path = ()) -> dict[str, Any]:
    """Return every whole value of a tree by its pointer; a rule and a parameter's value are one each."""
    found: dict[str, Any] = {}
    for key, value in document.items():
        here = (*at, key)
        if isinstance(value, Mapping) and value and key not in overlay.WHOLE:
            found |= leaves(value, here)
        else:
            found[pointer_of(here)] = value
    return found


def _told(one: Setting, under: Layered) -> Setting:
    return replace(one, origin=under.origin(one.pointer), keeper=_keeper(one, under))


def _keeper(one: Setting, under: Layered) -> str:
    """Return the owner whose policy forbids to set the value, even to what it is, or `""`."""
    return _forbidding(under, tree.nested({one.pointer: one.value}))


def _forbidding(under: Layered, change: Mapping[str, Any]) -> str:
    for policy in under.policies:
        if policy.rules and overlay.forbidden(replace(under, policies=(policy,)), change):
            return policy.owner
    return ""


def _words(one: Setting, text: str) -> str:
    if not text or len(text) > _LONGEST:
        raise _wrong(f"Enter some text, at most {_LONGEST:,} characters")
    for found in letters.check(text) if one.group == "letters" else ():
        raise _wrong(found.message)
    return text


def _number(one: Setting, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise _wrong("Enter a number, like 2")
    value = float(text)
    if one.kind == "integer" and not value.is_integer():
        raise _wrong("Enter a whole number, like 2")
    bounds = one.bounds or {}
    low, high = bounds.get("min", float("-inf")), bounds.get("max", float("inf"))
    if not low <= value <= high:
        raise _wrong(_range(low, high))
    return int(value) if value.is_integer() else value


def _range(low: float, high: float) -> str:
    if low == float("-inf"):
        return f"Enter a number up to {high:g}"
    return f"Enter a number from {low:g} up" if high == float("inf") else f"Enter a number from {low:g} to {high:g}"


def _options(one: Setting) -> dict[str, Any]:
    return {str(option): option for option in (one.bounds or {}).get("options", ())}


def _chosen(options: dict[str, Any], text: str) -> Any:
    if text not in options:
        raise _wrong("Select one of the values")
    return options[text]


def _several(one: Setting, text: str) -> list[Any]:
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not lines or len(text) > _LONGEST:
        raise _wrong("Select at least one value" if one.kind == "choices" else "Enter one value on each line")
    if one.kind == "list":
        return list(lines)
    options = _options(one)
    return [_chosen(options, line) for line in lines]


def _wrong(message: str) -> AnswersRejected:
    return AnswersRejected(message, problems=[Problem("/value", "value", message)])
