"""The forms of a change as they would be, and saving what an editor makes of a form's named conditions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path, canonical, find
from frontdoor.domain.change import Change, Snapshot
from frontdoor.domain.designs.circles import circle
from frontdoor.domain.designs.conditions import condition, group_of, places
from frontdoor.domain.designs.vocabulary import vocabulary
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem
from frontdoor.domain.forms.dialect import Dialect
from frontdoor.domain.forms.model import sketch_form
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.engine import compile_rule
from frontdoor.domain.schemas import validate
from frontdoor.services import configure
from frontdoor.services.change_edits import reasoned
from frontdoor.services.change_steps import carry_out
from frontdoor.services.kept_edits import kept
from frontdoor.services.proposed import draft_of, ground, proposed
from frontdoor.store import changes

Document = Mapping[str, Any]
Act = Callable[["Design"], Document]


@dataclass(frozen=True)
class Design:
    """One form as a tree has it: `tree` is what a change would publish, or what is live. `name` is its file's.

    `change` and `under` are None for what is live: it is only looked at.
    """

    tree: Mapping[str, Any]
    name: str
    change: Change | None = None
    under: Snapshot | None = None

    @property
    def document(self) -> Document:
        """Return the form's document."""
        found: Document = self.tree["forms"][self.name]
        return found

    @cached_property
    def form(self) -> Form:
        """Return the form as far as it can be read; a design on its way may not be complete."""
        return sketched(self.tree, self.document)

    @cached_property
    def dialect(self) -> Dialect:
        """Return which conditions JSON Schema can say."""
        return Dialect(self.form)

    def names(self, place: Path = (), group: str = "") -> Names:
        """Return what the condition at a place may name; of a new one for the rows of a group, with its place open."""
        if not place or find(self.document, place, None) is None:
            return vocabulary(self.form, group)
        return vocabulary(self.form, group_of(self.document, place), place[-1])

    def in_schema(self, place: Path) -> bool:
        """Return whether other systems can check a condition by the published schema."""
        group = group_of(self.document, place)
        of = self.form.questions.get(group) if group else None
        known = place[-1] in (of.conditions if of else self.form.conditions)
        return known and not (group and of is None) and self.dialect.condition(place[-1], of) is not None

    def keeper(self, place: Path) -> str:
        """Return the owner that lets nobody here change what stands at a place of the form, or `""`."""
        return configure.keeper(self.under, ("forms", self.name, *place)) if self.under else ""


def sketched(tree: Mapping[str, Any], document: Document) -> Form:
    """Return a form of a tree as far as it can be read, with the code lists of the tree."""
    return sketch_form(document, _lists(tree), compile_rule)[0]


def opened(viewer: Viewer, change_id: str, name: str, *, at: datetime) -> Design:
    """Return a form of a change as it would be. Errors: `NotFound` for a name that no form has."""
    viewer.need("edit_change")
    return design(changes.get(viewer, change_id), name, at=at)


def design(change: Change, name: str, *, at: datetime) -> Design:
    """Return a form of a change by its name or id, for whoever may read the change."""
    tree, name = tree_of(change, at=at), name.replace("_", "-")
    if name not in tree.get("forms", {}):
        raise NotFound("There is no such form in this change any more. Choose one of those listed.")
    return Design(tree, name, change, ground(change, at=at))


def tree_of(change: Change, *, at: datetime) -> Mapping[str, Any]:
    """Return the tree that a change would publish. Errors: `Conflict` for a release with clashes to be settled."""
    return proposed(change, at=at).tree if change.kind == "release" else draft_of(ground(change, at=at), change.edits)


def save(viewer: Viewer, change_id: str, name: str, act: Act, because: str, *, at: datetime, revision: int) -> Change:
    """Keep what `act` makes of a form as edits of the change, with their why; the change is a draft again.

    Errors: `AnswersRejected` for what the editor sent, for a circle with the way round told; `DocumentRejected` for a
    locked path, naming who keeps it, and for a form that could no longer be read; `Conflict` where somebody was first.
    """
    viewer.need("edit_change")
    why = reasoned(because)

    def carried(change: Change) -> Change:
        before = design(change, name, at=at)
        made = act(before)
        _readable(before, made)
        return kept(viewer, change, ground(change, at=at), (("forms", name), made), (why, at))

    return carry_out(viewer, change_id, revision, carried)


def stored_alike(document: Document, place: Path, logic: Any) -> bool:
    """Return whether a condition is stored exactly as it was meant."""
    return canonical(condition(document, place).get("logic")) == canonical(logic)


def conditions_of(design: Design) -> Mapping[str, tuple[Path, ...]]:
    """Return the places of all conditions by the group whose rows they are of, `""` for those of the whole form."""
    found: dict[str, tuple[Path, ...]] = {"": ()}
    for place in places(design.document):
        group = group_of(design.document, place)
        found[group] = (*found.get(group, ()), place)
    return found


def _readable(before: Design, made: Document) -> None:
    """Raise where conditions came to wait for themselves, or the form breaks its meta-schema otherwise than before."""
    form, problems = sketch_form(made, _lists(before.tree), compile_rule)
    known = {(one.code, one.where) for one in sketch_form(before.document, _lists(before.tree), compile_rule)[1]}
    new = [one for one in problems if (one.code, one.where) not in known]
    round_trip = circle(form) if any(one.code == "circle" for one in new) else ""
    if round_trip:
        words = f"These would wait for each other: {round_trip}. Let one of them not depend on the next"
        raise AnswersRejected("This goes round in a circle", problems=[Problem("/c", "circle", words)])
    old = {(one.where, one.code) for one in validate("form", before.document)}
    wrong = [*new, *(one for one in validate("form", made) if (one.where, one.code) not in old)]
    if wrong:
        raise DocumentRejected("The form could not be read any more", problems=wrong)


def _lists(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = tree.get("rules", {}).get("codes", {}).get("lists", {})
    return found
