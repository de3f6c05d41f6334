"""The parts of a condition in words: what is compared, what is known of it, what it is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from frontdoor.domain.errors import DocumentRejected, RuleFailed
from frontdoor.domain.rules.allowed import arguments
from frontdoor.domain.rules.platform_values import platform_value
from frontdoor.domain.rules.prepare import UNKNOWN, Finding, place
from frontdoor.domain.rules.printing import printed
from frontdoor.domain.rules.receipt import Receipt, UsedFact
from frontdoor.domain.rules.scopes import names
from frontdoor.domain.rules.table import Fact, Rules, fact_name
from frontdoor.domain.rules.walk import ERROR
from frontdoor.domain.text import Text, say

# What is worked out, by its operator.
_WORKED_OUT: Mapping[str, Text] = {
    "-": {"en": "{0} less {1}", "cy": "{0} llai {1}"},
    "*": {"en": "{0} times {1}", "cy": "{0} gwaith {1}"},
    "/": {"en": "{0} divided by {1}", "cy": "{0} wedi'i rannu â {1}"},
    "age_on": {"en": "Age on {1} of whoever was born on {0}", "cy": "Oedran ar {1} y sawl a anwyd ar {0}"},
    "months_between": {"en": "Months from {0} to {1}", "cy": "Misoedd o {0} i {1}"},
    "days_between": {"en": "Days from {0} to {1}", "cy": "Dyddiau o {0} i {1}"},
    "working_days_between": {"en": "Working days from {0} to {1}", "cy": "Diwrnodau gwaith o {0} i {1}"},
}
_JOINED: Mapping[str, Text] = {
    "+": {"en": " plus ", "cy": " plws "},
    "min": {"en": " or, if less, ", "cy": " neu, os yw'n llai, "},
    "max": {"en": " or, if more, ", "cy": " neu, os yw'n fwy, "},
}
_FROM: Text = {"en": "What follows from {0}", "cy": "Yr hyn sy'n dilyn o {0}"}
_NO_VALUE: Text = {"en": "nothing", "cy": "dim byd"}


@dataclass(frozen=True)
class Telling:
    """One receipt told in one language, by the rules that it was decided by.

    `over` and `row`: the logic told is that of a fact over a group, for the row of this id. `questions` are what the
    questions are called, by the path of their answers.
    """

    rules: Rules
    receipt: Receipt
    language: str
    over: str = ""
    row: str = ""
    questions: Mapping[str, Text] = field(default_factory=dict)

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the logic read then: the receipt's situation with its facts, as they were known, in their places."""
        data = self.receipt.situation.fresh()
        for key, used in self.receipt.facts.items():
            fact = self.rules.facts.get(key)
            if fact is not None and fact.of_row:
                _place_rows(data, fact, used)
            else:
                place(data["facts"], key, used.finding)
        if self.row:
            data["row"] = next((row for row in _rows(data, self.over) if row.get("id") == self.row), {})
        return data

    def truth(self, logic: Any) -> str:
        """Return whether a part of a condition is `true`, `false` or `unknown`; `error` where it has no result."""
        try:
            return self.rules.condition(logic, self.over)(self.data)
        except (RuleFailed, DocumentRejected):
            return ERROR

    def subject(self, logic: Any) -> str:
        """Return what a value is called, without what is known of it."""
        path = path_of(logic)
        if path:
            return self._label(path)
        if not is_operation(logic):
            return self.wanted(logic)
        operator, values = arguments(logic)
        if operator in _JOINED:
            return say(_JOINED[operator], self.language).join(map(self.inside, values))
        if operator in _WORKED_OUT:
            return filled(say(_WORKED_OUT[operator], self.language), [self.inside(each) for each in values])
        read = dict.fromkeys(self.inside({"var": path}) for path in sorted(names(logic)))
        return filled(say(_FROM, self.language), [", ".join(read) or operator])

    def inside(self, logic: Any) -> str:
        """Return a value as part of something larger: its name with what is known of it, or the value alone."""
        if is_steady(logic) or not is_operation(logic):
            return self.wanted(logic)
        return f"{self.subject(logic)} ({self.found(logic)})"

    def found(self, logic: Any) -> str:
        """Return what is known of a value."""
        return printed(self._finding(logic), self.fact(logic), self.language)

    def wanted(self, logic: Any, of: Fact | None = None) -> str:
        """Return what a value is compared with: a literal, a parameter with its unit, a date, or another value.

        Codes are called as the fact `of` calls them.
        """
        if is_operation(logic) and not is_steady(logic):
            return self.inside(logic)
        path = path_of(logic)
        if path == "as_of":
            return self._printed(self.receipt.as_of, None)
        value = self.receipt.parameters.get(path.split(".")[1]) if path else logic
        words = self._printed(value, of)
        unit = self._unit(path) if value != 1 else ""  # "at least 1", never "1 criteria"
        return f"{words}{'' if unit.startswith('%') else ' '}{unit}" if unit else words

    def fact(self, logic: Any) -> Fact | None:
        """Return the fact that a value is, if it is one."""
        path = path_of(logic)
        if path.startswith("row."):
            found = self.rules.facts.get(path.split(".")[1])
            return found if found is not None and found.of_row and found.over == self.over else None
        return self.rules.facts.get(path.split(".")[1]) if path.startswith("facts.") else None

    def _printed(self, value: Any, fact: Fact | None) -> str:
        if value is None:
            return say(_NO_VALUE, self.language)
        return printed(Finding(value), fact, self.language)

    def _unit(self, path: str) -> str:
        parameter = self.rules.parameters.get(path.split(".")[1]) if path.startswith("parameters.") else None
        return say(parameter.unit, self.language) if parameter else ""

    def _finding(self, logic: Any) -> Finding:
        path = path_of(logic)
        if path.startswith("facts.") and path.split(".")[1] in self.receipt.facts:
            return self.receipt.facts[path.split(".")[1]].finding
        try:
            return self.rules.value(logic, self.over)(self.data)
        except (RuleFailed, DocumentRejected):
            return UNKNOWN

    def _label(self, path: str) -> str:
        root, _, rest = path.partition(".")
        used = self.receipt.facts.get(rest.partition(".")[0]) if root == "facts" else None
        if used is not None:
            return say(used.label, self.language)
        if root == "decisions":
            table = self.rules.decisions.get(rest.partition(".")[0])
            return say(table.title, self.language) if table else rest
        fact = self.fact({"var": path}) if root == "row" else None
        asked = self.questions.get(f"{self.over}.{rest}" if root == "row" else path)
        if fact is not None or asked:
            return say(fact.label if fact else asked, self.language)
        known = platform_value(path) or self.rules.parameters.get(rest)
        return say(known.label, self.language) if known else rest.rpartition(".")[2].replace("_", " ").capitalize()


