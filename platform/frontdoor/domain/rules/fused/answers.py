"""Writes how one answer comes in: what conditions read of it, and what rules do. The same meaning as `forms.states`."""

from typing import Final

from frontdoor.domain.forms.questions import DATE_WIDGETS, NUMBER_WIDGETS, TEXT_WIDGETS, Question
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import ALWAYS, NEVER, NotFused, Slot, local
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.kinds import question_kind
from frontdoor.domain.rules.program import NULL_TERM, Term

# What hidden means; values of other kinds are then none.
_HIDDEN: Final = {"bool": "False", "num": "0", "int": "0", "texts": "[]"}


class Answer:
    """One answer coming in. `kept` is what conditions read of it, `slot` what rules do."""

    def __init__(self, w: Fused, out: Source, question: Question, shown: Term) -> None:
        self.w, self.out, self.question, self.shown = w, out, question, shown
        self.kept = NULL_TERM
        self.slot = Slot(NULL_TERM)

    def write(self, found: str) -> None:
        """Write how the answer comes in from the expression that finds it."""
        raw = self.w.fresh("a")
        self.out.give(raw, found if self.shown is ALWAYS else f"{found} if {self.shown.text} else None")
        widget = self.question.widget
        if widget in ("checkboxes", "file"):
            self._list(raw)
        elif widget in DATE_WIDGETS:
            self._date(raw, partly=widget != "date")
        elif widget == "yes_no":
            self._guard(raw, "bool")
            self._plain(raw, "bool")
        elif widget in TEXT_WIDGETS | NUMBER_WIDGETS or widget in ("radios", "select"):
            number = question_kind(self.question) == "number"
            if number:
                decimals = widget in ("number", "percentage")
                whole = not decimals or self.question.schema.get("type") == "integer"
                self.out.add(f"if {raw} is not None: {'whole_' if whole else ''}number({raw})")
                self._plain(raw, "int" if whole else "num")
                return
            self._guard(raw, "str")
            self._plain(raw, "text")
        else:
            raise NotFused(widget)

    def _guard(self, raw: str, kind: str) -> None:
        self.out.add(f"if {raw} is not None and {raw}.__class__ is not {kind}: raise GiveUp")

    def _plain(self, raw: str, kind: str) -> None:
        self.kept = local(raw, kind + "?")
        unsure = [option.value for option in self.question.options if self.question.option(option.value) is option]
        unsure = [value for value in unsure if (one := self.question.option(value)) is not None and one.unknown]
        value = raw
        if unsure:
            test = (
                f"{raw} == {self.w.bind(unsure[0])}" if len(unsure) == 1 else f"{raw} in {self.w.bind(tuple(unsure))}"
            )
            value = f"None if {test} else {raw}"
        self._slot(value, kind)

    def _slot(self, value: str, kind: str, low: Term | None = None, high: Term | None = None) -> None:
        hidden = _HIDDEN.get(kind)
        if self.shown is ALWAYS or hidden is None:
            name = value if value.isidentifier() else self.out.give(self.w.fresh("s"), value)
        else:
            name = self.out.give(self.w.fresh("s"), f"({value}) if {self.shown.text} else {hidden}")
        none = NEVER if self.shown is ALWAYS or hidden is not None else self._hidden()
        self.slot = Slot(local(name, kind + "?"), none, low, high)

    def _hidden(self) -> Term:
        return local(self.out.give(self.w.fresh("n"), f"not {self.shown.text}", otherwise="False"), "bool")

    def _list(self, raw: str) -> None:
        options = self.question.options
        unsure, nothing = (
            frozenset(one.value for one in options if (o := self.question.option(one.value)) and getattr(o, sign))
            for sign in ("unknown", "exclusive")
        )
        if any(not isinstance(each, str) for each in unsure | nothing):
            raise NotFused("options")
        value, more = self.w.fresh("s"), self.w.fresh("m")
        call = f"chosen({raw}, {self.w.bind(unsure)}, {self.w.bind(nothing)})"
        hidden = f" if {self.shown.text} else ([], False)" if self.shown is not ALWAYS else ""
        self.out.add(f"{value}, {more} = {call}{hidden}")
        self.out.names.update({value: "None", more: "False"})
        self.kept = local(raw, "texts?")
        self.slot = Slot(local(value, "texts?"), more=local(more, "bool"))

    def _date(self, raw: str, *, partly: bool) -> None:
        if not partly:
            self.out.add(f"if {raw} is not None: whole_day({raw})")
            self.kept = local(raw, "date?")
            self._slot(raw, "date")
            return
        full, value, low, high = (self.w.fresh(letter) for letter in ("e", "s", "l", "u"))
        self.out.add(
            f"{full}, {value}, {low}, {high} = DAYS.get({raw}) or days({raw}) if {raw} is not None else NO_DAYS"
        )
        self.out.names.update(dict.fromkeys((full, value, low, high), "None"))
        self.kept = local(raw, "text?")
        self.w.days[raw] = local(full, "date?")
        none = NEVER if self.shown is ALWAYS else self._hidden()
        self.slot = Slot(local(value, "date?"), none, local(low, "date?"), local(high, "date?"))
