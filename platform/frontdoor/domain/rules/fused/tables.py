"""Writes a whole table: what its rows read, then the rows from the top, to the first certain outcome. ADR 0006."""

from collections.abc import Mapping
from typing import Any

from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.compiled import OPEN, TRUE
from frontdoor.domain.rules.fused.asking import Asked
from frontdoor.domain.rules.fused.facts import Facts
from frontdoor.domain.rules.fused.operators import writer
from frontdoor.domain.rules.fused.outcome import Outcome
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import NEVER, NotFused, Slot, local
from frontdoor.domain.rules.fused.values import Values
from frontdoor.domain.rules.platform_values import PLATFORM_VALUES
from frontdoor.domain.rules.program import Term
from frontdoor.domain.rules.scopes import ROOTS
from frontdoor.domain.rules.table import Decision, Row, Rules
from frontdoor.domain.rules.walk import CANNOT_DECIDE

HEAD = "def main(answers, as_of, x, fixed, by_row, platform, decisions, r, dates):"
_GUARDS = {"boolean": "a_bool", "integer": "number", "date": "whole_day", "string": "a_text"}
_EMPTY = {"boolean": "False", "integer": "0"}
_KINDS = {"boolean": "bool?", "integer": "num?", "date": "date?", "string": "text?"}


