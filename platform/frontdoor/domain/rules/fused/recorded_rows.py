"""Writes facts over the rows of a group so that nothing is left out: the truth of each row, and each row as it came in.

Rows are taken in the order of their ids, which is how a receipt lists them.
"""

from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.fused.asking import Asked
from frontdoor.domain.rules.fused.rows import Loop
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.spelling import Spelling
from frontdoor.domain.rules.fused.terms import NotFused, Slot, local
from frontdoor.domain.rules.fused.values import Values
from frontdoor.domain.rules.table import Fact


class RecordedRows(Loop):
    """All facts over the rows of one group.

    `listed` has the name of the list of each fact's rows, `told` of what is true of them by row, and `slots` what each
    rolled-up fact came to, all by fact.
    """

    def __init__(self, facts: Values, asked: Asked, out: Source, over: list[Fact]) -> None:
        super().__init__(facts, asked, out, over)
        self.slots: dict[str, Slot] = {}
        self.spelling = Spelling(facts.w)
        self.listed = {fact.id: self.w.fresh("L") for fact in over}
        self.told = {fact.id: self.w.fresh("T") for fact in over if facts.proved and not fact.of_row}
        self.held = self.w.fresh("H")

    def record(self, asks: frozenset[str]) -> str:
        """Write the loop, whose rules read the questions `asks`; return the name of the text of all rows."""
        out, group = self.out, self.asked.groups.get(self.name)
        if group is None:
            raise NotFused("group")
        out.add(*(f"{name} = []" for name in self.listed.values()), f"{self.held} = {{}}")
        out.add(*(f"{name} = {{}}" for name in self.told.values()))
        for fact in self.over:
            self._begin(out, fact, group)
        row = self.w.fresh("q")
        with out.under(f"for {row} in in_order({group.rows}):"):
            before = self.w.paths
            self.w.paths = dict(before)
            slots = self.asked.row(out, group, row, asks)
            for key, slot in slots.items():
                self.w.paths.update(slot.named(f"row.{key}"))
            out.add(f"{row}j = quoted({row}i)", f"{row}k = {row}j + {self.w.bind(':')}")
            self._held(out, row, slots, asks)
            for fact in self.over:
                self._recorded(out, fact, row)
            self.w.paths = before
        for fact in self.over:
            if not fact.of_row:
                self.slots[fact.id] = self._end(out, fact, group)
        return self._text(out, group.rows)

    def _text(self, out: Source, rows: str) -> str:
        """Write the text of all rows, in the order in which they came."""
        row, comma = self.w.fresh("q"), self.w.bind(",")
        text = self.w.fresh("j")
        each = f'[{self.held}[{row}["id"]] for {row} in {rows}]'
        out.add(f"{text} = {self.w.bind('[')} + {comma}.join({each}) + {self.w.bind(']')}")
        return text

    def _held(self, out: Source, row: str, slots: dict[str, Slot], asks: frozenset[str]) -> None:
        """Write one row as the situation keeps it."""
        placed = {"id": {"": f"{self.w.bind(chr(34) + 'id' + chr(34) + ':')}, {row}j"}}
        for name in sorted(asks):
            key = name.partition(".")[2]
            if name == f"{self.name}.{key}" and key in slots and key != "id":
                placed[key] = self.spelling.placed(out, key, slots[key])
        out.add(f"{self.held}[{row}i] = {self.spelling.together(placed)}")

    def _recorded(self, out: Source, fact: Fact, row: str) -> None:
        slot = self._row_fact(out, fact, row) if fact.of_row else self._rolled_up_row(out, fact, row)
        finding = self.spelling.finding(out, slot)
        out.add(f"{self.listed[fact.id]}.append({row}k + {finding})")

    def _rolled_up_row(self, out: Source, fact: Fact, row: str) -> Slot:
        truth = self.w.fresh("t")
        self._truth(out, fact, truth, self._found(fact, row))
        held, failed, open_ = self._effects(fact, self.rolled[fact.id])
        out.add(f"if {truth}: {held}", f"elif {truth} is False: {failed}", f"else: {open_}")
        if self.facts.proved:
            out.add(f"{self.told[fact.id]}[{row}i] = {truth}")
        return Slot(local(truth, "bool?"))

    def _truth(self, out: Source, fact: Fact, truth: str, found: str) -> None:
        """Write what is true of one row: what a source said of it, else what its logic says."""
        if not isinstance(fact.rule, Condition):
            raise NotFused("roll_up")
        lines = f"{truth} = True", f"{truth} = False", f"{truth} = None"
        if not found:
            self.facts.truth(out, fact.rule, *lines)
            return
        word = self.w.fresh("w")
        out.add(f"{word} = {found}")
        with out.under(f"if {word} is MISSING:"):
            self.facts.truth(out, fact.rule, *lines)
        with out.under("else:"):
            out.add(f"{truth} = {word} is True" if fact.type == "boolean" else "raise GiveUp")
