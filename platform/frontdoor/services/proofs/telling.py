"""Tells a finding as a sentence about a family, in English and Welsh, with the labels of questions and facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdoor.domain.forms import answer_words
from frontdoor.domain.forms.questions import DATE_WIDGETS, Form, Question
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.prepare import Finding
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.symbolic.families import Told
from frontdoor.domain.rules.table import Decision, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE
from frontdoor.domain.text import Text, say
from frontdoor.services.proofs.findings import CLASH, CONTRADICTORY, DEAD, DIFFERENCE, GAP

Json = Any
LANGUAGES = ("en", "cy")
_SENTENCES: Mapping[str, Text] = {
    CONTRADICTORY: {
        "en": "“{row}” can never be true: no family meets all of it.",
        "cy": "Ni all “{row}” fod yn wir byth: nid oes yr un teulu yn bodloni'r cyfan.",
    },
    DEAD: {
        "en": "“{row}” never decides: whoever it is true of comes under {rows} first.",
        "cy": "Nid yw “{row}” byth yn penderfynu: mae pawb y mae'n wir amdanynt yn dod o dan {rows} yn gyntaf.",
    },
    "example": {
        "en": " For example, {family}: “{row}” is true, and the decision is {now}.",
        "cy": " Er enghraifft, {family}: mae “{row}” yn wir, a'r penderfyniad yw {now}.",
    },
    GAP: {
        "en": "{Family} goes to “Otherwise”: {now}.",
        "cy": "Mae {family} yn mynd i “Fel arall”: {now}.",
    },
    "possible gap": {
        "en": "Some family may go to “Otherwise”: part of the rules is outside what can be proved.",
        "cy": "Gall rhyw deulu fynd i “Fel arall”: mae rhan o'r rheolau y tu hwnt i'r hyn y gellir ei brofi.",
    },
    CLASH: {
        "en": "{rows} contradict each other: {family} meets both.",
        "cy": "Mae {rows} yn gwrth-ddweud ei gilydd: mae {family} yn bodloni'r ddau.",
    },
    "possible clash": {
        "en": "{rows} may contradict each other: part of them is outside what can be proved.",
        "cy": "Gall {rows} wrth-ddweud ei gilydd: mae rhan ohonynt y tu hwnt i'r hyn y gellir ei brofi.",
    },
    DIFFERENCE: {
        "en": "{Family} was {was} and would be {now}.",
        "cy": "{was} oedd y penderfyniad ar gyfer {family}; {now} fyddai'r penderfyniad newydd.",
    },
    "possible difference": {
        "en": "Some family that was {was} may be {now}: part of the rules is outside what can be proved.",
        "cy": "Gall rhyw deulu a oedd yn {was} fod yn {now}: mae rhan o'r rheolau y tu hwnt i'r hyn y gellir ei brofi.",
    },
}
_FAMILY: Text = {"en": "a family where {items}", "cy": "teulu lle mae {items}"}
_ANY: Text = {"en": "any family", "cy": "unrhyw deulu"}
_ITEM: Text = {"en": "“{name}” is {value}", "cy": "“{name}” yn {value}"}
_OPEN: Text = {"en": "“{name}” is not known", "cy": "“{name}” ddim yn hysbys"}
_ROWS: Text = {"en": "“{name}” has {count} ({rows})", "cy": "gan “{name}” {count} ({rows})"}
_NO_ROWS: Text = {"en": "“{name}” has none", "cy": "gan “{name}” ddim"}
_SENT: Text = {"en": "“{name}” was sent", "cy": "“{name}” wedi'i anfon"}
_NO_MORE: Text = {"en": "nothing more said", "cy": "dim byd arall wedi'i ddweud"}
_NOT_DECIDED: Text = {"en": "“Cannot be decided”", "cy": "“Ni ellir penderfynu”"}
_AND: Text = {"en": " and ", "cy": " ac "}


@dataclass(frozen=True)
class Saying:
    """What a sentence is about: row ids, a family, places that must stay unknown, decisions `was` and `now`."""

    rows: Sequence[str] = ()
    family: Told | None = None
    unknown: Sequence[tuple[str, ...]] = ()
    decisions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Teller:
    """Tells findings of one table with the words of its rules and forms."""

    rules: Rules
    forms: Mapping[str, Form]
    decision: Decision

    def told(self, kind: str, saying: Saying) -> Text:
        """Return the sentence of a finding."""
        return {language: self._told(kind, saying, language) for language in LANGUAGES}

    def _told(self, kind: str, saying: Saying, language: str) -> str:
        rows, family = saying.rows, saying.family
        words = self.family(family, saying.unknown, language) if family is not None else ""
        named = [f"“{self._row(row, language)}”" for row in rows]
        parts = {
            "row": self._row(rows[0], language) if rows else "",
            "rows": say(_AND, language).join(named[1:] if kind == DEAD else named),
            "family": words,
            "Family": words[:1].upper() + words[1:],
            **{key: self._outcome(code, language) for key, code in saying.decisions.items()},
        }
        sentence = _filled(say(_SENTENCES[kind], language), parts)
        if kind == DEAD and family is not None:
            sentence += _filled(say(_SENTENCES["example"], language), parts)
        return sentence

    def _row(self, row_id: str, language: str) -> str:
        row = next((row for row in self.decision.rows if row.id == row_id), None)
        return say(row.label, language) if row and row.label else row_id

    def _outcome(self, code: str, language: str) -> str:
        outcome = self.decision.outcome(code)
        if outcome is None:
            return say(_NOT_DECIDED, language) if code == CANNOT_DECIDE else f"`{code}`"
        return f"“{say(outcome.label, language)}”"

    def family(self, family: Told, unknown: Sequence[tuple[str, ...]], language: str) -> str:
        """Return a family in words: only what is said of it, and what must stay unknown."""
        items = [*self._answers(family, unknown, language), *self._besides(family, language)]
        blank = [self.forms[each[0]].questions[each[1]] for each in unknown if len(each) == 2]
        items += [_not_known(question, language) for question in blank]
        if not items:
            return say(_ANY, language)
        joined = ", ".join(items[:-1]) + say(_AND, language) + items[-1] if len(items) > 1 else items[0]
        return say(_FAMILY, language).replace("{items}", joined)

    def _answers(self, family: Told, unknown: Sequence[tuple[str, ...]], language: str) -> Iterator[str]:
        for form, answers in family.answers.items():
            for name, value in answers.items():
                open_here = [each[2:] for each in unknown if each[:2] == (form, name)]
                yield self._answer(self.forms[form].questions[name], value, open_here, language)
            if not answers:
                yield say(_SENT, language).replace("{name}", say(self.forms[form].title, language))

    def _besides(self, family: Told, language: str) -> Iterator[str]:
        """Yield what sources, the platform and earlier decisions say."""
        for (fact_id, row), value in family.evidence.items():
            fact = self.rules.facts[fact_id]
            name = (say(fact.label, language) or fact_id) + (f" ({row})" if row else "")
            yield _item(name, printed(_finding(value), fact, language), language)
        for path, value in family.platform.items():
            listed = platform_value(path)
            name = say(listed.label, language) if listed else path
            yield _item(name, _plain(_finding(value), language), language)
        for code, result in family.decisions.items():
            yield _item(code, f"`{result}`", language)

    def _answer(self, question: Question, value: Json, unknown: Sequence[tuple[str, ...]], language: str) -> str:
        name = say(question.label, language) or question.id
        if question.widget != "group":
            return _item(name, _value(question, value, language), language)
        told = [
            self._group_row(question, row, [key for of, key in unknown if of == row["id"]], language) for row in value
        ]
        rows = "; ".join(told)
        count = say(_ROWS if rows else _NO_ROWS, language)
        return _filled(count, {"name": name, "count": str(len(value)), "rows": rows})

    def _group_row(self, group: Question, row: Mapping[str, Json], unknown: Sequence[str], language: str) -> str:
        told = [
            _item(say(group.questions[key].label, language), _value(group.questions[key], value, language), language)
            for key, value in row.items()
            if key in group.questions
        ]
        told += [_not_known(group.questions[key], language) for key in unknown if key in group.questions]
        return say(_AND, language).join(told) or say(_NO_MORE, language)


def _not_known(question: Question, language: str) -> str:
    return say(_OPEN, language).replace("{name}", say(question.label, language))


def _finding(value: Json) -> Finding:
    return Finding(value) if value is not None else Finding(none=True)


def _item(name: str, value: str, language: str) -> str:
    return _filled(say(_ITEM, language), {"name": name, "value": value})


def _plain(finding: Finding, language: str) -> str:
    if isinstance(finding.value, dict):
        return ", ".join(f"{code} {number}" for code, number in finding.value.items())
    return printed(finding, None, language)


def _value(question: Question, value: Json, language: str) -> str:
    if isinstance(value, list):
        return ", ".join(_value(question, each, language) for each in value)
    option = question.option(value)
    if option is not None:
        return f"“{say(option.label, language)}”"
    if question.parts:
        return "; ".join(_value(part, value[name], language) for name, part in question.parts.items() if name in value)
    if question.widget in DATE_WIDGETS:
        return answer_words.day(question, value, language)
    if question.widget in ("money", "percentage"):
        return answer_words.number(question, value, language)
    return printed(Finding(value), None, language)


def _filled(sentence: str, parts: Mapping[str, str]) -> str:
    """Put parts into a sentence in one pass, so that a label with braces stays as it is."""
    pieces = sentence.split("{")
    told = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        told.append(parts.get(name, "") + rest)
    return "".join(told)
