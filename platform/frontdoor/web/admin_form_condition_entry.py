"""The form of one named condition of a form: what was sent or is stored, what its page shows, what saving it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from frontdoor.domain.canonical import Path, pointer
from frontdoor.domain.designs.conditions import condition, group_of, place_at, put
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.buttons import press
from frontdoor.domain.rules.dialect.drafting import draft as drafted
from frontdoor.domain.rules.dialect.drafts import Draft, blank, from_post
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.dialect.proposing import propose_id
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.rules.dialect.writing import write
from frontdoor.services.edit_conditions import Design, Document, stored_alike
from frontdoor.web import admin_rule_clauses, forms
from frontdoor.web.languages import LANGUAGES, language

_LONGEST_LABEL = 120  # characters of one that is proposed


@dataclass(frozen=True)
class Entry:
    """One condition being written (`new`) or changed. `place` ends with `""` until a new one has an id.

    `label` is as typed, by language; `draft` its condition as typed, None for an advanced one (`advanced`, its logic).
    """

    design: Design
    place: Path
    new: bool
    label: Mapping[str, str]
    draft: Draft | None
    advanced: Any = None

    @property
    def group(self) -> str:
        """Return the repeating group whose rows it is of, `""` for the whole form."""
        if self.new:
            return self.place[1] if len(self.place) > 2 else ""
        return group_of(self.design.document, self.place)

    @property
    def at(self) -> str:
        """Return the pointer of the condition; nothing while it is new."""
        return "" if self.new else pointer(self.place)

    @property
    def keeper(self) -> str:
        """Return who keeps this condition as it is, or `""`."""
        return self.design.keeper((*self.place[:-1], self.place[-1] or "new"))

    @property
    def names(self) -> Names:
        """Return what it may name."""
        return self.design.names(() if self.new else self.place, self.group)

    @property
    def sentence(self) -> str:
        """Return it in words as far as it is finished, in the reader's language."""
        return self._told(language())

    def clause(self) -> admin_rule_clauses.Shown | None:
        """Return its clauses for the page; None for an advanced one."""
        return admin_rule_clauses.shown(self.draft, self.names, "boolean", language()) if self.draft else None

    def to_save(self) -> tuple[Path, Mapping[str, str]]:
        """Return the place and label to save: what was left empty is proposed from the sentence."""
        if self.draft is not None:
            finish(self.draft, self.names)  # what is missing in the clauses comes before a label made of them
        label = dict(self.label)
        if not label.get("en"):
            label["en"] = self._told("en")[:_LONGEST_LABEL].strip()
        if not self.new:
            return self.place, label
        named = forms.text("id") or propose_id(label["en"] or "condition", self._taken())
        if named in self._taken():
            raise AnswersRejected(
                "Choose another id", problems=[Problem("/id", "taken", "This id is taken: type another")]
            )
        return (*self.place[:-1], named), label

    def saved(self, now: Design, place: Path, label: Mapping[str, str]) -> Document:
        """Return the form with this condition as it was typed. Errors: `AnswersRejected` with what is missing."""
        if self.draft is None:
            return put(now.document, place, label, condition(now.document, place)["logic"])
        logic = write(finish(self.draft, now.names(() if self.new else place, self.group)))
        made = put(now.document, place, label, logic)
        if not stored_alike(made, place, logic):
            raise DocumentRejected(
                "This condition would be stored differently from how it reads. Say it in another way."
            )
        return made

    def _taken(self) -> frozenset[str]:
        form = self.design.form
        own = form.questions[self.group].conditions if self.group in form.questions else {}
        return frozenset({*form.conditions, *own})

    def _told(self, in_language: str) -> str:
        if self.draft is None:
            return sentence(tree.Advanced(self.advanced), self.names, in_language)
        try:
            return sentence(finish(self.draft, self.names), self.names, in_language)
        except AnswersRejected:
            return ""


def of_request(design: Design) -> Entry:
    """Return the condition as it was sent, after the button that was pressed, else as it is stored."""
    at = request.values.get("at", "")
    entry = _stored(design, place_at(design.document, at)) if at else _begun(design, request.values.get("rows", ""))
    if request.method != "POST":
        return entry
    entry = replace(
        entry, label={code: forms.text(f"label.{code}") for code in LANGUAGES if forms.text(f"label.{code}")}
    )
    if any(name.startswith("c.") for name in request.form):
        entry = replace(entry, draft=from_post(request.form.items(multi=True)))
    button = request.form.get("press", "")
    if button == "rule":
        return replace(entry, draft=blank())
    return replace(entry, draft=press(entry.draft, button)) if entry.draft and button else entry


def errors_of(problems: Sequence[Problem]) -> Mapping[str, str]:
    """Return the first message of each control."""
    return {forms.control(one): one.message for one in reversed(problems)}


def _stored(design: Design, place: Path) -> Entry:
    held = condition(design.document, place)
    rule = read(held.get("logic"))
    if isinstance(rule, tree.Advanced):
        return Entry(design, place, False, held.get("label", {}), None, held.get("logic"))
    return Entry(design, place, False, held.get("label", {}), drafted(rule, design.names(place)))


def _begun(design: Design, rows: str) -> Entry:
    if rows and rows not in {one.id for one in design.form.groups()}:
        raise NotFound("There is no such group in this form any more. Look at the form as it is now.")
    place: Path = ("questions", rows, "conditions", "") if rows else ("conditions", "")
    return Entry(design, place, True, {}, blank())
