"""One document of a change as it would be, and keeping what an editor makes of it.

An edit is a function from document to document. What lies between the document where the change begins and the one
that comes of it is kept as edits of the change, one for each entry, each with its why. Two people who edit different
entries at once both keep theirs: the function is applied to the document as it is when it is saved.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path, digest, find, pointer
from frontdoor.domain.change import Change, Edit, Snapshot
from frontdoor.domain.errors import AnswersRejected, Conflict, DocumentRejected, NotFound, Problem
from frontdoor.domain.overlay import Layered
from frontdoor.domain.proposing import propose_id
from frontdoor.domain.rules.dialect.patches import differences_between
from frontdoor.domain.schemas import validate
from frontdoor.domain.text import Text
from frontdoor.services import configure
from frontdoor.services.change_edits import reasoned, with_edits
from frontdoor.services.change_steps import carry_out, drafted
from frontdoor.services.proposed import draft_of, ground, proposed
from frontdoor.store import changes

Document = Mapping[str, Any]
_TRIES = 5  # how often somebody else may be a moment faster
_MISSING: Any = object()


@dataclass(frozen=True)
class Desk:
    """One change with its documents as they would be: `under` is what it begins with, `tree` what it would publish.

    `name` is the document of `section` that is open, `""` for none.
    """

    change: Change
    under: Snapshot
    tree: Mapping[str, Any]
    name: str = ""

    section = ""
    kind = ""
    noted = ""

    @property
    def documents(self) -> Mapping[str, Document]:
        """Return every document that may be opened here, by name."""
        found: Mapping[str, Document] = self.tree.get(self.section, {})
        return found

    @property
    def document(self) -> Document:
        """Return the open document as it would be."""
        return self.documents[self.name]

    @property
    def original(self) -> Document:
        """Return the open document as it is where the change begins; an empty one where it is new."""
        found: Document = self.under.tree.get(self.section, {}).get(self.name, {})
        return found

    def keeper(self, place: Path) -> str:
        """Return the owner that lets nobody here change what stands at a place of the open document, or `""`."""
        return configure.keeper_in(self._layered, (self.section, self.name, *place))

    @cached_property
    def _layered(self) -> Layered:
        return configure.layered(self.under)

    def seen(self, place: Path) -> str:
        """Return the digest of the entry at a place: whoever saves it says which one they had before them."""
        found = find(self.document, place, _MISSING)
        return "" if found is _MISSING else digest(found)

    def splits(self, place: Path) -> bool:
        """Return whether what is new at a place is kept in its parts, so that each part has a why of its own."""
        return not place


D = TypeVar("D", bound=Desk)


@dataclass(frozen=True)
class Saving:
    """What an editor sends beside its edit: why, when, over which revision of the change it was begun, and where.

    `place` is what was edited: its edits get this why even where nothing else differs. With `seen`, the digest of that
    entry as the editor had it, an edit goes through although others have edited other entries meanwhile; without, only
    over the very revision.
    """

    because: str
    at: datetime
    revision: int
    place: Path = ()
    seen: str | None = None


def desk_of(kind: type[D], change: Change, name: str, at: datetime) -> D:
    """Return a change with one of its documents open. Errors: `NotFound` for a name that none of them has."""
    under = ground(change, at=at)
    release = change.kind == "release"  # its clashes have to be settled first
    desk = kind(change, under, proposed(change, at=at).tree if release else draft_of(under, change.edits), name)
    if name and name not in desk.documents:
        raise NotFound("This is not in the change any more. Choose one of those listed.")
    return desk


def save(
    kind: type[D], viewer: Viewer, change_id: str, name: str, act: Callable[[D], Document], *, saving: Saving
) -> Change:
    """Keep what `act` makes of the open document as edits of the change, with their why; the change is a draft again.

    Errors: `AnswersRejected` for what the editor sent; `DocumentRejected` for a locked path, naming who keeps it, and
    for a document that could no longer be read; `Conflict`, with the entry as it is now, where somebody else was first.
    """
    viewer.need("edit_change")
    why = reasoned(saving.because)

    def carried(change: Change) -> Change:
        desk = desk_of(kind, change, name, saving.at)
        if saving.seen is not None and desk.seen(saving.place) != saving.seen:
            raise Conflict(
                "Somebody else has changed this in the meantime. Compare the two and save again.",
                theirs=find(desk.document, saving.place, None),
            )
        made = act(desk)
        readable(desk, made)
        return keep(viewer, desk, made, (why, saving.at, _touched(desk, saving.place)))

    if saving.seen is None:
        return carry_out(viewer, change_id, saving.revision, carried)
    return _merged(viewer, change_id, carried, saving)


def begin(
    kind: type[D],
    viewer: Viewer,
    change_id: str,
    what: tuple[Text, Callable[[str, Text], Document]],
    saving: Saving,
) -> tuple[Change, str]:
    """Add a document with an id proposed from its title; return the change and the document's name.

    `what` is the title, and what makes the document of its id and title. Errors: `AnswersRejected` without a title.
    """
    viewer.need("edit_change")
    why = reasoned(saving.because)
    title, make = what
    named: list[str] = []
    if "en" not in title:
        raise AnswersRejected("Give it a title", problems=[Problem("/title.en", "required", "Write this")])

    def carried(change: Change) -> Change:
        desk = desk_of(kind, change, "", saving.at)
        taken = {name.replace("-", "_") for name in desk.tree.get(desk.section, {})}
        key = propose_id(title.get("en", ""), taken)
        named[:] = [key.replace("_", "-")]
        return keep(viewer, replace(desk, name=named[0]), make(key, title), (why, saving.at, ""))

    return carry_out(viewer, change_id, saving.revision, carried), named[0]


def _merged(viewer: Viewer, change_id: str, carried: Callable[[Change], Change], saving: Saving) -> Change:
    """Carry an edit out over the change as it is now, if that is still a draft: its own entry is what was seen."""
    for _ in range(_TRIES):
        now = changes.get(viewer, change_id)
        if now.revision != saving.revision and now.state not in ("draft", "checked"):
            break  # what waits for approval is not taken back by an edit of somebody who does not know that it waits
        try:
            return carry_out(viewer, change_id, now.revision, carried)
        except Conflict:
            if changes.get(viewer, change_id).revision == now.revision:
                raise
    return carry_out(viewer, change_id, saving.revision, carried)


def readable(desk: Desk, made: Document) -> None:
    """Raise where a document breaks its meta-schema otherwise than before; what is still missing may be added later."""
    before = {(one.where, one.code) for one in validate(desk.kind, desk.document)}
    new = [one for one in validate(desk.kind, made) if (one.where, one.code) not in before]
    wrong = [one for one in new if one.code != "missing_key"]
    if wrong:
        raise DocumentRejected("This could not be read any more", problems=wrong)


def keep(viewer: Viewer, desk: Desk, made: Document, said: tuple[str, datetime, str]) -> Change:
    """Return the change with the edits that make `made` of what it begins with; those that say the same are kept.

    `said` is why, when, and the pointer of what was edited (`""` for no entry in particular).
    """
    because, at, touched = said
    here = pointer((desk.section, desk.name)) + "/"
    before = {one.pointer: one for one in desk.change.edits if one.pointer.startswith(here)}
    wanted = {where: (was, value) for where, was, value in _entries(desk, made)}
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
    return drafted(with_edits(desk.change, tuple(kept)), viewer, at, desk.noted, desk.name)


def _touched(desk: Desk, place: Path) -> str:
    return pointer((desk.section, desk.name, *place)) if place else ""


def _same(edit: Edit, wanted: Mapping[str, tuple[Any, Any]], touched: str, because: str) -> bool:
    """Return whether an edit stays as it is: the same value, and not one whose why was just said anew."""
    anew = touched and (edit.pointer + "/").startswith(touched + "/") and edit.because != because
    return wanted[edit.pointer] == (edit.was, edit.value) and not anew


def _entries(desk: Desk, made: Document) -> Iterator[tuple[str, Any, Any]]:
    """Yield (pointer, was, value) for every entry that differs; of what is new as a whole, entry by entry."""
    for one in differences_between(desk.original, made, (desk.section, desk.name)):
        steps = tuple(one.pointer.split("/")[1:])
        if one.was is None and isinstance(one.value, Mapping):
            yield from _split(desk, steps, one.value)
        else:
            yield one.pointer, one.was, one.value


def _split(desk: Desk, at: Path, value: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(value, Mapping) and value and desk.splits(at[2:]):
        for key, below in value.items():
            yield from _split(desk, (*at, key), below)
    else:
        yield pointer(at), None, value
