"""The clauses of a condition as its page shows them: what each holds, what may be chosen, which buttons it has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from frontdoor.domain.rules.dialect.drafts import Draft
from frontdoor.domain.rules.dialect.names import Choice, Names
from frontdoor.domain.rules.dialect.offers import CALCULATED, CLAUSES, EACH, JOINS, QUANTIFIERS
from frontdoor.domain.rules.dialect.operators import operator_words
from frontdoor.domain.rules.dialect.outline import Clause, outline
from frontdoor.domain.text import Text, say

Options = tuple[tuple[str, str], ...]
Groups = tuple[tuple[str, Options], ...]

_CONDITIONS = ("test", "group", "rows", "cases", "fixed")
_VALUES = ("value", "cases")
_TYPES = {
    "text": lazy_gettext("A text or a code"),
    "number": lazy_gettext("A number"),
    "yes_no": lazy_gettext("Yes or no"),
    "nothing": lazy_gettext("Nothing"),
}


@dataclass(frozen=True)
class Control:
    """One box of a clause: `control` is select, search, checkboxes, text or several (a box for each value)."""

    name: str
    label: str
    control: str
    values: tuple[str, ...] = ()
    groups: Groups = ()

    @property
    def id(self) -> str:
        """Return the id of the control: `c.1.2/subject` is told of at `c.1.2-subject`."""
        at, _dot, box = self.name.rpartition(".")
        return f"{at}-{box}"


@dataclass(frozen=True)
class Shown:
    """One clause on the page: `number` as people count it ("1.2", "" for the whole), `title` what part it plays."""

    at: str
    kind: str
    number: str
    title: str
    controls: tuple[Control, ...]
    parts: tuple["Shown", ...]
    adds: Options
    moves: Options
    turns: Options


def shown(draft: Draft, names: Names, kind: str, language: str) -> Shown:
    """Return the page's view of a draft, finished or not."""
    return _Telling(language).clause(outline(draft, names, kind), None, 0)


