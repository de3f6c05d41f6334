"""The form of one entry of a rule set: what was sent or is stored, what its page shows, and what saving it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from frontdoor.domain.canonical import canonical, find, path, pointer
from frontdoor.domain.errors import AnswersRejected, DocumentRejected, NotFound, Problem
from frontdoor.domain.orders import STEP
from frontdoor.domain.proposing import propose_code, propose_id
from frontdoor.domain.rules.dialect import edits, tree
from frontdoor.domain.rules.dialect.boxes import Place, sort_of
from frontdoor.domain.rules.dialect.buttons import press
from frontdoor.domain.rules.dialect.drafting import draft as drafted
from frontdoor.domain.rules.dialect.drafts import Draft, blank, from_post
from frontdoor.domain.rules.dialect.entered import read_boxes
from frontdoor.domain.rules.dialect.finishing import finish
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.dialect.operators import kind_of
from frontdoor.domain.rules.dialect.reading import read
from frontdoor.domain.rules.dialect.sentences import sentence
from frontdoor.domain.rules.dialect.writing import write
from frontdoor.services.edit_rules import Desk, Document
from frontdoor.web import admin_rule_boxes, admin_rule_clauses

Fields = Mapping[str, Sequence[str]]
_ENDS = ("otherwise", "when_unknown")


@dataclass(frozen=True)
class Shown:
    """What the page shows: boxes, the condition's clauses, its sentence so far, and what is wrong by control."""

    boxes: tuple[admin_rule_boxes.Shown, ...]
    clause: admin_rule_clauses.Shown | None
    sentence: str
    errors: Mapping[str, str]
    inserts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Form:
    """One entry being added (`new`) or changed. `place` ends with `""` until a new entry has an id.

    `draft` is its condition or value as typed; None where it has none, or an advanced one (`advanced`, its logic).
    """

    desk: Desk
    place: Place
    new: bool
    fields: Fields
    draft: Draft | None
    advanced: Any = None

    @property
    def sort(self) -> str:
        """Return the sort of the entry, a key of the dialect's BOXES."""
        return sort_of(self.place)

    @property
    def at(self) -> str:
        """Return the pointer of the entry, that of its list while it is new."""
        return pointer(self.place[:-1] if self.new and self.sort not in _ENDS else self.place)

    @property
    def named_freely(self) -> bool:
        """Return whether a new entry may be given an id: the two ends of a table have theirs."""
        return self.new and self.sort not in _ENDS

    @property
    def called(self) -> Mapping[str, str]:
        """Return the label or title that is stored, nothing while the entry is new."""
        held: Mapping[str, Any] = {} if self.new else edits.entry(self.desk.document, self.place)
        words: Mapping[str, str] = held.get("label") or held.get("title") or {}
        return words

    @property
    def kind(self) -> str:
        """Return the kind of what the entry's rule comes to."""
        return "boolean" if self.sort == "row" else kind_of(self._box("type") or "any")

    @property
    def keeper(self) -> str:
        """Return who keeps this entry as it is, or `""`."""
        return self.desk.keeper((*self.place[:-1], self.place[-1] or "new"))

    def shown(self, problems: Sequence[Problem], language: str) -> Shown:
        """Return what the page shows, with what is wrong."""
        names = self._names(self.desk)
        clause = admin_rule_clauses.shown(self.draft, names, self.kind, language) if self.draft else None
        errors = {one.where.strip("/").replace("/", "-"): one.message for one in reversed(problems)}
        boxes = admin_rule_boxes.shown(self.desk, self.sort, self.place, self.fields, language)
        inserts = admin_rule_boxes.inserts(self.desk, language)
        return Shown(boxes, clause, self._sentence(names, language), errors, inserts)

    def place_to_save(self) -> Place:
        """Return the place of the entry, a new one's with the id typed or proposed from its label."""
        if not self.named_freely:
            return self.place
        beside: Mapping[str, Any] = find(self.desk.document, self.place[:-1], {})
        words = self._box("label.en") or self._box("title.en")
        propose = propose_code if self.sort == "table" else propose_id
        return (*self.place[:-1], self._box("id") or propose(words, beside))

    def saved(self, desk: Desk, place: Place) -> Document:
        """Return the open rule set with this entry as it was typed. Errors: `AnswersRejected`."""
        rule = self._complete(desk)
        if self.new:
            return _as_meant(edits.add(desk.document, place, self._filled(), rule), place, rule)
        made = edits.change(desk.document, place, self._filled())
        if self.sort not in ("row", "fact") or (self.advanced is not None and rule is None):
            return made
        return _as_meant(edits.set_rule(made, place, rule), place, rule)

    def _complete(self, desk: Desk) -> tree.Rule | None:
        """Return the rule if it and the boxes are complete. Errors: `AnswersRejected` with what is missing in both."""
        old = {} if self.new else edits.entry(desk.document, self.place)
        problems: list[Problem] = []
        rule: tree.Rule | None = None
        try:
            read_boxes(self.sort, self._filled(), old)
        except AnswersRejected as rejected:
            problems += rejected.problems
        try:
            rule = self._rule(desk)
        except AnswersRejected as rejected:
            problems += rejected.problems
        if problems:
            raise AnswersRejected("Some boxes need another look", problems=problems)
        return rule

    def _rule(self, desk: Desk) -> tree.Rule | None:
        if self.draft is None:
            if self.sort == "row" and self.advanced is None:
                words = "Say when this row holds"
                raise AnswersRejected(words, problems=[Problem("c", "required", words)])
            return None
        return finish(self.draft, self._names(desk), self.kind)

    def _names(self, desk: Desk) -> Names:
        return desk.names.of_row(self._box("over"))

    def _filled(self) -> Fields:
        """Return the boxes, a new row's reason code proposed from its label where it was left empty."""
        if self.sort == "row" and not self._box("reason_code"):
            return {**self.fields, "reason_code": [propose_code(self._box("label.en"), ())]}
        return self.fields

    def _sentence(self, names: Names, language: str) -> str:
        if self.advanced is not None and self.draft is None:
            return sentence(tree.Advanced(self.advanced), names, language)
        try:
            return sentence(finish(self.draft, names, self.kind), names, language) if self.draft else ""
        except AnswersRejected:
            return ""

    def _box(self, name: str) -> str:
        return "".join(self.fields.get(name, ())[:1]).strip()


