"""The rule sets of a change as they would be, and saving what an editor makes of one of them.

An edit is a function from document to document (`domain/rules/dialect/edits.py`). What lies between the rule set where
the change begins and the one that comes of it is kept as edits of the change, one for each entry, each with its why.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path, pointer
from frontdoor.domain.change import Change, Edit, Snapshot
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.programme.documents import rule_sets
from frontdoor.domain.rules.dialect import edits
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.names import Names, subjects
from frontdoor.domain.rules.dialect.patches import differences_between
from frontdoor.domain.rules.dialect.proposing import propose_id
from frontdoor.domain.schemas import validate
from frontdoor.domain.text import Text
from frontdoor.services import check, configure, programmes
from frontdoor.services.change_edits import reasoned, with_edits
from frontdoor.services.change_steps import carry_out, drafted
from frontdoor.services.checks import forms
from frontdoor.services.checks.names import Names as Tree
from frontdoor.services.proposed import draft_of, ground, proposed
from frontdoor.store import changes

Document = Mapping[str, Any]
Act = Callable[["Desk"], Document]


@dataclass(frozen=True)
class Desk:
    """One change with its rule sets as they would be: `under` is what it begins with, `tree` what it would publish.

    `name` is the rule set that is open, `""` for none.
    """

    change: Change
    under: Snapshot
    tree: Mapping[str, Any]
    name: str = ""

    @cached_property
    def rule_sets(self) -> Mapping[str, Document]:
        """Return every rule set by name."""
        rules = self.tree.get("rules", {})
        return {name: rules[name] for name in rule_sets(rules)}

    @property
    def document(self) -> Document:
        """Return the open rule set as it would be."""
        return self.rule_sets[self.name]

    @property
    def original(self) -> Document:
        """Return the open rule set as it is where the change begins; an empty one where it is new."""
        found: Document = self.under.tree.get("rules", {}).get(self.name, {})
        return found

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Return the forms whose questions a rule may name; one that cannot be read is left out."""
        if not any(one.pointer.startswith("/forms/") for one in self.change.edits) and self.change.kind != "release":
            return tuple(programmes.compiled(self.under).forms.values())
        return tuple(one for one in forms.parsed(Tree(self.tree)) if isinstance(one, Form))

    @cached_property
    def names(self) -> Names:
        """Return everything that a rule may name."""
        return subjects(self.forms, self.rule_sets)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what the checks say against the rules of the draft, with pointers into the tree."""
        return tuple(check.tree_problems(self.tree))

    @property
    def users(self) -> Mapping[str, Document]:
        """Return every document that may use an entry of a rule set, by name."""
        return {
            name: document
            for section in ("rules", "forms", "themes")
            for name, document in self.tree.get(section, {}).items()
        }

    def keeper(self, place: Place) -> str:
        """Return the owner that lets nobody here change what stands at a place of the open rule set, or `""`."""
        return configure.keeper(self.under, ("rules", self.name, *place))


def opened(viewer: Viewer, change_id: str, name: str = "", *, at: datetime) -> Desk:
    """Return a change with a rule set open. Errors: `NotFound` for a name that no rule set has."""
    viewer.need("edit_change")
    return _desk(changes.get(viewer, change_id), name, at)


def shown(change: Change, *, at: datetime) -> Desk:
    """Return a change with its rule sets, for whoever may read it."""
    return _desk(change, "", at)


def save(
    viewer: Viewer, change_id: str, name: str, act: Act, because: str, *, at: datetime, revision: int, place: Place = ()
) -> Change:
    """Keep what `act` makes of the open rule set as edits of the change, with their why; the change is a draft again.

    `place` is what was edited: its edits get this why even where nothing else differs.
    Errors: `AnswersRejected` for what the editor sent; `DocumentRejected` for a locked path, naming who keeps it, and
    for a rule set that could no longer be read; `Conflict` where somebody else was first.
    """
    viewer.need("edit_change")
    why = reasoned(because)

    def carried(change: Change) -> Change:
        desk = _desk(change, name, at)
        made = act(desk)
        _readable(desk, made)
        return _kept(viewer, desk, made, (why, at, pointer(("rules", name, *place)) if place else ""))

    return carry_out(viewer, change_id, revision, carried)


def begin_rule_set(
    viewer: Viewer, change_id: str, title: Text, because: str, *, at: datetime, revision: int
) -> tuple[Change, str]:
    """Add an empty rule set with an id proposed from its title; return the change and the rule set's name."""
    viewer.need("edit_change")
    why = reasoned(because)
    named: list[str] = []
    if "en" not in title:
        raise AnswersRejected("Give it a title", problems=[Problem("/title.en", "required", "Write this")])

    def carried(change: Change) -> Change:
        desk = _desk(change, "", at)
        taken = {name.replace("-", "_") for name in desk.tree.get("rules", {})}
        key = propose_id(title.get("en", ""), taken)
        name = key.replace("_", "-")
        named[:] = [name]
        empty = Desk(change, desk.under, desk.tree, name)
        return _kept(viewer, empty, edits.new_rule_set(key, title), (why, at, ""))

    return carry_out(viewer, change_id, revision, carried), named[0]


