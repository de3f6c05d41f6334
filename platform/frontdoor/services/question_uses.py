"""Every place that uses a part of a form: conditions, facts and rows, lists, the pathway, measures, examples.

Logic is read with what its names stand for (`checks/places.py`); every other document by the names that its texts spell
out, so that what is added to documents later is found too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.canonical import find, path, pointer
from frontdoor.domain.forms.design.places import Place, question_of, sort_of
from frontdoor.domain.text import Text, say
from frontdoor.services.checks.names import Names
from frontdoor.services.checks.places import of_forms, of_rules
from frontdoor.services.checks.reads import Read, compared, reads

Tree = Mapping[str, Any]
_NAMES = re.compile(r"answers\.[a-z0-9_.]+")
_LOGIC = frozenset({"when", "logic", "argument"})
_DEMO = ("rules", "demo")
_OF_DEMO: Text = {"en": "the demonstration’s made-up families", "cy": "teuluoedd ffug yr arddangosiad"}  # noqa: RUF001


@dataclass(frozen=True)
class Use:
    """One place: the document `section/NAME`, the pointer in it, and what stands there in words, by language."""

    document: str
    pointer: str
    label: Text

    @property
    def place(self) -> Place:
        """Return the path in the document."""
        return tuple(path(self.pointer) or ())


def uses(tree: Tree, form: str, place: Place) -> list[Use]:
    """Return every place that uses the entry at a place of a form, or something inside it; not those inside it."""
    document = tree.get("forms", {}).get(form, {})
    if sort_of(place) == "page":
        inside = [("questions", key) for key, one in document["questions"].items() if one["ui"].get("page") == place[1]]
        found = [use for each in inside for use in uses(tree, form, each)]
        gone = {("forms/" + form, each) for each in inside}
        return _once(use for use in found if (use.document, use.place[:2]) not in gone)
    looking = _Looking(tree, form, str(document.get("id", "")), place)
    return _once(use for use in looking.found() if not looking.within(use))


def of_condition(document: Mapping[str, Any], form: str, place: Place) -> list[Use]:
    """Return the pages and questions of a form that go by one of its conditions."""
    group = place[1] if place[0] == "questions" else document["conditions"][place[-1]].get("over", "")
    entries: dict[Place, Mapping[str, Any]] = {("pages", key): one for key, one in document.get("pages", {}).items()}
    entries |= {at: ui for at, ui in _uis(document) if not group or at[:2] == ("questions", group)}
    return [
        Use(f"forms/{form}", pointer(at), _words(document, at, form))
        for at, one in entries.items()
        if place[-1] in (one.get("show_if"), one.get("required_if"))
    ]


def _once(found: Iterable[Use]) -> list[Use]:
    """Return each place once, however often it names the entry."""
    return list({(use.document, use.pointer): use for use in found}.values())


@dataclass(frozen=True)
class _Looking:
    tree: Tree
    form: str
    id: str
    place: Place

    @property
    def names(self) -> tuple[str, ...]:
        """The question's name in rules: `answers.FORM.QUESTION`, of a row's `answers.FORM.GROUP.QUESTION`."""
        question = question_of(self.place)
        return (f"answers.{self.id}.{'.'.join(question[1::2])}",)

    def within(self, use: Use) -> bool:
        """Tell whether a use is inside the entry itself."""
        return use.document == f"forms/{self.form}" and use.place[: len(self.place)] == self.place

    def found(self) -> Iterator[Use]:
        """Yield every use, those inside the entry too."""
        if sort_of(self.place) == "option":
            yield from self._of_code()
            return
        yield from self._in_logic()
        yield from self._in_form()
        yield from self._spelled_out()

    def _in_logic(self) -> Iterator[Use]:
        names = Names(self.tree)
        for here in (*of_rules(names), *of_forms(names)):
            for read in reads(here.logic):
                if self._is(here.full(read.path, read.of)):
                    yield self._use(here.where)
                    break

    def _of_code(self) -> Iterator[Use]:
        """Yield the logic that compares the question's answer with the option's code."""
        names, code = Names(self.tree), self.place[-1]
        for here in (*of_rules(names), *of_forms(names)):
            for test in compared(here.logic):
                same = self._is(here.full(test.read.path, test.read.of)) or self._is_fact(test.read, names)
                if same and code in {str(one) for one in test.constants}:
                    yield self._use(here.where)
                    break

    def _is_fact(self, read: Read, names: Names) -> bool:
        """Tell whether a name is a fact that is the answer itself."""
        fact = names.facts.get(read.path.removeprefix("facts.")) if read.path.startswith("facts.") else None
        logic = (fact or {}).get("logic")
        named = logic.get("var") if isinstance(logic, Mapping) and len(logic) == 1 else None
        return isinstance(named, str) and self._is(named)

    def _is(self, name: str) -> bool:
        return any(name == one or name.startswith(f"{one}.") for one in self.names)

    def _in_form(self) -> Iterator[Use]:
        """Yield what of the form itself names a question by its id: lists of options, a list's title and end."""
        document, key, row = self.tree["forms"][self.form], self.place[-1], len(self.place) == 4
        for at, ui in _uis(document):
            named = (ui.get("options_from"), ui.get("complete"))
            if (not row and key in named) or (row and at[:2] == self.place[:2] and key in ui.get("row_title", ())):
                yield self._use(pointer(("forms", self.form, *at)))
        for name, condition in document.get("conditions", {}).items():
            if not row and condition.get("over") == key:
                yield self._use(pointer(("forms", self.form, "conditions", name)))

    def _spelled_out(self) -> Iterator[Use]:
        for at, value, of_form in _leaves(self.tree, (), ""):
            if at[:1] == ("forms",) or _LOGIC & set(at):
                continue
            at = at[:2] if at[:2] == _DEMO else at  # one place, however many made-up families it tells of
            spelled = isinstance(value, str) and any(self._is(one) for one in _NAMES.findall(value))
            named = of_form == self.id and at[-1] != "form" and len(self.place) == 2 and self._named(at, value)
            if spelled or named:
                yield self._use(pointer(at))

    def _named(self, at: Place, value: Any) -> bool:
        """Tell whether what belongs to this form in another document names the question by its id."""
        key = self.place[-1]
        return value == key or key in at[3:]

    def _use(self, where: str) -> Use:
        at = tuple(path(where) or ())
        while at and at[-1] in _LOGIC:
            at = at[:-1]
        document = find(self.tree, at[:2], {})
        if at == _DEMO:
            return Use("rules/demo", "", _OF_DEMO)
        return Use("/".join(at[:2]), pointer(at[2:]), _words(document, at[2:], at[1] if len(at) > 1 else ""))


