"""Writes the facts that a row of a table needs, in dependency order, with the answers that they read before them."""

from frontdoor.domain.rules.fused.asking import Asked
from frontdoor.domain.rules.fused.rows import Loop
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import NotFused, Slot
from frontdoor.domain.rules.fused.values import Values
from frontdoor.domain.rules.program import NULL_TERM
from frontdoor.domain.rules.table import Fact


class Facts:
    """Writes facts in dependency order, and how the answers come in that they read."""

    def __init__(self, values: Values, asked: dict[str, Asked]) -> None:
        self.values, self.asked = values, asked
        self.w, self.rules = values.w, values.rules
        self.done: set[str] = set()

    def write(self, out: Source, reads: frozenset[str]) -> None:
        """Write the facts that `reads` lead to and that are not written yet, rows of one group in one loop."""
        waiting: list[Fact] = []
        for fact in self.rules.needed(reads):
            if fact.id in self.done or fact.of_row:
                continue
            before = {each.id for each in self.rules.needed(fact.reads) if not each.of_row}
            if not fact.over or not before <= self.done:
                self._loops(out, waiting)
                waiting = []
            if fact.over:
                waiting.append(fact)
            else:
                self.ask(fact.reads)
                self.of_family(out, fact)
        self._loops(out, waiting)

    def _loops(self, out: Source, facts: list[Fact]) -> None:
        for over in dict.fromkeys(fact.over for fact in facts):
            rolled = [fact for fact in facts if fact.over == over]
            names = frozenset().union(*(fact.reads for fact in rolled))
            of_rows = [fact for fact in self.rules.needed(names) if fact.of_row and fact.over == over]
            asks = self.ask(names.union({over}, *(fact.reads for fact in of_rows)))
            Loop(self.values, self.asked[over.split(".")[1]], out, [*of_rows, *rolled]).write(asks)
            self.done |= {fact.id for fact in rolled}

    def ask(self, reads: frozenset[str]) -> frozenset[str]:
        """Write how the answers among `reads` come in; return the names of the questions in their forms."""
        asked: dict[str, set[str]] = {}
        for path in reads - {fact.name for fact in self.rules.facts.values() if fact.of_row}:
            if path.startswith("answers."):
                _, form, *rest = path.split(".")
                asked.setdefault(form, set()).add(".".join(rest[:2]))
        for form, names in sorted(asked.items()):
            if form not in self.asked:
                raise NotFused("form")
            self.asked[form].write(frozenset(names))
            for name in names:
                if "." not in name and name not in self.asked[form].groups:
                    slot = self.asked[form].slots.get(name, Slot(NULL_TERM))
                    self.w.paths.update(slot.named(f"answers.{form}.{name}"))
        return frozenset().union(*asked.values())

    def of_family(self, out: Source, fact: Fact) -> Slot:
        """Write one fact of the family, all that it reads being written; return it."""
        name, values = self.w.fresh("v"), self.values
        found = f"fixed.get({self.w.bind(fact.id)}, MISSING)" if values.proved else ""
        slot = values.evidence(out, fact, name, found, lambda: values.worked_out(out, fact, name))
        self.w.paths.update(slot.named(fact.name))
        self.done.add(fact.id)
        return slot