def of_request(desk: Desk) -> Form:
    """Return the form as it was sent, after the button that was pressed, else as the entry is stored."""
    place, new = _asked(desk)
    form = Form(desk, place, new, {}, None)
    form = replace(form, advanced=_advanced(desk, form))
    if request.method != "POST":
        return _stored(form)
    form = replace(form, fields=_inserted(sent()))
    started = blank("test" if form.kind == "boolean" else "value")
    if any(name.startswith("c.") for name in request.form):
        form = replace(form, draft=from_post(request.form.items(multi=True), kind=started.kind))
    return _pressed(form, started, request.form.get("press", ""))


def sent() -> dict[str, list[str]]:
    """Return every field of the form that was sent."""
    return {name: request.form.getlist(name) for name in request.form}


def _asked(desk: Desk) -> tuple[Place, bool]:
    inside = tuple(path(request.values.get("in", "")) or ())
    if inside:
        place: Place = (*inside, "")
        if not sort_of(place) or sort_of(place) in _ENDS:
            raise NotFound("There is no such part of the rules any more. Look at them as they are now.")
        if len(place) > 2:
            edits.entry(desk.document, place[:2])
        return place, True
    place = tuple(path(request.values.get("at", "")) or ())
    new = sort_of(place) in _ENDS and place[-1] not in edits.entry(desk.document, place[:-1])
    if not new:
        edits.entry(desk.document, place)
    return place, new


def _advanced(desk: Desk, form: Form) -> Any:
    if form.new or form.sort not in ("row", "fact"):
        return None
    logic = edits.rule_at(desk.document, form.place)
    kind = kind_of(str(edits.entry(desk.document, form.place).get("type", "boolean")))
    return logic if logic is not None and isinstance(read(logic, kind), tree.Advanced) else None


def _stored(form: Form) -> Form:
    if form.new:
        tables = [one.get("order", 0) for one in form.desk.document.get("decisions", {}).values()]
        starts = {"order": [str(int(max(tables, default=0)) + STEP)], "hit": ["first"]} if form.sort == "table" else {}
        return replace(form, fields=starts, draft=blank() if form.sort == "row" else None)
    form = replace(form, fields=edits.boxes_of(form.desk.document, form.place))
    logic = edits.rule_at(form.desk.document, form.place) if form.sort in ("row", "fact") else None
    rule = read(logic, form.kind)
    if logic is None or isinstance(rule, tree.Advanced):
        return form
    return replace(form, draft=drafted(rule, form._names(form.desk), form.kind))


def _pressed(form: Form, started: Draft, button: str) -> Form:
    match button:
        case "":
            return form
        case "rule":  # say how a fact is worked out, or replace an advanced rule
            return replace(form, draft=started)
        case "no_rule":
            return replace(form, draft=None)
    if form.draft is None or button == "insert":
        return form
    return replace(form, draft=press(form.draft, button))


def _inserted(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """Put a fact into a text where that button was pressed."""
    into, name = "".join(fields.get("insert_into", ())), "".join(fields.get("insert", ()))
    if request.form.get("press") == "insert" and name and into.startswith("texts/"):
        text = "".join(fields.get(into, ())[:1])
        fields[into] = [f"{text}{' ' if text and not text.endswith(' ') else ''}{{{name}}}"]
    return fields


def _as_meant(made: Document, place: Place, rule: tree.Rule | None) -> Document:
    """Return the rule set if reading the entry back gives the rule that was meant; it is not kept otherwise."""
    if rule is not None and canonical(edits.rule_at(made, place)) != canonical(write(rule)):
        raise DocumentRejected("This rule would be stored differently from how it reads. Say it in another way.")
    return made
