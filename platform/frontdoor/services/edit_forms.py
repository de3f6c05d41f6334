"""The forms of a change as they would be, and saving what a designer makes of one of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path, find, pointer
from frontdoor.domain.change import Change
from frontdoor.domain.errors import AnswersRejected, NotFound, Problem
from frontdoor.domain.forms.design import edits
from frontdoor.domain.forms.design.places import Place, sort_of
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.text import Text
from frontdoor.services import desk, question_uses
from frontdoor.services.checks import forms
from frontdoor.services.checks.names import Names
from frontdoor.services.desk import Document, Saving
from frontdoor.services.question_uses import Use
from frontdoor.store import changes

Act = Callable[["Desk"], Document]
_BRANCHES = frozenset({("pages",), ("questions",), ("conditions",)})


class Desk(desk.Desk):
    """One change with its forms as they would be."""

    section = "forms"
    kind = "form"
    noted = "edited_forms"

    @cached_property
    def parsed(self) -> Mapping[str, Form]:
        """Return the forms that can be filled in as they stand, by id; one that cannot be read is left out."""
        return {one.id: one for one in forms.parsed(Names(self.tree)) if isinstance(one, Form)}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Return what stands against the open form, with pointers into it."""
        here = pointer((self.section, self.name))
        names = Names({**self.tree, "forms": {self.name: self.document}})
        found = [one for one in (*forms.parsed(names), *forms.check(names)) if isinstance(one, Problem)]
        return tuple(Problem(one.where.removeprefix(here), one.code, one.message) for one in found)

    @property
    def codes(self) -> Mapping[str, Any]:
        """Return the code lists that options may come from, by id."""
        return Names(self.tree).lists

    def uses(self, place: Place) -> list[Use]:
        """Return every place that uses an entry of the open form, or something inside it; not those inside it."""
        return question_uses.uses(self.tree, self.name, place)

    def follows(self, option: Place) -> list[Use]:
        """Return what depends on an option: the logic that compares with it, and what goes by such a condition."""
        found = self.uses(option)
        for use in tuple(found):
            if use.document == f"forms/{self.name}" and "conditions" in use.place:
                found += question_uses.of_condition(self.document, self.name, use.place)
        return found

    def published(self, place: Place) -> bool:
        """Return whether what is live, or was when the change began, has this entry."""
        return find(self.original, place, None) is not None

    def splits(self, place: Path) -> bool:
        """Return whether a new branch is kept in its parts: pages, questions and conditions, each by itself."""
        return place in _BRANCHES


def opened(viewer: Viewer, change_id: str, name: str = "", *, at: datetime) -> Desk:
    """Return a change with a form open. Errors: `NotFound` for a name that no form has."""
    viewer.need("edit_change")
    return desk.desk_of(Desk, changes.get(viewer, change_id), name, at)


def save(viewer: Viewer, change_id: str, name: str, act: Act, saving: Saving) -> Change:
    """Keep what `act` makes of the open form as edits of the change. Errors: as of `desk.save`."""
    return desk.save(Desk, viewer, change_id, name, act, saving=saving)


def begin(viewer: Viewer, change_id: str, title: Text, copy_of: str, saving: Saving) -> tuple[Change, str]:
    """Add a form with an id proposed from its title: an empty one, or a copy; return the change and its name."""
    source: Document = {}
    if copy_of:
        source = opened(viewer, change_id, copy_of, at=saving.at).document

    def made(key: str, words: Text) -> Document:
        return {**source, "id": key, "title": dict(words)} if source else edits.new_form(key, words)

    return desk.begin(Desk, viewer, change_id, (title, made), saving)


def removed(desk_: Desk, place: Place) -> Document:
    """Return the open form without an entry.

    Errors: `AnswersRejected` with a problem for every place that still uses it, and for an option that was offered to
    people once: their answers hold its code.
    """
    if not sort_of(place) or not place:
        raise NotFound("There is no such part of the form any more. Look at it as it is now.")
    problems = [
        Problem(use.pointer, "used", f"First take it out of {use.label['en']}", use.document)
        for use in desk_.uses(place)
    ]
    if sort_of(place) == "option" and desk_.published(place):
        words = "People have been offered this option, so answers may hold it: switch it off instead"
        problems.append(Problem(pointer(place), "published", words))
    if problems:
        raise AnswersRejected("This is still used", problems=problems)
    return edits.remove(desk_.document, place)
