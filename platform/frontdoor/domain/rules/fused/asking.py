"""Writes how answers come in: what is shown, resolved in the form's order, and what each answer says.

The same meaning as `forms.visibility` and `forms.states`, for the questions that a table reads and no others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from frontdoor.domain.forms.dependencies import reads
from frontdoor.domain.forms.questions import Condition, Form, Question, Step
from frontdoor.domain.rules.fused.answers import Answer
from frontdoor.domain.rules.fused.source import Source
from frontdoor.domain.rules.fused.terms import ALWAYS, NotFused, Slot, local
from frontdoor.domain.rules.fused.writing import Fused
from frontdoor.domain.rules.program import Term


@dataclass
class Group:
    """A repeating group as it came in: local names of its rows and of whether none can be missing."""

    question: Question
    rows: str
    whole: str


@dataclass
class Asked:
    """One form, of which each question comes in when it is first wanted."""

    w: Fused
    out: Source
    form: Form
    groups: dict[str, Group] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    seen: dict[str, Term] = field(default_factory=dict)  # what conditions read: kept answers and named conditions
    shown: dict[str, Term] = field(default_factory=dict)
    done: set[Step] = field(default_factory=set)
    source: str = ""

    def write(self, names: frozenset[str]) -> None:
        """Write how the answers to these questions come in, unless they have, if the form was sent."""
        steps = [step for step in self.form.steps if step in self._needed(names) and step not in self.done]
        self.done.update(steps)
        if not steps:
            return
        source = self.w.bind(self.form.id)
        if not self.source:
            self.source = self.w.fresh("F")
            self.out.add(f"{self.source} = answers.get({source})")
        branch = Source()
        branch.level = self.out.level
        with branch.under(f"if {self.source} is not None:"):
            self._steps(branch, steps)
        with branch.under("else:"):
            branch.add(*(f"{name} = {value}" for name, value in branch.names.items()))
        self.out.lines += branch.lines

    def _steps(self, out: Source, steps: list[Step]) -> None:
        before = {*self.groups}
        for step in steps:
            if step.group:
                continue
            if step.kind == "condition":
                self._condition(out, self.form.conditions[step.id], "conditions." + step.id)
            elif step.kind == "question":
                self._question(out, self.source, self.form.questions[step.id])
        for name in [name for name in self.groups if name not in before]:
            self._completeness(out, self.groups[name])

    def _needed(self, names: frozenset[str]) -> set[Step]:
        steps: set[Step] = set()
        for name in names:
            question = self.form.questions.get(name.split(".")[0])
            if question is None:
                continue
            steps.add(Step("question", question.id))
            if question.widget == "group":
                steps |= self._row_steps(question, names)
                steps |= {Step("question", question.complete)} if question.complete else set()
        return {step for step in self._closure(steps) if not step.group}

    def _row_steps(self, group: Question, names: frozenset[str]) -> set[Step]:
        inner = {name.split(".")[1] for name in names if name.startswith(f"{group.id}.")}
        return {Step("question", name, group.id) for name in inner if name in group.questions}

    def _closure(self, steps: Iterable[Step]) -> set[Step]:
        """Return the steps and all that they depend on."""
        found: set[Step] = set()
        waiting = [*steps]
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += self._before(step)
        return found

    def _before(self, step: Step) -> Iterator[Step]:
        if step.kind == "question":
            group = self.form.questions.get(step.group)
            question = group.questions[step.id] if group else self.form.questions[step.id]
            if group is None and self.form.pages[question.page].show_if:
                yield Step("condition", self.form.pages[question.page].show_if)
            if question.show_if:
                yield self._named(question.show_if, step.group)
            return
        condition = self._condition_of(step)
        for path in reads(condition.logic):
            root, _, name = path.partition(".")
            if root == "conditions":
                yield self._named(name, step.group)
            elif root in ("answers", "row") and name != "id":
                yield Step("question", name, step.group if root == "row" else "")

    def _named(self, name: str, group: str) -> Step:
        own = group and name in self.form.questions[group].conditions
        return Step("condition", name, group if own else "")

    def _condition_of(self, step: Step) -> Condition:
        if step.group:
            return self.form.questions[step.group].conditions[step.id]
        return self.form.conditions[step.id]

    def _condition(self, out: Source, condition: Condition, path: str) -> None:
        before, self.w.paths = self.w.paths, {**self.seen, "as_of": local("as_of", "date")}
        test = self.w.condition(condition.logic)
        self.w.paths = before
        name = self.w.fresh("c")
        out.give(name, f"True if {test.text} else False" if test.kind != "bool" else test.text, otherwise="False")
        self.seen[path] = local(name, "bool")

    def _question(self, out: Source, source: str, question: Question) -> None:
        page = self.form.pages[question.page].show_if
        tests = [self.seen[f"conditions.{name}"].text for name in (page, question.show_if) if name]
        shown = self._shown(out, tests)
        self.shown[question.id] = shown
        if question.widget == "group":
            self._group(out, source, question, shown)
            return
        if not question.answers:
            raise NotFused("information")
        reading = Answer(self.w, out, question, shown)
        reading.write(f"{source}.get({self.w.bind(question.id)})")
        self.seen[f"answers.{question.id}"] = reading.kept
        self.slots[question.id] = reading.slot

    def _shown(self, out: Source, tests: list[str]) -> Term:
        if not tests:
            return ALWAYS
        name = tests[0] if len(tests) == 1 else out.give(self.w.fresh("c"), " and ".join(tests), otherwise="False")
        return local(name, "bool")

    def _group(self, out: Source, source: str, group: Question, shown: Term) -> None:
        rows, whole = self.w.fresh("g"), self.w.fresh("h")
        found = f"{source}.get({self.w.bind(group.id)})"
        out.give(rows, found if shown is ALWAYS else f"{found} if {shown.text} else []", otherwise="()")
        out.give(whole, "True", otherwise="False")
        with out.under(f"if {rows} is None:"):
            out.add(f"{rows}, {whole} = (), False")
        with out.under("else:"):
            out.add(f"rows({rows})")
        self.groups[group.id] = Group(group, rows, whole)

    def _completeness(self, out: Source, group: Group) -> None:
        """Write whether rows may be missing: a hidden group has none, a shown one may say so in a question."""
        if not group.question.complete:
            return
        said = self.seen[f"answers.{group.question.complete}"].text
        shown = self.shown[group.question.id]
        open_ = f"{said} is not True" if shown is ALWAYS else f"{shown.text} and {said} is not True"
        with out.under(f"if {open_}:"):
            out.add(f"{group.whole} = False")

    def row(self, out: Source, group: Group, row: str, names: frozenset[str]) -> dict[str, Slot]:
        """Write how one row comes in; return the slots of the questions among `names`, by id."""
        outside, slots = dict(self.seen), {}
        out.give(row + "i", f'{row}["id"]')
        self.seen["row.id"] = local(row + "i", "text")
        needed = self._closure(self._row_steps(group.question, names))
        for step in self.form.steps:
            if step not in needed or step.group != group.question.id:
                continue
            if step.kind == "condition":
                self._condition(out, self._condition_of(step), "conditions." + step.id)
                continue
            question = group.question.questions[step.id]
            tests = [self.seen[f"conditions.{question.show_if}"].text] if question.show_if else []
            reading = Answer(self.w, out, question, self._shown(out, tests))
            reading.write(f"{row}.get({self.w.bind(question.id)})")
            self.seen[f"row.{question.id}"] = reading.kept
            slots[question.id] = reading.slot
        self.seen = outside
        return {"id": Slot(local(row + "i", "text")), **slots}
