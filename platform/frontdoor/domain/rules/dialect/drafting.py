"""From a condition to the draft that its form shows. `finishing.finish` undoes it."""

from frontdoor.domain.rules.dialect import tree
from frontdoor.domain.rules.dialect.check import list_path, subject_kind
from frontdoor.domain.rules.dialect.drafts import Draft
from frontdoor.domain.rules.dialect.names import Names
from frontdoor.domain.rules.dialect.offers import EACH
from frontdoor.domain.typed import shown, type_for, type_of


def draft(rule: tree.Rule, names: Names, kind: str = "boolean") -> Draft:
    """Return the draft of a condition, or of a fact's value when `kind` is another; the form shows it."""
    match rule:
        case tree.Group(join, clauses):
            return Draft("group", {"join": (join,)}, tuple(draft(clause, names) for clause in clauses))
        case tree.Fixed(holds):
            return Draft("fixed", {"holds": (shown(holds),)})
        case tree.Test():
            return _test(rule, names)
        case tree.Rows(quantifier, of, where):
            boxes = {"quantifier": (quantifier,), "of": (_path(list_path(of)),)}
            return Draft("rows", boxes, _in_list(of, names, where))
        case tree.Cases(cases, otherwise):
            found = [Draft("case", {}, (draft(case.when, names), draft(case.then, names, kind))) for case in cases]
            return Draft("cases", {}, (*found, draft(otherwise, names, kind)))
        case tree.Literal():
            return Draft("value", _literal(rule, kind))
        case _:
            return Draft("value", *_subject(rule, names))


def _test(test: tree.Test, names: Names) -> Draft:
    boxes, parts = _subject(test.subject, names)
    boxes["operator"] = (test.operator,)
    if isinstance(test.value, tree.Named):
        boxes["with"] = (_path(test.value.path),)
    elif test.value is not None:
        boxes |= _literal(test.value, subject_kind(test.subject, names))
    return Draft("test", boxes, parts)


def _subject(subject: tree.Subject, names: Names) -> tuple[dict[str, tuple[str, ...]], tuple[Draft, ...]]:
    match subject:
        case tree.Named(path):
            return {"subject": (_path(path),)}, ()
        case tree.Span(measure, since, until):
            return {"subject": (f"*{measure}",), "since": (_moment(since),), "until": (_moment(until),)}, ()
        case tree.Count(clauses):
            return {"subject": ("*count",)}, tuple(draft(clause, names) for clause in clauses)
        case tree.HowMany(of):
            return {"subject": ("*how_many",), "of": (_path(list_path(of)),)}, _in_list(of, names)
        case _:
            return {"subject": ("*those",), "of": (_path(subject.of.path),)}, _in_list(subject, names)


def _in_list(of: tree.Named | tree.Chosen, names: Names, *where: tree.Condition) -> tuple[Draft, ...]:
    """Return the clauses about each of a list: the test, if any, and which of them are meant."""
    clauses = (*where, of.where) if isinstance(of, tree.Chosen) else where
    return tuple(draft(clause, names.within(list_path(of))) for clause in clauses)


def _literal(literal: tree.Literal, kind: str) -> dict[str, tuple[str, ...]]:
    values = literal.value if isinstance(literal.value, tuple) else (literal.value,)
    sort = type_of(values[0])
    boxes = {} if sort == "nothing" else {"value": tuple(shown(value) for value in values)}
    return boxes if sort == type_for(kind) else {**boxes, "type": (sort,)}


def _moment(moment: tree.Named | tree.Literal) -> str:
    return str(moment.value) if isinstance(moment, tree.Literal) else _path(moment.path)


def _path(path: str) -> str:
    return path or EACH
