"""The editor of one entry of a form: what was sent or is stored, and what saving it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from frontdoor.domain.canonical import path, pointer
from frontdoor.domain.errors import AnswersRejected, NotFound
from frontdoor.domain.forms.design import edits, options
from frontdoor.domain.forms.design.entered import fields_of, read_entry
from frontdoor.domain.forms.design.places import Place, beside, entry, sort_of
from frontdoor.domain.forms.questions import CHOICE_WIDGETS
from frontdoor.domain.proposing import propose_id
from frontdoor.services.desk import Document
from frontdoor.services.edit_forms import Desk
from frontdoor.web.admin_form_pages import place_of

Fields = Mapping[str, Sequence[str]]
_OURS = frozenset({"csrf_token", "revision", "turn", "save", "do", "at", "in", "widget", "page"})


@dataclass(frozen=True)
class Editor:
    """One entry being added (`new`) or changed. `place` ends with `""` until a new entry has an id.

    `held` is what is stored, or what a new entry begins with; `fields` what its boxes hold; `seen` the digest of the
    entry that its editor had before them.
    """

    desk: Desk
    place: Place
    new: bool
    held: Mapping[str, Any]
    fields: Fields
    seen: str = ""

    @property
    def sort(self) -> str:
        """Return the sort of the entry: form, page, question, option."""
        return sort_of(self.place)

    @property
    def widget(self) -> str:
        """Return the type of a question, `""` for what is none."""
        return str(self.held.get("ui", {}).get("widget", ""))

    @property
    def page(self) -> str:
        """Return the page of a question."""
        return str(self.held.get("ui", {}).get("page", ""))

    @property
    def at(self) -> str:
        """Return the pointer of the entry, that of its list while it is new."""
        return pointer(self.place[:-1] if self.new else self.place)

    @property
    def where(self) -> str:
        """Return the name under which what is typed here is kept."""
        return f"/forms/{self.desk.name}{self.at}{f'#{self.widget}#{self.page}' if self.new else ''}"

    @property
    def keeper(self) -> str:
        """Return who keeps this entry as it is, or `""`."""
        return self.desk.keeper((*self.place[:-1], self.place[-1] or "new") if self.place else ())

    @property
    def takes_options(self) -> bool:
        """Return whether a question may have options of its own, and not those of a code list or of a group."""
        elsewhere = self._box("ui/codes") or self._box("ui/options_from")
        return self.widget in CHOICE_WIDGETS and not elsewhere

    def place_to_save(self) -> Place:
        """Return the place of the entry, a new one's with the id typed or proposed from what it is called."""
        if not self.new:
            return self.place
        around = beside(self.desk.document, self.place)
        taken = {*around, *edits.RESERVED, *_everywhere(self.desk.document, self.place)}
        words = self._box("ui/label.en") or self._box("label.en") or self._box("title.en")
        return (*self.place[:-1], self._box("id") or propose_id(words, taken))

    def saved(self, desk: Desk, place: Place) -> Document:
        """Return the open form with this entry as it was typed. Errors: `AnswersRejected`."""
        if not self.new:
            return edits.change(desk.document, place, self.fields)
        made = edits.add(desk.document, place, self.fields, self.held)
        paste = self._box("paste")
        return options.pasted(made, place, paste) if paste and self.takes_options else made

    def as_typed(self) -> Mapping[str, Any]:
        """Return the entry as its boxes have it, as far as they can be read: for the preview."""
        draft = self.desk.document
        try:
            made = read_entry(draft, self.place, self.fields, self.held)
        except AnswersRejected:
            made = self._without_what_is_wrong()
        if self.new and self.sort == "question" and self._box("paste") and self.takes_options:
            try:
                found = options.pasted({"questions": {"q": made}}, ("questions", "q"), self._box("paste"))
                return dict(found["questions"]["q"])
            except AnswersRejected:
                return made
        return made

    def _without_what_is_wrong(self) -> dict[str, Any]:
        fields = dict(self.fields)
        for _ in range(3):  # a box that is left out may be wanted by another
            try:
                return read_entry(self.desk.document, self.place, fields, self.held)
            except AnswersRejected as rejected:
                wrong = {one.where[1:] for one in rejected.problems}
                empty = {name: ["…"] for name in wrong if name.endswith(".en")}
                fields = {name: texts for name, texts in fields.items() if name not in wrong} | empty
        return dict(self.held)

    def _box(self, name: str) -> str:
        return "".join(self.fields.get(name, ())[:1]).strip()


def of_request(desk: Desk) -> Editor:
    """Return the editor as it was sent, else with the entry as it is stored."""
    editor = _asked(desk)
    if request.method != "POST":
        return editor
    fields = {name: request.form.getlist(name) for name in request.form if name not in _OURS}
    return replace(editor, fields=fields, seen=request.form.get("seen", ""))


def _asked(desk: Desk) -> Editor:
    inside = request.values.get("in", "")
    if not inside:
        place = place_of(request.values.get("at", ""))
        held = entry(desk.document, place)
        return Editor(desk, place, False, held, fields_of(desk.document, place, held), desk.seen(place))
    place = (*(path(inside) or ()), "")
    sort = sort_of(place)
    if not sort or not place[:-1]:
        raise NotFound("There is no such part of the form any more. Look at it as it is now.")
    if len(place) > 2:
        entry(desk.document, place[:2])
    begun: Mapping[str, Any] = {}
    if sort == "question":
        page = request.values.get("page", "") if len(place) == 2 else ""
        if len(place) == 2:
            entry(desk.document, ("pages", page))
        begun = edits.new_question(request.values.get("widget", ""), page)
    return Editor(desk, place, True, begun, fields_of(desk.document, place, begun) if begun else {})


def _everywhere(document: Document, place: Place) -> set[str]:
    """Return the ids that a question cannot have because another page has them."""
    if sort_of(place) == "question" and len(place) == 2:
        return set(document.get("questions", {}))
    return set()
