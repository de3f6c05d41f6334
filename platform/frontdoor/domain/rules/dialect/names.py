"""What a rule may name, with its words: for selects with search, for sentences and for checks."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from frontdoor.domain.forms.questions import Form, Question
from frontdoor.domain.rules.kinds import fact_kinds, parameter_kinds, question_kind
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.text import Text, say

Documents = Mapping[str, Mapping[str, Any]]
Options = Mapping[str | int, Text]

_ROW_ID: Text = {"en": "This one", "cy": "Yr un hwn"}
_EACH: Text = {"en": "The answer", "cy": "Yr ateb"}
_GROUPS: Mapping[str, Text] = {
    "facts": {"en": "Facts", "cy": "Ffeithiau"},
    "parameters": {"en": "Parameters", "cy": "Paramedrau"},
    "platform": {"en": "Known to the platform", "cy": "Hysbys i'r platfform"},
    "decisions": {"en": "Earlier decisions", "cy": "Penderfyniadau cynharach"},
}
_TYPES = {"integer": "number", "number": "number", "object": "any"}


@dataclass(frozen=True)
class Choice:
    """One thing to choose: its path, its words, its kind, and what its codes are called; `group` is what it is in.

    `part_of` is the path of the repeating group whose rows have it. `value` is a parameter's value now.
    """

    path: str
    label: Text
    kind: str
    group: Text
    options: Options = field(default_factory=dict)
    part_of: str = ""
    unit: Text = field(default_factory=dict)
    value: Any = None


@dataclass(frozen=True)
class Names:
    """Everything by its full path. `row` is the group whose row is at hand, `inside` the list being gone through."""

    choices: Mapping[str, Choice]
    row: str = ""
    inside: str | None = None

    def of_row(self, over: str) -> "Names":
        """Return the names as a fact over a repeating group reads them: `row.ID` is of that group's row."""
        return replace(self, row=over)

    def within(self, path: str) -> "Names":
        """Return the names as a test on the rows of a list reads them: only what is in the row."""
        found = self.find(path)
        return replace(self, inside=found.path if found else path)

    def find(self, path: str) -> Choice | None:
        """Return what a path names here, with its full path; None for an unknown name."""
        if self.inside is not None:
            return self._inside(path)
        if path.startswith("row."):
            return self.choices.get(f"{self.row}.{path.removeprefix('row.')}") if self.row else None
        found = self.choices.get(path)
        return None if found and found.part_of else found or self._below(path)

    def kind(self, path: str) -> str:
        """Return the kind of what a path names; `any` for an unknown name."""
        found = self.find(path)
        return found.kind if found else "any"

    def offered(self) -> tuple[tuple[Text, tuple[tuple[str, Choice], ...]], ...]:
        """Return what may be chosen here as (group, ((path as rules write it, choice) …)), in reading order."""
        groups: dict[str, tuple[Text, list[tuple[str, Choice]]]] = {}
        for path, choice in self._reachable():
            groups.setdefault(choice.group.get("en", ""), (choice.group, []))[1].append((path, choice))
        return tuple((label, tuple(entries)) for label, entries in groups.values())

    def nearest(self, path: str) -> str:
        """Return the name that was probably meant, `""` if none is near."""
        return next(iter(difflib.get_close_matches(path, [each for each, _ in self._reachable()], n=1)), "")

    def _reachable(self) -> Iterator[tuple[str, Choice]]:
        if self.inside is not None:
            each = self._inside("")
            if each and each.kind != "any":
                yield "", each
            yield from self._in_rows(self.inside, "")
            return
        if self.row:
            yield from self._in_rows(self.row, "row.")
        yield from ((path, choice) for path, choice in self.choices.items() if not choice.part_of)

    def _in_rows(self, group: str, prefix: str) -> Iterator[tuple[str, Choice]]:
        for path, choice in self.choices.items():
            if choice.part_of == group:
                yield prefix + path.removeprefix(f"{group}."), choice

    def _inside(self, path: str) -> Choice | None:
        of = self.choices.get(self.inside or "")
        if path:
            return self.choices.get(f"{self.inside}.{path}")
        if of is None or of.kind == "rows":
            return Choice("", _EACH, "any", of.label if of else {})
        return Choice("", _EACH, "string", of.label, of.options)

    def _below(self, path: str) -> Choice | None:
        """Return the choice for one of many numbers by code, as `capacity.free.BASE`."""
        root, _, code = path.rpartition(".")
        of = self.choices.get(root)
        if of is None or root not in PLATFORM_VALUES or PLATFORM_VALUES[root].type != "object":
            return None
        return replace(of, path=path, kind="number", label={key: f"{words}: {code}" for key, words in of.label.items()})