def is_operation(logic: Any) -> bool:
    """Tell an operator with its arguments from a literal."""
    return isinstance(logic, dict) and len(logic) == 1


def path_of(logic: Any) -> str:
    """Return the path that a `var` reads; `""` for anything else."""
    if not is_operation(logic) or "var" not in logic:
        return ""
    values = arguments(logic)[1]
    return str(values[0]) if values else ""


def is_steady(logic: Any) -> bool:
    """Tell what is the same whatever the family: a literal, a parameter, the day."""
    path = path_of(logic)
    return path == "as_of" or path.startswith("parameters.") if path else not is_operation(logic)


def filled(phrase: str, parts: Sequence[str]) -> str:
    """Put the parts into the phrase in one pass, so that a label with braces stays as it is."""
    pieces = phrase.split("{")
    return pieces[0] + "".join(_piece(piece, parts) for piece in pieces[1:])


def _piece(piece: str, parts: Sequence[str]) -> str:
    index, _, rest = piece.partition("}")
    return (parts[int(index)] if int(index) < len(parts) else "—") + rest


def _place_rows(data: dict[str, Any], fact: Fact, used: UsedFact) -> None:
    for row in _rows(data, fact.over):
        place(row, fact.id, used.rows.get(row["id"], UNKNOWN))


def _rows(data: Mapping[str, Any], over: str) -> Sequence[dict[str, Any]]:
    _, form, group = fact_name(over).split(".")
    held = data["answers"].get(form)
    return (held.get(group) or ()) if isinstance(held, dict) else ()
