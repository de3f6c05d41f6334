"""The rule sets of a change as they would be, and saving what an editor makes of one of them.

An edit is a function from document to document (`domain/rules/dialect/edits.py`); `desk.py` keeps what comes of it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property

from frontdoor.domain.access import Viewer
from frontdoor.domain.canonical import Path
from frontdoor.domain.change import Change
from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.questions import Form
from frontdoor.domain.programme.documents import rule_sets
from frontdoor.domain.rules.dialect import edits
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.names import Names, subjects
from frontdoor.domain.text import Text
from frontdoor.services import check, desk, programmes
from frontdoor.services.checks import forms
from frontdoor.services.checks.names import Names as Tree
from frontdoor.services.desk import Document, Saving
from frontdoor.store import changes

Act = Callable[["Desk"], Document]
__all__ = ["Act", "Desk", "Document", "begin_rule_set", "opened", "save", "shown"]
_SECTIONS = frozenset({"parameters", "facts", "decisions"})


class Desk(desk.Desk):
    """One change with its rule sets as they would be."""

    section = "rules"
    kind = "rule_set"
    noted = "edited_rules"

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Return every rule set by name."""
        rules = self.tree.get("rules", {})
        return {name: rules[name] for name in rule_sets(rules)}

    @property
    def rule_sets(self) -> Mapping[str, Document]:
        """Return every rule set by name."""
        return self.documents

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

    def splits(self, place: Path) -> bool:
        """Return whether a new branch is kept in its parts: a table, or a list of entries."""
        branch = sort_of(place) == "table" or len(place) == 1 or (len(place) == 3 and place[2] in ("rows", "outcomes"))
        return not place or (branch and place[0] in _SECTIONS)


def opened(viewer: Viewer, change_id: str, name: str = "", *, at: datetime) -> Desk:
    """Return a change with a rule set open. Errors: `NotFound` for a name that no rule set has."""
    viewer.need("edit_change")
    return desk.desk_of(Desk, changes.get(viewer, change_id), name, at)


def shown(change: Change, *, at: datetime) -> Desk:
    """Return a change with its rule sets, for whoever may read it."""
    return desk.desk_of(Desk, change, "", at)


def save(
    viewer: Viewer, change_id: str, name: str, act: Act, because: str, *, at: datetime, revision: int, place: Place = ()
) -> Change:
    """Keep what `act` makes of the open rule set as edits of the change. Errors: as of `desk.save`."""
    return desk.save(Desk, viewer, change_id, name, act, saving=Saving(because, at, revision, place))


def begin_rule_set(
    viewer: Viewer, change_id: str, title: Text, because: str, *, at: datetime, revision: int
) -> tuple[Change, str]:
    """Add an empty rule set with an id proposed from its title; return the change and the rule set's name."""
    return desk.begin(Desk, viewer, change_id, (title, edits.new_rule_set), Saving(because, at, revision))