def _desk(change: Change, name: str, at: datetime) -> Desk:
    under = ground(change, at=at)
    release = change.kind == "release"  # its clashes have to be settled first
    desk = Desk(change, under, proposed(change, at=at).tree if release else draft_of(under, change.edits), name)
    if name and name not in desk.rule_sets:
        raise NotFound("There is no such rule set in this change any more. Choose one of those listed.")
    return desk


def _readable(desk: Desk, made: Document) -> None:
    """Raise where a rule set breaks its meta-schema otherwise than before; what is still missing may be added later."""
    before = {(one.where, one.code) for one in validate("rule_set", desk.document)}
    new = [one for one in validate("rule_set", made) if (one.where, one.code) not in before]
    wrong = [one for one in new if one.code != "missing_key"]
    if wrong:
        raise DocumentRejected("The rule set could not be read any more", problems=wrong)


def _kept(viewer: Viewer, desk: Desk, made: Document, said: tuple[str, datetime, str]) -> Change:
    """Return the change with the edits that make `made` of what it begins with; those that say the same are kept."""
    because, at, touched = said
    here = pointer(("rules", desk.name)) + "/"
    before = {one.pointer: one for one in desk.change.edits if one.pointer.startswith(here)}
    wanted = {where: (was, value) for where, was, value in _entries(desk.original, made, ("rules", desk.name))}
    kept: list[Edit] = []
    for edit in desk.change.edits:
        elsewhere = not edit.pointer.startswith(here)
        settled = edit.pointer not in wanted and edit.value == edit.was  # a choice between two values that changes none
        if elsewhere or settled or (edit.pointer in wanted and _same(edit, wanted, touched, because)):
            kept.append(edit)
    held = {edit.pointer for edit in kept}
    kept += [
        Edit(where, was, value, because, viewer.account, viewer.name, at)
        for where, (was, value) in wanted.items()
        if where not in held
    ]
    if tuple(kept) == desk.change.edits and set(before) == set(wanted):
        return desk.change
    configure.edited(desk.under, tuple(kept))
    return drafted(with_edits(desk.change, tuple(kept)), viewer, at, "edited_rules", desk.name)


def _same(edit: Edit, wanted: Mapping[str, tuple[Any, Any]], touched: str, because: str) -> bool:
    """Return whether an edit stays as it is: the same value, and not one whose why was just said anew."""
    anew = touched and (edit.pointer + "/").startswith(touched + "/") and edit.because != because
    return wanted[edit.pointer] == (edit.was, edit.value) and not anew


def _entries(old: Document, new: Document, under: Path) -> Iterator[tuple[str, Any, Any]]:
    """Yield (pointer, was, value) for every entry that differs; of what is new as a whole, entry by entry."""
    for one in differences_between(old, new, under):
        steps = tuple(one.pointer.split("/")[1:])
        if one.was is None and isinstance(one.value, Mapping):
            yield from _split(steps, one.value)
        else:
            yield one.pointer, one.was, one.value


def _split(at: Path, value: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield a new branch: a table, or a list of entries, in its parts, so that each part has a why of its own."""
    place = at[2:]
    branch = sort_of(place) == "table" or len(place) == 1 or (len(place) == 3 and place[2] in ("rows", "outcomes"))
    if isinstance(value, Mapping) and value and place and branch and place[0] in _SECTIONS:
        for key, below in value.items():
            yield from _split((*at, key), below)
    else:
        yield pointer(at), None, value


_SECTIONS = frozenset({"parameters", "facts", "decisions"})
