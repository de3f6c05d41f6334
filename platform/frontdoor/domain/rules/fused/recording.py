"""Writes a function that works out all that a receipt tells of a case, and spells it as it goes. ADR 0025.

It gives what settles all that follows from the facts (`Settling`), the facts as a receipt holds them, and the answers
as a situation holds them. Everything that a receipt tells is worked out; nothing is skipped as in `tables`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from frontdoor.domain.forms.questions import Form
from frontdoor.domain.rules.fused.asking import Asked, Group
from frontdoor.domain.rules.fused.facts import Facts
from frontdoor.domain.rules.fused.recorded_rows import RecordedRows
from frontdoor.domain.rules.fused.settling import Settling
from frontdoor.domain.rules.fused.spelling import NULL, Quoted, Spelling, quoted
from frontdoor.domain.rules.fused.tables import Table
from frontdoor.domain.rules.fused.terms import NotFused, Slot, local
from frontdoor.domain.rules.fused.values import Values
from frontdoor.domain.rules.table import Decision, Fact, Rules

RECORD = "def main(answers, as_of, x, fixed, by_row, platform, decisions, r, dates, known):"

_OF_ROW = Slot(local("None", "bool?"))  # a fact of rows says nothing of the family


class Recording(Table):
    """Writes one decision table over forms; `proved` when evidence may fix facts."""

    def __init__(
        self,
        rules: Rules,
        decision: Decision,
        forms: Mapping[str, Form],
        parameters: Mapping[str, Any],
        *,
        proved: bool,
    ) -> None:
        super().__init__(rules, decision, forms, parameters)
        self.needed = rules.needed(decision.shows)
        self.paths = decision.shows.union(*(fact.reads for fact in self.needed))
        self.spelling = Spelling(self.w)
        self.asked = {name: Asked(self.w, self.out, form) for name, form in forms.items()}
        self.facts = Facts(Values(self.w, rules, proved=proved), self.asked)
        self.slots: dict[str, Slot] = {}
        self.rows: dict[str, RecordedRows] = {}
        self.texts: dict[str, str] = {}  # of the rows of each group
        self.groups = tuple(dict.fromkeys(fact.over for fact in self.needed if fact.over))

    def recording(self) -> str:
        """Return the text of the function; NotFused for a table that it was not made for."""
        self._elsewhere()
        self.facts.ask(self.paths)
        for over in self.groups:
            self._rows_of(over)
        for fact in self.needed:
            if not fact.over:
                self.slots[fact.id] = self.facts.of_family(self.out, fact)
        answers, told = self._answers(), self._told()
        settling = Settling(self.w, self.decision, self.needed, self.slots, self.asked)
        self.out.add(f"return {settling.key()}, {settling.told()}, {told}, {answers}")
        cuts = "".join(f"x{place}, " for place in range(len(self.w.cuts)))
        begin = [f"    {cuts}= x"] if cuts else []
        codes: dict[str | None, str] = {code: quoted(code) for code in self._codes()}
        self.w.names["TEXTS"] = Quoted(codes | {None: NULL})
        return "\n".join([*self.w.functions, RECORD, *begin, *self.out.lines, ""])

    def _codes(self) -> Iterator[str]:
        """Yield the codes that answers may have."""
        for form in self.forms.values():
            for question in form.questions.values():
                for one in (question, *question.questions.values()):
                    yield from (option.value for option in one.options if isinstance(option.value, str))

    def _rows_of(self, over: str) -> None:
        """Write all facts over the rows of one group; none of them can read a fact of the family."""
        form = over.split(".")[1]
        facts = [fact for fact in self.needed if fact.over == over]
        if any(path.startswith("facts.") for fact in facts for path in fact.reads):
            raise NotFused("over")
        asks = frozenset(path.split(".", 2)[2] for path in self.paths if path.startswith(f"{over}."))
        ordered = [*(fact for fact in facts if fact.of_row), *(fact for fact in facts if not fact.of_row)]
        rows = RecordedRows(self.facts.values, self.asked[form], self.out, ordered)
        self.texts[over] = rows.record(frozenset(".".join(name.split(".")[:2]) for name in asks))
        self.rows[over] = rows
        self.slots |= rows.slots

    def _answers(self) -> str:
        """Write the answers that the situation holds; return the expression of their text."""
        forms: dict[str, dict[str, dict[str, str]]] = {}
        for path in sorted({".".join(path.split(".")[:3]) for path in self.paths if path.startswith("answers.")}):
            _, form, name = path.split(".")
            placed, asked = forms.setdefault(form, {}), self.asked[form]
            if name in asked.groups:
                placed[name] = self._group(path, asked.groups[name])
            elif name in asked.slots:
                placed[name] = self.spelling.placed(self.out, name, asked.slots[name])
        texts, none = [], self.w.bind("{}")
        for place, (form, placed) in enumerate(sorted(forms.items())):
            head = self.w.bind(f"{',' if place else ''}{quoted(form)}:")
            source = self.asked[form].source
            whole = f"({self.spelling.together(placed)} if {source} is not None else {none})" if placed else none
            texts += [head, whole]
        return f"E.join(({self.w.bind('{')}, {', '.join([*texts, ''])} {self.w.bind('}')}))"

    def _group(self, path: str, group: Group) -> dict[str, str]:
        if path not in self.texts:
            raise NotFused("group")
        return self.spelling.listing(self.out, group.question.id, self.texts[path], group.whole)

    def _told(self) -> str:
        """Write how facts are known, and return the expression of the text of all facts."""
        w, names = self.w, {fact.id: self.w.fresh("p") for fact in self.needed}
        self._known_by([*names.values()])
        parts: list[str] = [w.bind("{")]
        for place, fact in enumerate(sorted(self.needed, key=lambda each: each.id)):
            slot = _OF_ROW if fact.of_row else self.slots[fact.id]
            front, before, after = self.spelling.fact(self.out, fact, slot)
            rows = [self._rows_told(fact)] if fact.over else []
            head = w.bind(f"{',' if place else ''}{quoted(fact.id)}:{{")
            parts += [head, front, names[fact.id], before, *rows, w.bind('},"state":'), after]
        return f"E.join(({', '.join(parts)}, {w.bind('}')}))"

    def _rows_told(self, fact: Fact) -> str:
        """Return the expression of a fact's rows: of a fact that is fixed for the family none are told."""
        rows = f"{self.w.bind(',')}.join({self.rows[fact.over].listed[fact.id]})"
        if fact.of_row or not self.facts.values.proved:
            return rows
        return f"({rows} if {self.w.bind(fact.id)} not in fixed else E)"

    def _known_by(self, names: list[str]) -> None:
        """Write how each fact is known: kept for groups with and without rows, or weighed with what sources said."""
        held = [self.asked[over.split(".")[1]].groups[over.split(".")[2]].rows for over in self.groups]
        if not self.facts.values.proved:
            given = f"[({''.join(f'not {rows}, ' for rows in held)})]"
        else:
            ids = (
                f'{self.w.bind(over)}: [q["id"] for q in {rows}]' for over, rows in zip(self.groups, held, strict=True)
            )
            truths = (f"{self.w.bind(key)}: {name}" for rows in self.rows.values() for key, name in rows.told.items())
            given = f"({{{', '.join(ids)}}}, {{{', '.join(truths)}}})"
        if names:
            self.out.add(f"{', '.join(names)}, = known{given}")
