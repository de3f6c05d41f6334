"""Writes one fact: fixed by evidence, or worked out to a truth or a value, as `rules.facts` has it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from frontdoor.domain.rules.compiled import Condition, Value
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import NEVER, NotFused, Slot, base, finite, local, nullable
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.prepare import EMPTY
from frontdoor.domain.rules.program import Term
from frontdoor.domain.rules.table import Fact, Rules

_KINDS: Final = {"boolean": "bool", "integer": "int", "number": "num", "date": "date", "string": "text", "list": "list"}

_STANDS_FOR: Final = {"boolean": bool, "integer": int, "number": int, "string": str}  # types of `unknown_as`


class Values:
    """Writes facts one by one. `proved` when evidence may fix some: its words by fact, and by fact and row."""

    def __init__(self, w: Fused, rules: Rules, *, proved: bool) -> None:
        self.w, self.rules, self.proved = w, rules, proved

    def evidence(self, out: Source, fact: Fact, name: str, found: str, logic: Callable[[], Slot]) -> Slot:
        """Write a fact that evidence may fix; without evidence only its logic."""
        if not found:
            return logic()
        word = self.w.fresh("w")
        out.add(f"{word} = {found}")
        with out.under(f"if {word} is MISSING:"):
            slot = logic()
        ends = [each.text for each in (slot.low, slot.high) if each is not None]
        none = name + "n"
        with out.under("else:"):
            empty = f" if {word} is not None else {EMPTY[fact.type]!r}" if fact.type in EMPTY else ""
            out.add(f"{name} = {word}{empty}")
            out.add(*(f"{end} = {name}" for end in ends if end != name))
            if fact.type not in EMPTY or not slot.none.literal:
                out.add(f"{none} = {name} is None")
            if not slot.more.literal:
                out.add(f"{slot.more.text} = False")
        if fact.type not in EMPTY and slot.none.literal:
            with out.under(f"if {word} is MISSING:"):
                out.add(f"{none} = {slot.none.text}")
        nothing = local(none, "bool") if fact.type not in EMPTY else slot.none
        return Slot(slot.value, nothing, slot.low, slot.high, slot.more)

    def worked_out(self, out: Source, fact: Fact, name: str) -> Slot:
        """Write a fact's logic, with `unknown_as` where nothing is known."""
        if fact.rule is None:
            out.add(f"{name} = None")
            slot = Slot(local(name, _KINDS[fact.type] + "?"))
        elif isinstance(fact.rule, Condition):
            self._condition(out, fact.rule, name)
            slot = Slot(local(name, "bool?"))
        else:
            slot = self._value(out, fact, fact.rule, name)
        return self.settled(out, fact, name, slot)

    def settled(self, out: Source, fact: Fact, name: str, slot: Slot) -> Slot:
        """Write what stands for not knowing, where the fact has such a value."""
        if fact.unknown_as is None:
            return slot
        if type(fact.unknown_as) is not _STANDS_FOR.get(fact.type):
            raise NotFused("unknown_as")
        parts = [f"{name} is None", "" if slot.none.literal else f"not {slot.none.text}"]
        known = " and ".join(part for part in parts if part)
        known = known if slot.more.literal else f"({known}) or {slot.more.text}"
        with out.under(f"if {known}:"):
            out.add(f"{name} = {self.w.bind(fact.unknown_as)}")
            out.add(*(f"{each.text} = {name}" for each in (slot.low, slot.high) if each and each.text != name))
            if not slot.more.literal:
                out.add(f"{slot.more.text} = False")
        return slot

    def _condition(self, out: Source, rule: Condition, name: str) -> None:
        self.truth(out, rule, f"{name} = True", f"{name} = False", f"{name} = None")

    def truth(self, out: Source, rule: Condition, held: str, failed: str, open_: str) -> None:
        """Write a condition: one of three lines, or giving up where it has no result."""
        rules, before, word = rule.translation, self.w.sure, "if"
        asked = ((rules.surely_true, held), (rules.surely_false, failed), (rules.failing, "raise GiveUp"))
        for logic, line in asked:
            test = self.w.condition(logic)
            if test.literal and not test.value:
                continue
            if test.literal:
                open_ = line
                break
            out.add(f"{word} {test.text}:", f"    {line}")
            self.w.sure, word = self.w.sure | self.w.told(test, held=False), "elif"
        self.w.sure = before
        out.add(*([open_] if word == "if" else ["else:", f"    {open_}"] if open_ != "pass" else []))

    def _value(self, out: Source, fact: Fact, rule: Value, name: str) -> Slot:
        """Write a number, date, text or list: none, known, in part (a list), or between bounds."""
        parts = self._parts(rule)
        kind = _KINDS[fact.type]
        if parts.present is not None and base(parts.value) == base(parts.present) == "texts":
            kind = "texts"
        low, high = (
            None if end is None else local(name + sign, kind + "?") for end, sign in zip(parts.ends, "lh", strict=True)
        )
        none = NEVER if parts.none.literal and not parts.none.value else local(name + "n", "bool")
        more = local(name + "m", "bool") if parts.present is not None else NEVER
        out.add(*([] if none is NEVER else [f"{none.text} = {parts.none.literal}"]))
        out.add(*([] if more is NEVER else [f"{more.text} = False"]))
        slot = Slot(local(name, kind + "?"), none, low, high, more)
        out.add(f"{' = '.join(_names(slot))} = None")
        if not (parts.none.literal and parts.none.value):
            self._cases(out, fact, parts, slot)
        return slot

    def _parts(self, rule: Value) -> "_Parts":
        """Write the rules of a value, each where what those before it say is known."""
        w, rules, before = self.w, rule.translation, self.w.sure
        none = w.condition(rules.none)
        w.sure = w.sure | w.told(none, held=False)
        some = w.condition(rules.some)
        with w.knowing(some):
            value = w.rule(rules.value)
        w.sure = w.sure | w.told(some, held=False)
        failing = w.condition(rules.failing)
        w.sure = w.sure | w.told(failing, held=False)
        low, high = self._end(rules, "low"), self._end(rules, "high")
        present = w.rule(rules.present) if rules.present is not None else None
        w.sure = before
        return _Parts(none, some, failing, value, (low, high), present)

    def _end(self, rules: Any, side: str) -> tuple[Term, Term] | None:
        """Return when an end is defined and what it is, where the value is not known; None where it never is."""
        end = getattr(rules, side)
        defined = self.w.condition(end.defined)
        if defined.literal and not defined.value:
            return None
        with self.w.knowing(defined):
            return defined, self.w.rule(end.value)

    def _cases(self, out: Source, fact: Fact, parts: "_Parts", slot: Slot) -> None:
        name, word = slot.value.text, "if"
        if not parts.none.literal:
            out.add(f"if {parts.none.text}: {name}n = True")
            word = "elif"
        if not parts.some.literal or parts.some.value:
            with out.under(f"{word} {parts.some.text}:"):
                out.add(f"{' = '.join(_names(slot))} = {parts.value.text}")
                self._check(out, fact, name, parts.value)
            word = "elif"
        if not parts.failing.literal:
            out.add(f"{word} {parts.failing.text}: raise GiveUp")
            word = "elif"
        if parts.present is None and not any(parts.ends):
            return
        with out.under("else:" if word == "elif" else "if True:"):
            if parts.present is not None:
                out.add(f"{name} = {parts.present.text}", f"{name}m = {name} is not None")
                self._check(out, fact, name, parts.present)
            else:
                self._between(out, fact, parts, slot)

    def _between(self, out: Source, fact: Fact, parts: "_Parts", slot: Slot) -> None:
        for end, written in zip((slot.low, slot.high), parts.ends, strict=True):
            if end is not None and written is not None:
                out.add(f"{end.text} = {written[1].text} if {written[0].text} else None")
                self._check(out, fact, end.text, written[1])
        if slot.low is not None and slot.high is not None:
            low, high = slot.low.text, slot.high.text
            out.add(f"if {low} is not None and {low} == {high}: {slot.value.text} = {low}")

    def _check(self, out: Source, fact: Fact, name: str, term: Term) -> None:
        """Write that a value is of the fact's type, unless that is known."""
        kind = finite([term]) if fact.type in ("integer", "number") and not nullable(term) else base(term)
        if fact.roll_up == "list" or kind == _KINDS[fact.type]:
            return
        if (fact.type, kind) in (("list", "texts"), ("number", "int")):
            return
        out.add(f"if {name} is not None and not fits({name}, {self.w.bind(fact.type)}): raise GiveUp")
        if fact.type in ("integer", "number"):
            out.add(f"if {name} is not None: number({name})")
        if fact.type == "date":
            out.add(f"if {name} is not None: whole_day({name})")


@dataclass(frozen=True)
class _Parts:
    """The rules of one value as terms; `ends`: when an end is defined, and what it is; None where it never is."""

    none: Term
    some: Term
    failing: Term
    value: Term
    ends: tuple[tuple[Term, Term] | None, tuple[Term, Term] | None]
    present: Term | None


def _names(slot: Slot) -> list[str]:
    return [each.text for each in (slot.value, slot.low, slot.high) if each is not None]