class Table:
    """Writes one decision table over forms; `parameters` are constants of the function."""

    def __init__(
        self, rules: Rules, decision: Decision, forms: Mapping[str, Form], parameters: Mapping[str, Any]
    ) -> None:
        self.rules, self.decision, self.forms = rules, decision, forms
        self.w = writer()
        self.out = Source()
        self.parameters = parameters
        needed = rules.needed(decision.reads)
        self.paths = decision.reads.union(*(fact.reads for fact in needed))

    def source(self, *, proved: bool) -> str:
        """Return the text of the function; `proved` when evidence may fix facts."""
        asked = {name: Asked(self.w, self.out, form) for name, form in self.forms.items()}
        self._elsewhere()
        facts = Facts(Values(self.w, self.rules, proved=proved), asked)
        if self.decision.hit == "first":
            self._first(facts)
        else:
            self._every(facts)
        cuts = "".join(f"x{place}, " for place in range(len(self.w.cuts)))
        begin = [f"    {cuts}= x"] if cuts else []
        return "\n".join([*self.w.functions, HEAD, *begin, *self.out.lines, ""])

    def _elsewhere(self) -> None:
        """Write what is no answer: parameters, the day, what the platform holds, earlier decisions."""
        self.w.paths["as_of"] = local("as_of", "date")
        for path in sorted(self.paths):
            root, _, name = path.partition(".")
            if root == "parameters":
                self.w.paths[path] = self._parameter(name)
            elif root == "decisions":
                self._decision(path, name.split(".")[0])
            elif root in ROOTS and root not in ("answers", "facts", "as_of"):
                self._platform(path)

    def _parameter(self, name: str) -> Term:
        value = self.parameters.get(name)
        if isinstance(value, list):
            texts = all(isinstance(each, str) for each in value)
            if not all(each is None or isinstance(each, bool | int | float | str) for each in value):
                raise NotFused("parameter")
            return Term(self.w.bind(value), "texts" if texts else "list", literal=True, value=value)
        if value is not None and not isinstance(value, bool | int | float | str):
            raise NotFused("parameter")
        return self.w.literal(value)

    def _decision(self, path: str, code: str) -> None:
        name = self.w.fresh("v")
        self.out.add(f"{name} = decisions.get({self.w.bind(code)})", f"if {name} is not None: a_text({name})")
        if path != f"decisions.{code}.decision":
            raise NotFused(path)
        self.w.paths.update(Slot(local(name, "text?")).named(path))

    def _platform(self, path: str) -> None:
        value = PLATFORM_VALUES.get(path)
        if value is None or value.type not in _GUARDS:
            raise NotFused(path)
        name, empty = self.w.fresh("v"), _EMPTY.get(value.type)
        found = self.w.bind(path)
        guard = f"{_GUARDS[value.type]}({name})"
        self.out.add(f"{name} = platform.get({found})", f"if {name} is not None: {guard}")
        none = NEVER
        if empty is not None:
            self.out.add(f"elif {found} in platform: {name} = {empty}")
        else:
            self.out.add(f"{name}n = {name} is None and {found} in platform")
            none = local(name + "n", "bool")
        self.w.paths.update(Slot(local(name, _KINDS[value.type]), none).named(path))

    def _first(self, facts: Facts) -> None:
        """Write the rows of a table whose first true row decides: `u` has a bit for each decision of an unknown row."""
        bits: dict[str, int] = {}
        waits = self._bound(self._waiting())
        self.out.add("u = 0")
        for row in (*self.decision.rows, self.decision.otherwise):
            facts.write(self.out, row.reads | row.argument_reads)
            facts.ask(row.reads | row.argument_reads)
            if row.test is None:
                raise NotFused("row")
            others = sum(bit for decision, bit in bits.items() if decision != row.decision)
            if row is self.decision.otherwise:
                self._fire(row, waits, others)
                return
            bit = bits.setdefault(row.decision, 1 << len(bits))
            branch = Source()
            branch.level = self.out.level
            facts.values.truth(branch, row.test, "FIRE", "pass", f"u |= {bit}")
            self._put(branch, row, waits, others)

    def _put(self, branch: Source, row: Row, waits: str, others: int) -> None:
        for line in branch.lines:
            if line.strip() == "FIRE":
                level, self.out.level = self.out.level, (len(line) - 4) // 4
                self._fire(row, waits, others)
                self.out.level = level
            else:
                self.out.lines.append(line)

    def _fire(self, row: Row, waits: str, others: int) -> None:
        if others and not row.protective and not row.asks_unknown:
            self.out.add(f"if u & {others}: return {waits}")
        done = Outcome(row.decision, row.reason_code, None, () if row.decision == CANNOT_DECIDE else (row.id,))
        if row.clock:
            clock = self.w.bind(row.clock)
            self.out.add(f"return {self._bound(done)}.on(dates.get({clock}))")
        elif row.argument_rule is None:
            self.out.add(f"return {self._bound(done)}")
        else:
            self._argument(row, done)

    def _argument(self, row: Row, done: Outcome) -> None:
        rules = row.argument_rule.translation if row.argument_rule else None
        if rules is None:
            raise NotFused("argument")
        w, bare = self.w, self._bound(done)
        none, some, failing = (w.condition(each) for each in (rules.none, rules.some, rules.failing))
        value = w.rule(rules.value)
        self.out.add(f"if {none.text}: return {bare}", f"if {some.text}: return {bare}.printed({value.text})")
        if not failing.literal:
            self.out.add(f"if {failing.text}: raise GiveUp")
        low, high = (w.condition(end.defined) for end in (rules.low, rules.high))
        # Ends that meet are a value: rare enough to be left to the general way.
        self.out.add(f"if {low.text} and {high.text}: raise GiveUp", f"return {bare}")

    def _every(self, facts: Facts) -> None:
        """Write the rows of a table that weighs all of them; `walk` weighs them."""
        truths = []
        for row in self.decision.rows:
            if row.test is None or row.argument_rule is not None:
                raise NotFused("row")
            facts.write(self.out, row.reads)
            facts.ask(row.reads)
            name = self.w.fresh("t")
            truths.append(name)
            facts.values.truth(self.out, row.test, f"{name} = {TRUE!r}", f"{name} = 'false'", f"{name} = {OPEN!r}")
        self.out.add(f"return weighed([{', '.join(truths)}], dates)")

    def _waiting(self) -> Outcome:
        waiting = self.decision.when_unknown
        return Outcome(waiting.decision, waiting.reason_code, None, ())

    def _bound(self, outcome: Outcome) -> str:
        return self.w.bind(outcome)