@dataclass(frozen=True)
class _Telling:
    language: str

    def clause(self, clause: Clause, parent: Clause | None, place: int) -> Shown:
        parts = tuple(self.clause(part, clause, number) for number, part in enumerate(clause.parts))
        draft = clause.draft
        return Shown(
            clause.at,
            draft.kind,
            clause.at.removeprefix("c").strip("."),
            self.title(clause, parent, place),
            tuple(self.controls(clause)),
            parts,
            tuple((f"{clause.at}:add_{kind}", self.said(CLAUSES[kind])) for kind in clause.adds),
            tuple(self.moves(clause, parent, place)),
            tuple(self.turns(clause)),
        )

    def title(self, clause: Clause, parent: Clause | None, place: int) -> str:
        if parent is None:
            return str(_("When")) if clause.kind == "boolean" else str(_("It is"))
        if parent.draft.kind == "case":
            return str(_("When")) if place == 0 else str(_("Then"))
        if parent.draft.kind == "cases" and place == len(parent.parts) - 1:
            return str(_("Otherwise"))
        if parent.draft.kind == "rows":
            return str(_("What is asked of each")) if place == 0 else str(_("Only of those for whom"))
        return self.said(CLAUSES[clause.draft.kind])

    def controls(self, clause: Clause) -> Iterator[Control]:
        draft, at = clause.draft, clause.at
        match draft.kind:
            case "group":
                yield self.select(at, "join", _("Which must hold"), draft, _options(JOINS, self.language))
            case "fixed":
                yield self.select(at, "holds", _("It holds"), draft, (("yes", _("Always")), ("no", _("Never"))))
            case "rows":
                yield self.select(at, "quantifier", _("For whom"), draft, _options(QUANTIFIERS, self.language))
                yield self.lists(clause)
            case "test":
                yield from self.subject(clause)
                yield self.operator(clause)
                yield from self.given(clause)
            case "value":
                yield from self.subject(clause)
                if not draft.box("subject"):
                    yield from self.literal(clause, several=clause.kind == "list")

    def subject(self, clause: Clause) -> Iterator[Control]:
        draft, at = clause.draft, clause.at
        worked_out = (str(_("Worked out")), _options(CALCULATED, self.language))
        label = _("Question or fact") if draft.kind == "test" else _("Taken from a question or fact")
        yield self.search(at, "subject", label, draft, (worked_out, *self.named(clause.names)))
        code = draft.box("subject")
        if code in ("*age", "*months", "*days", "*working_days"):
            born = code == "*age"
            dates = self.named(clause.names, ("date", "any"))
            yield self.search(at, "since", _("Born on") if born else _("From"), draft, dates)
            yield self.search(at, "until", _("On the day") if born else _("To"), draft, dates)
        if code in ("*how_many", "*those"):
            yield self.lists(clause)

    def lists(self, clause: Clause) -> Control:
        groups = self.named(clause.names, ("rows", "list"))
        return self.search(clause.at, "of", _("List"), clause.draft, groups)

    def operator(self, clause: Clause) -> Control:
        kind = clause.subject_kind
        offered = tuple((one.code, self.said(operator_words(one.code, kind))) for one in clause.operators)
        return self.select(clause.at, "operator", _("How to compare"), clause.draft, offered)

    def given(self, clause: Clause) -> Iterator[Control]:
        if clause.takes in ("", "nothing"):
            return
        if not clause.draft.box("with"):
            yield from self.literal(clause, several=clause.takes == "several")
        if clause.takes != "part":
            kinds = ("list", "any") if clause.takes == "several" else (clause.subject_kind, "any")
            label = _("Or compare with a parameter, question or fact")
            yield self.search(clause.at, "with", label, clause.draft, self.named(clause.names, kinds))

    def literal(self, clause: Clause, *, several: bool) -> Iterator[Control]:
        draft, name = clause.draft, f"{clause.at}.value"
        held = tuple(draft.boxes.get("value", ()))
        kind = clause.subject_kind if draft.kind == "test" else clause.kind
        options = tuple((str(code), self.said(words)) for code, words in clause.subject.options.items()) if (
            clause.subject and draft.kind == "test") else ()  # fmt: skip
        typed_otherwise = draft.box("type") not in ("", "text")
        if kind == "boolean" and not draft.box("type"):
            options = (("yes", str(_("Yes"))), ("no", str(_("No"))))
        if options and not typed_otherwise:
            known = {code for code, _words in options}
            options += tuple((one, one) for one in held if one and one not in known)
            yield Control(name, _("Value"), "checkboxes" if several else "select", held, (("", options),))
        elif draft.box("type") != "nothing":
            yield Control(name, _("Value"), "several" if several else "text", held)
        if draft.kind == "value" or kind == "any" or draft.box("type"):
            types = tuple((code, str(words)) for code, words in _TYPES.items())
            yield self.select(clause.at, "type", _("Sort of value, if another"), draft, types)

    def named(self, names: Names, kinds: Iterable[str] = ()) -> Groups:
        wanted = frozenset(kinds)
        groups = []
        for label, some in names.offered():
            found = [(path or EACH, one) for path, one in some if not wanted or one.kind in wanted]
            if found:
                groups.append((self.said(label), tuple((path, self.called(one)) for path, one in found)))
        return _told_apart(groups)

    def called(self, one: Choice) -> str:
        return say(one.label, self.language)

    def select(self, at: str, box: str, label: str, draft: Draft, options: Options) -> Control:
        return Control(f"{at}.{box}", str(label), "select", (draft.box(box),), (("", options),))

    def search(self, at: str, box: str, label: str, draft: Draft, groups: Groups) -> Control:
        held = draft.box(box)
        known = {code for _label, some in groups for code, _words in some}
        if held and held not in known:
            groups = (("", ((held, held),)), *groups)
        return Control(f"{at}.{box}", str(label), "search", (held,), groups)

    def moves(self, clause: Clause, parent: Clause | None, place: int) -> Iterator[tuple[str, str]]:
        if parent is None or parent.draft.kind == "case":
            return
        last = len(parent.parts) - 1 - (parent.draft.kind == "cases")
        if place > last or (parent.draft.kind == "rows" and place == 0):
            return
        if parent.draft.kind != "rows":
            if place:
                yield f"{clause.at}:up", str(_("Move up"))
            if place < last:
                yield f"{clause.at}:down", str(_("Move down"))
            yield f"{clause.at}:duplicate", str(_("Duplicate"))
        yield f"{clause.at}:remove", str(_("Remove"))

    def turns(self, clause: Clause) -> Iterator[tuple[str, str]]:
        if clause.draft.kind == "case":
            return
        kinds = _CONDITIONS if clause.kind == "boolean" else _VALUES
        yield from ((f"{clause.at}:as_{one}", self.said(CLAUSES[one])) for one in kinds
                    if one != clause.draft.kind or one == "group")  # fmt: skip

    def said(self, text: Text) -> str:
        return say(text, self.language)


def _options(table: Mapping[str, Text], language: str) -> Options:
    return tuple((code, say(words, language)) for code, words in table.items())


def _told_apart(groups: list[tuple[str, Options]]) -> Groups:
    """Return the groups with each label once: a searching box knows an entry by its words."""
    labels = [words for _label, some in groups for _path, words in some]
    twice = {words for words in labels if labels.count(words) > 1}
    named = [
        (label, [(path, f"{words} ({label})" if words in twice else words) for path, words in some])
        for label, some in groups
    ]
    labels = [words for _label, some in named for _path, words in some]
    return tuple(
        (label, tuple((path, f"{words} · {path}" if labels.count(words) > 1 else words) for path, words in some))
        for label, some in named
    )
