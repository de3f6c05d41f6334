"""The boxes of a form's entry as its page shows them: label, hint, what each holds and what it offers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from frontdoor.domain.boxes import Box
from frontdoor.domain.forms.design.places import Place, group_of, sort_of
from frontdoor.domain.forms.design.properties import ALWAYS, boxes_of
from frontdoor.domain.forms.design.widgets import WIDGETS
from frontdoor.domain.text import say
from frontdoor.services.desk import Document
from frontdoor.services.edit_forms import Desk
from frontdoor.web.admin_form_shown import Making
from frontdoor.web.languages import LANGUAGES

Fields = Mapping[str, Sequence[str]]
Options = tuple[tuple[str, str], ...]

LABELS = {
    "title": lazy_gettext("Title"),
    "intro": lazy_gettext("Introduction"),
    "submit_label": lazy_gettext("Words on the last button"),
    "show_if": lazy_gettext("Shown"),
    "label": lazy_gettext("Label"),
    "hint": lazy_gettext("Hint"),
    "exclusive": lazy_gettext("Choosing it excludes every other option, as in “none of these”"),
    "unknown": lazy_gettext("It means that the answer is not known: no rule takes it for no"),
    "disabled": lazy_gettext("Switched off: nobody may choose it now, and answers that hold it still count"),
    "ui/label": lazy_gettext("Question"),
    "ui/hint": lazy_gettext("Hint"),
    "ui/widget": lazy_gettext("Type of question"),
    "ui/needed": lazy_gettext("Does it have to be answered?"),
    "ui/show_if": lazy_gettext("When is it asked?"),
    "type": lazy_gettext("What is kept"),
    "minLength": lazy_gettext("Fewest characters"),
    "maxLength": lazy_gettext("Most characters"),
    "pattern": lazy_gettext("Pattern of the answer"),
    "minimum": lazy_gettext("Smallest"),
    "maximum": lazy_gettext("Largest"),
    "exclusiveMinimum": lazy_gettext("More than"),
    "exclusiveMaximum": lazy_gettext("Less than"),
    "multipleOf": lazy_gettext("A multiple of"),
    "ui/autocomplete": lazy_gettext("What a browser may fill in"),
    "ui/prefix": lazy_gettext("Before the box"),
    "ui/suffix": lazy_gettext("After the box"),
    "ui/rows": lazy_gettext("Height in lines"),
    "ui/codes": lazy_gettext("Options from a code list"),
    "ui/options_from": lazy_gettext("Options are the rows of a list in this form"),
    "ui/not_before": lazy_gettext("Earliest date"),
    "ui/not_after": lazy_gettext("Latest date"),
    "ui/age_bands": lazy_gettext("An age may stand in for the date"),
    "ui/allow_unknown": lazy_gettext("“Not known” is an answer"),
    "ui/row_label": lazy_gettext("What one of them is called"),
    "ui/row_title": lazy_gettext("Answers that name one of them"),
    "ui/min_items": lazy_gettext("Fewest"),
    "ui/max_items": lazy_gettext("Most"),
    "ui/complete": lazy_gettext("The yes or no question that confirms that the list is complete"),
    "ui/open": lazy_gettext("Which end may stay open"),
    "ui/witness": lazy_gettext("A witness"),
    "ui/listed_only": lazy_gettext("Nobody and nothing that is not in the list"),
    "ui/sensitive": lazy_gettext("Sensitive: masked in lists and left out of search"),
    "ui/purpose": lazy_gettext("What it is for"),
    "ui/protected": lazy_gettext("A protected characteristic: what a change would do is counted by its answers"),
    "ui/title_case": lazy_gettext("Suggest capital letters"),
}
HINTS = {
    "intro": lazy_gettext("A blank line begins a new paragraph."),
    "submit_label": lazy_gettext("Left empty, it says “Send”."),
    "ui/hint": lazy_gettext("One or two short sentences that help to answer."),
    "ui/autocomplete": lazy_gettext("A word that browsers know, such as given-name or postal-code; “off” for nothing."),
    "pattern": lazy_gettext("A regular expression, such as [A-Z]{2}[0-9]{4}. Say what is meant under “Messages”."),
    "ui/not_before": lazy_gettext("A date like 2026-01-31, or today, or today + 294 days."),
    "ui/not_after": lazy_gettext("A date like 2026-01-31, or today, or today + 294 days."),
    "ui/row_label": lazy_gettext("Such as “Family member”."),
    "ui/purpose": lazy_gettext("Why it is asked and what the answer is used for, for whoever is asked."),
    "ui/row_title": lazy_gettext("Their answers are the heading of each row."),
}
# When an answer is wrong, by what it breaks: the labels of the boxes for messages.
WRONG = {
    "required": lazy_gettext("When it is left empty"),
    "type": lazy_gettext("When it is of another kind"),
    "format": lazy_gettext("When it is not written as it should be"),
    "pattern": lazy_gettext("When it does not fit the pattern"),
    "minLength": lazy_gettext("When it is too short"),
    "maxLength": lazy_gettext("When it is too long"),
    "minimum": lazy_gettext("When it is too small"),
    "maximum": lazy_gettext("When it is too large"),
    "exclusiveMinimum": lazy_gettext("When it is too small"),
    "exclusiveMaximum": lazy_gettext("When it is too large"),
    "multipleOf": lazy_gettext("When it is no such multiple"),
    "minItems": lazy_gettext("When there are too few"),
    "maxItems": lazy_gettext("When there are too many"),
    "enum": lazy_gettext("When it is none of the options"),
    "incomplete": lazy_gettext("When only a part is given"),
}
KINDS = {
    "string": lazy_gettext("Text"),
    "integer": lazy_gettext("Whole numbers"),
    "number": lazy_gettext("Numbers with decimals too"),
}
CHOICES = {
    "from": lazy_gettext("The beginning"),
    "to": lazy_gettext("The end"),
    "either": lazy_gettext("Either"),
    "asked": lazy_gettext("Asked for"),
    "required": lazy_gettext("Has to sign too"),
}
_AREAS = frozenset({"intro", "ui/hint", "hint", "ui/purpose"})


@dataclass(frozen=True)
class ShownBox:
    """One box: `control` text, area, select, checkboxes or flag; `part` the section of the page that it is in."""

    name: str
    label: str
    control: str
    value: str
    values: tuple[str, ...] = ()
    hint: str = ""
    options: Options = ()
    optional: bool = False
    part: str = ""
    empty: str = ""

    @property
    def id(self) -> str:
        """Return the id of the control, to which problems lead."""
        return self.name.replace("/", "-")


def shown(desk: Desk, place: Place, held: Document, fields: Fields, language: str) -> tuple[ShownBox, ...]:
    """Return the boxes of the entry at a place, filled with what was typed or is stored."""
    making = _Boxes(desk, place, fields, language)
    return tuple(one for box in boxes_of(desk.document, place, held) for one in making.box(box))


def wrong_words(keyword: str) -> str:
    """Return when a message is shown."""
    return str(WRONG.get(keyword, keyword))


def _part(name: str) -> str:
    if name.startswith("ui/messages/"):
        return "messages"
    if name in ("ui/sensitive", "ui/purpose", "ui/protected"):
        return "care"
    main = ("ui/label", "ui/hint", "ui/widget", "ui/needed", "ui/show_if", "ui/row_label", "ui/max_items", "ui/codes")
    return "" if name in main or not name.startswith(("ui/", "m", "p", "exclusiveM", "type")) else "limits"


@dataclass(frozen=True)
class _Boxes:
    desk: Desk
    place: Place
    fields: Fields
    language: str

    def box(self, box: Box) -> Iterator[ShownBox]:
        keyword = box.name.removeprefix("ui/messages/")
        label = wrong_words(keyword) if keyword != box.name else str(LABELS.get(box.name, box.name))
        hint = str(HINTS.get(box.name, ""))
        if box.sort == "text":
            yield from self.words(box, label, hint)
            return
        control, options = self.control(box)
        values = tuple(self.fields.get(box.name, ()))
        empty = str(_("Always")) if box.name.endswith("show_if") else str(_("No")) if box.sort == "needed" else ""
        yield ShownBox(box.name, label, control, "".join(values[:1]), values, hint, options,
                       not box.required and control == "text", _part(box.name), empty)  # fmt: skip

    def words(self, box: Box, label: str, hint: str) -> Iterator[ShownBox]:
        for code in dict.fromkeys([*LANGUAGES, *self.languages(box)]):
            name = f"{box.name}.{code}"
            value = "".join(self.fields.get(name, ())[:1])
            long = box.name in _AREAS or self.is_info(box)
            yield ShownBox(
                name, f"{label} ({LANGUAGES.get(code, code)})", "area" if long else "text", value,
                hint=hint if code == "en" else "", optional=not box.required or code != "en", part=_part(box.name),
            )  # fmt: skip

    def languages(self, box: Box) -> list[str]:
        held = (name.rpartition(".") for name in self.fields)
        return sorted(language for stem, _dot, language in held if stem == box.name)

    def is_info(self, box: Box) -> bool:
        return box.name == "ui/label" and self.fields.get("widget", ("",))[0] == "info"

    def control(self, box: Box) -> tuple[str, Options]:
        if box.sort == "flag":
            return "flag", ()
        if box.sort == "needed":
            return "select", ((ALWAYS, str(_("Yes, whenever it is asked"))), *self.conditions(box.choices[1:]))
        if box.name.endswith("show_if"):
            return "select", self.conditions(box.choices)
        if box.name == "ui/codes":
            lists = self.desk.codes
            return "select", tuple((key, say(one.get("label"), self.language) or key) for key, one in lists.items())
        if box.name == "ui/row_title":
            return "checkboxes", self.questions(self.desk.document["questions"].get(self.place[1], {}))
        if box.sort == "choice":
            return "select", self.choices(box)
        return "text", ()

    def choices(self, box: Box) -> Options:
        if box.name == "ui/widget":
            return tuple((one, say(WIDGETS[one].name, self.language)) for one in box.choices)
        if box.name == "type":
            return tuple((one, str(KINDS.get(one, one))) for one in box.choices)
        if box.name in ("ui/open", "ui/witness"):
            return tuple((one, str(CHOICES[one])) for one in box.choices)
        known = dict(self.questions(self.desk.document))
        return tuple((one, known.get(one, one)) for one in box.choices)

    def conditions(self, names: Sequence[str]) -> Options:
        making = Making(self.desk, self.language, {})
        group = group_of(self.place) if sort_of(self.place) == "question" else ""
        only = str(_("Only when: %(condition)s", condition=""))
        return tuple((name, f"{only}{making.condition(name, group)}") for name in names)

    def questions(self, holder: Document) -> Options:
        found = holder.get("questions") or {}
        return tuple((key, say(one["ui"].get("label"), self.language) or key) for key, one in found.items())
