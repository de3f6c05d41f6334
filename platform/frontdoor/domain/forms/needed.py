"""What the visibility of some questions depends on: the least that whoever shows them elsewhere has to be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from frontdoor.domain.forms.dependencies import reads
from frontdoor.domain.forms.questions import Form, Json, Question, Step


@dataclass(frozen=True)
class Needed:
    """`steps` to resolve, in order, for some pages; `read` are the questions whose answers conditions look at."""

    steps: tuple[Step, ...]
    read: frozenset[Step]


def needed(form: Form, pages: Iterable[str]) -> Needed:
    """Return what decides which questions of `pages` are shown and required, and nothing else of the form."""
    return _Search(form).found(pages)


class _Search:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.seen: set[Step] = set()
        self.read: set[Step] = set()

    def found(self, pages: Iterable[str]) -> Needed:
        waiting = [step for page in pages for step in self._asked(page)]
        while waiting:
            step = waiting.pop()
            if step not in self.seen:
                self.seen.add(step)
                waiting += self._before(step)
        return Needed(tuple(step for step in self.form.steps if step in self.seen), frozenset(self.read))

    def _asked(self, page: str) -> Iterator[Step]:
        yield Step("page", page)
        for question in self.form.on_page(page):
            yield Step("question", question.id)
            yield from self._named(question.required_if, None)
            for inner in question.questions.values():
                yield Step("question", inner.id, question.id)
                yield from self._named(inner.required_if, question)

    def _before(self, step: Step) -> list[Step]:
        group = self.form.questions[step.group] if step.group else None
        if step.kind == "page":
            return list(self._named(self.form.pages[step.id].show_if, None))
        if step.kind == "condition":
            condition = (group.conditions if group else self.form.conditions)[step.id]
            return list(self._inputs(condition.logic, group))
        question = (group.questions if group else self.form.questions)[step.id]
        inputs = list(self._inputs(question.logic, group)) if question.widget == "calculated" else []
        lists = (self.form.questions.get(one.id) for one in inputs if not one.group)
        confirming = [Step("question", one.complete) for one in lists if one is not None and one.complete]
        self.read.update(confirming)
        inputs += confirming
        if group is None:
            return [Step("page", question.page), *self._named(question.show_if, None), *inputs]
        self.read.add(Step("question", group.id))
        return [Step("question", group.id), *self._named(question.show_if, group), *inputs]

    def _named(self, condition: str, group: Question | None) -> Iterator[Step]:
        if condition:
            own = group is not None and condition in group.conditions
            yield Step("condition", condition, group.id if own and group else "")

    def _inputs(self, logic: Json, group: Question | None) -> Iterator[Step]:
        for path in reads(logic):
            root, _, rest = path.partition(".")
            name = rest.partition(".")[0]
            if root == "conditions":
                yield from self._named(name, group)
            elif root in {"answers", "row"} and (root == "answers" or name != "id"):
                yield from self._answer(name, group if root == "row" else None)

    def _answer(self, name: str, group: Question | None) -> Iterator[Step]:
        asked: Mapping[str, Question] = group.questions if group else self.form.questions
        found = [Step("question", name, group.id if group else "")]
        found += [Step("question", inner, name) for inner in asked[name].questions]
        self.read.update(found)
        yield from found