def _uis(document: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    for key, one in document.get("questions", {}).items():
        yield ("questions", key), one.get("ui", {})
        for inner, each in (one.get("questions") or {}).items():
            yield ("questions", key, "questions", inner), each.get("ui", {})


def _leaves(value: Any, at: Place, form: str) -> Iterator[tuple[Place, Any, str]]:
    """Yield every value of a tree with its place and the form that what holds it is about, `""` for none."""
    if isinstance(value, Mapping):
        about = value.get("form")
        form = about.replace("-", "_") if isinstance(about, str) else form
        for key, below in value.items():
            yield from _leaves(below, (*at, str(key)), form)
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _leaves(below, (*at, str(index)), form)
    else:
        yield at, value, form


def _words(document: Mapping[str, Any], at: Place, name: str) -> Text:
    """Return where a place is: the titles and labels on the way to it."""
    held = [find(document, at[:length], {}) for length in range(len(at) + 1)]
    texts = [_called(one) for one in held if isinstance(one, Mapping)]
    return {
        language: ", ".join(f"“{say(text, language)}”" for text in texts if text) or f"{name}{pointer(at)}"
        for language in ("en", "cy")
    }


def _called(one: Mapping[str, Any]) -> Text | None:
    text = one.get("label") or one.get("title") or one.get("ui", {}).get("label")
    return text if isinstance(text, Mapping) and "en" in text else None
