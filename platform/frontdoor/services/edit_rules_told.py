"""What a change makes different in the rules, told in sentences: what, before, after, why and who."""

from dataclasses import dataclass
from datetime import datetime

from frontdoor.domain.change import Change, Edit
from frontdoor.domain.programme.documents import rule_sets
from frontdoor.domain.rules.dialect.comparing import Line, Version, compare
from frontdoor.domain.rules.dialect.names import subjects
from frontdoor.services.edit_rules import Desk, shown


@dataclass(frozen=True)
class Told:
    """One difference that a change makes to the rules, in a sentence, with the edit that makes it."""

    line: Line
    edit: Edit | None
    rule_set: str

    @property
    def where(self) -> str:
        """Return the pointer into the tree of what differs."""
        return f"/rules/{self.rule_set}{self.line.pointer}"


def told(change: Change, *, at: datetime, language: str) -> list[Told]:
    """Return what a change makes different in the rules, rule set by rule set. Errors: `Conflict` for open clashes."""
    changed = dict.fromkeys(one.pointer.split("/")[2] for one in change.edits if one.pointer.startswith("/rules/"))
    found: list[Told] = []
    if not changed:
        return found
    desk = shown(change, at=at)
    rules = desk.under.tree.get("rules", {})
    before = subjects(desk.forms, {name: rules[name] for name in rule_sets(rules)})
    for name in changed:
        if name in desk.rule_sets:
            here = Desk(change, desk.under, desk.tree, name)
            old = Version(here.original or {"title": here.document["title"]}, before)
            lines = compare(old, Version(here.document, desk.names), language)
            found += [Told(line, _edit_of(change, f"/rules/{name}{line.pointer}"), name) for line in lines]
    return found


def _edit_of(change: Change, where: str) -> Edit | None:
    """Return the edit that makes what stands at a pointer different: its own, that of what holds it, or one inside."""
    above = [one for one in change.edits if (where + "/").startswith(one.pointer + "/")]
    inside = [one for one in change.edits if one.pointer.startswith(where + "/")]
    return next(iter([*reversed(above), *reversed(inside)]), None)
