"""From a draft to the condition it says, or to what is missing; and from a condition to the draft of its form."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from frontdoor.domain.canonical import canonical
from frontdoor.domain.errors import AnswersRejected, Problem
from frontdoor.domain.rules.check_rule import check_rule
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.check import check, subject_kind
from frontdoor.domain.rules.dialect.drafts import Draft
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.dialect.offers import EACH
from frontdoor.domain.rules.dialect.operators import OPERATORS
from frontdoor.domain.rules.dialect.reading import PATH, read
from frontdoor.domain.rules.dialect.writing import write
from frontdoor.domain.typed import is_day, type_for, typed

_MISSING = tree.Fixed(holds=False)


def finish(draft: Draft, names: Names, kind: str = "boolean", prefix: str = "c") -> tree.Rule:
    """Return the condition that a draft says, or for a fact of another kind its value: exactly what will be saved.

    Errors: `AnswersRejected` with everything that is missing or does not fit, each at its clause and box.
    """
    work = _Finishing(names)
    found = work.rule(draft, kind, prefix)
    problems = work.problems or check(found, names, kind, prefix)
    if not problems:
        logic = write(found)
        problems = [Problem(prefix, problem.code, problem.message) for problem in check_rule(logic)]
        saved = read(logic, kind)
        if not problems and not isinstance(saved, tree.Advanced) and canonical(write(saved)) == canonical(logic):
            return saved
    problems = problems or [Problem(prefix, "not_the_same", "Say this in another way: it would be saved differently")]
    raise AnswersRejected("Finish the condition", problems=problems)


@dataclass
class _Finishing:
    """Gathers what is missing; a clause that is not finished stands in as one that is never true."""

    names: Names
    problems: list[Problem] = field(default_factory=list)

    def add(self, at: str, box: str, message: str) -> None:
        self.problems.append(Problem(f"{at}/{box}", "required", message))

    def rule(self, draft: Draft, kind: str, at: str) -> tree.Rule:
        if draft.kind == "cases":
            return self.cases(draft, kind, at)
        return self.condition(draft, at) if kind == "boolean" else self.value(draft, kind, at)

    def condition(self, draft: Draft, at: str) -> tree.Condition:
        match draft.kind:
            case "group":
                return self.group(draft, at)
            case "test":
                return self.test(draft, at)
            case "rows":
                return self.rows(draft, at)
            case "fixed":
                return self.fixed(draft, at)
            case "cases":
                return self.cases(draft, "boolean", at)
        self.add(at, "kind", "Choose what kind of clause this is")
        return _MISSING

    def fixed(self, draft: Draft, at: str) -> tree.Condition:
        if draft.box("holds") not in ("yes", "no"):
            self.add(at, "holds", "Choose always or never")
        return tree.Fixed(draft.box("holds") == "yes")

    def group(self, draft: Draft, at: str) -> tree.Condition:
        join = draft.box("join")
        if join not in tree.JOINS:
            self.add(at, "join", "Choose whether all or any of these must hold")
        if not draft.parts:
            self.add(at, "join", "Add a clause to this group, or remove the group")
        if join.endswith("unknown") and len(draft.parts) != 1:
            self.add(at, "join", "Put the clauses into one group: one thing at a time is known or not")
        return tree.Group(join, self.clauses(draft, at))

    def clauses(self, draft: Draft, at: str) -> tuple[tree.Condition, ...]:
        return tuple(self.condition(part, f"{at}.{place}") for place, part in enumerate(draft.parts, start=1))

    def rows(self, draft: Draft, at: str) -> tree.Condition:
        if draft.box("quantifier") not in tree.QUANTIFIERS:
            self.add(at, "quantifier", "Choose any, every or none of them")
        of = self.path(draft, "of", at)
        inside = _Finishing(self.names.within(of.path), self.problems)
        if not 1 <= len(draft.parts) <= 2:
            self.add(at, "of", "Add the test that each of them is put to")
            return _MISSING
        where = inside.condition(draft.parts[0], f"{at}.1")
        if len(draft.parts) == 1:
            return tree.Rows(draft.box("quantifier"), of, where)
        chosen = tree.Chosen(of, inside.condition(draft.parts[1], f"{at}.2"))
        return tree.Rows(draft.box("quantifier"), chosen, where)

    def cases(self, draft: Draft, kind: str, at: str) -> tree.Cases:
        *parts, last = draft.parts or (Draft("value"),)
        found = []
        for place, part in enumerate(parts, start=1):
            here = f"{at}.{place}"
            if part.kind != "case" or len(part.parts) != 2:
                self.add(here, "kind", "Say when this case holds, and what then")
                continue
            when = self.condition(part.parts[0], f"{here}.1")
            found.append(tree.Case(when, self.rule(part.parts[1], kind, f"{here}.2")))
        if not found:
            self.add(at, "kind", "Add a case")
        return tree.Cases(tuple(found), self.rule(last, kind, f"{at}.{len(draft.parts) or 1}"))

    def value(self, draft: Draft, kind: str, at: str) -> tree.Value:
        if draft.kind != "value":
            self.add(at, "kind", "Choose a value here, or something that has one")
        elif draft.box("subject"):
            return self.subject(draft, at)
        else:
            return self.literal(draft, kind, at, several=kind == "list")
        return tree.Literal(None)

    def test(self, draft: Draft, at: str) -> tree.Condition:
        subject = self.subject(draft, at)
        operator = OPERATORS.get(draft.box("operator"))
        if operator is None:
            self.add(at, "operator", "Choose how to compare")
            return _MISSING
        if operator.takes == "nothing":
            return tree.Test(subject, operator.code)
        if draft.box("with"):
            return tree.Test(subject, operator.code, self.path(draft, "with", at))
        kind = subject_kind(subject, self.names)
        value = self.literal(draft, kind, at, several=operator.takes == "several")
        return tree.Test(subject, operator.code, value)

    def subject(self, draft: Draft, at: str) -> tree.Subject:
        code = draft.box("subject")
        measure = code.removeprefix("*")
        if code.startswith("*") and measure in tree.MEASURES:
            return tree.Span(measure, self.moment(draft, "since", at), self.moment(draft, "until", at))
        if code == "*count":
            if not draft.parts:
                self.add(at, "subject", "Add the clauses to count")
            return tree.Count(self.clauses(draft, at))
        if code in ("*how_many", "*those"):
            return self.of_list(draft, at)
        return self.path(draft, "subject", at)

    def of_list(self, draft: Draft, at: str) -> tree.Subject:
        of = self.path(draft, "of", at)
        many = draft.box("subject") == "*how_many"
        if len(draft.parts) == 1:
            inside = _Finishing(self.names.within(of.path), self.problems)
            chosen = tree.Chosen(of, inside.condition(draft.parts[0], f"{at}.1"))
            return tree.HowMany(chosen) if many else chosen
        if draft.parts or not many:
            self.add(at, "of", "Say in one clause which of them are meant; put several into a group")
        return tree.HowMany(of)

    def moment(self, draft: Draft, box: str, at: str) -> tree.Named | tree.Literal:
        day = draft.box(box)
        return tree.Literal(day) if is_day(day) else self.path(draft, box, at)

    def path(self, draft: Draft, box: str, at: str) -> tree.Named:
        path = draft.box(box)
        if path == EACH:
            return tree.Named("")
        if not PATH.fullmatch(path):
            self.add(at, box, _CHOOSE[box])
        return tree.Named(path)

    def literal(self, draft: Draft, kind: str, at: str, *, several: bool) -> tree.Literal:
        sort = draft.box("type") or type_for(kind)
        texts = [text for text in draft.boxes.get("value", ()) if text.strip()]
        try:
            if several and sort != "nothing":
                return tree.Literal(_several(texts, sort))
            return tree.Literal(_one(texts, sort))
        except ValueError as wrong:
            self.add(at, "value", str(wrong))
            return tree.Literal(None)


def _several(texts: Sequence[str], sort: str) -> tuple[object, ...]:
    if not texts:
        raise ValueError("Choose at least one")
    return tuple(typed(text, sort) for text in texts)


def _one(texts: Sequence[str], sort: str) -> object:
    if len(texts) > 1:
        raise ValueError("Choose just one, or an operator that takes several")
    return typed("".join(texts), sort)


_CHOOSE = {
    "subject": "Choose what to test",
    "since": "Choose the earlier date: for an age, the date of birth",
    "until": "Choose the later date: for an age, the day on which it is measured",
    "of": "Choose the list to go through",
    "with": "Choose what to compare with",
}
