"""Writes facts over the rows of a group: one loop, row facts as local names, rolled-up ones as it goes."""

from frontdoor.domain.rules.compiled import Condition
from frontdoor.domain.rules.fused.asking import Asked, Group
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import NEVER, NotFused, Slot, local
from frontdoor.domain.rules.fused.values import Values
from frontdoor.domain.rules.table import Fact


class Loop:
    """Facts over the rows of one group."""

    def __init__(self, facts: Values, asked: Asked, out: Source, over: list[Fact]) -> None:
        self.facts, self.asked, self.out, self.w = facts, asked, out, facts.w
        self.over = over
        self.name = over[0].over.split(".")[2]
        self.rolled = {fact.id: self.w.fresh("v") for fact in over if not fact.of_row}

    def write(self, asks: frozenset[str]) -> None:
        """Write the loop, whose rules read the questions `asks`."""
        out, group = self.out, self.asked.groups.get(self.name)
        if group is None:
            raise NotFused("group")
        for fact in self.over:
            self._begin(out, fact, group)
        row = self.w.fresh("q")
        with out.under(f"for {row} in {group.rows}:"):
            before = self.w.paths
            self.w.paths = dict(before)
            for key, slot in self.asked.row(out, group, row, asks).items():
                self.w.paths.update(slot.named(f"row.{key}"))
            self._of_one_row(out, row)
            self.w.paths = before
        for fact in self.over:
            if not fact.of_row:
                self._end(out, fact, group)

    def _of_one_row(self, out: Source, row: str) -> None:
        """Write one row's facts: what only one rolled-up fact reads stands in its block, skipped if it cannot fail."""
        pieces: dict[str, list[str]] = {}
        for fact in self.over:
            piece = Source()
            piece.level = out.level
            if fact.of_row:
                self._row_fact(piece, fact, row)
            pieces[fact.id] = piece.lines
        rolled = [fact for fact in self.over if not fact.of_row]
        reads = {fact.id: {each.id for each in self.facts.rules.needed(fact.reads)} for fact in rolled}
        mine: dict[str, list[Fact]] = {fact.id: [] for fact in rolled}
        shared: list[Fact] = []
        for fact in self.over:
            readers = [one for one in rolled if fact.id in reads[one.id]]
            if fact.of_row:
                (mine[readers[0].id] if len(readers) == 1 else shared).append(fact)
        for fact in shared:
            out.lines += pieces[fact.id]
        for fact in rolled:
            self._rolled_up(out, fact, row, [line for each in mine[fact.id] for line in pieces[each.id]])

    def _begin(self, out: Source, fact: Fact, group: Group) -> None:
        if fact.of_row:
            return
        name = self.rolled[fact.id]
        if fact.roll_up == "list":
            raise NotFused("list of rows")
        if fact.roll_up == "count":
            out.add(f"{name}h = {name}u = 0")
        elif fact.roll_up == "all":
            out.add(f"{name} = True if {group.whole} and {group.rows} else False if {group.whole} else None")
        else:
            out.add(f"{name} = False if {group.whole} else None")

    def _row_fact(self, out: Source, fact: Fact, row: str) -> Slot:
        name = self.w.fresh("v")
        slot = self.facts.evidence(
            out, fact, name, self._found(fact, row), lambda: self.facts.worked_out(out, fact, name)
        )
        self.w.paths.update(slot.named(f"row.{fact.id}"))
        return slot

    def _found(self, fact: Fact, row: str) -> str:
        bound = self.w.bind(fact.id)
        return f"by_row[{bound}].get({row}i, MISSING) if {bound} in by_row else MISSING" if self.facts.proved else ""

    def _rolled_up(self, out: Source, fact: Fact, row: str, before: list[str]) -> None:
        if not isinstance(fact.rule, Condition):
            raise NotFused("roll_up")
        rolled, settled = self.rolled[fact.id], {"any": "True", "none": "True", "all": "False"}.get(fact.roll_up)
        certain = not any("raise" in line or "fits(" in line for line in before)
        total = certain and fact.rule.translation.failing is False and settled is not None
        with out.under(f"if {rolled} is not {settled}:" if total else "if True:"):
            out.lines += ["    " + line for line in before]
            self._told(out, fact, rolled, self._found(fact, row))

    def _told(self, out: Source, fact: Fact, rolled: str, found: str) -> None:
        """Write what one row's truth does to the rolled-up value; a word on a row of another type is left alone."""
        rule = fact.rule
        if not isinstance(rule, Condition):
            raise NotFused("roll_up")
        lines = self._effects(fact, rolled)
        if not found:
            self.facts.truth(out, rule, *lines)
            return
        word = self.w.fresh("w")
        out.add(f"{word} = {found}")
        with out.under(f"if {word} is MISSING:"):
            self.facts.truth(out, rule, *lines)
        with out.under("else:"):
            if fact.type != "boolean":
                out.add("raise GiveUp")
            out.add(f"if {word} is True: {lines[0]}", f"else: {lines[1]}")

    def _effects(self, fact: Fact, rolled: str) -> tuple[str, str, str]:
        """Return what a row does that is true, one that is false, and one that is not known."""
        if fact.roll_up == "count":
            return f"{rolled}h += 1", "pass", f"{rolled}u += 1"
        held, other = ("False", "True") if fact.roll_up == "all" else ("True", "False")
        settles, open_ = f"{rolled} = {held}", f"{rolled} = None if {rolled} is {other} else {rolled}"
        return ("pass", settles, open_) if fact.roll_up == "all" else (settles, "pass", open_)

    def _end(self, out: Source, fact: Fact, group: Group) -> Slot:
        name = self.rolled[fact.id]
        if fact.roll_up == "none":
            out.add(f"{name} = None if {name} is None else not {name}")
        if fact.roll_up == "count":
            out.add(f"{name}l = {name}h", f"{name}u = {name}h + {name}u if {group.whole} else None")
            out.add(f"{name} = {name}h if {name}u == {name}h else None")
            slot = Slot(local(name, "num?"), NEVER, local(name + "l", "num?"), local(name + "u", "num?"))
        else:
            slot = Slot(local(name, "bool?"))
        slot = self.facts.settled(out, fact, name, slot)
        found = f"fixed.get({self.w.bind(fact.id)}, MISSING)" if self.facts.proved else ""
        slot = self._fixed(out, fact, name, found, slot)
        self.w.paths.update(slot.named(fact.name))
        return slot

    def _fixed(self, out: Source, fact: Fact, name: str, found: str, slot: Slot) -> Slot:
        if not found:
            return slot
        return self.facts.evidence(out, fact, name, found, lambda: slot)
