"""What is still to be put right in a condition, each thing at its clause: `c.1.2/subject`.

A problem's `where` is the clause's address as the form's fields have it, a slash, and the box.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdoor.domain.errors import Problem
from frontdoor.domain.forms.times import is_time, stored
from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.names import Choice, Names
from frontdoor.domain.rules.dialect.operators import OPERATORS, operator_words, suits

_LISTS = frozenset({"list", "rows", "any"})


def check(rule: tree.Rule, names: Names, kind: str = "boolean", at: str = "c") -> list[Problem]:
    """Return every problem of a condition, or of a value that ought to be of `kind`; empty when it may be saved."""
    return list(_Walk(names).rule(rule, kind, at))


def subject_kind(subject: tree.Subject, names: Names) -> str:
    """Return of what kind a subject is."""
    match subject:
        case tree.Named(path):
            return names.kind(path)
        case tree.Chosen(of, _):
            return names.kind(of.path)
        case _:
            return "number"


def list_path(of: tree.Named | tree.Chosen) -> str:
    """Return the path of the list that is gone through, chosen from or not."""
    return of.path if isinstance(of, tree.Named) else of.of.path


@dataclass(frozen=True)
class _Walk:
    names: Names

    def rule(self, rule: tree.Rule, kind: str, at: str) -> Iterator[Problem]:
        match rule:
            case tree.Cases():
                yield from self.cases(rule, kind, at)
            case tree.Group(_, clauses):
                yield from self.clauses(clauses, at)
            case tree.Rows(_, of, where):
                yield from self.each(of, where, at)
            case tree.Test():
                yield from self.test(rule, at)
            case tree.Literal(value):
                yield from _alone(value, kind, f"{at}/value") or _fits(value, kind, None, f"{at}/value")
            case tree.Fixed():
                return
            case _:
                yield from self.subject(rule, at)
                if not _alike(subject_kind(rule, self.names), kind):
                    words = "This is of another kind than the fact: choose something else, or change the fact's type"
                    yield Problem(f"{at}/subject", "wrong_kind", words)

    def cases(self, rule: tree.Cases, kind: str, at: str) -> Iterator[Problem]:
        for place, case in enumerate(rule.cases, start=1):
            yield from self.rule(case.when, "boolean", f"{at}.{place}.1")
            if not tree.stays_unknown(case):
                yield from self.rule(case.then, kind, f"{at}.{place}.2")
        yield from self.rule(rule.otherwise, kind, f"{at}.{len(rule.cases) + 1}")

    def clauses(self, clauses: tuple[tree.Condition, ...], at: str) -> Iterator[Problem]:
        for place, clause in enumerate(clauses, start=1):
            yield from self.rule(clause, "boolean", f"{at}.{place}")

    def each(self, of: tree.Named | tree.Chosen, where: tree.Condition, at: str) -> Iterator[Problem]:
        yield from self.listed(list_path(of), at)
        inside = _Walk(self.names.within(list_path(of)))
        yield from inside.rule(where, "boolean", f"{at}.1")
        if isinstance(of, tree.Chosen):
            yield from inside.rule(of.where, "boolean", f"{at}.2")

    def test(self, test: tree.Test, at: str) -> Iterator[Problem]:
        yield from self.subject(test.subject, at)
        kind = subject_kind(test.subject, self.names)
        if not suits(test.operator, kind):
            words = f"“{operator_words(test.operator)['en']}” does not suit this: choose another operator"
            yield Problem(f"{at}/operator", "wrong_operator", words)
        elif OPERATORS[test.operator].takes != "nothing":
            yield from self.value(test, kind, at)

    def value(self, test: tree.Test, kind: str, at: str) -> Iterator[Problem]:
        takes = OPERATORS[test.operator].takes
        if test.value is None:
            yield Problem(f"{at}/value", "required", "Enter a value, or choose what to compare with")
        elif isinstance(test.value, tree.Named):
            yield from self.compared(test.value, kind, takes, at)
        else:
            of = "string" if kind == "list" and takes == "part" else kind
            yield from _fits(test.value.value, of, self._choice(test.subject), f"{at}/value")

    def compared(self, value: tree.Named, kind: str, takes: str, at: str) -> Iterator[Problem]:
        if takes == "part":
            words = "Turn it round: choose the one thing first, then “is one of”, then the list"
            yield Problem(f"{at}/with", "turn_round", words)
            return
        yield from self.named(value.path, f"{at}/with")
        other = self.names.kind(value.path)
        if other not in _LISTS if takes == "several" else not _alike(other, kind):
            words = "Choose a list here" if takes == "several" else "Compare it with something of the same kind"
            yield Problem(f"{at}/with", "wrong_kind", words)

    def subject(self, subject: tree.Subject, at: str) -> Iterator[Problem]:
        match subject:
            case tree.Named(path):
                yield from self.named(path, f"{at}/subject")
            case tree.Span(_, since, until):
                yield from self.moment(since, f"{at}/since")
                yield from self.moment(until, f"{at}/until")
            case tree.Count(clauses):
                yield from self.clauses(clauses, at)
            case tree.HowMany(of):
                yield from self.counted(of, at)
            case _:
                yield from self.counted(subject, at)

    def counted(self, of: tree.Named | tree.Chosen, at: str) -> Iterator[Problem]:
        yield from self.listed(list_path(of), at)
        if isinstance(of, tree.Chosen):
            inside = _Walk(self.names.within(of.of.path))
            yield from inside.rule(of.where, "boolean", f"{at}.1")

    def moment(self, moment: tree.Named | tree.Literal, where: str) -> Iterator[Problem]:
        if isinstance(moment, tree.Named):
            yield from self.named(moment.path, where)
            if not _alike(self.names.kind(moment.path), "date"):
                yield Problem(where, "wrong_kind", "Choose a date")

    def listed(self, path: str, at: str) -> Iterator[Problem]:
        yield from self.named(path, f"{at}/of")
        if self.names.kind(path) not in _LISTS:
            yield Problem(f"{at}/of", "wrong_kind", "Choose a question that may have several answers or rows")

    def named(self, path: str, where: str) -> Iterator[Problem]:
        if self.names.find(path) is None:
            near = self.names.nearest(path)
            meant = f": did you mean `{near}`?" if near else ": choose one of those offered"
            reach = " on the rows of a list" if self.names.inside is not None else ""
            yield Problem(where, "unknown_name", f"There is no `{path[:80]}` for a test{reach}{meant}")

    def _choice(self, subject: tree.Subject) -> Choice | None:
        return self.names.find(subject.path) if isinstance(subject, tree.Named) else None


def _alike(kind: str, other: str) -> bool:
    return kind == other or "any" in (kind, other) or {kind, other} <= _LISTS or {kind, other} == {"time", "string"}


def _alone(value: object, kind: str, where: str) -> list[Problem]:
    """Return the problem of several values where a fact has one."""
    several = isinstance(value, tuple) and kind not in _LISTS
    return [Problem(where, "wrong_kind", "Choose just one")] if several else []


def _fits(value: object, kind: str, choice: Choice | None, where: str) -> Iterator[Problem]:
    values = value if isinstance(value, tuple) else (value,)
    for one in values:
        if one is not None and not _is_of(one, kind, alone=not isinstance(value, tuple)):
            yield Problem(where, "wrong_kind", _WANTED.get(kind, "Enter another value"))
            return
    if choice and choice.options and any(one not in choice.options for one in values if one is not None):
        yield Problem(where, "unknown_option", "This is none of the answers: choose one of those offered")


def _is_of(value: object, kind: str, *, alone: bool) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "string" | "date":
            return isinstance(value, str)
        case "time":
            return isinstance(value, str) and is_time(value) and value == stored(value)
        case "list" | "rows":
            return not alone
        case _:
            return True


_WANTED = {
    "boolean": "Choose yes or no",
    "number": "Enter a number, like 2",
    "string": "Enter some words, or choose an answer",
    "date": "Enter a date, like 2026-11-23",
    "time": "Enter a time in 24 hours, like 15:30",
}
