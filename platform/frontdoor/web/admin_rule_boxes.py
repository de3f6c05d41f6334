"""The boxes of an entry as its page shows them: each with its label, its hint, what it holds and what it offers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from frontdoor import clock
from frontdoor.domain.change import Change
from frontdoor.domain.errors import Conflict, DocumentRejected
from frontdoor.domain.orders import in_order
from frontdoor.domain.rules.dialect.boxes import BOXES, Box, Place
from frontdoor.domain.rules.dialect.entered import KEPT
from frontdoor.domain.rules.dialect.parts import PART, SORTS
from frontdoor.domain.rules.inserts import STAFF_ONLY
from frontdoor.domain.text import say
from frontdoor.services import edit_rules_told
from frontdoor.services.edit_rules import Desk
from frontdoor.web.admin_blueprint import bp
from frontdoor.web.forms import summary
from frontdoor.web.languages import LANGUAGES, language

Fields = Mapping[str, Sequence[str]]
Options = tuple[tuple[str, str], ...]

# How each choice of a box reads; what stands in documents is a code.
CHOICES = {
    "integer": lazy_gettext("A whole number"),
    "number": lazy_gettext("A number"),
    "string": lazy_gettext("A text or a code"),
    "boolean": lazy_gettext("Yes or no"),
    "date": lazy_gettext("A date"),
    "list": lazy_gettext("A list"),
    "any": lazy_gettext("Yes if it is so of any row"),
    "all": lazy_gettext("Yes if it is so of every row"),
    "none": lazy_gettext("Yes if it is so of no row"),
    "count": lazy_gettext("How many rows it is so of"),
    "first": lazy_gettext("The first row that holds decides"),
    "exclusive": lazy_gettext("Only one row may hold: two at once are an error"),
    "collect": lazy_gettext("All rows that hold, together"),
    "positive": lazy_gettext("Good news"),
    "negative": lazy_gettext("A refusal"),
    "waiting": lazy_gettext("Something is awaited"),
    "urgent": lazy_gettext("Urgent"),
}
HINTS = {
    "question": lazy_gettext("As an officer is asked it when a source is looked up."),
    "over": lazy_gettext("Only for a fact about each member, each child or each visit."),
    "if_omitted": lazy_gettext("What a worked example means when it says nothing of this."),
    "bounds/options": lazy_gettext("One on each line."),
    "source": lazy_gettext("Who set this number, and where it is written: a minute, a framework, a page."),
    "reason_code": lazy_gettext("Left empty for a new row, it is made from the label."),
    "texts/staff": lazy_gettext("What officers read. It may name any fact."),
    "texts/referrer": lazy_gettext("What whoever referred reads: nothing that they did not tell themselves."),
    "texts/family": lazy_gettext("What the family may read: nothing that others have told."),
    "order": lazy_gettext("Tables are decided in the order of these numbers."),
    "intended": lazy_gettext("Yes, if it was thought through that families come to this. Proof asks for it."),
    "protective": lazy_gettext("It fires even while earlier rows are not known: missing data never holds it up."),
    "clock": lazy_gettext("The time limit that starts with this outcome."),
    "owner": lazy_gettext("The role that has to act while this stands."),
}


LINES = {
    "added": (lazy_gettext("Added"), "positive"),
    "removed": (lazy_gettext("Removed"), "negative"),
    "changed": (lazy_gettext("Changed"), "amber"),
    "moved": (lazy_gettext("Moved"), ""),
}


@dataclass(frozen=True)
class Shown:
    """One box: `control` text, area, select, radios or flag; `lang` of a text, `borrowed` where it may stay empty."""

    name: str
    label: str
    control: str
    value: str
    hint: str = ""
    options: Options = ()
    lang: str = ""
    optional: bool = False
    search: bool = False

    @property
    def id(self) -> str:
        """Return the id of the control, to which problems lead."""
        return self.name.replace("/", "-")


def shown(desk: Desk, sort: str, place: Place, fields: Fields, language: str) -> tuple[Shown, ...]:
    """Return the boxes of an entry of a sort, filled with what was typed or is stored."""
    making = _Making(desk, place, fields, language)
    return tuple(one for box in BOXES[sort] for one in making.box(box))


def inserts(desk: Desk, language: str) -> Options:
    """Return what a text may insert: facts and parameters of every rule set, by id, with their labels."""
    found = {
        key: say(held["label"], language)
        for one in desk.rule_sets.values()
        for section in ("facts", "parameters")
        for key, held in one.get(section, {}).items()
    }
    platform = {name: f"{{{name}}}" for name in sorted(STAFF_ONLY)}
    return tuple(sorted({**platform, **found}.items(), key=lambda one: one[1]))


@dataclass(frozen=True)
class _Making:
    desk: Desk
    place: Place
    fields: Fields
    language: str

    def box(self, box: Box) -> Iterator[Shown]:
        label = say(PART[box.name.rpartition("/")[2]], self.language)
        if box.name.startswith("texts/"):
            label = f"{say(PART['texts'], self.language)} {label}"
        label, hint = label[:1].upper() + label[1:], str(HINTS.get(box.name, ""))
        optional = not box.required
        if box.sort == "text":
            yield from self.text(box, label, hint)
        elif box.sort == "argument":
            named = self.names(KEPT)
            yield Shown(box.name, label, "select", self.value(box.name), "", named, optional=True, search=True)
            clock = say(PART["clock"], self.language)
            yield Shown(f"{box.name}.clock", f"{label}: {clock}", "select", self.value(f"{box.name}.clock"),
                        "", self.clocks(), optional=True)  # fmt: skip
        else:
            control, options = self.control(box)
            search = box.name == "over"
            yield Shown(box.name, label, control, self.value(box.name), hint, options, "", optional, search)

    def text(self, box: Box, label: str, hint: str) -> Iterator[Shown]:
        held = {name.rpartition(".")[2] for name in self.fields if name.rpartition(".")[0] == box.name}
        control = "area" if box.name.startswith("texts/") else "text"
        for code in dict.fromkeys([*LANGUAGES, *sorted(held)]):
            name = f"{box.name}.{code}"
            told = hint if code == "en" else ""
            optional = not box.required or code != "en"
            words = f"{label} ({LANGUAGES.get(code, code)})"
            yield Shown(name, words, control, self.value(name), told, (), code, optional)

    def control(self, box: Box) -> tuple[str, Options]:
        codes = {"decision": self.outcomes, "clock": self.clocks, "owner": self.roles, "over": self.groups}
        if box.name in codes:
            return "select", codes[box.name]()
        if box.sort == "choice":
            return "select", tuple((code, str(CHOICES[code])) for code in box.choices)
        if box.sort == "yes":
            return "radios", (("yes", str(_("Yes"))), ("no", str(_("No"))))
        several = box.sort == "values" or (box.sort == "typed" and self.value("type") == "list")
        return {"flag": "flag"}.get(box.sort, "area" if several else "text"), ()

    def value(self, name: str) -> str:
        return "\n".join(self.fields.get(name, ()))

    def outcomes(self) -> Options:
        table = self.desk.document["decisions"][self.place[1]]
        found = table.get("outcomes", {})
        return tuple((key, say(found[key]["label"], self.language)) for key in in_order(found))

    def clocks(self) -> Options:
        clocks: Mapping[str, Any] = self.desk.tree["rules"].get("clocks", {}).get("clocks", {})
        found = [(str(one.get("code", key)), say(one["label"], self.language)) for key, one in clocks.items()]
        return tuple((code, f"{label} ({code})") for code, label in found)

    def roles(self) -> Options:
        roles: Mapping[str, Any] = self.desk.tree["rules"].get("roles", {}).get("roles", {})
        return tuple((key, say(roles[key]["label"], self.language)) for key in in_order(roles))

    def groups(self) -> Options:
        found = self.desk.names.choices.values()
        return tuple((one.path, say(one.label, self.language)) for one in found if one.kind == "rows")

    def names(self, *more: str) -> Options:
        kept = tuple((one, str(_("As it is stored"))) for one in more if self.value("argument") == one)
        offered = (choice for _group, some in self.desk.names.offered() for choice in some)
        return (*kept, *((path, f"{say(one.label, self.language)} ({path})") for path, one in offered))


def named_facts(desk: Desk, keys: Sequence[str]) -> list[tuple[str, str]]:
    """Return facts of the open rule set with their labels, to choose among."""
    return [(key, say(desk.document["facts"][key]["label"], language())) for key in keys]


def changes_in_rules(change: Change) -> list[edit_rules_told.Told]:
    """Return what a change makes different in the rules, in the reader's language; nothing while it has clashes."""
    try:
        return edit_rules_told.told(change, at=clock.now(), language=language())
    except (Conflict, DocumentRejected):
        return []


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give the templates of the rules these words."""
    return {
        "changes_in_rules": changes_in_rules,
        "line_kinds": LINES,
        "rule_choices": CHOICES,
        "rule_sorts": SORTS,
        "names_of_facts": named_facts,
        "problem_links": summary,
    }
