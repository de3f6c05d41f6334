"""An authority's own worked examples, kept in a change beside its rules and run on every look at a table.

They stand in the tree under `examples`, by the code of the table and an id: `{order, label, given: {value}, expect}`.
What is given is one value, so that a null in it, which means not known, is no removal. Source: ADR 0002.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import find, pointer
from frontdoor.domain.change import Change, Edit
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem, RuleRefused
from frontdoor.domain.orders import STEP, in_order
from frontdoor.domain.programme import Programme
from frontdoor.domain.proposing import propose_id
from frontdoor.domain.schemas import validate
from frontdoor.services import examples
from frontdoor.services.change_edits import reasoned, with_edits
from frontdoor.services.change_steps import carry_out, drafted
from frontdoor.services.edit_rules import Desk, shown
from frontdoor.services.examples import Example

Values = Mapping[str, Any]
_MOST = 200  # own examples of one table


@dataclass(frozen=True)
class Tried:
    """One example and what the rules of the draft say of it; `own` by the authority, or shipped with the programme."""

    key: str
    label: str
    facts: Values
    expect: str
    says: str
    own: bool

    @property
    def passed(self) -> bool:
        """Whether the rules say what was expected."""
        return self.says == self.expect


def tried(desk: Desk, code: str) -> list[Tried] | None:
    """Return every example of a table, tried on the draft; None while the draft cannot be run."""
    programme = _programme(desk)
    if programme is None or code not in programme.rules.decisions:
        return None
    shipped = [
        Tried(one.id, one.why, one.facts, one.expect, says, own=False)
        for one, says in examples.answers_for(programme, code)
    ]
    return [*_own(desk, code, programme), *shipped]


def say(desk: Desk, code: str, facts: Values) -> str:
    """Return what the draft's rules say of some facts; `""` while the draft cannot be run."""
    programme = _programme(desk)
    return examples.answer_of(programme, code, facts) if programme else ""


def of_table(desk: Desk, code: str) -> Mapping[str, Any]:
    """Return the authority's own examples of a table by id, as they are kept."""
    found: Mapping[str, Any] = find(desk.tree, ("examples", code), {})
    return found


def save(viewer: Viewer, change_id: str, example: Example, because: str, *, at: datetime, revision: int) -> Change:
    """Keep an example in the change; one without an id is new. `example.why` is what it is called."""
    viewer.need("edit_change")
    why = reasoned(because)
    problems = [Problem("/label", "required", "Say in a few words whom this is about")] if not example.why else []
    if not example.expect:
        problems.append(Problem("/expect", "required", "Enter what should come of it, or look what the rules say"))
    if problems:
        raise AnswersRejected("Finish the example", problems=problems)

    def act(change: Change) -> Change:
        desk = shown(change, at=at)
        held = of_table(desk, example.rule)
        if len(held) >= _MOST:
            raise AnswersRejected("Remove an example first", problems=[Problem("/label", "many", "Remove one first")])
        key = example.id or propose_id(example.why, held)
        order = held.get(key, {}).get("order", max((one["order"] for one in held.values()), default=0) + STEP)
        kept = {"order": order, "label": {"en": example.why}, "given": {"value": dict(example.facts)}}
        return _with(viewer, desk, (example.rule, key), ({**kept, "expect": example.expect}, why, at))

    return carry_out(viewer, change_id, revision, act)


def remove(
    viewer: Viewer, change_id: str, place: tuple[str, str], because: str, *, at: datetime, revision: int
) -> Change:
    """Take an own example of a table out: `place` is (code, id)."""
    viewer.need("edit_change")
    why = reasoned(because)

    def act(change: Change) -> Change:
        desk = shown(change, at=at)
        if place[1] not in of_table(desk, place[0]):
            raise NotFound("There is no such example any more. Look at the table as it is now.")
        return _with(viewer, desk, place, (None, why, at))

    return carry_out(viewer, change_id, revision, act)


def _with(viewer: Viewer, desk: Desk, place: tuple[str, str], said: tuple[Any, str, datetime]) -> Change:
    value, because, at = said
    here = ("examples", *place)
    was = find(desk.under.tree, here, None)
    others = tuple(one for one in desk.change.edits if not (one.pointer + "/").startswith(pointer(here) + "/"))
    edit = Edit(pointer(here), was, value, because, viewer.account, viewer.name, at)
    new = () if was == value else tuple(_split(edit, was, value))
    return drafted(with_edits(desk.change, (*others, *new)), viewer, at, "edited_rules", place[0])


def _split(edit: Edit, was: Any, value: Any) -> Iterator[Edit]:
    """Yield one edit for a new or removed example, and one for each part of an example that is there already."""
    if was is None or value is None:
        yield edit
        return
    for part, old, new in (
        ("/label/en", was["label"]["en"], value["label"]["en"]),
        ("/given/value", was["given"]["value"], value["given"]["value"]),
        ("/expect", was["expect"], value["expect"]),
    ):
        if old != new:
            yield Edit(edit.pointer + part, old, new, edit.because, edit.by, edit.by_name, edit.at)


def _own(desk: Desk, code: str, programme: Programme) -> Iterator[Tried]:
    held = of_table(desk, code)
    for key in in_order(held):
        facts, expect = held[key]["given"]["value"], held[key]["expect"]
        says = examples.answer_of(programme, code, facts)
        yield Tried(key, held[key]["label"]["en"], facts, expect, says, own=True)


def _programme(desk: Desk) -> Programme | None:
    """Return the draft as a programme that can decide; None while something in it cannot be read."""
    change = desk.change
    if any(validate("rule_set", one) for one in desk.rule_sets.values()):
        return None  # something is still missing
    try:
        return Programme.from_tree(
            desk.tree, authority=change.authority, programme=change.programme, number=0, digest=""
        )
    except (DocumentRejected, RuleRefused):
        return None
