"""The buttons of a condition's form: each makes a new draft, and loses nothing that is typed elsewhere in it.

A button is named by the clause it acts on and what it does: `c.1.2:up`. They are submit buttons, so they work without
JavaScript, and they act on what the form sent, not on what was saved.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.rules.dialect.drafts import BOXES, MOST_LEVELS, MOST_PARTS, Draft, blank

# What may be added inside a clause of each kind; a test and a value hold clauses if they count or choose.
ADDS = {
    "group": ("test", "group", "rows", "cases", "fixed"),
    "test": ("test", "group", "rows"),
    "value": ("test", "group", "rows"),
    "rows": ("test", "group"),
    "cases": ("case",),
    "case": (),
    "fixed": (),
}

_BUTTON = re.compile(rf"((?:\.[1-9][0-9]?){{0,{MOST_LEVELS}}}):([a-z_]{{1,20}})")

Act = Callable[[tuple[Draft, ...], int], tuple[Draft, ...]]


def press(draft: Draft, button: str, prefix: str = "c") -> Draft:
    """Return the draft after a button: `add_KIND`, `as_KIND`, `up`, `down`, `duplicate` or `remove`.

    `add_KIND` adds an empty clause inside (a case before the otherwise). `as_group` puts the clause into a group of its
    own; another `as_KIND` starts it afresh as that kind, cases of a value with values as results. At its end
    `up` and `down` do nothing.
    Errors: `AnswersRejected` for a button that is not on the page.
    """
    match = _BUTTON.fullmatch(button.removeprefix(prefix))
    if match is None or not button.startswith(prefix):
        raise _refused()
    at, verb = tuple(int(step) for step in match[1].split(".")[1:]), match[2]
    if verb in _MOVES:
        if not at:
            raise _refused()
        return _inside(draft, at[:-1], lambda node: replace(node, parts=_moved(node, at[-1] - 1, verb)))
    return _inside(draft, at, lambda node: _changed(node, verb))


def _inside(draft: Draft, at: tuple[int, ...], act: Callable[[Draft], Draft]) -> Draft:
    if not at:
        return act(draft)
    if at[0] > len(draft.parts):
        raise _refused()
    place = at[0] - 1
    return replace(draft, parts=_put(draft.parts, place, _inside(draft.parts[place], at[1:], act)))


def _changed(node: Draft, verb: str) -> Draft:
    act, _, kind = verb.partition("_")
    if kind not in BOXES:
        raise _refused()
    result = "value" if "value" in (node.kind, *[part.kind for part in node.parts[-1:]]) else "test"
    if act == "as":
        return Draft("group", {"join": ("all",)}, (node,)) if kind == "group" else blank(kind, result)
    if act != "add" or kind not in ADDS[node.kind] or len(node.parts) >= MOST_PARTS:
        raise _refused()
    last = len(node.parts) - (1 if node.kind == "cases" and node.parts else 0)
    return replace(node, parts=(*node.parts[:last], blank(kind, result), *node.parts[last:]))


def _moved(node: Draft, place: int, verb: str) -> tuple[Draft, ...]:
    """Move among the clauses that are alike: the otherwise of cases stays last, and a case has just its two parts."""
    kept = node.parts[-1:] if node.kind == "cases" else ()
    alike = node.parts[: len(node.parts) - len(kept)]
    fixed = node.kind == "case" or (node.kind == "rows" and (verb != "remove" or place == 0))
    if fixed or place >= len(alike) or (verb == "duplicate" and len(node.parts) >= MOST_PARTS):
        raise _refused()
    return _MOVES[verb](alike, place) + kept


def _put(parts: tuple[Draft, ...], place: int, part: Draft) -> tuple[Draft, ...]:
    return (*parts[:place], part, *parts[place + 1 :])


def _swapped(parts: tuple[Draft, ...], place: int) -> tuple[Draft, ...]:
    """Exchange a clause with the next one, if there is one."""
    pair = parts[place : place + 2]
    return (*parts[:place], *reversed(pair), *parts[place + 2 :])


_MOVES: dict[str, Act] = {
    "up": lambda parts, place: _swapped(parts, place - 1) if place else parts,
    "down": _swapped,
    "remove": lambda parts, place: (*parts[:place], *parts[place + 1 :]),
    "duplicate": lambda parts, place: (*parts[: place + 1], *parts[place:]),
}


def _refused() -> AnswersRejected:
    words = "This button does nothing here: open the condition again"
    return AnswersRejected(words, problems=[Problem("", "unknown_button", words)])
