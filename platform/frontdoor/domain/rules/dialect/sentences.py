"""A condition or value as one sentence, with labels for ids, whoever the family is: for tables and differences."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from frontdoor.domain.rules.dialect import phrases, tree
from frontdoor.domain.rules.dialect.check import list_path, subject_kind
from frontdoor.domain.rules.dialect.names import Choice, Names
from frontdoor.domain.text import Text, say
from frontdoor.domain.typed import shown

_NESTED = (tree.Group, tree.Cases, tree.Rows)
_MARK = "\x00"


def sentence(rule: tree.Rule | tree.Advanced, names: Names, language: str = "en") -> str:
    """Return the rule in words, beginning with a capital letter; a parameter with what it is set to in brackets."""
    words = _Saying(names, language).rule(rule)
    return words[:1].upper() + words[1:]


def plain_value(value: Any, language: str = "en", choice: Choice | None = None, *, quoted: bool = False) -> str:
    """Return one value in words: the label of a code where it is known, several with commas between."""
    if isinstance(value, tuple | list):
        return ", ".join(plain_value(one, language, choice, quoted=quoted) for one in value)
    if value is None:
        return say(phrases.NOTHING, language)
    if isinstance(value, bool):
        return say(phrases.YES if value else phrases.NO, language)
    label = say(choice.options.get(value) if choice else None, language)
    return f"“{label}”" if label and quoted else label or shown(value)


@dataclass(frozen=True)
class _Saying:
    names: Names
    language: str

    def say(self, phrase: Text, *parts: str) -> str:
        """Put the parts into the phrase in one pass, so that a label with braces stays as it is."""
        words = say(phrase, self.language)
        for place in range(len(parts)):
            words = words.replace(f"{{{place}}}", f"{_MARK}{place}{_MARK}")
        pieces = words.split(_MARK)
        return "".join(parts[int(piece)] if at % 2 else piece for at, piece in enumerate(pieces))

    def rule(self, rule: tree.Rule | tree.Advanced) -> str:
        match rule:
            case tree.Advanced(logic):
                read = sorted(set(_named(logic)))
                return self.say(
                    phrases.ADVANCED, ", ".join(map(self.name, read)) or say(phrases.NOTHING, self.language)
                )
            case tree.Cases():
                return self.cases(rule)
            case tree.Literal(value):
                return plain_value(value, self.language)
            case tree.Group() | tree.Rows() | tree.Fixed() | tree.Test():
                return self.condition(rule)
            case _:
                return self.subject(rule)

    def condition(self, clause: tree.Group | tree.Rows | tree.Fixed | tree.Test) -> str:
        match clause:
            case tree.Group(join, clauses):
                parts = [self.inner(each, alone=len(clauses) == 1) for each in clauses]
                joined = say(phrases.OR if join.endswith("any") else phrases.AND, self.language).join(parts)
                return self.say(phrases.AROUND[join], joined) if join in phrases.AROUND else joined
            case tree.Rows(quantifier, of, where):
                inside = _Saying(self.names.within(list_path(of)), self.language)
                return self.say(phrases.ROWS[quantifier], self.subject(of), inside.rule(where))
            case tree.Fixed(holds):
                return self.say(phrases.ALWAYS if holds else phrases.NEVER)
            case _:
                return self.test(clause)

    def inner(self, rule: tree.Rule, *, alone: bool = False) -> str:
        words = self.rule(rule)
        return f"({words})" if isinstance(rule, _NESTED) and not alone else words

    def cases(self, rule: tree.Cases) -> str:
        told = [
            self.say(phrases.CASE, self.rule(case.when),
                     self.say(phrases.NOT_KNOWN) if tree.stays_unknown(case) else self.inner(case.then))
            for case in rule.cases
        ]  # fmt: skip
        return "; ".join([*told, self.say(phrases.OTHERWISE, self.inner(rule.otherwise))])

    def test(self, test: tree.Test) -> str:
        kind = subject_kind(test.subject, self.names)
        phrase = phrases.TESTS[test.operator]
        if kind in ("date", "time"):
            phrase = phrases.OF_DATES.get(test.operator, phrase)
        return self.say(phrase, self.subject(test.subject), self.value(test))

    def value(self, test: tree.Test) -> str:
        if isinstance(test.value, tree.Named):
            return self.name(test.value.path)
        choice = self.names.find(test.subject.path) if isinstance(test.subject, tree.Named) else None
        return plain_value(test.value.value, self.language, choice, quoted=True) if test.value else ""

    def subject(self, subject: tree.Subject) -> str:
        match subject:
            case tree.Named(path):
                return self.name(path)
            case tree.Span(measure, since, until):
                return self.say(phrases.SPANS[measure], self.moment(since), self.moment(until))
            case tree.Count(clauses):
                return self.say(phrases.COUNT, "; ".join(map(self.rule, clauses)))
            case tree.HowMany(of):
                return self.say(phrases.HOW_MANY, self.subject(of))
            case _:
                inside = _Saying(self.names.within(subject.of.path), self.language)
                return self.say(phrases.THOSE, self.name(subject.of.path), inside.rule(subject.where))

    def moment(self, moment: tree.Named | tree.Literal) -> str:
        return self.name(moment.path) if isinstance(moment, tree.Named) else str(moment.value)

    def name(self, path: str) -> str:
        found = self.names.find(path)
        if found is None:
            return path.rpartition(".")[2].replace("_", " ") or path
        label = say(found.label, self.language)
        if found.value is None:
            return f"“{label}”"
        unit = say(found.unit, self.language)
        value = plain_value(found.value, self.language, found)
        return f"“{label}” ({value}{' ' if unit and not unit.startswith('%') else ''}{unit})"


def _named(logic: Any) -> Iterator[str]:
    """Yield every name that stored logic reads, as far as it spells them out."""
    waiting = [logic]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            path = value.get("var")
            path = path[0] if isinstance(path, list) and path else path
            if isinstance(path, str) and path:
                yield path
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