def subjects(forms: Iterable[Form], documents: Documents) -> Names:
    """Return everything that rules may name: questions by form and page, facts, parameters, decisions, platform values.

    `documents` are the rule sets by name; others among them are passed over.
    """
    rule_sets = {
        name: one for name, one in documents.items() if any(key in one for key in ("parameters", "facts", "decisions"))
    }
    questions = {choice.path: choice for form in forms for choice in asked(form, f"answers.{form.id}", titled=True)}
    found = [*_facts(rule_sets, questions), *_parameters(rule_sets), *_decisions(rule_sets), *_platform()]
    return Names({**questions, **{choice.path: choice for choice in found}})


def asked(form: Form, root: str, *, titled: bool) -> Iterator[Choice]:
    """Yield the questions of a form under the path that its answers have, by page; `titled` with the form's title."""
    for page in form.pages.values():
        named = form.title if titled else {}
        group = {key: ": ".join(part for part in (say(named, key), words) if part) for key, words in page.title.items()}
        for question in form.on_page(page.id):
            path = f"{root}.{question.id}"
            if question.answers:
                yield _question(question, path, group, "")
                yield from _parts(question, path, group, "")
            if question.widget == "group":
                yield Choice(f"{path}.id", _ROW_ID, "string", question.label, part_of=path)
                for row in question.questions.values():
                    yield _question(row, f"{path}.{row.id}", question.label, path)
                    yield from _parts(row, f"{path}.{row.id}", question.label, path)


def _question(question: Question, path: str, group: Text, part_of: str) -> Choice:
    kind = "rows" if question.widget == "group" else question_kind(question)
    options = {option.value: option.label for option in question.options if not question.parts}
    return Choice(path, question.label, kind, group, options, part_of)


def _parts(question: Question, path: str, group: Text, part_of: str) -> Iterator[Choice]:
    """Yield the parts of a composite question, each called by the question and by itself."""
    for part in question.parts.values():
        label = {key: f"{words}: {say(part.label, key)}" for key, words in question.label.items()}
        yield _question(replace(part, label=label), f"{path}.{part.id}", group, part_of)


def _facts(documents: Documents, questions: Mapping[str, Choice]) -> Iterator[Choice]:
    for document in documents.values():
        kinds = fact_kinds({"": document})
        written = {path.rpartition(".")[2]: path for path in kinds}
        for key, fact in _ordered(document.get("facts", {})):
            path = written[key]
            of_row = not path.startswith("facts.")
            verify = fact.get("verify", {})
            stated: Options = {code: option["label"] for code, option in _ordered(verify.get("options", {}))}
            options = stated or _asked(fact.get("logic"), questions)
            group = _group("facts", document)
            yield Choice(path, fact["label"], kinds[path], group, options, fact["over"] if of_row else "")


def _asked(logic: Any, questions: Mapping[str, Choice]) -> Options:
    """Return the options of the one question that a fact passes on."""
    path = logic.get("var") if isinstance(logic, Mapping) and len(logic) == 1 else None
    found = questions.get(path) if isinstance(path, str) else None
    return found.options if found else {}


def _parameters(documents: Documents) -> Iterator[Choice]:
    for document in documents.values():
        kinds = parameter_kinds({"": document})
        for key, one in _ordered(document.get("parameters", {})):
            path = f"parameters.{key}"
            codes = one.get("bounds", {}).get("options", ())
            options: Options = {code: {"en": code} for code in codes if isinstance(code, str)}
            group = _group("parameters", document)
            yield Choice(path, one["label"], kinds[path], group, options, "", one.get("unit", {}), one["value"])


def _decisions(documents: Documents) -> Iterator[Choice]:
    for document in documents.values():
        for code, table in _ordered(document.get("decisions", {})):
            options: Options = {key: outcome["label"] for key, outcome in _ordered(table.get("outcomes", {}))}
            group = _GROUPS["decisions"]
            yield Choice(f"decisions.{code}.decision", table["title"], "string", group, options)


def _platform() -> Iterator[Choice]:
    for path, value in PLATFORM_VALUES.items():
        yield Choice(path, value.label, _TYPES.get(value.type, value.type), _GROUPS["platform"])


def _group(sort: str, document: Mapping[str, Any]) -> Text:
    title = document.get("title", {})
    return {key: ": ".join(part for part in (words, say(title, key)) if part) for key, words in _GROUPS[sort].items()}


def _ordered(entries: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(entries.items(), key=lambda entry: (entry[1].get("order", 0), entry[0]))
