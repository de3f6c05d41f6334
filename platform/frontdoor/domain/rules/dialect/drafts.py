"""A condition as a form holds it, finished or not: boxes with what is in them, nested as clauses are.

Flat and ordered, for ordinary HTML fields: `c.1.2.subject` is the box `subject` of the second clause of the first. A
clause that is incomplete is kept as it was typed; `finishing.finish` says what is missing. What a browser never sends
from our own page (unknown boxes, 100 clauses in one, twelve levels) is refused.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from frontdoor.domain.errors import AnswersRejected, Problem

# The boxes of each kind of clause; "first" and "then" of a case are its two parts.
BOXES: Mapping[str, frozenset[str]] = {
    "group": frozenset({"join"}),
    "test": frozenset({"subject", "since", "until", "of", "operator", "value", "with", "type"}),
    "rows": frozenset({"quantifier", "of"}),
    "fixed": frozenset({"holds"}),
    "cases": frozenset(),
    "case": frozenset(),
    "value": frozenset({"subject", "since", "until", "of", "value", "type"}),
}
MOST_PARTS = 99
MOST_LEVELS = 12
MOST_CLAUSES = 400
LONGEST = 500

_NAME = re.compile(r"((?:\.[1-9][0-9]?)*)\.([a-z]+)")


@dataclass(frozen=True)
class Draft:
    """One clause as a form holds it: its `kind`, one of BOXES, what is in its boxes, and the clauses in it."""

    kind: str
    boxes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple["Draft", ...] = ()

    def box(self, name: str) -> str:
        """Return what is in a box, without blanks at its ends; `""` for an empty one."""
        return next(iter(self.boxes.get(name, ())), "").strip()


def blank(kind: str = "test", result: str = "test") -> Draft:
    """Return an empty clause of a kind, ready to be filled in; `result` is the kind of what cases come to."""
    match kind:
        case "group":
            return Draft("group", {"join": ("all",)}, (blank(),))
        case "rows":
            return Draft("rows", {"quantifier": ("any",)}, (blank(),))
        case "fixed":
            return Draft("fixed", {"holds": ("yes",)})
        case "cases":
            return Draft("cases", {}, (blank("case", result), blank(result)))
        case "case":
            return Draft("case", {}, (blank(), blank(result)))
        case _:
            return Draft(kind)


def to_post(draft: Draft, prefix: str = "c") -> list[tuple[str, str]]:
    """Return the fields of a form that hold the draft, in reading order."""
    return list(_fields(draft, prefix))


def _fields(draft: Draft, at: str) -> Iterator[tuple[str, str]]:
    yield f"{at}.kind", draft.kind
    for name, values in draft.boxes.items():
        yield from ((f"{at}.{name}", value) for value in values)
    for place, part in enumerate(draft.parts, start=1):
        yield from _fields(part, f"{at}.{place}")


def from_post(fields: Iterable[tuple[str, str]], prefix: str = "c", kind: str = "test") -> Draft:
    """Return the draft that a form sent; fields of other parts of the page are passed over.

    A form that holds nothing of it is a blank clause of `kind`. Errors: `AnswersRejected` for what our own page never
    sends: unknown boxes or kinds, too many clauses, too many levels, values of more than 500 characters.
    """
    found: dict[tuple[int, ...], dict[str, list[str]]] = {}
    for name, value in fields:
        if name.startswith(f"{prefix}."):
            at, box = _place(name.removeprefix(prefix))
            if len(value) > LONGEST or len(found) > MOST_CLAUSES:
                raise _refused()
            found.setdefault(at, {}).setdefault(box, []).append(value)
    return _built((), _tree(found), found) if found else blank(kind)


def _place(name: str) -> tuple[tuple[int, ...], str]:
    match = _NAME.fullmatch(name)
    if match is None or match[1].count(".") > MOST_LEVELS:
        raise _refused()
    return tuple(int(step) for step in match[1].split(".")[1:]), match[2]


def _tree(found: Iterable[tuple[int, ...]]) -> dict[tuple[int, ...], set[int]]:
    """Return which parts each clause has; a clause that sent none of its boxes is there if its parts are."""
    inside: dict[tuple[int, ...], set[int]] = {}
    for at in found:
        for length in range(len(at)):
            inside.setdefault(at[:length], set()).add(at[length])
    return inside


def _built(at: tuple[int, ...], inside: Mapping[tuple[int, ...], set[int]],
           found: Mapping[tuple[int, ...], Mapping[str, list[str]]]) -> Draft:  # fmt: skip
    sent = dict(found.get(at, {}))
    parts = tuple(_built((*at, place), inside, found) for place in sorted(inside.get(at, ())))
    kinds = sent.pop("kind", ["group" if parts else "test"])
    if kinds[0] not in BOXES or not sent.keys() <= BOXES[kinds[0]]:
        raise _refused()
    return Draft(kinds[0], {name: tuple(values) for name, values in sent.items()}, parts)


def _refused() -> AnswersRejected:
    words = "This page was changed on its way, or is too large: open the condition again and save it in smaller steps"
    return AnswersRejected(words, problems=[Problem("", "hostile_form", words)])
